import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_NOTE, smallFirm } from './firm.ts';
import { type Office, openOffice, rowOf, until } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(smallFirm());
});
afterAll(() => office.close());

const tab = (name: string) =>
  office.page.getByRole('navigation', { name: 'Tabs' }).getByRole('button', { name, exact: true });
const show = async (name: string) => {
  await tab(name).click();
  await office.page.getByRole('grid', { name, exact: true }).waitFor();
};
const entry = (key: string) => rowOf(office.session, 'Time entries', 'Key', key);
/** The cell of a row in the column with this header, as it stands on the screen. */
const cell = (tabName: string, header: string, keyHeader: string, key: string) => {
  const { cells } = office.session.host.workbook.view(tabName);
  const column = (name: string) => (cells[0] ?? []).findIndex((one) => one.text === name);
  const row = cells.findIndex((line) => line[column(keyHeader)]?.value === key);
  return office.page.locator(`#cell-${String.fromCharCode(65 + column(header))}${row + 1}`);
};

describe('a cell', () => {
  it('is edited with a double click, and the hand change of a line counts as a decision', async () => {
    await show('Time entries');
    const line = cell('Time entries', 'SOW line', 'Key', 'harvest:1002');
    await line.dblclick();
    await office.page.getByRole('option', { name: 'ACME-1/2' }).click();
    await until(() => entry('harvest:1002')).toMatchObject({ 'SOW line': 'ACME-1/2', Status: 'approved' });
    await until(() => cell('Time entries', 'Status', 'Key', 'harvest:1002').textContent()).toBe('approved');
  });

  it('takes what is typed on it, Enter takes it and goes down, Escape leaves it', async () => {
    await show('SOW lines');
    await cell('SOW lines', 'Title', 'Line', 'ACME-1/1').click();
    await office.page.keyboard.type('Planning');
    await office.page.keyboard.press('Enter');
    await until(() => rowOf(office.session, 'SOW lines', 'Line', 'ACME-1/1')['Title']).toBe('Planning');
    const below = cell('SOW lines', 'Title', 'Line', 'ACME-1/2');
    await until(() => below.getAttribute('aria-selected')).toBe('true');
    await office.page.keyboard.type('Something else');
    await office.page.keyboard.press('Escape');
    await until(() => below.textContent()).toBe('Design');
  });

  it('that the add-on keeps asks before it is changed', async () => {
    await show('Time entries');
    const asked: string[] = [];
    office.page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      return dialog.dismiss();
    });
    await cell('Time entries', 'Hours', 'Key', 'harvest:1002').click();
    await office.page.keyboard.type('9');
    await office.page.keyboard.press('Enter');
    await until(() => asked.length).toBe(1);
    expect(asked[0]).toContain('kept by the add-on');
    expect(entry('harvest:1002')['Hours']).toBe(1.5);
  });

  it('with a wrong value is told of in the sidebar with its place and what is allowed', async () => {
    await show('SOW lines');
    await cell('SOW lines', 'Billing', 'Line', 'ACME-1/2').click();
    await office.page.keyboard.type('by the hour');
    await office.page.keyboard.press('Enter');
    await until(() => rowOf(office.session, 'SOW lines', 'Line', 'ACME-1/2')['Billing']).toBe('by the hour');
    await office.sidebar.locator('nav').getByRole('button', { name: 'Status' }).click();
    await office.sidebar.getByText(/SOW lines.*Billing.*by the hour.*hourly/).waitFor();
    await office.session.host.workbook.edit('SOW lines', { Line: 'ACME-1/2' }, { Billing: 'hourly' });
    await office.sidebar.getByRole('button', { name: 'Refresh' }).click();
    await until(() => office.sidebar.getByText('to put right').count()).toBe(0);
  });

  it('has the colour of its status, and numbers stand on the right', async () => {
    await show('Time entries');
    const colour = (key: string) =>
      cell('Time entries', 'Status', 'Key', key).evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await colour('harvest:1001')).not.toBe(await colour('harvest:1003'));
    expect(await cell('Time entries', 'Hours', 'Key', 'harvest:1001').getAttribute('class')).toContain('right');
    expect(await cell('Time entries', 'Hours', 'Key', 'harvest:1001').textContent()).toBe('2.00');
  });
});

describe('the sheet', () => {
  it('is walked with the arrow keys, and its header stays', async () => {
    await show('Time entries');
    await office.page.locator('#cell-A2').click();
    await office.page.keyboard.press('ArrowRight');
    await office.page.keyboard.press('Control+ArrowDown');
    const grid = office.page.getByRole('grid');
    await until(() => grid.getAttribute('aria-activedescendant')).toMatch(/^cell-B[3-9]\d*$/);
    await until(() => grid.evaluate((element) => element.scrollTop)).toBeGreaterThan(100);
    expect(await office.page.locator('.frozen').getByRole('gridcell', { name: 'Period' }).isVisible()).toBe(true);
    await office.page.keyboard.press('Control+Home');
    await until(() => grid.getAttribute('aria-activedescendant')).toBe('cell-A1');
  });

  it('is sorted by the chosen column', async () => {
    await show('Time entries');
    const notes = cell('Time entries', 'Notes', 'Key', 'harvest:1001');
    await notes.click();
    await office.page.getByRole('button', { name: /A to Z$/ }).click();
    await until(() => office.session.host.workbook.rows('Time entries').map((row) => row['Notes'])[0]).toBe(
      HOSTILE_NOTE,
    );
    await office.page.getByRole('button', { name: 'Z to A' }).click();
    await until(() =>
      office.session.host.workbook
        .rows('Time entries')
        .map((row) => row['Notes'])
        .at(-1),
    ).toBe(HOSTILE_NOTE);
  });

  it('shows hidden tabs on demand', async () => {
    expect(await tab('Entry records').count()).toBe(0);
    await office.page.getByRole('button', { name: /^Show \d hidden$/ }).click();
    await show('Entry records');
  });

  it('comes back with its tab and its sidebar after a reload', async () => {
    await show('Invoices');
    await office.page.reload();
    await office.page.getByRole('grid', { name: 'Invoices', exact: true }).waitFor();
    await office.sidebar.locator('nav').waitFor();
  });

  it('draws the chart of the Dashboard', async () => {
    await show('Dashboard');
    const chart = office.page.getByRole('img', { name: /^Hours by status: / });
    expect(await chart.getAttribute('aria-label')).toContain('auto 9');
  });

  it('is downloaded as a workbook that other programs read', async () => {
    const [download] = await Promise.all([
      office.page.waitForEvent('download'),
      office.page.getByRole('link', { name: 'Download .xlsx' }).click(),
    ]);
    const book = await readXlsx(readFileSync(await download.path()));
    const sheet = (name: string) => book.sheets.find((one) => one.name === name);
    const rows = sheet('Time entries')?.rows ?? [];
    expect(rows[0]?.slice(0, 3)).toEqual(['Key', 'Period', 'Date']);
    expect(rows.flat()).toContain(HOSTILE_NOTE);
    expect(sheet('Entry records')?.hidden).toBe(true);
    expect(sheet('SOW lines')?.dataValidations?.length).toBeGreaterThan(0);
  });
});

describe('the menu', () => {
  it('has the entries of the add-on; they run, and say what came of it', async () => {
    await office.page.getByRole('button', { name: 'Time to Invoice', exact: true }).click();
    expect(await office.page.getByRole('menuitem').allTextContents()).toEqual([
      'Open review',
      'Run month-end now',
      'Update drafts',
      'Set up',
    ]);
    await office.page.getByRole('menuitem', { name: 'Update drafts' }).click();
    await office.page.locator('.toast').waitFor();
    await office.page.getByRole('button', { name: 'Close this message' }).click();
  });

  it('brings the closed sidebar back', async () => {
    await office.page.getByRole('button', { name: 'Close the sidebar' }).click();
    await office.page.locator('aside').waitFor({ state: 'detached' });
    await office.page.getByRole('button', { name: 'Time to Invoice', exact: true }).click();
    await office.page.keyboard.press('Enter');
    await office.sidebar.locator('nav').waitFor();
    expect(office.complaints).toEqual([]);
  });
});

describe('another web page', () => {
  it.each([
    ['under another name', { host: 'evil.example' }],
    ['from another origin', { origin: 'https://evil.example' }],
  ])('is refused %s', async (_, headers) => {
    expect(await statusOf('GET', '/api/book', headers)).toBe(403);
    expect(await statusOf('POST', '/run', { ...headers, 'content-type': 'application/json' })).toBe(403);
  });

  it('cannot post a form', async () => {
    expect(await statusOf('POST', '/run', { 'content-type': 'text/plain' })).toBeGreaterThanOrEqual(400);
  });
});

function statusOf(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const { port } = new URL(office.served.url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end(method === 'POST' ? '{"run":"call","args":["{}"]}' : '');
  });
}
