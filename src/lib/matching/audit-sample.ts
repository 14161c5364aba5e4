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
 * wrong ones among the drawn is an estimate of the share of hours that is on the wrong line. (A row whose chance would be over 1 is
 * taken for certain and counts a little less than its hours.) When a month comes in parts, each part gives its share of the sample. The
 * doubtful rows are drawn at the same rate, so that the drawn rows also speak for lower thresholds.
 *
 * The draw depends on the month and the rows alone: done twice it gives the same rows.
 *
 * @returns keys of the drawn rows
 */
export function drawSample(from: DrawFrom): ReadonlySet<string> {
  const { period, size, otherWeight } = from;
  const accepted = shuffled(from.accepted, period);
  const doubtful = shuffled(from.doubtful, period);
  if (size <= 0) return new Set();
  const weight = total(accepted);
  const rate =
    weight > 0
      ? rateFor(
          accepted.map((row) => row.weight),
          (size * weight) / (weight + otherWeight),
        )
      : size / Math.max(total(doubtful) + otherWeight, size);
  const random = seededNumbers(JSON.stringify([SEED, period, ...[...accepted, ...doubtful].map((row) => row.key)]));
  return new Set([...drawn(accepted, rate, random), ...drawn(doubtful, rate, random)]);
}

/** Any text would do, as long as it stays. */
const SEED = 'audit sample';

function drawn(rows: readonly Drawable[], rate: number, random: () => number): readonly string[] {
  const taken = drawByChance(
    rows.map((row) => chanceOf(row.weight, rate)),
    random,
  );
  return rows.filter((_, index) => taken[index] === true).map((row) => row.key);
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
