import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfOf } from '../server/sow-import/pdf.ts';
import { HOSTILE_CLIENT, smallFirm } from './firm.ts';
import { type Office, openOffice, until } from './office.ts';

const TEXT = `# Statement of Work ACME-7
## Market study

Dates: 1 November 2026 to 31 March 2027

**ACME-7/1 Study.** Fixed fee, $12,500. Interviews, sizing and a written report.

**ACME-7/2 Support.** $2,000 a month, which covers 16 hours. Hours above 16 are charged at $130.`;

let office: Office;
beforeAll(async () => {
  office = await openOffice(smallFirm(), false);
});
afterAll(() => office.close());

it('a document that Claude cannot read in time says to import it in parts, and what was entered stays', async () => {
  const { sidebar, session } = office;
  await sidebar.getByRole('button', { name: 'SOWs' }).click();
  await sidebar.getByLabel('Or its text').fill(TEXT);
  session.claude.addFault({ service: 'claude', request: 'POST /messages', fault: 'timeout after commit' });
  await press('Read document');
  await sidebar.getByText('Import it in parts').waitFor();
  session.claude.heal();
  expect(await sidebar.getByLabel('Text', { exact: true }).inputValue()).toBe(TEXT);
  await sidebar.getByLabel('Text', { exact: true }).fill('');
});

it('a PDF is chosen, looked at, edited by keyboard and written, all in the sidebar', async () => {
  const { sidebar, page } = office;
  const file = { name: 'ACME-7.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfOf([TEXT]), 'base64') };
  await sidebar.getByLabel('PDF or text file').setInputFiles(file);
  await press('Read document');
  await sidebar.getByRole('heading', { name: 'New SOW ACME-7' }).waitFor();
  await sidebar.getByText('Included hours: 16').waitFor();
  expect(await sidebar.locator('blockquote.bad').count()).toBe(0);
  expect(rows('SOWs').some((row) => row['SOW'] === 'ACME-7')).toBe(false);

  // By keyboard alone: open the row, change a fee wrongly, then rightly, choose another billing, close it.
  await sidebar.getByRole('button', { name: 'Edit ACME-7/2 Support' }).press('Enter');
  await until(() => focused()).toBe('SOW-lines-ACME-7-2-line');
  await sidebar.getByLabel('Fee', { exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('-5');
  await sidebar.getByText('Tab SOW lines, column Fee: found "-5"; allowed is a number from 0 up, or empty.').waitFor();
  expect(await sidebar.getByRole('button', { name: /^Write/ }).isDisabled()).toBe(true);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('2,100');
  await sidebar.getByLabel('Overage', { exact: true }).focus();
  await page.keyboard.type('hold');
  await sidebar.getByLabel('Rate', { exact: true }).fill('135');
  await sidebar.getByRole('button', { name: 'Reset Rate to 130' }).press('Enter');
  await until(() => focused()).toBe('SOW-lines-ACME-7-2-rate');
  await page.keyboard.press('Escape');
  await until(() => focused()).toBe('Edit ACME-7/2 Support');
  await sidebar.getByText('Fee: 2,100 edited by you (proposed: 2000)').waitFor();
  await sidebar.getByText('No quote vouches for what you edited: Fee, Overage.').waitFor();

  // A line that the model missed, and one that is left out, taken back, and left out again.
  await press('Add a line');
  await sidebar.getByLabel('Title', { exact: true }).fill('Travel');
  await sidebar.getByLabel('Billing', { exact: true }).selectOption('expense');
  await press('Done');
  for (const _ of ['left out', 'taken back', 'left out'])
    await sidebar.getByRole('checkbox', { name: /^ACME-7\/1/ }).press('Space');

  // What was done is there again after another view was looked at; nothing is written so far.
  await sidebar.locator('nav').getByRole('button', { name: 'Status' }).click();
  await sidebar.locator('nav').getByRole('button', { name: 'SOWs' }).click();
  expect(rows('SOWs').some((row) => row['SOW'] === 'ACME-7')).toBe(false);
  await press('Write 3 rows');
  await sidebar.getByText('Written: the SOW, 2 SOW lines. Look').waitFor();
  expect(rows('SOW lines').filter((row) => row['SOW'] === 'ACME-7')).toMatchObject([
    {
      Line: 'ACME-7/2',
      Billing: 'retainer',
      Fee: 2100,
      'Included hours': 16,
      Rate: 130,
      Overage: 'hold',
    },
    { Line: 'ACME-7/3', Title: 'Travel', Billing: 'expense' },
  ]);
  const told = rows('Activity').map((row) => [row['What'], row['Where'], row['Before'], row['After']]);
  expect(told).toContainEqual([
    'SOW import: edited',
    'SOW lines ACME-7/2',
    'Fee: 2000; Overage: bill',
    'Fee: 2100; Overage: hold',
  ]);
  expect(told.at(-1)?.[3]).toContain('left out: SOW lines ACME-7/1');
  expect(office.complaints).toEqual([]);
});

it('earlier months are pasted, go on by themselves, are stopped, and are gone on with in a new sidebar', async () => {
  const { sidebar, page, session } = office;
  const lines = Array.from(
    { length: 900 },
    (_, at) => `2026-09-03,${HOSTILE_CLIENT},Project 1,strategic planning workshop ${at},ACME-1/1`,
  );
  await sidebar.getByLabel('Earlier months').fill(['Date,Client,Project,Notes,SOW line', ...lines].join('\n'));
  await press('Match and compare');
  await sidebar.getByText('Matched 400 of 900 rows.').waitFor();
  await press('Stop');
  await sidebar.getByRole('button', { name: 'Go on with 100 rows' }).waitFor();
  await sidebar.getByText('of 800 rows as they were billed').waitFor();
  await page.reload();
  await sidebar.locator('nav').getByRole('button', { name: 'SOWs' }).click();
  await sidebar.getByText('100 rows of earlier months wait to be matched.').waitFor();
  await press('Go on with 100 rows');
  await sidebar.getByText('of 900 rows as they were billed').waitFor();
  expect(await session.ask('learnLeft')).toMatchObject({ value: { left: 0 } });
  expect(office.complaints).toEqual([]);
});

const press = (name: string) => office.sidebar.getByRole('button', { name, exact: true }).click();
const rows = (tab: string) => office.session.host.workbook.rows(tab);
/** Id, or else the name, of what has the focus in the sidebar. */
const focused = () =>
  office.sidebar.locator(':focus').evaluate((element) => element.id || (element.getAttribute('aria-label') ?? ''));
