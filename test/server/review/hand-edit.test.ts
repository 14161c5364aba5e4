import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, type Host } from '../../../local/host/host.ts';

const code = buildSync({
  entryPoints: [new URL('hand-guest.ts', import.meta.url).pathname],
  bundle: true,
  format: 'iife',
  globalName: 'guest',
  target: 'es2020',
  write: false,
}).outputFiles[0]?.text;

const DOORS = `
function setUp() { return guest.setUp(); }
function onEdit(event) { return guest.onEdit(event); }
function paste(json) { return guest.paste(json); }`;

const TAB = 'Time entries';
let host: Host;

beforeEach(async () => {
  host = createHost({
    bundle: {
      code: `${code}\n${DOORS}`,
      sidebarHtml: '',
      manifest: {
        timeZone: 'America/New_York',
        oauthScopes: [
          'https://www.googleapis.com/auth/spreadsheets.currentonly',
          'https://www.googleapis.com/auth/userinfo.email',
        ],
      },
    },
    timeZone: 'America/New_York',
    now: Date.UTC(2026, 10, 1, 11),
    user: 'ana@firm.example',
  });
  const made = await host.invoke('setUp');
  expect(made.error ?? null).toBeNull();
  host.workbook.setRows('SOWs', [{ SOW: 'ACME-1', Client: 'Acme' }]);
  host.workbook.setRows('SOW lines', [
    { Line: 'ACME-1/1', SOW: 'ACME-1', Billing: 'hourly' },
    { Line: 'ACME-1/2', SOW: 'ACME-1', Billing: 'hourly' },
  ]);
  host.workbook.setRows('Invoices', [{ Invoice: '2026-09 Acme', Period: '2026-09', Client: 'Acme', Status: 'pushed' }]);
  const row = { Date: '2026-10-14', Client: 'Acme', Hours: 1, Status: 'flagged', Flags: 'low confidence, late' };
  host.workbook.setRows(TAB, [
    { ...row, Key: 'harvest:1', 'SOW line': 'ACME-1/1' },
    { ...row, Key: 'harvest:2' },
    { ...row, Key: 'harvest:3' },
    { ...row, Key: 'harvest:4', Status: 'invoiced', 'SOW line': 'ACME-1/1', Invoice: '2026-09 Acme', Flags: '' },
  ]);
});

afterEach(() => host.close());

const shown = () =>
  host.workbook.rows(TAB).map((row) => [row['Status'], row['SOW line'], row['Flags'], row['Decided by']]);
const type = async (key: string, set: Record<string, string>) => {
  for (const done of await host.workbook.edit(TAB, { Key: key }, set)) expect(done.error ?? null).toBeNull();
};
const columnOf = (header: string) => Object.keys(host.workbook.rows(TAB)[0] ?? {}).indexOf(header) + 1;

describe('a person types in the tab Time entries', () => {
  it('a line decides the row, with who and before and after in Activity', async () => {
    await type('harvest:2', { 'SOW line': 'acme-1/2' });
    expect(shown()[1]).toEqual(['approved', 'ACME-1/2', 'late', 'ana@firm.example']);
    expect(host.workbook.rows('Activity')).toMatchObject([
      {
        Who: 'ana@firm.example',
        What: 'Line typed by hand',
        Where: 'Time entries harvest:2',
        Before: '',
        After: 'approved, ACME-1/2 (late)',
      },
    ]);
  });

  it('a line that cannot be gives way to the one before, and the row says why', async () => {
    await type('harvest:1', { 'SOW line': 'NOPE' });
    expect(shown()[0]).toEqual(['flagged', 'ACME-1/1', 'low confidence, late', 'ana@firm.example']);
    expect(host.workbook.rows(TAB)[0]?.['Reason']).toBe('There is no line "NOPE" in the tab SOW lines.');
  });

  it('a billed row keeps its status and may move to another line', async () => {
    await type('harvest:4', { Status: 'approved' });
    expect(shown()[3]?.[0]).toBe('invoiced');
    await type('harvest:4', { 'SOW line': 'ACME-1/2' });
    expect(shown()[3]).toEqual(['invoiced', 'ACME-1/2', '', 'ana@firm.example']);
  });

  it('columns are found by their headers, wherever they were moved', async () => {
    host.workbook.moveColumn(TAB, columnOf('Status'), 2);
    await type('harvest:1', { Status: 'excluded' });
    expect(shown()[0]).toEqual(['excluded', 'ACME-1/1', 'late', 'ana@firm.example']);
  });

  it('other columns, other tabs and the header row are no decisions', async () => {
    await type('harvest:1', { Notes: 'typed over' });
    await host.workbook.typeInCell(TAB, 1, columnOf('Status'), 'Status');
    await host.workbook.typeInCell('SOWs', 2, 1, 'ACME-1');
    expect(host.workbook.rows('Activity')).toEqual([]);
    expect(shown()[0]).toEqual(['flagged', 'ACME-1/1', 'low confidence, late', '']);
  });

  it('a pasted range decides every row in it', async () => {
    const values = [['ACME-1/2'], ['NOPE'], ['ACME-1/1']];
    const done = await host.invoke('paste', [
      JSON.stringify({ tab: TAB, row: 2, column: columnOf('SOW line'), values }),
    ]);
    expect(done.error ?? null).toBeNull();
    expect(shown()).toEqual([
      ['approved', 'ACME-1/2', 'late', 'bo@firm.example'],
      ['flagged', '', 'low confidence, late', 'bo@firm.example'],
      ['approved', 'ACME-1/1', 'late', 'bo@firm.example'],
      ['invoiced', 'ACME-1/1', '', ''],
    ]);
    expect(host.workbook.rows('Activity')).toHaveLength(3);
  });

  it('a paste of hundreds of rows with long names decides all of them', async () => {
    const long = `ACME-1/${'advice and care '.repeat(5)}9`;
    host.workbook.setRows('SOW lines', [{ Line: long, SOW: 'ACME-1', Billing: 'hourly' }]);
    const row = { Date: '2026-10-14', Client: 'Acme', Hours: 1, Status: 'flagged', Flags: '' };
    host.workbook.setRows(
      TAB,
      Array.from({ length: 400 }, (_, index) => ({ ...row, Key: `harvest:${index + 1}` })),
    );
    const values = Array.from({ length: 400 }, () => [long]);
    const done = await host.invoke('paste', [
      JSON.stringify({ tab: TAB, row: 2, column: columnOf('SOW line'), values }),
    ]);
    expect(done.error ?? null).toBeNull();
    expect(new Set(shown().map((cells) => cells.join(' | ')))).toEqual(
      new Set([`approved | ${long} |  | bo@firm.example`]),
    );
    expect(host.properties('document')).toEqual({});
  });

  it('a paste of more rows than the properties of a spreadsheet hold decides all of them', async () => {
    const row = { Date: '2026-10-14', Client: 'Acme', Hours: 1, Status: 'flagged', 'SOW line': 'ACME-1/1', Flags: '' };
    host.workbook.setRows(
      TAB,
      Array.from({ length: 15_000 }, (_, index) => ({ ...row, Key: `harvest:${100_000_000 + index}` })),
    );
    const values = Array.from({ length: 15_000 }, () => ['excluded']);
    const done = await host.invoke('paste', [JSON.stringify({ tab: TAB, row: 2, column: columnOf('Status'), values })]);
    expect(done.error ?? null).toBeNull();
    expect(shown().filter(([status, , , by]) => status === 'excluded' && by === 'bo@firm.example')).toHaveLength(
      15_000,
    );
  }, 60_000);

  it('a paste with a row that is gone by then decides the others, and says which is gone', async () => {
    host.during(2, 8, () => host.workbook.deleteRow(TAB, 3));
    const values = [['ACME-1/2'], ['ACME-1/2'], ['ACME-1/2']];
    await host.invoke('paste', [JSON.stringify({ tab: TAB, row: 2, column: columnOf('SOW line'), values })]);
    expect(shown().map((cells) => cells[0])).toEqual(['approved', 'approved', 'invoiced']);
    expect(host.workbook.rows('Activity').map((row) => `${row['Where']}: ${row['After']}`)).toContain(
      'Time entries harvest:2: The row is no longer there.',
    );
  });
});
