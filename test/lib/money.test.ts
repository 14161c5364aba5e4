import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decimalsOf,
  exact,
  minor,
  moneyOf,
  moneyText,
  roundMoney,
  shareMoney,
  showMoney,
  showRate,
} from '../../src/lib/money.ts';

describe('money', () => {
  test.each([
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['1.005', 2, '1.01'],
    ['0.0049', 2, '0.00'],
    ['1501.5', 0, '1502'],
    ['-1501.5', 0, '-1502'],
    ['0.0005', 3, '0.001'],
  ])('%s rounds to %d decimals half away from zero: %s', (value, decimals, text) => {
    expect(moneyText(roundMoney(new Big(value), decimals), decimals)).toBe(text);
  });

  test('a double counts as its shortest decimal text', () => {
    expect(exact(0.1).plus(exact(0.2)).toFixed()).toBe('0.3');
    expect(exact(1e21).toFixed()).toBe('1000000000000000000000');
  });

  test('the currency decides the decimals', () => {
    expect(['USD', 'jpy', 'KWD', '', 'XXX'].map(decimalsOf)).toEqual([2, 0, 3, 2, 2]);
  });

  test('is shown as people write it', () => {
    expect([
      showMoney(minor(-185000), 'USD'),
      showMoney(minor(1850), 'JPY'),
      showMoney(minor(123456789), 'CHF'),
    ]).toEqual(['-$1,850.00', '¥1,850', 'CHF 1,234,567.89']);
    expect([showRate(new Big('185'), 'USD'), showRate(new Big('0.12345'), 'EUR')]).toEqual(['$185.00', '€0.12345']);
  });

  test('text and back is the same', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(0, 2, 3), (count, decimals) => {
        fc.pre(Math.abs(count) < 1e14);
        expect(moneyOf(moneyText(minor(count), decimals), decimals)).toBe(minor(count));
      }),
    );
  });

  test('a fraction of the smallest unit is a fault of the program', () => {
    expect(() => minor(0.5)).toThrow('not a whole number');
  });
});

describe('sharing an amount', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 20 });
  const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

  test('loses nothing, and no share is a unit away from its exact part', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, list) => {
        const total = list.reduce((sum, one) => sum + one, 0);
        fc.pre(total > 0);
        const shares = shareMoney(minor(amount), list);
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(amount);
        shares.forEach((share, index) => {
          const difference = BigInt(share) * BigInt(total) - BigInt(amount) * BigInt(list[index] ?? 0);
          expect(difference < BigInt(total) && -difference < BigInt(total)).toBe(true);
        });
      }),
    );
  });

  test('gives what is left to the largest remainders, the earlier first', () => {
    expect(shareMoney(minor(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(shareMoney(minor(100), [10, 20, 40])).toEqual([14, 29, 57]);
    expect(shareMoney(minor(-100), [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(shareMoney(minor(0), [0, 0])).toEqual([0, 0]);
  });
});
