import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moreToProve, proves, speaksAgainst, upperBound } from '../../../src/lib/matching/error-bound.ts';

describe('the exact bound on an error rate', () => {
  it.each([
    [0, 299, 0.00997],
    [1, 473, 0.00999],
    [5, 1000, 0.010484],
    [0, 30, 0.095034],
    [0, 1, 0.95],
    [1, 1, 1],
    [0, 0, 1],
    [30, 30, 1],
  ])('%d wrong of %d checked: under %d', (wrong, checked, bound) => {
    expect(upperBound(wrong, checked)).toBeCloseTo(bound, bound === 0.010484 || bound === 0.095034 ? 6 : 5);
  });

  it('without a mistake it is what the logarithm says', () => {
    for (const checked of [2, 17, 299, 5_000, 200_000]) {
      expect(upperBound(0, checked)).toBeCloseTo(1 - 0.05 ** (1 / checked), 12);
    }
  });

  it('at the bound, so few mistakes happen in one case of twenty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(59), (checked, some) => {
        const wrong = some % checked;
        const bound = upperBound(wrong, checked);
        let chance = 0;
        for (let count = 0; count <= wrong; count++)
          chance += choose(checked, count) * bound ** count * (1 - bound) ** (checked - count);
        expect(chance).toBeCloseTo(0.05, 8);
      }),
    );
  });

  it('more checks without a mistake lower it, one more mistake raises it, and it is never under what was found', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 1, max: 4_000 }), (wrong, right) => {
        const checked = wrong + right;
        const bound = upperBound(wrong, checked);
        expect(bound).toBeGreaterThan(wrong / checked);
        expect(upperBound(wrong, checked + 1)).toBeLessThan(bound);
        expect(upperBound(wrong + 1, checked + 1)).toBeGreaterThan(bound);
      }),
      { numRuns: 60 },
    );
  });

  it('proves a target exactly where the bound is at most the target', () => {
    expect([proves(0, 298, 0.01), proves(0, 299, 0.01), proves(1, 472, 0.01), proves(1, 473, 0.01)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(proves(0, 0, 0.5)).toBe(false);
  });

  it.each([
    [0, 0, 299],
    [0, 60, 239],
    [1, 60, 413],
    [0, 299, 0],
    [2, 2, 626],
  ])('%d wrong of %d: %d more without a mistake prove 1 %%', (wrong, checked, more) => {
    expect(moreToProve(wrong, checked, 0.01)).toBe(more);
    expect(proves(wrong, checked + more, 0.01)).toBe(true);
    if (more > 0) expect(proves(wrong, checked + more - 1, 0.01)).toBe(false);
  });

  it('mistakes speak against a target only where they would be rare under it', () => {
    expect(speaksAgainst(0, 1_000, 0.01)).toBe(false);
    expect(speaksAgainst(1, 5, 0.01)).toBe(true);
    expect(speaksAgainst(1, 6, 0.01)).toBe(false);
    expect(speaksAgainst(2, 30, 0.01)).toBe(true);
    expect(speaksAgainst(2, 60, 0.01)).toBe(false);
  });
});

function choose(of: number, some: number): number {
  let ways = 1;
  for (let one = 1; one <= some; one++) ways = (ways * (of - one + 1)) / one;
  return ways;
}
