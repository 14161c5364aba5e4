import { describe, expect, test } from 'vitest';
import { draft, entry, line, only, rate } from './make.ts';

/** Totals that others publish for their tiers, as numbers: the same tiers must come to the same here. */
interface Fact {
  readonly source: string;
  readonly tiering: 'graduated' | 'volume';
  /** From hours and rate. */
  readonly tiers: readonly (readonly [number, number])[];
  /** Quantity and total. */
  readonly totals: readonly (readonly [number, string])[];
}

const stripe = [
  [0, 7],
  [5, 6.5],
  [10, 6],
] as const;

const facts: readonly Fact[] = [
  {
    source: 'Stripe, “Set up tiered pricing”, volume-based',
    tiering: 'volume',
    tiers: stripe,
    totals: [
      [1, '7.00'],
      [5, '35.00'],
      [6, '39.00'],
      [20, '120.00'],
      [25, '150.00'],
    ],
  },
  {
    source: 'Stripe, “Set up tiered pricing”, graduated',
    tiering: 'graduated',
    tiers: stripe,
    totals: [
      [1, '7.00'],
      [5, '35.00'],
      [6, '41.50'],
      [20, '127.50'],
      [25, '157.50'],
    ],
  },
  {
    source: 'Lago, “Volume” charge model, without its fixed fee',
    tiering: 'volume',
    tiers: [
      [0, 0.001],
      [10_000, 0.0008],
      [50_000, 0.0006],
      [100_000, 0.0004],
    ],
    totals: [[65_000, '39.00']],
  },
  {
    source: 'Autumn, “Graduated pricing”',
    tiering: 'graduated',
    tiers: [
      [0, 0.01],
      [1_000, 0.008],
      [10_000, 0.005],
    ],
    totals: [[15_000, '107.00']],
  },
  {
    source: 'Zuplo, “Pricing models”, graduated',
    tiering: 'graduated',
    tiers: [
      [0, 0.1],
      [1_000, 0.05],
      [10_000, 0.01],
    ],
    totals: [[15_000, '600.00']],
  },
  {
    source: 'Zuplo, “Pricing models”, volume',
    tiering: 'volume',
    tiers: [
      [0, 0.1],
      [1_000, 0.05],
      [10_000, 0.01],
    ],
    totals: [[15_000, '150.00']],
  },
];

describe('tiers come to what others publish', () => {
  test.each(facts)('$source', ({ tiering, tiers, totals }) => {
    const rates = tiers.map(([fromHours, value]) => rate({ fromHours, rate: value, tiering }));
    const lines = [line({ line: 'A/1', billing: 'tiered', rate: 'Card' })];
    const total = (quantity: number) => only(draft({ lines, rates, entries: [entry('A/1', quantity)] })).total;
    expect(totals.map(([quantity]) => [quantity, total(quantity)])).toEqual(totals);
  });
});
