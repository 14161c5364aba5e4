import { type Hours, hoursOf, noHours, tenThousandths } from '../hours.ts';
import type { Day, RateRow } from './model.ts';
import { isEmpty, nameKey } from './names.ts';
import { type Rate, rateOf } from './rate.ts';

/** Covers the hours over `from`, up to and including the next tier's `from`. */
export interface Tier {
  readonly from: Hours;
  readonly rate: Rate;
}

export interface TierCard {
  readonly name: string;
  readonly tiering: 'graduated' | 'volume';
  readonly count: 'month' | 'SOW';
  /** The tiers that exist on a day, lowest first. */
  readonly tiersOn: (date: Day) => readonly Tier[];
}

/** A rate card read as tiers: among rows with the same From hours the latest From date that has begun counts. */
export function readTierCard(rows: readonly RateRow[], card: string): TierCard {
  const own = rows.filter((row) => nameKey(row.rateCard) === card);
  const known = new Map<Day, readonly Tier[]>();
  return {
    name: own[0]?.rateCard.trim() ?? card,
    tiering: own.some((row) => row.tiering === 'volume') ? 'volume' : 'graduated',
    count: own.some((row) => row.tiersCount === 'SOW') ? 'SOW' : 'month',
    tiersOn: (date) => {
      const tiers = known.get(date) ?? tiersOf(own, date);
      known.set(date, tiers);
      return tiers;
    },
  };
}

function tiersOf(rows: readonly RateRow[], date: Day): Tier[] {
  const winners = new Map<Hours, RateRow>();
  for (const row of rows) {
    if ((row.fromDate ?? '') > date || row.rate === null || isEmpty(row.rate)) continue;
    const from = fromHours(row);
    const best = winners.get(from);
    if (best === undefined || (row.fromDate ?? '') > (best.fromDate ?? '')) winners.set(from, row);
  }
  return [...winners].map(([from, row]) => ({ from, rate: rateOf(row.rate ?? 0) })).sort((a, b) => a.from - b.from);
}

export function fromHours(row: RateRow): Hours {
  return row.fromHours === null || isEmpty(row.fromHours) ? noHours : hoursOf(row.fromHours);
}

/** A part of an entry that lies in one tier; `tier` is `null` where no tier exists for it. */
export interface TierPiece {
  readonly tier: Tier | null;
  readonly hours: Hours;
}

/** Splits hours that are counted from `position` on along the bounds of the tiers. Negative hours walk back. */
export function splitByTier(tiers: readonly Tier[], position: number, hours: Hours): TierPiece[] {
  const pieces: TierPiece[] = [];
  let at = position;
  let left: number = hours;
  while (left !== 0) {
    const index =
      left > 0
        ? lastIndex(tiers, (tier) => tier.from <= at)
        : Math.max(
            0,
            lastIndex(tiers, (tier) => tier.from < at),
          );
    const tier = tiers[index] ?? null;
    if (tier === null) return [...pieces, { tier, hours: tenThousandths(left) }];
    const upper = tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const taken = left > 0 ? Math.min(left, upper - at) : index === 0 ? left : Math.max(left, tier.from - at);
    pieces.push({ tier, hours: tenThousandths(taken) });
    at += taken;
    left -= taken;
  }
  return pieces;
}

/** The tier in which a total lies: the last one whose From hours are below it (the first for a total of 0 or less). */
export function tierOfTotal(tiers: readonly Tier[], total: Hours): Tier | null {
  const first = tiers[0];
  if (first === undefined || first.from > 0) return tiers[lastIndex(tiers, (tier) => tier.from < total)] ?? null;
  return (
    tiers[
      Math.max(
        0,
        lastIndex(tiers, (tier) => tier.from < total),
      )
    ] ?? null
  );
}

function lastIndex(tiers: readonly Tier[], holds: (tier: Tier) => boolean): number {
  for (let index = tiers.length - 1; index >= 0; index -= 1) {
    const tier = tiers[index];
    if (tier !== undefined && holds(tier)) return index;
  }
  return -1;
}
