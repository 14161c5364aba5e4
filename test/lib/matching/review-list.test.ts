import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../src/lib/matching/alike.ts';
import { sowBook } from '../../../src/lib/matching/candidates.ts';
import { changedText } from '../../../src/lib/matching/changed-text.ts';
import { linesOfClients, reviewList, type WaitingRow, waits } from '../../../src/lib/matching/review-list.ts';
import { sentencesOf } from '../../../src/lib/matching/sow-sentence.ts';
import { entry, line, sow } from './build.ts';

const book = sowBook(
  [sow()],
  [line(), line({ line: 'ACME-1/2', title: 'Deck' }), line({ line: 'ACME-1/3', title: 'Old', ends: '2026-01-31' })],
);
const waiting = (key: string, notes: string, facts: Partial<WaitingRow> = {}): WaitingRow => ({
  item: entry({ key, notes }),
  status: 'flagged',
  line: 'ACME-1/2',
  flags: 'low confidence',
  reason: 'why',
  confidence: 0.4,
  changed: null,
  ...facts,
});

describe('what waits for a person', () => {
  it.each([
    ['flagged', '', true],
    ['new', '', false],
    ['new', 'no rate', true],
    ['invoiced', 'changed after invoicing', true],
    ['invoiced', 'late', false],
    ['auto', 'late', false],
    ['approved', '', false],
  ])('%s with flags "%s": %s', (status, flags, expected) => {
    expect(waits({ status, flags })).toBe(expected);
  });
});

describe('rows that are alike', () => {
  it.each([
    ['Final review of Q3 deck', 'final reviews of the Q3 decks!', true],
    ['Weekly sync call with client', 'weekly sync call w/ client 10/14', true],
    ['Open house boards', 'Board papers for the committee', false],
    ['HD-2207', 'HD-2208', false],
    ['', '', true],
  ])('"%s" and "%s": %s', (a, b, alike) => {
    const base = { table: 'time' as const, client: 'Acme', project: 'Strategy', line: 'L' };
    const [one, two] = groupsOf([
      { ...base, notes: a },
      { ...base, notes: b },
    ]);
    expect(one === two).toBe(alike);
  });
  it('another suggestion, project, client or table is another group', () => {
    const base = { table: 'time' as const, client: 'Acme', project: 'Strategy', line: 'L', notes: 'Deck' };
    const others = [{ line: 'M' }, { project: 'Brand' }, { client: 'Zenith' }, { table: 'expense' as const }];
    expect(new Set(groupsOf([base, ...others.map((other) => ({ ...base, ...other }))])).size).toBe(5);
  });
});

describe('the review list', () => {
  it('puts rows that are alike beside each other and shows what can be chosen', () => {
    const rows = reviewList(
      [
        waiting('harvest:1', 'Deck review'),
        waiting('harvest:2', 'Call about budget'),
        waiting('harvest:3', 'deck reviews'),
      ],
      book,
      () => 'Advice in calls. The deck is reviewed in the Deck line by both partners. Nothing else.',
      100,
    );
    expect(rows.map((row) => row.key)).toEqual(['harvest:1', 'harvest:3', 'harvest:2']);
    expect(rows[0]).toMatchObject({
      suggestion: { line: 'ACME-1/2', title: 'Deck' },
      sowSentence: 'The deck is reviewed in the Deck line by both partners.',
      alternatives: [
        { line: 'ACME-1/1', title: 'Advice', sow: 'ACME-1' },
        { line: 'ACME-1/2', title: 'Deck', sow: 'ACME-1' },
      ],
    });
    expect(rows[0]?.group).toBe(rows[1]?.group);
    expect(rows[2]?.group).not.toBe(rows[1]?.group);
  });
  it('a suggestion that has ended stands first among what can be chosen', () => {
    const [row] = reviewList([waiting('harvest:1', 'x', { line: 'ACME-1/3' })], book, () => '', 100);
    expect(row?.alternatives.map((one) => one.line)).toEqual(['ACME-1/3', 'ACME-1/1', 'ACME-1/2']);
    expect(row).not.toHaveProperty('sowSentence');
  });
  it('within a client and project has the largest groups first, then dates, then people', () => {
    const at = (key: string, date: string, person: string, notes: string) =>
      waiting(key, notes, { item: entry({ key, date, person, notes }) });
    const rows = [
      // Twelve groups of one, so that names of groups in the order of text would show.
      ...Array.from({ length: 12 }, (_, n) =>
        at(`harvest:${n + 20}`, `2026-10-${String(28 - n)}`, 'Ana', `Workshop${String.fromCharCode(97 + n).repeat(4)}`),
      ),
      at('harvest:3', '2026-10-30', 'Zoe', 'Deck review'),
      at('harvest:2', '2026-10-30', 'Bob', 'Deck review'),
      at('harvest:1', '2026-10-17', 'Bob', 'Budget'),
    ];
    const listed = reviewList(rows, book, () => '', 100);
    expect(listed.slice(0, 2).map((row) => row.person)).toEqual(['Bob', 'Zoe']);
    const singles = listed.slice(2).map((row) => `${row.date} ${row.person}`);
    expect(singles).toEqual([...singles].sort());
    expect(singles).toHaveLength(13);
  });
  it('tells every line of the clients and when it is open, since a person may choose also one that is not', () => {
    const long = sowBook(
      [sow({ starts: '2026-02-01', ends: '2026-12-31' }), sow({ sow: 'OFF', active: false })],
      [
        line({ starts: '2026-03-01', ends: '2027-01-31' }),
        line({ line: 'ACME-1/9', billing: 'expense' }),
        line({ line: 'OFF/1', sow: 'OFF' }),
      ],
    );
    expect(linesOfClients(['ACME', 'ACME', 'Nobody'], long)).toMatchObject([
      { client: 'ACME', line: 'ACME-1/1', table: 'time', starts: '2026-03-01', ends: '2026-12-31', active: true },
      { line: 'ACME-1/9', table: 'expense', starts: '2026-02-01', ends: '2026-12-31' },
      { line: 'OFF/1', starts: '', ends: '', active: false },
    ]);
  });
  it('is cut at the limit', () => {
    expect(reviewList([waiting('harvest:1', 'a'), waiting('harvest:2', 'b')], book, () => '', 1)).toHaveLength(1);
  });
});

describe('the sentence of a SOW that fits', () => {
  const find = sentencesOf(readFileSync('samples/sows/TWD-20.md', 'utf8'));
  it.each([
    ['bill insert copy', { line: 'TWD-20/4', title: 'Public Outreach' }, /bill insert/],
    ['pipe register gaps', { line: 'TWD-20/1', title: 'Data' }, /plant and pipe register/],
    ['Progress call Imelda, Rafe', { line: 'TWD-20/2', title: 'Financial Plan' }, /fortnightly progress call/],
  ])('"%s"', (note, of, expected) => {
    expect(find(note, of)).toMatch(expected);
  });
  it('without a shared word there is none', () => {
    expect(find('zzz', { line: 'TWD-20/4', title: 'Public Outreach' })).toBeNull();
  });
});

describe('a change after billing in words', () => {
  const billed = {
    date: '2026-10-05',
    person: 'Ana',
    roles: [],
    client: 'Acme',
    project: 'Strategy',
    projectCode: '',
    task: 'Consulting',
    notes: '',
    hours: 3,
    roundedHours: null,
    rate: 150,
    billable: true,
    updatedAt: '',
    gone: false,
  };
  it('names only what differs', () => {
    expect(changedText(billed, { ...billed, hours: 2.5, date: '2026-10-06' })).toEqual({
      before: '3 h, 2026-10-05',
      after: '2.5 h, 2026-10-06',
    });
  });
  it('says that the entry is gone', () => {
    expect(changedText(billed, { ...billed, gone: true })).toEqual({
      before: '3 h, task Consulting',
      after: 'gone in the time source',
    });
  });
});
