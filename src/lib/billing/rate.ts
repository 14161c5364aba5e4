import type Big from 'big.js';
import { exact } from '../money.ts';
import type { Decimal } from './model.ts';

/** An exact rate per hour. `text` is its one normal form: two rates are the same when their texts are. */
export interface Rate {
  readonly value: Big;
  readonly text: string;
}

export function rateOf(value: Decimal): Rate {
  const exactly = exact(value);
  return { value: exactly, text: exactly.toFixed() };
}

/** Higher rates first. */
export function higherFirst(a: Rate, b: Rate): number {
  return b.value.cmp(a.value);
}

/** Whether a Rate cell holds a number (and not the name of a rate card). */
export function isDecimal(value: Decimal): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value.trim());
}
