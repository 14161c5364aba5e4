import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawFrom, drawSample } from '../../../src/lib/matching/audit-sample.ts';
import { chanceOf, drawByChance, rateFor } from '../../../src/lib/matching/draw.ts';
import { seededNumbers } from '../../../src/lib/matching/seeded.ts';

const weights = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });

describe('drawing rows by their hours', () => {
  it('the chances add up to the wanted number, never over 1, and heavier rows have no smaller ones', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 60 }), (hours, wanted) => {
        const rate = rateFor(hours, wanted);
        const chances = hours.map((weight) => chanceOf(weight, rate));
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(Math.min(wanted, hours.length), 6);
        hours.forEach((weight, at) => {
          expect(chances[at]).toBeLessThanOrEqual(1);
          if ((chances[at] ?? 1) < 1) expect(chances[at]).toBeCloseTo(weight * rate, 9);
        });
      }),
    );
  });

  it('exactly as many are taken as were wanted', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 60 }), fc.string(), (hours, wanted, seed) => {
        const rate = rateFor(hours, wanted);
        const taken = drawByChance(
          hours.map((weight) => chanceOf(weight, rate)),
          seededNumbers(seed),
        );
        expect(taken.filter(Boolean)).toHaveLength(Math.min(wanted, hours.length));
      }),
    );
  });

  it('each row is taken as often as its chance says, and two together no more often than by accident', () => {
    const chances = [0.1, 0.7, 0.35, 0.5, 0.25, 0.1];
    const rounds = 20_000;
    const random = seededNumbers('frequency');
    const counts = chances.map(() => 0);
    let together = 0;
    for (let round = 0; round < rounds; round++) {
      const taken = drawByChance(chances, random);
      taken.forEach((is, at) => {
        if (is) counts[at] = (counts[at] ?? 0) + 1;
      });
      if (taken[1] === true && taken[3] === true) together += 1;
    }
    counts.forEach((count, at) => {
      expect(count / rounds).toBeCloseTo(chances[at] ?? 0, 1.7);
    });
    expect(together / rounds).toBeLessThan(0.7 * 0.5 + 0.01);
  });
});

describe('the audit sample of a month', () => {
  const rows = (count: number, weight = (n: number) => 1 + (n % 7)) =>
    Array.from({ length: count }, (_, n) => ({ key: `time harvest:${n}`, weight: weight(n) }));
  const from = (facts: Partial<DrawFrom> = {}): DrawFrom => ({
    period: '2026-10',
    size: 30,
    accepted: rows(500),
    doubtful: [],
    otherWeight: 0,
    ...facts,
  });

  it('has as many rows as the setting says, all of the accepted ones', () => {
    const drawn = drawSample(from());
    expect(drawn.size).toBe(30);
    const keys = new Set(rows(500).map((row) => row.key));
    expect([...drawn.keys()].every((key) => keys.has(key))).toBe(true);
  });

  it('is empty when the setting is 0, and everything where there is less', () => {
    expect(drawSample(from({ size: 0 })).size).toBe(0);
    expect(drawSample(from({ accepted: rows(12) })).size).toBe(12);
    expect(drawSample(from({ accepted: [] })).size).toBe(0);
  });

  it('is the same whenever it is drawn and however the tab is sorted, and another one each month', () => {
    const once = [...drawSample(from()).keys()].sort();
    expect([...drawSample(from({ accepted: rows(500).reverse() })).keys()].sort()).toEqual(once);
    expect([...drawSample(from({ period: '2026-11' })).keys()].sort()).not.toEqual(once);
  });

  it('rows without hours are never drawn, long ones more often', () => {
    let long = 0;
    for (let month = 0; month < 200; month++) {
      const drawn = drawSample(
        from({ period: `m${month}`, size: 10, accepted: rows(200, (n) => (n < 50 ? 0 : n < 100 ? 4 : 1)) }),
      );
      for (const key of drawn.keys()) {
        const n = Number(key.split(':')[1]);
        expect(n).toBeGreaterThanOrEqual(50);
        if (n < 100) long += 1;
      }
    }
    // 50 rows of 4 hours stand against 100 of 1 hour: two thirds.
    expect(long / 2_000).toBeCloseTo(2 / 3, 1);
  });

  it('a month that comes in parts gives each part its share', () => {
    const first = drawSample(from({ accepted: rows(250), otherWeight: 1_000 })).size;
    expect(first).toBe(15);
    const late = { accepted: rows(5), otherWeight: 1_995 };
    const sizes = Array.from({ length: 5_000 }, (_, n) => drawSample(from({ period: `m${n}`, ...late })).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1);
    // 15 of 2,010 hours
    expect(sizes.reduce((sum, size) => sum + size, 0) / 5_000).toBeCloseTo((30 * 15) / 2_010, 1);
  });

  it('a row left to chance stands for one, a row taken for certain for its hours', () => {
    expect(new Set(drawSample(from()).values())).toEqual(new Set([1]));
    const all = drawSample(from({ accepted: rows(4, (n) => [0.5, 0.5, 1, 6][n] ?? 0) }));
    expect([...all].sort().map(([, stands]) => stands)).toEqual([0.25, 0.25, 0.5, 3]);
    const heavy = drawSample(from({ size: 10, accepted: rows(101, (n) => (n === 0 ? 100 : 1)) }));
    expect(heavy.get('time harvest:0')).toBeCloseTo(9, 6);
    expect([...heavy.values()].filter((stands) => stands === 1)).toHaveLength(9);
  });

  it('doubtful rows are drawn at the same rate', () => {
    const doubtful = Array.from({ length: 250 }, (_, n) => ({ key: `time d:${n}`, weight: 1 + (n % 7) }));
    const drawn = drawSample(from({ doubtful }));
    expect([...drawn.keys()].filter((key) => key.startsWith('time d:'))).toHaveLength(15);
    expect([...drawn.keys()].filter((key) => key.startsWith('time h'))).toHaveLength(30);
  });
});
