import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Opinion, Opinions } from '../../../src/lib/matching/model.ts';
import { readOpinions, writeOpinions } from '../../../src/lib/matching/opinions.ts';
import { verdictOn, verdictWithoutModel } from '../../../src/lib/matching/verdict.ts';
import { entry, expense, line } from './build.ts';

const says = (line: string, confidence: number, reason = 'why'): Opinion => ({
  kind: 'answer',
  model: 'm',
  line,
  confidence,
  reason,
});
const silent: Opinion = { kind: 'unanswered', model: 'm', job: 'j' };
const both = (first: Opinion, second?: Opinion): Opinions => ({
  prompt: 'p',
  first,
  ...(second === undefined ? {} : { second }),
});

interface Case {
  readonly name: string;
  readonly opinions: Opinions;
  readonly flags?: readonly string[];
  readonly status: 'auto' | 'flagged';
  readonly line: string;
  readonly confidence: number | null;
  readonly found: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'one sure model is believed',
    opinions: both(says('A', 0.95)),
    status: 'auto',
    line: 'A',
    confidence: 0.95,
    found: [],
  },
  {
    name: 'a score at the threshold is enough',
    opinions: both(says('A', 0.9)),
    status: 'auto',
    line: 'A',
    confidence: 0.9,
    found: [],
  },
  {
    name: 'a score just under it is not',
    opinions: both(says('A', 0.89)),
    status: 'flagged',
    line: 'A',
    confidence: 0.89,
    found: ['low confidence'],
  },
  {
    name: 'two that agree are as sure as the less sure one',
    opinions: both(says('A', 0.99), says('A', 0.91)),
    status: 'auto',
    line: 'A',
    confidence: 0.91,
    found: [],
  },
  {
    name: 'agreement does not make up for doubt',
    opinions: both(says('A', 0.99), says('A', 0.5)),
    status: 'flagged',
    line: 'A',
    confidence: 0.5,
    found: ['low confidence'],
  },
  {
    name: 'two that disagree score 0, the first suggests',
    opinions: both(says('A', 1), says('B', 1)),
    status: 'flagged',
    line: 'A',
    confidence: 0,
    found: ['models disagree'],
  },
  {
    name: 'where the first finds no line the second suggests',
    opinions: both(says('', 1), says('B', 1)),
    status: 'flagged',
    line: 'B',
    confidence: 0,
    found: ['models disagree'],
  },
  {
    name: 'no line fits waits, however sure both are',
    opinions: both(says('', 1), says('', 1)),
    status: 'flagged',
    line: '',
    confidence: 1,
    found: ['no line fits'],
  },
  {
    name: 'a blocking flag waits, however sure the model is',
    opinions: both(says('A', 1)),
    flags: ['long entry'],
    status: 'flagged',
    line: 'A',
    confidence: 1,
    found: ['long entry'],
  },
  {
    name: 'late is good to know and holds nothing up',
    opinions: both(says('A', 1)),
    flags: ['late'],
    status: 'auto',
    line: 'A',
    confidence: 1,
    found: ['late'],
  },
  {
    name: 'no usable answer waits without a suggestion',
    opinions: both(silent),
    status: 'flagged',
    line: '',
    confidence: null,
    found: ['not answered'],
  },
  {
    name: 'one of two without an answer waits with the suggestion of the other',
    opinions: both(silent, says('B', 1)),
    status: 'flagged',
    line: 'B',
    confidence: null,
    found: ['not answered'],
  },
  {
    name: 'the same the other way round',
    opinions: both(says('A', 1), silent),
    status: 'flagged',
    line: 'A',
    confidence: null,
    found: ['not answered'],
  },
];

describe('what the models said comes to', () => {
  it.each(cases)('$name', ({ opinions, flags, status, line: suggestion, confidence, found }) => {
    const verdict = verdictOn(opinions, flags ?? [], 0.9);
    expect({ ...verdict, reason: '' }).toEqual({ status, line: suggestion, confidence, reason: '', flags: found });
  });

  it('the reason is the first one, and both where they disagree', () => {
    expect(verdictOn(both(says('A', 1, 'deck'), says('A', 1, 'slides')), [], 0.9).reason).toBe('deck');
    expect(verdictOn(both(says('A', 1, 'deck'), says('', 1, 'own admin.')), [], 0.9).reason).toBe(
      'A: deck. Second opinion: no line fits: own admin.',
    );
  });

  it('is never accepted under the threshold, without a line or in disagreement', () => {
    const opinion = fc.record({
      line: fc.constantFrom('', 'A', 'B'),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        opinion,
        fc.option(opinion, { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (one, two, threshold) => {
          const second = two === undefined ? undefined : says(two.line, two.confidence);
          const verdict = verdictOn(both(says(one.line, one.confidence), second), [], threshold);
          const accepted = verdict.status === 'auto';
          const sure =
            one.line !== '' &&
            one.confidence >= threshold &&
            (two === undefined || (two.line === one.line && two.confidence >= threshold));
          expect(accepted).toBe(sure);
          expect(accepted).toBe(verdict.flags.length === 0);
        },
      ),
    );
  });
});

describe('rows that no model is asked about', () => {
  const found = (...lines: ReturnType<typeof line>[]) => ({ lines, projectInSow: true });
  const train = line({ line: 'ACME-1/9', billing: 'expense' });

  it('an expense with one possible line is taken as it is', () => {
    expect(verdictWithoutModel(expense(), found(train), [])).toMatchObject({
      status: 'auto',
      line: 'ACME-1/9',
      confidence: 1,
    });
  });
  it('unless its source marks it as not billable, or a flag stands', () => {
    expect(verdictWithoutModel(expense({ billable: false }), found(train), [])).toMatchObject({
      status: 'flagged',
      line: 'ACME-1/9',
      flags: ['marked not billable'],
    });
    expect(verdictWithoutModel(expense(), found(train), ['possible duplicate'])).toMatchObject({
      status: 'flagged',
      line: 'ACME-1/9',
    });
  });
  it('an expense with two possible lines is asked about, and so is time with one, since none may fit', () => {
    expect(verdictWithoutModel(expense(), found(train, line({ line: 'ACME-1/8', billing: 'expense' })), [])).toBeNull();
    expect(verdictWithoutModel(entry({ billable: false }), found(line()), [])).toBeNull();
  });
  it('without a candidate the row waits and says so', () => {
    const verdict = verdictWithoutModel(entry(), found(), ['no candidate']);
    expect(verdict).toEqual({
      status: 'flagged',
      line: '',
      confidence: null,
      reason: 'No SOW line of Acme, project Strategy, is open on 2026-10-14.',
      flags: ['no candidate'],
    });
  });
});

describe('stored opinions', () => {
  it('are read as they were written', () => {
    const opinions = both(says('A', 0.25), silent);
    expect(readOpinions(writeOpinions(opinions))).toEqual(opinions);
  });
  it.each(['', 'x', '{}', '{"prompt":"p","first":{"model":"m"}}', 'null'])('%j is none', (cell) => {
    expect(readOpinions(cell)).toBeNull();
  });
});
