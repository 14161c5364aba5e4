import { addMonths } from '../calendar.ts';
import type { Month } from './model.ts';

/**
 * What a retainer still holds, in whole units (ten-thousandths of an hour, or the currency's smallest unit): layers by the
 * month they were included in, oldest first, and what was drawn beyond them (`carry`).
 */
export interface Pool {
  readonly layers: readonly Layer[];
  readonly debt: number;
}

export interface Layer {
  readonly month: Month;
  readonly left: number;
}

/** A retainer's month in numbers: `closing = opening + added - used - expired`. */
export interface PoolMonth {
  readonly opening: number;
  readonly added: number;
  readonly used: number;
  readonly expired: number;
  readonly closing: number;
}

export interface Rollover {
  readonly months: number;
  /** `null`: no limit. */
  readonly cap: number | null;
}

export const emptyPool: Pool = { layers: [], debt: 0 };

export function poolTotal(pool: Pool): number {
  return pool.layers.reduce((sum, layer) => sum + layer.left, 0) - pool.debt;
}

/** What the month includes is added; it first works off what was drawn beyond the pool before. */
export function addToPool(pool: Pool, month: Month, added: number): Pool {
  const paid = Math.min(pool.debt, added);
  const layer = { month, left: added - paid };
  return { layers: layer.left > 0 ? [...pool.layers, layer] : pool.layers, debt: pool.debt - paid };
}

/** Draws, oldest layer first; what the layers do not hold becomes debt. A negative amount is given back to the newest. */
export function drawFromPool(pool: Pool, month: Month, amount: number): Pool {
  if (amount < 0) return addToPool(pool, month, -amount);
  let left = amount;
  const layers: Layer[] = [];
  for (const layer of pool.layers) {
    const drawn = Math.min(layer.left, left);
    left -= drawn;
    if (layer.left > drawn) layers.push({ month: layer.month, left: layer.left - drawn });
  }
  return { layers, debt: pool.debt + left };
}

/**
 * Ends a month: what has run out expires first, then what is over the rollover cap, oldest first.
 *
 * @returns the pool that opens the next month, and how much expired
 */
export function closePool(pool: Pool, month: Month, rollover: Rollover): { pool: Pool; expired: number } {
  const next = addMonths(month, 1);
  const alive = pool.layers.filter((layer) => addMonths(layer.month, rollover.months) >= next);
  const held = alive.reduce((sum, layer) => sum + layer.left, 0);
  const over = rollover.cap === null ? 0 : Math.max(0, held - rollover.cap);
  const kept = drawFromPool({ layers: alive, debt: 0 }, month, over).layers;
  const before = pool.layers.reduce((sum, layer) => sum + layer.left, 0);
  return { pool: { layers: kept, debt: pool.debt }, expired: before - (held - over) };
}

/**
 * The pool after a month that is only known by its row of Balances: added, then used and expired, oldest first. Where the
 * row disagrees with what came before it (the first row of all, or a row typed by hand), the row holds.
 */
export function replayPool(
  before: Pool,
  month: Month,
  row: { opening: number | null; added: number; used: number; expired: number; closing: number | null },
): Pool {
  const opened = row.opening === null ? before : settle(before, addMonths(month, -1), row.opening);
  const added = addToPool(opened, month, row.added);
  const drawn = drawFromPool(added, month, row.used);
  const lapsed = drawFromPool(drawn, month, Math.min(row.expired, Math.max(0, poolTotal(drawn))));
  return row.closing === null ? lapsed : settle(lapsed, month, row.closing);
}

function settle(pool: Pool, month: Month, total: number): Pool {
  const difference = total - poolTotal(pool);
  if (difference === 0) return pool;
  return difference > 0 ? addSorted(pool, month, difference) : drawFromPool(pool, month, -difference);
}

function addSorted(pool: Pool, month: Month, amount: number): Pool {
  const paid = Math.min(pool.debt, amount);
  const rest = { month, left: amount - paid };
  const layers =
    rest.left > 0
      ? [...pool.layers, rest].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
      : pool.layers;
  return { layers, debt: pool.debt - paid };
}
