import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_CLIENT, HOSTILE_NOTE, smallFirm } from './firm.ts';
import { type Office, openOffice, rowOf, until } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(smallFirm());
});
afterAll(() => office.close());

const entry = (key: string) => rowOf(office.session, 'Time entries', 'Key', key);
const openCard = () => office.sidebar.locator('#open-card');
const count = () => office.sidebar.locator('.count');
/** Moves from card to card until the open one shows this note. */
const goTo = async (note: string) => {
  const closed = office.sidebar.locator('.card.closed', { hasText: note });
  if ((await closed.count()) > 0) await closed.click();
  else await openCard().focus();
  await openCard().filter({ hasText: note }).waitFor();
};

describe('before anything is decided', () => {
  it('the review says what waits, why, and what is suggested, alike entries as one', async () => {
    await openCard().waitFor();
    expect(await count().textContent()).toBe('5');
    expect(await office.sidebar.getByText('4 decisions for 5 rows').count()).toBe(1);
    await goTo('Misc');
    const card = await openCard().textContent();
    expect(card).toContain('Suggested: ACME-1/1 Strategic planning (40 % sure)');
    expect(card).toContain('low confidence');
  });

  it('HTML in notes and names is shown as it was written and does nothing', async () => {
    await goTo(HOSTILE_NOTE);
    expect(await openCard().locator('blockquote').textContent()).toBe(HOSTILE_NOTE);
    expect(await openCard().locator('strong').first().textContent()).toBe(HOSTILE_CLIENT);
    expect(await openCard().locator('img, script').count()).toBe(0);
    await office.page.getByRole('button', { name: 'Time entries' }).click();
    await office.page.getByRole('gridcell', { name: HOSTILE_NOTE }).waitFor();
    for (const frame of office.page.frames()) expect(await frame.evaluate('window.harmed')).toBeUndefined();
  });

  it.each(['Review', 'Invoices', 'SOWs', 'Status'])(
    'the view %s needs no sideways scrolling at 300 pixels',
    async (view) => {
      await office.sidebar.locator('nav').getByRole('button', { name: view }).click();
      await office.sidebar.getByRole('region', { name: view }).locator('button').first().waitFor();
      const frame = office.page.frames()[1];
      expect(await frame?.evaluate('innerWidth')).toBe(300);
      expect(await frame?.evaluate('document.documentElement.scrollWidth')).toBe(300);
    },
  );

  it.each(['Review', 'Invoices', 'SOWs', 'Status'])(
    'in the view %s everything has a name and one button leads',
    async (view) => {
      await office.sidebar.locator('nav').getByRole('button', { name: view }).click();
      await office.sidebar.getByRole('region', { name: view }).locator('button').first().waitFor();
      const fields = office.sidebar.locator('input, select, textarea');
      for (const field of await fields.all()) {
        const named = await field.evaluate(
          (element: HTMLInputElement) =>
            (element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? '').trim() !== '',
        );
        expect(named).toBe(true);
      }
      for (const button of await office.sidebar.locator('button').all()) {
        expect(((await button.textContent()) ?? '').trim()).not.toBe('');
      }
      expect(await office.sidebar.locator('button.action').count()).toBeLessThanOrEqual(1);
    },
  );

  it('the Tab key goes from the views through the decisions of the open card, and the focus shows', async () => {
    await office.sidebar.locator('nav').getByRole('button', { name: 'Review' }).click();
    await goTo('Misc');
    await office.sidebar.locator('nav').getByRole('button', { name: 'Review' }).focus();
    const reached: string[] = [];
    while (!reached.includes('choose-line') && reached.length < 20) {
      await office.page.keyboard.press('Tab');
      const focus = office.sidebar.locator(':focus');
      reached.push((await focus.getAttribute('id')) ?? (await focus.textContent()) ?? '');
      expect(await focus.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
    }
    const order = ['Invoices', 'SOWs', 'Status', 'Accept', 'Exclude', 'Split\u2026', 'choose-line'];
    expect(reached.filter((name) => order.includes(name))).toEqual(order);
  });
});

describe('with the keys alone', () => {
  it('J and K move, and A accepts the suggestion in the workbook', async () => {
    const notes = office.sidebar.locator('blockquote, .card.closed > .one-line');
    const [first = '', second = ''] = await notes.allTextContents();
    await goTo(first);
    await office.page.keyboard.press('j');
    await openCard().filter({ hasText: second }).waitFor();
    await office.page.keyboard.press('k');
    await openCard().filter({ hasText: first }).waitFor();
    await goTo('Misc');
    await office.page.keyboard.press('a');
    await office.sidebar.getByText('Accepted 1 entry on ACME-1/1.').waitFor();
    await until(() => entry('harvest:1002')).toMatchObject({ Status: 'approved', 'SOW line': 'ACME-1/1' });
    await until(() => count().textContent()).toBe('4');
  });

  it('U takes it back', async () => {
    await office.page.keyboard.press('u');
    await office.sidebar.getByText('Taken back: Accepted 1 entry on ACME-1/1.').waitFor();
    await openCard().filter({ hasText: 'Misc' }).waitFor();
    await until(() => entry('harvest:1002')['Status']).toBe('flagged');
    await until(() => count().textContent()).toBe('5');
  });

  it('X excludes', async () => {
    await goTo(HOSTILE_NOTE);
    await office.page.keyboard.press('x');
    await until(() => entry('harvest:1003')['Status']).toBe('excluded');
  });

  it('C opens the lines, where arrows only move and Enter books for all alike entries', async () => {
    await goTo('Weekly call');
    await office.page.keyboard.press('c');
    await until(() => office.sidebar.locator('#line-search:focus').count()).toBe(1);
    await office.page.keyboard.press('ArrowDown');
    expect(await office.sidebar.locator('.option.picked').textContent()).toContain('ACME-1/1');
    expect(entry('harvest:1004')['Status']).toBe('flagged');
    await office.page.keyboard.press('Enter');
    await until(() => entry('harvest:1004')).toMatchObject({ Status: 'approved', 'SOW line': 'ACME-1/1' });
    await until(() => entry('harvest:1005')).toMatchObject({ Status: 'approved', 'SOW line': 'ACME-1/1' });
  });

  it('S splits an entry, once its hours are placed', async () => {
    await goTo('Half plan, half design');
    await office.page.keyboard.press('s');
    const split = office.sidebar.locator('form.split');
    const done = split.getByRole('button', { name: 'Split', exact: true });
    expect(await office.sidebar.locator('button.action').count()).toBe(1);
    expect(await done.isDisabled()).toBe(true);
    // The focus is on the line of part 1, which is the suggestion; Tab goes on to its hours.
    await office.page.keyboard.press('Tab');
    await office.page.keyboard.type('1');
    await split.getByText('Choose the line of part 2.').waitFor();
    expect(await split.getByLabel('Hours of part 2').inputValue()).toBe('2');
    await office.page.keyboard.press('Tab');
    await office.page.keyboard.type('ACME-1/2');
    await split.getByText('All hours are placed.', { exact: true }).waitFor();
    await done.press('Enter');
    await until(() => entry('harvest:1006#2')).toMatchObject({ Status: 'approved', Hours: 2, 'SOW line': 'ACME-1/2' });
  });
});

describe('when the server cannot be reached', () => {
  it('nothing is lost: the row comes back, with a sentence that says so', async () => {
    await goTo('Misc');
    await office.page.route('**/run', (route) => {
      const failing = route.request().postData()?.includes('\\"decide\\"') ?? false;
      return failing ? route.abort() : route.continue();
    });
    await openCard().getByRole('button', { name: 'Accept' }).click();
    await office.sidebar.getByText('The decisions were not saved; the rows are back in the list.').waitFor();
    await office.sidebar.locator('.card', { hasText: 'Misc' }).first().waitFor();
    await office.page.unroute('**/run');
    await office.sidebar.getByRole('button', { name: 'Accept' }).click();
    await until(() => entry('harvest:1002')['Status']).toBe('approved');
  });

  it('at the end nothing waits, and the way goes on to the invoices', async () => {
    await office.sidebar.getByRole('button', { name: 'Go to the invoices' }).click();
    await office.sidebar.getByRole('article', { name: `2026-10 ${HOSTILE_CLIENT}` }).waitFor();
    expect(office.complaints.filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  });
});
