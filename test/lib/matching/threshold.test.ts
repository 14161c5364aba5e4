import { describe, expect, it } from 'vitest';
import { provenSentence } from '../../../src/lib/matching/proven.ts';
import {
  ACCEPT_NOTHING,
  type AuditedRow,
  automaticThreshold,
  evidenceAt,
} from '../../../src/lib/matching/threshold.ts';

const rows = (count: number, score: number, wrong = 0): AuditedRow[] =>
  Array.from({ length: count }, (_, n) => ({ score, wrong: n < wrong }));

describe('the automatic threshold', () => {
  it.each([
    ['nothing checked: 0.9', [], 0.9, false],
    ['too few to prove anything: 0.9', rows(298, 0.95), 0.9, false],
    ['enough without a mistake: 0.9, proven', rows(299, 0.92), 0.9, true],
    ['the lowest score is that of the lowest checked row', [...rows(299, 0.92), ...rows(2, 0.73)], 0.7, true],
    ['enough at lower scores too: lower, as far as they are proven', [...rows(299, 0.92), ...rows(20, 0.8)], 0.8, true],
    ['lower scores with mistakes: not lower', [...rows(299, 0.92), ...rows(40, 0.85, 4)], 0.86, true],
    ['a single mistake needs 473', [...rows(472, 0.95, 1), ...rows(1, 0.2)], 0.9, false],
    ['473 with one mistake, all at a high score', rows(473, 0.95, 1), 0.9, true],
    [
      'mistakes that speak against 0.9: the nearest stricter one',
      [...rows(30, 0.9, 3), ...rows(30, 0.95)],
      0.91,
      false,
    ],
    ['mistakes at the highest scores: nothing is accepted', rows(30, 1, 3), ACCEPT_NOTHING, false],
  ] as const)('%s', (_, audited, threshold, proven) => {
    expect(automaticThreshold(audited, 0.01)).toMatchObject({ threshold, proven });
  });

  it('goes no lower than it may', () => {
    expect(automaticThreshold(rows(500, 0.95), 0.01, 0.9)).toMatchObject({ threshold: 0.9, proven: true });
  });

  it('a set threshold is told with what the checked rows say about it', () => {
    const audited = [...rows(50, 0.9, 1), ...rows(50, 0.7, 9)];
    expect(evidenceAt(audited, 0.85, 0.01)).toMatchObject({ threshold: 0.85, checked: 50, wrong: 1, proven: false });
  });
});

describe('checked rows that stand for their hours', () => {
  it('one long wrong entry among short right ones weighs as its hours do', () => {
    const short = Array.from({ length: 19 }, () => ({ score: 0.95, wrong: false, stands: 0.2 }));
    const evidence = evidenceAt([...short, { score: 0.95, wrong: true, stands: 16.2 }], 0.9, 0.01);
    expect(evidence).toMatchObject({ checked: 20, wrong: 1, weighed: { checked: 20, wrong: 17 } });
    expect(evidence.bound).toBeGreaterThan(0.8);
  });

  it('never speak in favour of the models: a long right entry counts once', () => {
    const audited = [...rows(298, 0.95), { score: 0.95, wrong: false, stands: 50 }];
    expect(evidenceAt(audited, 0.9, 0.01)).toMatchObject({ weighed: { checked: 299, wrong: 0 }, proven: true });
    expect(evidenceAt(audited.slice(1), 0.9, 0.01).proven).toBe(false);
  });
});

describe('what is proven, in words', () => {
  const facts = { target: 0.01, auditSample: 30, automatic: true, waiting: 0 };
  const say = (audited: readonly AuditedRow[], more: Partial<Parameters<typeof provenSentence>[0]> = {}) =>
    provenSentence({ ...facts, evidence: automaticThreshold(audited, 0.01), ...more });

  it.each([
    [
      [],
      "Nothing is proven yet: of each month's accepted rows 30 are shown to you for checking, and what you decide about them counts. Accepted from a score of 0.9 on.",
    ],
    [
      rows(60, 0.95),
      '0 wrong in 60 checked: under 4.9 % of the hours with 95 % certainty; 239 more without a mistake prove 1 %. Accepted from a score of 0.9 on.',
    ],
    [
      rows(1_500, 0.95, 2),
      '2 wrong in 1,500 checked: under 0.42 % of the hours with 95 % certainty. The target of 1 % is proven. Accepted from a score of 0.9 on.',
    ],
    [
      rows(30, 1, 3),
      "Nothing is proven yet: of each month's accepted rows 30 are shown to you for checking, and what you decide about them counts. Too many checked rows were wrong, so nothing that rests on the models is accepted without a person.",
    ],
  ])('%#', (audited, sentence) => {
    expect(say(audited)).toBe(sentence);
  });

  it('says when nothing is checked at all, what waits, and what was set by hand', () => {
    expect(say([], { auditSample: 0 })).toMatch(/^Nothing is proven: the setting Audit sample is 0/);
    expect(say([], { waiting: 12 })).toMatch(/12 drawn for checking wait in the review\.$/);
    expect(say(rows(60, 0.95), { automatic: false, evidence: evidenceAt(rows(60, 0.95), 0.8, 0.01) })).toMatch(
      /Accepted from a score of 0.8 on, as set by hand\.$/,
    );
  });
});
