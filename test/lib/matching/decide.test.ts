import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecisionAction } from '../../../src/lib/calls.ts';
import { chooseLine } from '../../../src/lib/matching/choose-line.ts';
import { type DecidableRow, decide, type Sibling } from '../../../src/lib/matching/decide.ts';
import { hoursTogether, splitEntry } from '../../../src/lib/matching/split.ts';
import { line, sow } from './build.ts';

const choose = chooseLine(
  [sow(), sow({ sow: 'Z-1', client: 'Zenith' })],
  [
    line(),
    line({ line: 'ACME-1/2', ends: '2020-01-01' }),
    line({ line: 'ACME-1/9', billing: 'expense' }),
    line({ line: 'Z-1/1', sow: 'Z-1' }),
    line({ line: 'LOST/1', sow: 'LOST' }),
  ],
);

const row = (facts: Partial<DecidableRow> = {}): DecidableRow => ({
  table: 'time',
  key: 'harvest:1001',
  client: 'Acme',
  status: 'flagged',
  sowLine: 'ACME-1/1',
  flags: 'low confidence, late',
  reason: 'why',
  hours: 2,
  invoice: '',
  ...facts,
});
const done = (facts: Partial<DecidableRow>, action: DecisionAction, siblings: readonly Sibling[] = [row(facts)]) =>
  decide(row(facts), action, choose, siblings);
const problemOf = (facts: Partial<DecidableRow>, action: DecisionAction, siblings?: readonly Sibling[]) => {
  const outcome = done(facts, action, siblings);
  return outcome.kind === 'problem' ? outcome.problem : outcome.kind;
};

describe('decisions', () => {
  it.each<[string, Partial<DecidableRow>, DecisionAction, object]>([
    [
      'accepting approves the suggestion',
      {},
      { action: 'accept' },
      { status: 'approved', sowLine: 'ACME-1/1', flags: 'late' },
    ],
    [
      'accepting an accepted row makes it a decision',
      { status: 'auto' },
      { action: 'accept' },
      { status: 'approved', sowLine: 'ACME-1/1', flags: 'late' },
    ],
    [
      'another line, however it is written',
      {},
      { action: 'line', line: ' acme-1/2 ' },
      { status: 'approved', sowLine: 'ACME-1/2', flags: 'late' },
    ],
    [
      'a person may choose a line that has ended',
      {},
      { action: 'line', line: 'ACME-1/2' },
      { status: 'approved', sowLine: 'ACME-1/2', flags: 'late' },
    ],
    [
      'a billed entry moves and stays billed',
      { status: 'invoiced', flags: '' },
      { action: 'line', line: 'ACME-1/2' },
      { status: 'invoiced', sowLine: 'ACME-1/2', flags: '' },
    ],
    [
      'an excluded entry may be taken back',
      { status: 'excluded', flags: '' },
      { action: 'line', line: 'ACME-1/1' },
      { status: 'approved', sowLine: 'ACME-1/1', flags: '' },
    ],
    ['excluding', {}, { action: 'exclude' }, { status: 'excluded', sowLine: 'ACME-1/1', flags: 'late' }],
    [
      'reopening',
      { status: 'approved', flags: 'late' },
      { action: 'reopen' },
      { status: 'flagged', sowLine: 'ACME-1/1', flags: 'late' },
    ],
    [
      'taking a decision back brings line and flags of before',
      { status: 'approved', sowLine: 'ACME-1/2', flags: 'late' },
      { action: 'reopen', before: { line: 'ACME-1/1', flags: ['low confidence', 'late'] } },
      { status: 'flagged', sowLine: 'ACME-1/1', flags: 'low confidence, late' },
    ],
    [
      'taken back, a row to check says no more than before',
      { status: 'approved', flags: 'audit sample' },
      { action: 'reopen', before: { line: 'ACME-1/1', flags: ['to check'] } },
      { status: 'flagged', sowLine: 'ACME-1/1', flags: 'to check' },
    ],
    [
      'what had no suggestion has none again; words that are no flags do not count',
      { status: 'approved', flags: '' },
      { action: 'reopen', before: { line: '', flags: ['no candidate', '=cell'] } },
      { status: 'flagged', sowLine: '', flags: 'no candidate' },
    ],
    [
      'a line that is gone meanwhile does not come back',
      { status: 'approved', sowLine: 'ACME-1/2', flags: '' },
      { action: 'reopen', before: { line: 'GONE/1', flags: [] } },
      { status: 'flagged', sowLine: 'ACME-1/2', flags: '' },
    ],
    [
      'an expense goes to an expense line',
      { table: 'expense' },
      { action: 'line', line: 'ACME-1/9' },
      { status: 'approved', sowLine: 'ACME-1/9', flags: 'late' },
    ],
  ])('%s', (_, facts, action, change) => {
    expect(done(facts, action)).toMatchObject({ kind: 'change', change });
  });

  it.each<[Partial<DecidableRow>, DecisionAction, RegExp]>([
    [{ sowLine: '' }, { action: 'accept' }, /no suggestion/],
    [{ sowLine: 'GONE/1' }, { action: 'accept' }, /There is no line "GONE\/1" in the tab SOW lines/],
    [{ status: 'invoiced', invoice: '2026-10 Acme' }, { action: 'accept' }, /already billed on 2026-10 Acme/],
    [{ status: 'invoiced' }, { action: 'reopen' }, /Void that invoice/],
    [{ status: 'invoiced' }, { action: 'line', line: 'X' }, /There is no line "X"/],
    [{}, { action: 'line', line: 'ACME-9/9' }, /There is no line "ACME-9\/9"/],
    [{}, { action: 'line', line: 'Z-1/1' }, /a line of Zenith, not of Acme/],
    [{}, { action: 'line', line: 'LOST/1' }, /a line of no client/],
    [{}, { action: 'line', line: 'ACME-1/9' }, /takes expenses only/],
    [{ table: 'expense' }, { action: 'line', line: 'ACME-1/1' }, /takes no expenses/],
    [{}, { action: 'changed', answer: 'ignore' }, /no change after invoicing/],
    [{ table: 'expense' }, { action: 'split', parts: [] }, /only time entries can be split/],
    [{}, { action: 'split', parts: [{ line: 'ACME-1/1', hours: 2 }] }, /at least two parts/],
    [
      {},
      {
        action: 'split',
        parts: [
          { line: 'ACME-1/1', hours: 1 },
          { line: 'NO', hours: 1 },
        ],
      },
      /There is no line "NO"/,
    ],
  ])('%j %j is refused with a sentence', (facts, action, sentence) => {
    expect(problemOf(facts, action)).toMatch(sentence);
  });

  it('a billed entry may be excluded, and then waits for no other answer', () => {
    const facts = { status: 'invoiced' as const, flags: 'late, changed after invoicing' };
    expect(done(facts, { action: 'exclude' })).toMatchObject({
      what: 'Excluded after billing',
      change: { status: 'excluded', flags: 'late' },
    });
  });

  it('a billed entry may be split', () => {
    const parts = [
      { line: 'ACME-1/1', hours: 0.5 },
      { line: 'acme-1/2', hours: 1.5 },
    ];
    expect(done({ status: 'invoiced' }, { action: 'split', parts })).toMatchObject({
      what: 'Split after billing',
      parts: [
        { key: 'harvest:1001#1', line: 'ACME-1/1', hours: 0.5 },
        { key: 'harvest:1001#2', line: 'ACME-1/2', hours: 1.5 },
      ],
    });
  });

  it('an answer about a change after invoicing takes the flag off and leaves the others', () => {
    const facts = { status: 'invoiced' as const, flags: 'late, changed after invoicing' };
    expect(done(facts, { action: 'changed', answer: 'bill difference' })).toEqual({
      kind: 'answer',
      what: 'Change after invoicing to be billed',
      answer: 'bill difference',
      flags: 'late',
    });
  });

  it('reopening a part joins the split, unless a part is billed', () => {
    const parts: Sibling[] = [
      { key: 'harvest:1001#1', status: 'approved' },
      { key: 'harvest:1001#2', status: 'approved' },
    ];
    const part = { key: 'harvest:1001#1', status: 'approved' as const };
    expect(done(part, { action: 'reopen' }, parts).kind).toBe('join');
    const billed = parts.map((one, n) => (n === 1 ? { ...one, status: 'invoiced' as const } : one));
    expect(problemOf(part, { action: 'reopen' }, billed)).toMatch(/harvest:1001#2 is already billed/);
  });

  it('a further row of an entry that moved to another client is no part of a split', () => {
    const rows: Sibling[] = [
      { key: 'harvest:1001', status: 'invoiced' },
      { key: 'harvest:1001#2', status: 'approved' },
    ];
    expect(done({ key: 'harvest:1001#2', status: 'approved' }, { action: 'reopen' }, rows).kind).toBe('change');
  });
});

describe('splitting an entry', () => {
  const part = (hours: number) => ({ line: 'A', hours });
  it('parts are numbered and keep every ten-thousandth of an hour', () => {
    expect(splitEntry({ key: 'harvest:7', hours: 0.3 }, [part(0.1), part(0.2)], ['harvest:7'])).toEqual({
      ok: true,
      parts: [
        { key: 'harvest:7#1', line: 'A', hours: 0.1 },
        { key: 'harvest:7#2', line: 'A', hours: 0.2 },
      ],
    });
  });
  it('a part that is split again gets numbers that no other part has', () => {
    const split = splitEntry({ key: 'harvest:7#1', hours: 2 }, [part(1), part(1)], ['harvest:7#1', 'harvest:7#2']);
    expect(split.ok && split.parts.map((one) => one.key)).toEqual(['harvest:7#3', 'harvest:7#4']);
  });
  it.each([
    [2, [1, 0.9], /come to 1.9 h, but the entry has 2 h/],
    [2, [1, 1.0001], /come to 2.0001 h/],
    [2, [3, -1], /above 0/],
    [2, [2, 0], /above 0/],
    [-2, [-3, 1], /below 0/],
    [0, [1, -1], /no hours to split/],
    [null, [1, 1], /no hours to split/],
  ])('%s h into %j is refused', (hours, parts, sentence) => {
    const split = splitEntry({ key: 'harvest:7', hours }, parts.map(part), []);
    expect(split.ok ? '' : split.problem).toMatch(sentence);
  });
  it('negative hours (a reversal) split into negative parts', () => {
    expect(splitEntry({ key: 'harvest:7', hours: -2 }, [part(-1.5), part(-0.5)], []).ok).toBe(true);
  });
  it('no hour is lost or made, whatever the parts', () => {
    const hours = fc.integer({ min: 1, max: 240_000 }).map((n) => n / 10_000);
    fc.assert(
      fc.property(fc.array(hours, { minLength: 2, maxLength: 6 }), (parts) => {
        const whole = hoursTogether(parts);
        const split = splitEntry({ key: 'k', hours: whole }, parts.map(part), []);
        expect(split.ok && hoursTogether(split.parts.map((one) => one.hours))).toBe(whole);
      }),
    );
  });
});
