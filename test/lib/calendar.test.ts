import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  activeDays,
  addMonths,
  daysIn,
  isDay,
  isMonth,
  lastDayOf,
  monthName,
  monthsFrom,
} from '../../src/lib/calendar.ts';

describe('the calendar', () => {
  test('knows the lengths of months', () => {
    expect(['2026-01', '2026-02', '2028-02', '2100-02', '2000-02', '2026-04'].map(daysIn)).toEqual([
      31, 28, 29, 28, 29, 30,
    ]);
    expect(lastDayOf('2026-02')).toBe('2026-02-28');
  });

  test('adds months over years', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-10', 14)]).toEqual([
      '2027-01',
      '2025-12',
      '2027-12',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), (count) => {
        expect(addMonths(addMonths('2026-10', count), -count)).toBe('2026-10');
      }),
    );
  });

  test('lists months, both ends included', () => {
    expect(monthsFrom('2026-11', '2027-01')).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(monthsFrom('2026-11', '2026-10')).toEqual([]);
  });

  test.each([
    ['', '', 31],
    ['2026-10-31', '', 1],
    ['2026-10-02', '2026-10-03', 2],
    ['2026-11-01', '', 0],
    ['', '2026-09-30', 0],
    ['2025-01-01', '2026-10-01', 1],
  ])('a line from %s to %s is active on %d days of October 2026', (starts, ends, days) =>
    expect(activeDays('2026-10', starts, ends)).toBe(days),
  );

  test('tells days and months from other text', () => {
    expect(['2026-02-29', '2028-02-29', '2026-1-01', '2026-13-01', '2026-10-00'].map(isDay)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(['2026-10', '2026-00', '2026-10-01'].map(isMonth)).toEqual([true, false, false]);
    expect(monthName('2026-10')).toBe('October 2026');
  });
});
