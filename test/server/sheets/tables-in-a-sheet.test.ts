import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SheetsHost, startSheetsHost } from './sheets-host.ts';

let sheets: SheetsHost;

beforeEach(async () => {
  sheets = startSheetsHost();
  await sheets.run('setUp');
});

afterEach(() => sheets.host.close());

const tab = 'Time entries';

describe('text that comes from outside', () => {
  const notes = [
    '=HYPERLINK("http://x","y")',
    '+1',
    '-x',
    '@a',
    "'quoted",
    '2026-10',
    '10/14/2026',
    'TRUE',
    '00123',
    '50%',
    '🧾 receipt 👩‍👩‍👧',
    'שלום עולם',
    '  two blanks before',
    'line one\nline two\ttab',
    'x'.repeat(100_000),
  ];

  test('comes back to the letter, never as a formula, a date or a number; only what is too long is cut with a mark', async () => {
    await sheets.run(
      'insertEntries',
      notes.map((text, index) => ({ key: `harvest:${index}`, notes: text, reason: text })),
    );
    const { rows, problems } = await sheets.run<{ rows: { notes: string; reason: string }[]; problems: unknown[] }>(
      'read',
      tab,
    );
    expect(problems).toEqual([]);
    expect(rows.slice(0, -1).map((row) => row.notes)).toEqual(notes.slice(0, -1));
    expect(rows.slice(0, -1).map((row) => row.reason)).toEqual(notes.slice(0, -1));
    expect(rows.at(-1)?.notes).toMatch(/^x{40000,}… \(cut\)$/);
    const formulas = await sheets.run<string[][]>('raw', { tab, what: 'formulas' });
    expect(formulas.flat().filter((formula) => formula !== '')).toEqual([]);
  });

  test('stays text when rows around it are changed', async () => {
    await sheets.run(
      'insertEntries',
      notes.map((text, index) => ({ key: `harvest:${index}`, reason: text })),
    );
    const last = notes.length - 1;
    await sheets.run('update', { 'harvest:0': { reason: 'first' }, [`harvest:${last}`]: { reason: 'last' } });
    const { rows } = await sheets.run<{ rows: { reason: string }[] }>('read', tab);
    expect(rows.map((row) => row.reason)).toEqual(['first', ...notes.slice(1, last), 'last']);
  });
});

describe('a tab that people rearrange', () => {
  beforeEach(() =>
    sheets.run('insertEntries', [
      { key: 'harvest:1', notes: 'c', hours: 1, date: '2026-10-01', seen: 1_790_000_000_000 },
      { key: 'harvest:2', notes: 'a', hours: 2, date: '2026-10-31' },
      { key: 'harvest:3', notes: 'b', hours: 3, sowLine: 'X' },
    ]),
  );

  test('dates, moments, numbers and marks come back as they were written', async () => {
    const { rows } = await sheets.run<{ rows: object[] }>('read', tab);
    expect(rows).toMatchObject([
      { key: 'harvest:1', period: '2026-10', date: '2026-10-01', hours: 1, billable: true, seen: 1_790_000_000_000 },
      { key: 'harvest:2', date: '2026-10-31', confidence: null, status: 'new', seen: null },
      { key: 'harvest:3', sowLine: 'X' },
    ]);
  });

  test('rows are found by key after a sort', async () => {
    sheets.host.workbook.sort(tab, 'Notes');
    await sheets.run('update', { 'harvest:1': { reason: 'one' }, 'harvest:3': { reason: 'three' } });
    const { rows } = await sheets.run<{ rows: { key: string; notes: string; reason: string }[] }>('read', tab);
    expect(rows.map((row) => [row.key, row.notes, row.reason])).toEqual([
      ['harvest:2', 'a', ''],
      ['harvest:3', 'b', 'three'],
      ['harvest:1', 'c', 'one'],
    ]);
  });

  test('a formula column that a person put between ours is kept, through changes and new rows', async () => {
    const at = await sheets.run<number>('addColumnBefore', { tab, header: 'Confidence', own: 'Double' });
    for (const row of [2, 3, 4]) await sheets.run('type', { tab, row, column: at, value: `=LEN(A${row})` });
    await sheets.run('update', {
      'harvest:1': { sowLine: 'L1', confidence: 0.5, reason: 'r' },
      'harvest:3': { sowLine: 'L3', confidence: 0.7, reason: 'q' },
    });
    await sheets.run('insertEntries', [{ key: 'harvest:4', sowLine: 'L4', confidence: 0.9 }]);
    const formulas = await sheets.run<string[][]>('raw', { tab, what: 'formulas' });
    expect(formulas.map((row) => row[at - 1])).toEqual(['', '=LEN(A2)', '=LEN(A3)', '=LEN(A4)', '']);
    const { rows } = await sheets.run<{ rows: { sowLine: string; confidence: number | null }[] }>('read', tab);
    expect(rows.map((row) => [row.sowLine, row.confidence])).toEqual([
      ['L1', 0.5],
      ['', null],
      ['L3', 0.7],
      ['L4', 0.9],
    ]);
  });

  test('a formula that a person put into one of our columns is left alone when the rows around it change', async () => {
    const values = await sheets.run<string[][]>('raw', { tab, what: 'values' });
    const column = (values[0] ?? []).indexOf('SOW line') + 1;
    await sheets.run('type', { tab, row: 3, column, value: '="A"&"CME-1/1"' });
    await sheets.run('update', {
      'harvest:1': { sowLine: 'L1', confidence: 0.5 },
      'harvest:2': { confidence: 0.6 },
      'harvest:3': { sowLine: 'L3', confidence: 0.7 },
    });
    const formulas = await sheets.run<string[][]>('raw', { tab, what: 'formulas' });
    expect(formulas[2]?.[column - 1]).toBe('="A"&"CME-1/1"');
    const { rows } = await sheets.run<{ rows: { sowLine: string; confidence: number }[] }>('read', tab);
    expect(rows.map((row) => [row.sowLine, row.confidence])).toEqual([
      ['L1', 0.5],
      ['ACME-1/1', 0.6],
      ['L3', 0.7],
    ]);
  });

  test('a row that a person inserts between reading and writing does not shift what is written', async () => {
    const rows = await sheets.run('updateWhilePersonInsertsRow', {
      'harvest:1': { reason: 'one' },
      'harvest:3': { reason: 'three' },
    });
    expect(rows).toEqual([
      ['harvest:1', 'one'],
      ['harvest:2', ''],
      ['harvest:3', 'three'],
    ]);
  });

  test('new rows go below the last row of ours, also when a formula of a person reaches further down', async () => {
    const at = await sheets.run<number>('addColumnBefore', { tab, header: 'Key', own: 'Mine' });
    for (const row of [2, 3, 4, 5, 6, 7]) await sheets.run('type', { tab, row, column: at, value: `=ROW()*10` });
    await sheets.run('insertEntries', [{ key: 'harvest:4' }]);
    const values = await sheets.run<unknown[][]>('raw', { tab, what: 'values' });
    expect(values.map((row) => [row[at - 1], row[at]])).toEqual([
      ['Mine', 'Key'],
      [20, 'harvest:1'],
      [30, 'harvest:2'],
      [40, 'harvest:3'],
      [50, 'harvest:4'],
      [60, ''],
      [70, ''],
    ]);
  });

  test('a key that is gone stops the change with a message, and nothing is written', async () => {
    const changes = { 'harvest:1': { reason: 'x' }, 'harvest:99': { reason: 'y' } };
    await expect(sheets.run('update', changes)).rejects.toThrow(
      'The tab Time entries has no row for "harvest:99"; it was removed or renamed meanwhile. Run this again.',
    );
    const { rows } = await sheets.run<{ rows: { reason: string }[] }>('read', tab);
    expect(rows.map((row) => row.reason)).toEqual(['', '', '']);
  });

  test('a header that is gone stops the change with a message', async () => {
    await sheets.run('type', { tab, row: 1, column: 1, value: 'Id' });
    await expect(sheets.run('update', { 'harvest:1': { reason: 'x' } })).rejects.toThrow(
      'Tab Time entries, row 1, column Key: found no such header; allowed is a header "Key" in row 1.',
    );
  });

  test('a tab that is gone stops the change with a message, and is told as a problem', async () => {
    await sheets.run('renameTab', { from: tab, to: 'Old entries' });
    await expect(sheets.run('update', { 'harvest:1': { reason: 'x' } })).rejects.toThrow('found no such tab');
    const problems = await sheets.run<{ tab: string; found: string }[]>('problems');
    expect(problems.filter((problem) => problem.tab === tab)).toMatchObject([{ found: 'no such tab' }]);
  });

  test('a tab whose name differs in case is the same tab', async () => {
    await sheets.run('renameTab', { from: tab, to: 'TIME ENTRIES' });
    await sheets.run('setUp');
    expect((await sheets.run<{ rows: unknown[] }>('read', tab)).rows).toHaveLength(3);
  });

  test('an inserted row whose key stands already is changed in place', async () => {
    await sheets.run('insertEntries', [
      { key: 'HARVEST:2', hours: 5 },
      { key: 'harvest:4', hours: 4 },
    ]);
    const { rows, problems } = await sheets.run<{ rows: { hours: number }[]; problems: unknown[] }>('read', tab);
    expect(problems).toEqual([]);
    expect(rows.map((row) => row.hours)).toEqual([1, 5, 3, 4]);
  });

  test('rows are removed by key, also all of them, and new ones can follow', async () => {
    await sheets.run('remove', ['harvest:1', 'harvest:3', 'harvest:77']);
    expect((await sheets.run<{ rows: { key: string }[] }>('read', tab)).rows.map((row) => row.key)).toEqual([
      'harvest:2',
    ]);
    await sheets.run('remove', ['harvest:2']);
    await sheets.run('insertEntries', [{ key: 'harvest:9', date: '2026-10-05' }]);
    expect((await sheets.run<{ rows: object[] }>('read', tab)).rows).toMatchObject([
      { key: 'harvest:9', date: '2026-10-05' },
    ]);
  });
});

test('lines that are worked out anew replace the old ones by key', async () => {
  const line = (no: number, amount: number) => ({
    invoice: '2026-10 Acme',
    no,
    sowLine: 'L',
    kind: 'time',
    description: '=d',
    quantity: 1,
    unitPrice: amount,
    amount,
    quickBooksItem: '',
    from: '2026-10-01',
    to: '2026-10-31',
    entries: 'harvest:1',
    howComputed: '',
  });
  await sheets.run('replaceLines', [line(1, 10), line(2, 20), line(3, 30)]);
  await sheets.run('replaceLines', [line(2, 25), line(3, 30), line(4, 40)]);
  const { rows } = await sheets.run<{ rows: { no: number; amount: number }[] }>('read', 'Invoice lines');
  expect(rows.map((row) => [row.no, row.amount])).toEqual([
    [2, 25],
    [3, 30],
    [4, 40],
  ]);
});

test('a job that is killed between any two writes of new rows is made whole by doing it again', async () => {
  await sheets.run('addColumnBefore', { tab: 'Invoice lines', header: 'Kind', own: 'Mine' });
  await sheets.run('addColumnBefore', { tab: 'Invoice lines', header: 'Amount', own: 'Mine too' });
  const whole = await sheets.execute('insertLinesOfTwoInvoices');
  const expected = await sheets.run('read', 'Invoice lines');
  for (let call = 1; call < whole.serviceCalls; call++) {
    await sheets.run('replaceLines', []);
    sheets.host.resetCounters();
    sheets.host.killAfter(1, call);
    expect((await sheets.execute('insertLinesOfTwoInvoices')).killed).toBe(true);
    await sheets.run('insertLinesOfTwoInvoices');
    expect(await sheets.run('read', 'Invoice lines')).toEqual(expected);
  }
});
