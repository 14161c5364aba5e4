import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursOf, hoursText, proratedHours, roundEntryHours, tenThousandths } from '../../src/lib/hours.ts';

describe('hours', () => {
  test.each([
    [1.5, '1.5'],
    ['0.33335', '0.3334'],
    [-0.00005, '-0.0001'],
    [0.1 + 0.2, '0.3'],
    [' 2 ', '2'],
    [0, '0'],
  ])('%s is kept as %s', (value, text) => expect(hoursText(hoursOf(value))).toBe(text));

  test('text and back is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (count) => {
        expect(hoursOf(hoursText(tenThousandths(count)))).toBe(count === 0 ? 0 : count);
      }),
    );
  });

  test('prorating rounds to 2 decimals', () => {
    expect(hoursText(proratedHours(hoursOf(20), 20, 31))).toBe('12.9');
    expect(hoursText(proratedHours(hoursOf(10), 1, 31))).toBe('0.32');
  });

  test('a reversal is rounded like the hours it takes back', () => {
    for (const rule of ['up to 6 min', 'up to 15 min', 'nearest 6 min', 'nearest 15 min'] as const) {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 200_000 }), (count) => {
          const hours = count / 10_000;
          const back = roundEntryHours(rule, -hours, null);
          expect(back === 0 ? 0 : -back).toBe(roundEntryHours(rule, hours, null));
        }),
      );
    }
  });

  test('rounding up never takes, rounding to the nearest moves by half a step at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (count) => {
        const up = roundEntryHours('up to 15 min', count / 10_000, null) - count;
        const near = roundEntryHours('nearest 15 min', count / 10_000, null) - count;
        expect(up >= 0 && up < 2_500 && near > -1_250 && near <= 1_250).toBe(true);
      }),
    );
  });

  test('hours that Harvest does not round count as tracked', () => {
    expect(roundEntryHours('as rounded by Harvest', 1.23, null)).toBe(12_300);
  });
});
