import { describe, expect, it } from 'vitest';
import { checkImport } from '../../../src/lib/sow-import/after-writing.ts';
import { foreignAmount } from '../../../src/lib/sow-import/currency.ts';
import { datesIn, dayBefore } from '../../../src/lib/sow-import/dates.ts';
import { BLANK_LINE, BLANK_SOW } from '../../../src/lib/sow-import/fields.ts';
import { freeLine } from '../../../src/lib/sow-import/free-line.ts';
import { propose } from '../../../src/lib/sow-import/propose.ts';
import { readProposal } from '../../../src/lib/sow-import/read-answer.ts';
import { splitFromDay } from '../../../src/lib/sow-import/split.ts';
import { bookOf } from './book.ts';

const line = {
  ...BLANK_LINE,
  line: 'A-1/2',
  sow: 'A-1',
  title: 'Help desk',
  description: 'All calls and mails of the staff',
  rate: 140,
};
const book = bookOf({ sows: [{ ...BLANK_SOW, sow: 'A-1', client: 'Acme' }], lines: [line] });
const read = (text: string, answer: unknown, sow = 'A-1', of = book) =>
  propose(readProposal(JSON.stringify(answer)) ?? [], {
    client: 'Acme',
    sow,
    document: { name: 'Amendment', text, fromPdf: false },
    book: of,
  });
const amend = (text: string, said: Readonly<Record<string, unknown>>) =>
  read(text, { lines: [{ line: 'A-1/2', quotes: [text], ...said }] }).rows[0];

describe('a date that stands in no cell', () => {
  it.each([
    ['From 1 November 2026 the hourly rate is $155 instead of $140.', '2026-11-01'],
    ['Effective November 1st, 2026, the rate is $155.', '2026-11-01'],
    ['The rate is $155 as of 2026-11-01.', '2026-11-01'],
    ['Agreed on 20 October 2026: the rate is $155.', ''],
    ['From 11/1/2026 the rate is $155.', ''],
  ])('is told, and the row is not ticked: %s', (text, splitFrom) => {
    const row = amend(text, { rate: '155' });
    expect(row).toMatchObject({ kind: 'change', doubtful: true, splitFrom });
    expect(row?.warnings.join()).toContain('The text has a date that stands in no cell of this row');
  });

  it('is no matter where a cell says it, or where there is none', () => {
    expect(amend('The line ends on 18 December 2026.', { ends: '2026-12-18' })).toMatchObject({ doubtful: false });
    expect(amend('The rate is $155.', { rate: '155' })).toMatchObject({ doubtful: false, splitFrom: '', warnings: [] });
  });

  it.each([
    ['2026-11-01', '2026-10-31'],
    ['2026-03-01', '2026-02-28'],
    ['2027-01-01', '2026-12-31'],
    ['2026-11-15', '2026-11-14'],
  ])('the day before %s is %s', (day, before) => {
    expect(dayBefore(day)).toBe(before);
  });

  it('may mean two days', () => {
    expect(datesIn('from 3/9/2026 on')).toEqual([
      { words: '3/9/2026', days: ['2026-03-09', '2026-09-03'], begins: true },
    ]);
    expect(datesIn('30 of 50 May 99')).toEqual([]);
  });
});

it('a line that is split keeps its last day on the new line, and what was billed before on the old one', () => {
  const standing = { ends: '2026-12-18', billedBeforeHours: 5, title: 'Help', rate: 140 };
  const row = amend('From 1 November 2026 the rate is $155.', { rate: '155' });
  if (row === undefined) throw new Error('no row');
  const [old, added] = splitFromDay({ ...row, standing }, 'A-1/3');
  const cells = (one: typeof old) =>
    Object.fromEntries((one?.fields ?? []).map((field) => [field.property, field.value]));
  expect(cells(old)).toEqual({ ends: '2026-10-31' });
  expect(cells(added)).toEqual({ title: 'Help', rate: 155, starts: '2026-11-01', ends: '2026-12-18' });
  const short = splitFromDay({ ...row, standing: { ...standing, ends: '2026-10-15' } }, 'A-1/3');
  expect(cells(short[1])['ends']).toBeUndefined();
});

describe('a number that another line has', () => {
  it('is flagged where billing changes or the titles have no word in common, with the next free one', () => {
    const milestone = amend('A report for $900.', { title: 'Help report', billing: 'milestone', fee: '900' });
    expect(milestone).toMatchObject({ doubtful: true, taken: 'A-1/3' });
    expect(milestone?.warnings[0]).toBe(
      'This number is taken by "Help desk" (hourly); give it another number. A-1/3 is free.',
    );
    expect(milestone?.asNew.map(({ property, value }) => [property, value])).toEqual([
      ['title', 'Help report'],
      ['billing', 'milestone'],
      ['fee', 900],
    ]);
    expect(amend('Training.', { title: 'Training' })).toMatchObject({ doubtful: true, taken: 'A-1/3' });
    expect(amend('The desk.', { title: 'The desk' })).toMatchObject({ doubtful: false, taken: '' });
  });

  it('a free number is above all that are taken', () => {
    expect(freeLine('A-1', ['A-1/2', 'a-1/10', 'A-1/x', 'A-10/99'])).toBe('A-1/11');
    expect(freeLine('B-1', [])).toBe('B-1/1');
  });

  it('keeps its title and description: others are only offered', () => {
    expect(amend('The desk.', { title: 'The desk' })?.fields).toMatchObject([{ property: 'title', offered: true }]);
    const row = amend('Calls.', { description: 'Calls' });
    expect(row?.fields).toEqual([
      expect.objectContaining({ property: 'description', before: line.description, value: 'Calls', offered: true }),
    ]);
  });
});

describe('what was not found is said', () => {
  it('no line, rate or cap at all', () => {
    const letter = read('Dear Ana, see you soon.', { sows: [{ sow: 'X-1', title: 'Letter', quotes: [] }] }, '');
    expect(letter.warnings).toEqual(['This looks like no Statement of Work: no line, rate or cap was found.']);
    expect(letter.rows.every((row) => row.doubtful)).toBe(true);
  });

  it('nothing new in an amendment', () => {
    const { warnings } = read('The rate is $140.', { lines: [{ line: 'A-1/2', rate: '140', quotes: [] }] });
    expect(warnings).toEqual([
      'No change to A-1 was found in this document. Look yourself: what it changes can be typed in with Edit or Add a line.',
    ]);
  });

  it('a SOW of its own that stands already, and another currency', () => {
    const said = { sows: [{ sow: 'A-1', quotes: [] }], lines: [{ line: '7', title: 'Plan', quotes: [] }] };
    const { warnings } = read('A-1/7 Plan, € 1.200', said, '');
    expect(warnings[0]).toContain('A SOW A-1 stands already.');
    expect(warnings[1]).toBe('The text says € 1.200, but Acme is billed in USD. Amounts are not converted.');
  });

  it.each([
    ['$1,200 and 30 hours', 'USD', ''],
    ['$1,200', 'CAD', ''],
    ['$1,200', 'EUR', '$1,200'],
    ['1.200 EUR', 'USD', '1.200 EUR'],
    ['GBP 900', 'GBP', ''],
    ['£900', '', '£900'],
  ])('%s for a client in %s', (text, currency, found) => {
    expect(foreignAmount(text, currency)).toBe(found);
  });
});

describe('what would stand after writing', () => {
  const ask = (cells: Readonly<Record<string, string | number>>, of = book) =>
    checkImport({ client: 'Acme', sow: 'A-1', rows: [{ tab: 'SOW lines', key: 'A-1/2', cells }], document: '' }, of)
      .problems;

  it('is checked by the rules of Status', () => {
    expect(ask({ rate: 155 })).toEqual([]);
    expect(ask({ billing: 'milestone', rate: '' })).toEqual([
      {
        tab: 'SOW lines',
        key: 'A-1/2',
        sentence: expect.stringContaining('Tab SOW lines, A-1/2, column Fee: found nothing; allowed is'),
      },
    ]);
    expect(ask({ rate: 'No such card' })[0]?.sentence).toContain('a name that stands in the tab Rates');
  });

  it('what was wrong before stops nothing', () => {
    const broken = { ...line, line: 'A-1/9', billing: 'milestone' as const, rate: '' };
    expect(ask({ rate: 155 }, bookOf({ sows: book.sows.rows, lines: [line, broken] }))).toEqual([]);
  });

  it('a row that stands there with a wrong cell is not written over', () => {
    const incomplete = [{ rowNumber: 3, values: { line: 'A-1/2' } }];
    const unread = { ...book, sowLines: { ...book.sowLines, rows: [], rowNumbers: [], incomplete } };
    expect(ask({ rate: 155 }, unread)[0]?.sentence).toContain('Tab SOW lines, row 3: "A-1/2" stands there with');
  });
});
