import { describe, expect, it } from 'vitest';
import { learnedRecord, learnedRows } from '../../../src/lib/learning/learned.ts';
import { readHistory, separatorOf } from '../../../src/lib/learning/read-history.ts';
import { agreementReport } from '../../../src/lib/learning/report.ts';

const LINES = ['A-1/1', 'A-1/2'];
const HEAD = ['Date', 'Person', 'Client', 'Project', 'Task', 'Notes', 'Hours', 'SOW line'];
const row = (over: Readonly<Record<string, string>> = {}) => {
  const cells: Readonly<Record<string, string>> = {
    Date: '2026-07-01',
    Person: 'Ana',
    Client: 'Acme',
    Project: 'Plan',
    Task: 'Work',
    Notes: 'interviews',
    Hours: '1.5',
    'SOW line': 'a-1/1',
    ...over,
  };
  return HEAD.map((name) => cells[name] ?? '');
};

describe('earlier months with known lines', () => {
  it.each([
    ['2026-07-01', '2026-07-01'],
    ['7/31/2026', '2026-07-31'],
    ['31.7.2026', '2026-07-31'],
  ])('a date %s is %s', (date, day) => {
    expect(readHistory([HEAD, row({ Date: date })], LINES).rows[0]?.item.date).toBe(day);
  });

  it.each([
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['1:30', 1.5],
    ['much', 0],
  ])('hours %s are %d', (hours, value) => {
    expect(readHistory([HEAD, row({ Hours: hours })], LINES).rows[0]?.item.hours).toBe(value);
  });

  it('columns are found by name, in any order and case', () => {
    const { rows } = readHistory(
      [
        ['LINE', 'notes', 'CLIENT', 'day'],
        ['A-1/2', 'x y', 'Acme', '2026-07-01'],
      ],
      LINES,
    );
    expect(rows).toMatchObject([{ line: 'A-1/2', item: { notes: 'x y', client: 'Acme', person: '' } }]);
  });

  it('what was not billed is an answer too', () => {
    expect(readHistory([HEAD, row({ 'SOW line': 'None' })], LINES).rows[0]?.line).toBe('');
  });

  it('the same rows pasted again are the same rows, also where two are alike', () => {
    const keys = () =>
      readHistory([HEAD, row(), row(), row({ Notes: 'other' })], LINES).rows.map(({ item }) => item.key);
    expect(new Set(keys()).size).toBe(3);
    expect(keys()).toEqual(keys());
  });

  it('rows that cannot be used are passed over, with their numbers', () => {
    const { rows, problems } = readHistory(
      [HEAD, row({ 'SOW line': '' }), row({ Date: 'July' }), row({ 'SOW line': 'X-9' }), HEAD.map(() => ''), row()],
      LINES,
    );
    expect(rows).toHaveLength(1);
    expect(problems).toEqual([
      'Rows 2 have no SOW line; they were passed over.',
      'Rows 3 have no date that can be read; they were passed over.',
      'Rows 4 name "X-9", which is no line of the tab SOW lines; they were passed over.',
    ]);
  });

  it('a table without the needed columns is refused', () => {
    expect(() => readHistory([['Date', 'Who']], LINES)).toThrow('no column "client", "notes", "sow line"');
  });

  it.each([
    ['a,b;c,d\nx', ','],
    ['a;b;c,d', ';'],
    ['a, b\tc', '\t'],
  ])('%j is separated by %j', (text, sign) => {
    expect(separatorOf(text)).toBe(sign);
  });
});

it('what was learnt is read back from the records, with its line', () => {
  const { rows } = readHistory([HEAD, row(), row({ Notes: 'idle', 'SOW line': 'none' })], LINES);
  const records = rows.map(learnedRecord);
  expect(learnedRows(records).map(({ item, line }) => ({ item, line }))).toEqual(rows);
  const other = { ...records[0], record: 'time harvest:1' };
  expect(learnedRows([{ ...learnedRecord(rows[0] ?? rows[1] ?? fail()), ...other }])).toEqual([]);
});

function fail(): never {
  throw new Error('no row');
}

it('the report counts agreement by client and line, and lists what differs, the accepted ones first', () => {
  const { rows } = readHistory([HEAD, row(), row({ Notes: 'b c' }), row({ Notes: 'd e', 'SOW line': 'none' })], LINES);
  const verdict = (line: string, status: 'auto' | 'flagged') => ({
    status,
    line,
    confidence: 0.9,
    reason: '',
    flags: [],
  });
  const [first, second, third] = rows;
  if (first === undefined || second === undefined || third === undefined) return fail();
  const report = agreementReport(
    [
      { ...first, verdict: verdict('A-1/1', 'auto') },
      { ...second, verdict: verdict('A-1/2', 'flagged') },
      { ...third, verdict: verdict('A-1/2', 'auto') },
    ],
    { left: 4, audited: 1, problems: [] },
  );
  expect(report).toMatchObject({ rows: 3, left: 4, agree: 1, accepted: 2, acceptedWrong: 1, audited: 1 });
  expect(report.byClient).toEqual([{ name: 'Acme', rows: 3, agree: 1 }]);
  expect(report.byLine).toEqual([
    { name: 'A-1/1', rows: 2, agree: 1 },
    { name: 'not billed', rows: 1, agree: 0 },
  ]);
  expect(report.differing.map(({ notes }) => notes)).toEqual(['d e', 'b c']);
});
