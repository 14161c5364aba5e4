import { describe, expect, it } from 'vitest';
import { answeredText, keptRows, learnedRecord, learnedRows } from '../../../src/lib/learning/learned.ts';
import { type KnownNames, readHistory, separatorOf } from '../../../src/lib/learning/read-history.ts';
import { agreementReport } from '../../../src/lib/learning/report.ts';
import { sowBook } from '../../../src/lib/matching/candidates.ts';
import { BLANK_LINE, BLANK_SOW } from '../../../src/lib/sow-import/fields.ts';

const SOW = { ...BLANK_SOW, sow: 'A-1', client: 'Acme', projects: 'Plan, Help' };
const OTHER = { ...BLANK_SOW, sow: 'B-1', client: 'Bolt' };
const SOW_LINES = [
  { ...BLANK_LINE, line: 'A-1/1', sow: 'A-1' },
  { ...BLANK_LINE, line: 'A-1/2', sow: 'A-1' },
  { ...BLANK_LINE, line: 'B-1/1', sow: 'B-1', starts: '2026-08-01' },
];
const LINES: KnownNames = {
  clients: ['Acme', 'Bolt', 'Corner'],
  sows: [SOW, OTHER],
  lines: SOW_LINES,
  book: sowBook([SOW, OTHER], SOW_LINES),
  today: '2026-10-20',
  dates: undefined,
};
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
    ['1.5 h', 1.5],
    ['', 0],
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

  it('rows that cannot be used are all told with their numbers, and the good ones go on', () => {
    const bad: readonly Readonly<Record<string, string>>[] = [
      { 'SOW line': '' },
      { 'SOW line': '' },
      { Date: 'July' },
      { Date: '03/09/2026' },
      { Date: '2026-10-21' },
      { Hours: 'abc' },
      { Hours: '25' },
      { Client: 'Acmee' },
      { 'SOW line': 'A-1/11' },
      { 'SOW line': 'B-1/1' },
      { Project: 'Plann' },
      { Client: 'Corner', Project: '', 'SOW line': 'none' },
      { Client: 'Bolt', Project: '', 'SOW line': 'none' },
    ];
    const { rows, skipped, problems } = readHistory(
      [HEAD, ...bad.map(row), HEAD.map(() => ''), row(), row({ Project: 'Something else' })],
      LINES,
    );
    expect([rows.length, skipped]).toEqual([2, 13]);
    expect(problems).toEqual([
      'Rows 2-3: there is no SOW line; write "none" where it was not billed.',
      'Row 4: "July" is no date such as 2026-09-03.',
      'Row 5: the date 03/09/2026 can be read two ways; write 2026-09-03, or choose above which of the two comes first.',
      'Row 6: the date 2026-10-21 lies in the future.',
      'Row 7: "abc" is no number of hours up to 24.',
      'Row 8: "25" is no number of hours up to 24.',
      'Row 9: "Acmee" is no client of the tab Clients (nearest is "Acme").',
      'Row 10: "A-1/11" is no line of the tab SOW lines (nearest is "A-1/1").',
      'Row 11: B-1/1 is a line of Bolt, not of Acme.',
      'Row 12: the project "Plann" is in no SOW of Acme (nearest is "Plan").',
      'Row 13: no line to compare: Corner had no open SOW line on that day.',
      'Row 14: no line to compare: Bolt had no open SOW line on that day.',
    ]);
  });

  it.each([
    ['month first', '03/09/2026', '2026-03-09'],
    ['day first', '03/09/2026', '2026-09-03'],
    [undefined, '7/31/2026', '2026-07-31'],
    [undefined, '31/7/2026', '2026-07-31'],
    [undefined, '9/9/2026', '2026-09-09'],
  ] as const)('with %s, %s is %s', (dates, date, day) => {
    expect(readHistory([HEAD, row({ Date: date })], { ...LINES, dates }).rows[0]?.item.date).toBe(day);
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

it('what was given is used only when it was said to be, and goes on to count until another answer is', () => {
  const { rows } = readHistory([HEAD, row(), row({ Notes: 'idle', 'SOW line': 'none' })], LINES);
  const given = rows.map((one) => learnedRecord(one));
  expect(learnedRows(given)).toEqual([]);
  expect(keptRows(given).map(({ item, given: line }) => ({ item, line }))).toEqual(rows);
  const used = given.map((record, index) => ({ ...record, answered: answeredText(rows[index]?.line ?? '', null) }));
  expect(learnedRows(used).map(({ item, line }) => ({ item, line }))).toEqual(rows);
  const [first] = rows;
  const [known] = used;
  if (first === undefined || known === undefined) return fail();
  expect(learnedRecord(first, known).answered).toBe('billed on A-1/1');
  const replaced = learnedRecord({ ...first, line: 'A-1/2' }, known);
  expect(keptRows([replaced])[0]).toMatchObject({ used: 'A-1/1', given: 'A-1/2' });
  expect(keptRows([{ ...known, record: 'time harvest:1' }])).toEqual([]);
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
    { left: 4, audited: 1, pending: 3, used: 0, known: 0, replaced: 0, skipped: 0, problems: [] },
  );
  expect(report).toMatchObject({ rows: 3, left: 4, agree: 1, accepted: 2, acceptedWrong: 1, audited: 1 });
  expect(report.byClient).toEqual([{ name: 'Acme', rows: 3, agree: 1 }]);
  expect(report.byLine).toEqual([
    { name: 'A-1/1', rows: 2, agree: 1 },
    { name: 'not billed', rows: 1, agree: 0 },
  ]);
  expect(report.differing.map(({ notes }) => notes)).toEqual(['d e', 'b c']);
});
