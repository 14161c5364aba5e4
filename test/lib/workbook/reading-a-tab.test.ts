import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../src/lib/workbook/cell.ts';
import { decodeTable } from '../../../src/lib/workbook/decode.ts';
import { problemSentence } from '../../../src/lib/workbook/problem.ts';
import {
  allTables,
  clients,
  invoices,
  keyOf,
  rates,
  sowLines,
  sows,
  timeEntries,
} from '../../../src/lib/workbook/tables.ts';
import { tabOf } from './tab-of.ts';

describe('reading a tab', () => {
  test('columns are found by their headers, in any order, in any case, beside columns that people added', () => {
    const { rows, problems } = decodeTable(sows, [
      [
        'My mark',
        ...headers(sows)
          .reverse()
          .map((header) => ` ${header.toUpperCase()} `),
        'Mood',
      ],
      ['x', ...rowOf(sows, { SOW: ' ACME-1 ', Client: 'Acme', Cap: 5000 }).reverse(), 'good'],
    ]);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ sow: 'ACME-1', client: 'Acme', cap: 5000, active: true, overCap: 'hold' }]);
  });

  test('rows in which all columns of the table are blank are passed over, whatever people keep beside them', () => {
    const { rows, problems } = decodeTable(clients, [
      [...headers(clients), 'Sum'],
      [...rowOf(clients, {}), 0],
      [...rowOf(clients, { Client: '   ' }), 12],
      [...rowOf(clients, { Client: 'Acme' }), 0],
    ]);
    expect(problems).toEqual([]);
    expect(rows.map((row) => row.client)).toEqual(['Acme']);
  });

  test('missing, blanked and doubled headers are told together', () => {
    const found = decodeTable(clients, [
      headers(clients).map((header) => (header === 'Terms' ? '' : header === 'Tax code' ? 'currency' : header)),
    ]).problems.map(problemSentence);
    expect(found).toEqual([
      'Tab Clients, row 1, column Currency: found this header more than once; allowed is one column of this name.',
      'Tab Clients, row 1, column Terms: found no such header (the header of column D is blank); allowed is a header "Terms" in row 1.',
      'Tab Clients, row 1, column Tax code: found no such header (the header of column D is blank); allowed is a header "Tax code" in row 1.',
    ]);
  });

  test('a key that stands twice is told with both rows, without regard to case', () => {
    const { rows, problems } = tabOf(sows, [
      { SOW: 'A-1', Client: 'Acme' },
      { SOW: 'a-1 ', Client: 'Acme' },
    ]);
    expect(rows).toHaveLength(1);
    expect(problems.map(problemSentence)).toEqual([
      'Tab SOWs, row 3, column SOW: found "a-1", which stands in row 2 already; allowed is each only once.',
    ]);
  });

  test('a rate card may have several rows, but not the same row twice', () => {
    const { problems } = tabOf(rates, [
      { 'Rate card': 'Std', Person: 'Ada', Rate: 200 },
      { 'Rate card': 'Std', Rate: 100 },
      { 'Rate card': 'STD', Rate: 120 },
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ row: 4, tab: 'Rates' });
  });

  test('an unknown place in a row does not hide the other problems of that row', () => {
    const { rows, problems } = tabOf(sowLines, [
      { Line: 'L', SOW: '', Billing: 'per hour', Fee: -1, 'Rollover months': 1.5, Starts: 'soon', Prorate: 'maybe' },
    ]);
    expect(rows).toEqual([]);
    expect(problems.map((problem) => problem.column)).toEqual([
      'SOW',
      'Billing',
      'Fee',
      'Rollover months',
      'Prorate',
      'Starts',
    ]);
  });

  test.each<[string, Cell, string]>([
    [
      'Discount %',
      0.1,
      'found 0.1; allowed is a number from 0 to 100, or empty; 10 stands for ten per cent, so type 10 for 0.1.',
    ],
    [
      'Cap',
      '5000',
      'found "5000"; allowed is a number from 0 up, or empty (this number is text; type it again without an apostrophe).',
    ],
    [
      'Cap',
      '$5,000',
      'found "$5,000"; allowed is a number from 0 up, or empty (this number is text; type it again without an apostrophe).',
    ],
    ['Cap', 'lots', 'found "lots"; allowed is a number from 0 up, or empty.'],
    ['Over cap', 'stop', 'found "stop"; allowed is one of hold, absorb, or empty (hold).'],
    ['Starts', '2026-02-30', 'found "2026-02-30"; allowed is a date such as 2026-10-14.'],
    ['Starts', 46000, 'found 46000; allowed is a date such as 2026-10-14.'],
    [
      'SOW',
      { day: '2026-10-11', ms: 0 },
      'found 2026-10-11; allowed is a text (the spreadsheet took it for a date; type an apostrophe before it).',
    ],
    ['SOW', '', 'found nothing; allowed is a text (it may not be empty).'],
    ['Active', 'perhaps', 'found "perhaps"; allowed is yes, no, or empty (yes).'],
  ])('a wrong %s is told with what is allowed', (column, cell, said) => {
    const { problems } = tabOf(sows, [{ SOW: 'A-1', Client: 'Acme', [column]: cell }]);
    expect(problems.map(problemSentence)).toEqual([`Tab SOWs, row 2, column ${column}: ${said}`]);
  });

  test.each<[string, Cell, string, unknown]>([
    ['Discount %', 0, 'discountPercent', 0],
    ['Discount %', 1, 'discountPercent', 1],
    ['Discount %', '', 'discountPercent', null],
    ['Round hours', 'UP TO 6 MIN ', 'roundHours', 'up to 6 min'],
    ['Starts', { day: '2026-10-14', ms: 1 }, 'starts', '2026-10-14'],
    ['Starts', '2026-10-14', 'starts', '2026-10-14'],
    ['PO number', 4711, 'poNumber', '4711'],
    ['Title', true, 'title', 'TRUE'],
    ['Active', 'No', 'active', false],
    ['Active', true, 'active', true],
  ])('%s %s is taken', (column, cell, property, value) => {
    const { rows, problems } = tabOf(sows, [{ SOW: 'A-1', Client: 'Acme', [column]: cell }]);
    expect(problems).toEqual([]);
    expect(rows[0]).toHaveProperty(property, value);
  });

  test.each<[Cell, number | string]>([
    ['', ''],
    [150.5, 150.5],
    [' Standard 2026 ', 'Standard 2026'],
    ['2026 card', '2026 card'],
  ])('the Rate %s of a line is a number, a card or empty', (cell, value) => {
    const { rows, problems } = tabOf(sowLines, [{ Line: 'L', SOW: 'S', Billing: 'hourly', Rate: cell }]);
    expect(problems).toEqual([]);
    expect(rows[0]?.rate).toBe(value);
  });

  test('an empty Status of an entry is new; an empty Status of an invoice is a problem', () => {
    expect(tabOf(timeEntries, [entry({})]).rows[0]?.status).toBe('new');
    const { problems } = tabOf(invoices, [{ Invoice: '2026-10 Acme', Period: '2026-10' }]);
    expect(problems.map((problem) => problem.column)).toEqual(['Status']);
  });

  test('a month may have become a date in the spreadsheet', () => {
    const { rows } = tabOf(timeEntries, [entry({ Period: { day: '2026-10-14', ms: 0 } })]);
    expect(rows[0]?.period).toBe('2026-10');
  });

  test('notes are kept to the letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((notes) => notes.trim() !== ''),
        (notes) => {
          expect(tabOf(timeEntries, [entry({ Notes: notes })]).rows[0]?.notes).toBe(notes);
        },
      ),
    );
  });

  test('every tab has a header, a note and a kind for each column, and its headers differ', () => {
    for (const table of allTables) {
      const names = headers(table).map((header) => header.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      for (const column of Object.values(table.columns)) expect(column.about).toMatch(/^\S.*\.$|…$/);
      for (const property of table.key) expect(Object.keys(table.columns)).toContain(property);
    }
  });

  test('a composite key joins its parts', () => {
    const row = tabOf(rates, [{ 'Rate card': 'Std', Role: 'Lead', Rate: 1, 'From date': '2026-01-01' }]).rows[0];
    if (row === undefined) throw new Error('the row was not read');
    expect(keyOf(rates, row)).toBe('Std |  | Lead |  |  | 2026-01-01');
  });
});

function headers(table: (typeof allTables)[number]): string[] {
  return Object.values(table.columns).map((column) => column.header);
}

function rowOf(table: (typeof allTables)[number], cells: Readonly<Record<string, Cell>>): Cell[] {
  return headers(table).map((header) => cells[header] ?? '');
}

function entry(cells: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> {
  return { Key: 'harvest:1', Date: { day: '2026-10-14', ms: 0 }, Hours: 1, ...cells };
}
