import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice, rowOf, until } from './office.ts';
import { GROUP_NOTE, reviewFirm, SINGLE_NOTES, SPLIT_NOTE } from './review-firm.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(reviewFirm());
});
afterAll(() => office.close());

const rows = () => office.session.host.workbook.rows('Time entries');
const entry = (key: string) => rowOf(office.session, 'Time entries', 'Key', key);
const keysOf = (note: string) =>
  rows()
    .filter((row) => row['Notes'] === note)
    .map((row) => String(row['Key']))
    .sort();
const openCard = () => office.sidebar.locator('#open-card');
const notice = (text: string | RegExp) => office.sidebar.locator('.notice', { hasText: text }).first();
const press = (...keys: readonly string[]) =>
  keys.reduce((before, key) => before.then(() => office.page.keyboard.press(key)), Promise.resolve());
const isOpen = (note: string) => openCard().filter({ hasText: note }).waitFor();
const goTo = async (note: string) => {
  // Cards far above the open one are not drawn.
  await openCard().focus();
  await press(...Array.from({ length: 25 }, () => 'k'));
  await office.sidebar.locator('.card', { hasText: note }).first().click();
  await isOpen(note);
};
const saved = () => until(() => office.session.host.workbook.rows('Activity').length);

describe('right after opening', () => {
  it('keys reach the list without a click, the largest group stands first, and the rest by date', async () => {
    await isOpen(GROUP_NOTE);
    const notes = await office.sidebar.locator('blockquote, .card.closed > .one-line').allTextContents();
    expect(notes.slice(0, 4)).toEqual([GROUP_NOTE, ...SINGLE_NOTES.slice(0, 3)]);
    await press('j');
    await isOpen(SINGLE_NOTES[0]);
  });
});

describe('A pressed fast', () => {
  it('counts every press once, for one card each', async () => {
    await goTo(SINGLE_NOTES[0]);
    await press(...Array.from({ length: 15 }, () => 'a'));
    const status = (note: string) => entry(keysOf(note)[0] ?? '')['Status'];
    await until(() => SINGLE_NOTES.slice(0, 15).map(status)).toEqual(SINGLE_NOTES.slice(0, 15).map(() => 'approved'));
    expect(status(SINGLE_NOTES[15])).toBe('flagged');
    const accepted = office.session.host.workbook.rows('Activity').filter((row) => row['What'] === 'Accepted');
    expect(accepted).toHaveLength(15);
  });

  it('U as often gives all of it back, shows each, and says when there is nothing more', async () => {
    await press(...Array.from({ length: 15 }, () => 'u'));
    await isOpen(SINGLE_NOTES[0]);
    await until(() => SINGLE_NOTES.map((note) => entry(keysOf(note)[0] ?? '')['Status'])).toEqual(
      SINGLE_NOTES.map(() => 'flagged'),
    );
    expect(entry(keysOf(SINGLE_NOTES[0])[0] ?? '')['Flags']).toBe('low confidence');
    await press('u');
    await notice('There is nothing more to take back.').waitFor();
  });
});

describe('splitting', () => {
  it('is taken back with U, and the entry is whole again', async () => {
    await goTo(SPLIT_NOTE);
    const [key = ''] = keysOf(SPLIT_NOTE);
    await press('s');
    await until(() => office.sidebar.locator('form.split select:focus').count()).toBe(1);
    await press('Tab');
    await office.page.keyboard.type('1.25');
    const form = office.sidebar.locator('form.split');
    expect(await form.getByLabel('Hours of part 2').inputValue()).toBe('0.75');
    await form.getByLabel('Line of part 2').focus();
    await office.page.keyboard.type('ACME-1/2');
    await form.getByRole('button', { name: 'Split', exact: true }).press('Enter');
    await until(() => entry(`${key}#2`)).toMatchObject({ Status: 'approved', Hours: 0.75, 'SOW line': 'ACME-1/2' });
    await press('u');
    await until(() => entry(key)).toMatchObject({ Status: 'flagged', Hours: 2, Flags: 'low confidence' });
    await until(() => entry(`${key}#1`)).toEqual({});
    await isOpen(SPLIT_NOTE);
    expect(await office.sidebar.locator('.notice.bad').count()).toBe(0);
  });

  it('half filled in stays with its card, says what is wrong, and Escape leaves it from within', async () => {
    await goTo(SPLIT_NOTE);
    await press('s', 'Tab');
    await office.page.keyboard.type('99');
    const form = office.sidebar.locator('form.split');
    await form.getByText('97 h too many.').waitFor();
    await openCard().locator('blockquote').click();
    await openCard().focus();
    await press('k', 'j');
    await isOpen(SPLIT_NOTE);
    expect(await form.getByLabel('Hours of part 1').inputValue()).toBe('99');
    await form.getByLabel('Hours of part 1').fill('1.99999');
    await form.getByLabel('Hours of part 2').fill('0.00001');
    await form.getByText('Part 2 needs hours above 0; four decimals count.').waitFor();
    await form.getByRole('button', { name: 'Add a part' }).click();
    await form.getByRole('button', { name: 'Remove part 3' }).click();
    expect(await form.locator('select').count()).toBe(2);
    await form.getByLabel('Hours of part 1').focus();
    await press('Escape');
    await until(() => form.count()).toBe(0);
    await until(() => office.sidebar.locator('#open-card:focus').count()).toBe(1);
  });
});

describe('one row of a group', () => {
  it('S says how, unticked rows are left out of A and become cards of their own', async () => {
    await goTo(GROUP_NOTE);
    const keys = keysOf(GROUP_NOTE);
    await press('s');
    await notice('A split needs one entry, and 7 are ticked.').waitFor();
    const boxes = openCard().locator('input[type=checkbox]');
    expect(await boxes.count()).toBe(7);
    await boxes.nth(1).focus();
    await press('Space');
    await boxes.nth(4).focus();
    await press('Space');
    await openCard().getByText('Decides 5 of 7').waitFor();
    await press('a');
    await until(() => keys.map((key) => entry(key)['Status'])).toEqual(
      keys.map((_, at) => (at === 1 || at === 4 ? 'flagged' : 'approved')),
    );
    expect(await office.sidebar.locator('.card', { hasText: GROUP_NOTE }).count()).toBe(2);
    expect(await openCard().getByText('Show all').count()).toBe(0);
  });
});

describe('choosing a line', () => {
  it('Down books nothing, Escape leaves, a digit picks and Enter books', async () => {
    await goTo(SINGLE_NOTES[0]);
    const [key = ''] = keysOf(SINGLE_NOTES[0]);
    const before = await saved()
      .toBeGreaterThan(0)
      .then(() => office.session.host.workbook.rows('Activity').length);
    await press('c', 'ArrowDown', 'ArrowDown', 'Escape');
    await until(() => office.sidebar.locator('#line-list').count()).toBe(0);
    await until(() => office.sidebar.locator('#open-card:focus').count()).toBe(1);
    await press('c', '2', 'Enter');
    await until(() => entry(key)).toMatchObject({ Status: 'approved', 'SOW line': 'ACME-1/2' });
    expect(office.session.host.workbook.rows('Activity').length).toBe(before + 1);
  });

  it('Enter without a picked line books nothing; a click books', async () => {
    await goTo(SINGLE_NOTES[1]);
    const [key = ''] = keysOf(SINGLE_NOTES[1]);
    await press('c', 'Enter');
    await office.sidebar.locator('.option', { hasText: 'Last year' }).getByText('until 2025-12-31').waitFor();
    expect(entry(key)['Status']).toBe('flagged');
    await office.sidebar.locator('.option', { hasText: 'Design' }).click();
    await until(() => entry(key)).toMatchObject({ Status: 'approved', 'SOW line': 'ACME-1/2' });
  });

  it('sixty lines are searched by typing', async () => {
    await goTo('Something of many');
    const [key = ''] = keysOf('Something of many');
    await press('c');
    expect(await office.sidebar.locator('.option').count()).toBe(60);
    await office.page.keyboard.type('harb dred');
    expect(await office.sidebar.locator('.option').count()).toBe(1);
    await press('Enter');
    await until(() => entry(key)).toMatchObject({ Status: 'approved', 'SOW line': 'BIG-1/43' });
  });

  it('where no line is open that day, the others are offered with their dates', async () => {
    await goTo('After the end');
    const [key = ''] = keysOf('After the end');
    await openCard().getByText('No line is open for it.').waitFor();
    await press('a');
    await notice('There is no suggestion to accept here.').waitFor();
    await press('c');
    await office.sidebar.locator('.option', { hasText: 'until 2026-09-30' }).waitFor();
    await press('ArrowDown', 'Enter');
    await until(() => entry(key)).toMatchObject({ Status: 'approved', 'SOW line': 'CLOSED-1/1' });
  });

  it('where the client has no SOW, the card says what to do', async () => {
    await goTo('Before any contract');
    await openCard().getByText('Nosow has no line for time, so there is none to choose.').waitFor();
    await press('c');
    await notice('This client has no line to choose from.').waitFor();
    await press('x');
    await until(() => entry(keysOf('Before any contract')[0] ?? '')['Status']).toBe('excluded');
    expect(office.complaints).toEqual([]);
  });
});
