import { describe, expect, it } from 'vitest';
import { errorBound } from '../../../local/evaluate/bound.ts';
import type { LabelledEntry } from '../../../local/evaluate/data.ts';
import { isRight, type Outcome, scoreAll } from '../../../local/evaluate/score.ts';

describe('the bound on the error rate', () => {
  it.each([
    [0, 299, 0.00997],
    [1, 473, 0.00999],
    [5, 1000, 0.010484],
    [0, 30, 0.095034],
    [0, 0, 1],
    [3, 3, 1],
  ])('%i wrong in %i: under %f', (wrong, rows, bound) => {
    expect(errorBound(wrong, rows)).toBeCloseTo(bound, 5);
  });
});

const entry = (over: Partial<LabelledEntry> = {}): LabelledEntry => ({
  id: 'S-1',
  date: '2026-10-01',
  person: '',
  role: '',
  client: 'Acme',
  harvest_project: '',
  task: '',
  hours: 1,
  notes: '',
  gold: 'A-1/1',
  acceptable: [],
  ambiguous: false,
  difficulty: 'easy',
  why: '',
  ...over,
});
const outcome = (over: Partial<Outcome> = {}): Outcome => ({
  line: 'A-1/1',
  accepted: true,
  flags: '',
  confidence: 0.9,
  reason: '',
  ...over,
});

describe('a suggestion is right', () => {
  it.each([
    ['the gold line', entry(), outcome(), true],
    ['another line', entry(), outcome({ line: 'A-1/2' }), false],
    ['an acceptable line', entry({ acceptable: ['A-1/2'] }), outcome({ line: 'A-1/2' }), true],
    ['no line, and it belongs to none', entry({ gold: 'none' }), outcome({ line: '' }), true],
    ['no line, where none would also do', entry({ acceptable: ['none'] }), outcome({ line: '' }), true],
    ['no line, but it belongs to one', entry(), outcome({ line: '' }), false],
    ['no answer at all', entry({ gold: 'none' }), outcome({ line: '', flags: 'not answered' }), false],
    ['a line, but it belongs to none', entry({ gold: 'none' }), outcome(), false],
  ])('or not: %s', (_, labelled, said, right) => {
    expect(isRight(labelled, said)).toBe(right);
  });
});

it('counts what was accepted apart from what a person looks at', () => {
  const entries = [
    entry(),
    entry({ id: 'S-2', difficulty: 'hard' }),
    entry({ id: 'S-3', difficulty: 'hard', ambiguous: true }),
    entry({ id: 'S-4', ambiguous: true }),
  ];
  const score = scoreAll(entries, [
    outcome(),
    outcome({ line: 'A-1/2' }),
    outcome({ accepted: false, flags: 'models disagree' }),
    outcome({ line: 'A-1/2' }),
  ]);
  expect(score).toMatchObject({
    rows: 4,
    accuracy: 0.5,
    accepted: 3,
    shareAccepted: 0.75,
    wrongAmongAccepted: 2,
    errorAmongAccepted: 0.6667,
    ambiguous: { rows: 2, flagged: 1, shareFlagged: 0.5 },
    byDifficulty: { easy: { rows: 2, accepted: 2 }, hard: { rows: 2, accepted: 1, wrongAmongAccepted: 1 } },
    flags: { 'models disagree': 1 },
  });
  expect(score.errorInWords).toBe(
    '2 wrong in 3 accepted without a person: the error rate among them is under 98.4 % with 95 % confidence.',
  );
  expect(score.wrongAccepted.map(({ id, answer, truth }) => [id, answer, truth])).toEqual([
    ['S-2', 'A-1/2', 'A-1/1'],
    ['S-4', 'A-1/2', 'A-1/1'],
  ]);
});

it('says so where nothing was accepted', () => {
  const score = scoreAll([entry()], [outcome({ accepted: false })]);
  expect(score).toMatchObject({ errorAmongAccepted: null, errorBound95: null });
  expect(score.errorInWords).toBe('Nothing was accepted without a person.');
});
