import { chanceOf, drawByChance, rateFor } from './draw.ts';
import { fingerprint } from './fingerprint.ts';
import { seededNumbers } from './seeded.ts';

/** A row that the models answered, as far as drawing looks at it. */
export interface Drawable {
  /** Name of the row over both tabs. */
  readonly key: string;
  /** Hours; an expense counts as one. */
  readonly weight: number;
}

/** The rows of one month at the moment when their verdicts are about to be written. */
export interface DrawFrom {
  /** `YYYY-MM` */
  readonly period: string;
  /** Setting *Audit sample*: how many rows of a whole month. */
  readonly size: number;
  /** About to be accepted without a person. */
  readonly accepted: readonly Drawable[];
  /** About to wait for a person for nothing but a low score: they are decided anyway, so a share of them costs nobody a minute. */
  readonly doubtful: readonly Drawable[];
  /** Weight of the month's rows that were accepted before, and of those that the models are still to be asked about. */
  readonly otherWeight: number;
}

/**
 * Draws the month's audit sample, before anybody sees the rows. An accepted row's chance is in proportion to its hours, so the rate of
 * wrong ones among the drawn is an estimate of the share of hours that is on the wrong line. A row that is taken for certain, as all are
 * where a month has fewer than the sample, stands for its hours instead: for more or less than one row. When a month comes in parts, each part gives its share of the sample. The
 * doubtful rows are drawn at the same rate, so that the drawn rows also speak for lower thresholds.
 *
 * The draw depends on the month and the rows alone: done twice it gives the same rows.
 *
 * @returns the drawn rows by key, and for how many rows of mean hours each stands: 1 where it was left to chance
 */
export function drawSample(from: DrawFrom): ReadonlyMap<string, number> {
  const { period, size, otherWeight } = from;
  const accepted = shuffled(from.accepted, period);
  const doubtful = shuffled(from.doubtful, period);
  if (size <= 0) return new Map();
  const weight = total(accepted);
  const rate =
    weight > 0
      ? rateFor(
          accepted.map((row) => row.weight),
          (size * weight) / (weight + otherWeight),
        )
      : size / Math.max(total(doubtful) + otherWeight, size);
  const random = seededNumbers(JSON.stringify([SEED, period, ...[...accepted, ...doubtful].map((row) => row.key)]));
  const perHour = Number.isFinite(rate) ? rate : accepted.length / weight;
  const taken = [...drawn(accepted, rate, random), ...drawn(doubtful, rate, random)];
  return new Map(taken.map((row) => [row.key, chanceOf(row.weight, rate) < 1 ? 1 : row.weight * perHour]));
}

/** Any text would do, as long as it stays. */
const SEED = 'audit sample';

function drawn(rows: readonly Drawable[], rate: number, random: () => number): readonly Drawable[] {
  const taken = drawByChance(
    rows.map((row) => chanceOf(row.weight, rate)),
    random,
  );
  return rows.filter((_, index) => taken[index] === true);
}

/** In an order that says nothing about the rows, and is the same however the tab is sorted. */
function shuffled(rows: readonly Drawable[], period: string): readonly Drawable[] {
  return rows
    .map((row) => ({ row, place: fingerprint(JSON.stringify([SEED, period, row.key])) }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ row }) => row);
}

function total(rows: readonly Drawable[]): number {
  return rows.reduce((sum, row) => sum + Math.max(0, row.weight), 0);
}
