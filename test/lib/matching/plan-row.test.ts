import { describe, expect, it } from 'vitest';
import { sowBook } from '../../../src/lib/matching/candidates.ts';
import type { Opinion } from '../../../src/lib/matching/model.ts';
import { type MatchRow, type MatchRules, planRow } from '../../../src/lib/matching/plan-row.ts';
import { entry, line, sow } from './build.ts';

const rules: MatchRules = {
  book: sowBook([sow()], [line(), line({ line: 'ACME-1/2' })]),
  firstModel: 'small',
  secondModel: 'strong',
  secondOpinionOn: 'every row',
  threshold: 0.9,
  job: 'job-1',
  sowTextMark: () => '',
  memory: () => null,
};
const around = { duplicate: false, late: false, longEntryHours: 12 };
const row = (facts: Partial<MatchRow> = {}): MatchRow => ({
  item: entry(),
  status: 'new',
  decidedBy: '',
  line: '',
  flags: '',
  asked: '',
  opinions: null,
  ...facts,
});
const says = (model: string, confidence = 0.95, to = 'ACME-1/1'): Opinion => ({
  kind: 'answer',
  model,
  line: to,
  confidence,
  reason: 'why',
});
const silent = (model: string, job: string): Opinion => ({ kind: 'unanswered', model, job });

/** The mark of the question about an ordinary row. */
function markOf(rulesNow: MatchRules = rules): string {
  const plan = planRow(row(), rulesNow, around);
  return plan.kind === 'ask' ? plan.mark : '';
}
const models = (facts: Partial<MatchRow>, own: Partial<MatchRules> = {}, where = around) => {
  const plan = planRow(row(facts), { ...rules, ...own }, where);
  return plan.kind === 'ask' ? plan.models : plan.kind;
};
const asked = markOf();

describe('whom to ask about a row', () => {
  it.each([
    ['a new row: both models', {}, {}, ['small', 'strong']],
    ['second opinion off: one', {}, { secondOpinionOn: 'off' }, ['small']],
    ['both settings name the same model: once', {}, { secondModel: 'small' }, ['small']],
    ['only doubtful rows: the first alone to begin with', {}, { secondOpinionOn: 'doubtful rows' }, ['small']],
    ['an approved row: nobody', { status: 'approved' }, {}, 'leave'],
    ['an excluded row: nobody', { status: 'excluded' }, {}, 'leave'],
    ['a billed row: nobody', { status: 'invoiced' }, {}, 'leave'],
    ['a row that a person reopened: nobody', { status: 'flagged', decidedBy: 'ana@firm.example' }, {}, 'leave'],
    [
      'a row set to new again, whoever decided before',
      { status: 'new', decidedBy: 'ana@firm.example' },
      {},
      ['small', 'strong'],
    ],
    [
      'both have answered: nobody, there is a verdict',
      { asked, opinions: { prompt: 'p', first: says('small'), second: says('strong') } },
      {},
      'judge',
    ],
    ['only the first has: the second', { asked, opinions: { prompt: 'p', first: says('small') } }, {}, ['strong']],
    [
      'the question was another one: both',
      { asked: 'other', opinions: { prompt: 'p', first: says('small'), second: says('strong') } },
      {},
      ['small', 'strong'],
    ],
    [
      'the model was another one: both',
      { asked, opinions: { prompt: 'p', first: says('older'), second: says('strong') } },
      {},
      ['small', 'strong'],
    ],
    [
      'only the second model was another one: that',
      { asked, opinions: { prompt: 'p', first: says('small'), second: says('older') } },
      {},
      ['strong'],
    ],
    [
      'no usable answer in this job: nobody again',
      { asked, opinions: { prompt: 'p', first: silent('small', 'job-1'), second: says('strong') } },
      {},
      'judge',
    ],
    [
      'no usable answer in an earlier job: both',
      { asked, opinions: { prompt: 'p', first: silent('small', 'job-0'), second: says('strong') } },
      {},
      ['small', 'strong'],
    ],
    [
      'doubtful rows: the second where the first is not sure',
      { asked, opinions: { prompt: 'p', first: says('small', 0.8) } },
      { secondOpinionOn: 'doubtful rows' },
      ['strong'],
    ],
    [
      'doubtful rows: nobody where it is',
      { asked, opinions: { prompt: 'p', first: says('small', 0.9) } },
      { secondOpinionOn: 'doubtful rows' },
      'judge',
    ],
    [
      'an accepted row stays when its lines were edited since',
      { status: 'auto', line: 'ACME-1/2', asked: 'other' },
      {},
      'leave',
    ],
    [
      'an accepted row whose line is gone is asked about',
      { status: 'auto', line: 'ACME-1/7', asked: 'other' },
      {},
      ['small', 'strong'],
    ],
    [
      'a row that waits is asked about when its lines were edited since',
      { status: 'flagged', line: 'ACME-1/2', asked: 'other' },
      {},
      ['small', 'strong'],
    ],
  ] as const)('%s', (_, facts, own, expected) => {
    expect(models(facts, own)).toEqual(expected);
  });

  it('doubtful rows: the second where a flag stands', () => {
    const facts = { asked, opinions: { prompt: 'p', first: says('small') } };
    expect(models(facts, { secondOpinionOn: 'doubtful rows' }, { ...around, duplicate: true })).toEqual(['strong']);
  });

  it('a second opinion that is no longer wanted does not count', () => {
    const opinions = { prompt: 'p', first: says('small'), second: says('strong', 0.2) };
    const plan = planRow(row({ asked, opinions }), { ...rules, secondOpinionOn: 'off' }, around);
    expect(plan).toMatchObject({ kind: 'judge', verdict: { status: 'auto', confidence: 0.95 } });
  });

  it('another threshold judges anew without asking', () => {
    const facts = {
      status: 'auto',
      line: 'ACME-1/1',
      asked,
      opinions: { prompt: 'p', first: says('small', 0.92), second: says('strong') },
    };
    expect(planRow(row(facts), { ...rules, threshold: 0.93 }, around)).toMatchObject({
      verdict: { status: 'flagged', flags: ['low confidence'] },
    });
  });

  it('flags that others set are kept', () => {
    const opinions = { prompt: 'p', first: says('small'), second: says('strong') };
    const plan = planRow(
      row({ status: 'flagged', flags: 'low confidence, near a cap', asked, opinions }),
      rules,
      around,
    );
    expect(plan).toMatchObject({ verdict: { status: 'auto', flags: ['near a cap'] } });
  });
});

describe('a SOW of which the models see only a part', () => {
  const cutHere = { ...around, isCut: (name: string): boolean => name === 'ACME-1' };
  const both = { prompt: 'p', first: says('small'), second: says('strong') };
  const verdict = (facts: Partial<MatchRow>, own: Partial<MatchRules>, where = cutHere) => {
    const plan = planRow(row(facts), { ...rules, ...own }, where);
    return plan.kind === 'judge' ? plan.verdict : plan.kind;
  };

  it('a sure answer waits for a person all the same', () => {
    expect(verdict({ asked, opinions: both }, {})).toMatchObject({ status: 'flagged', flags: ['SOW text cut'] });
    expect(verdict({ asked, opinions: both }, {}, { ...around, isCut: () => false })).toMatchObject({ status: 'auto' });
  });

  it('what a person decided about the same work before still holds', () => {
    const memory = () => ({ line: 'ACME-1/1', from: entry({ key: 'harvest:7' }) });
    expect(verdict({}, { memory })).toMatchObject({ status: 'auto', line: 'ACME-1/1' });
  });
});
