import Big from 'big.js';
import type { Decimal, RoundHours } from './billing/model.ts';

declare const unit: unique symbol;

/** Hours as a whole number of ten-thousandths: 1.5 h is 15000. Made only by the functions of this file. */
export type Hours = number & { readonly [unit]: 'ten-thousandths of an hour' };

const perHour = 10_000;

/** So many ten-thousandths of an hour. Throws on a fraction: that would be a fault of the program. */
export function tenThousandths(count: number): Hours {
  if (!Number.isSafeInteger(count)) throw new Error(`${count} is not a whole number of ten-thousandths of an hour`);
  return (count === 0 ? 0 : count) as Hours;
}

export const noHours = 0 as Hours;

/** Hours from a cell or a record: 4 decimals are kept, half away from zero. */
export function hoursOf(value: Decimal): Hours {
  if (typeof value === 'number') {
    const whole = Math.round(value * perHour);
    if (whole / perHour === value && Number.isSafeInteger(whole)) return tenThousandths(whole);
  }
  return tenThousandths(
    Number(new Big(typeof value === 'number' ? String(value) : value.trim()).times(perHour).round(0, 1).toFixed()),
  );
}

/** Exact decimal text, without needless zeros: `4.5`. */
export function hoursText(hours: Hours): string {
  const size = Math.abs(hours);
  const fraction = size % perHour;
  const whole = String((size - fraction) / perHour);
  const text = fraction === 0 ? whole : `${whole}.${String(fraction).padStart(4, '0').replace(/0+$/, '')}`;
  return hours < 0 ? `-${text}` : text;
}

export function hoursAsBig(hours: Hours): Big {
  return new Big(hours).times('0.0001');
}

export function plusHours(a: Hours, b: Hours): Hours {
  return tenThousandths(a + b);
}

/** The given share `part / whole` of the hours, kept to 2 decimals, half away from zero (proration). */
export function proratedHours(hours: Hours, part: number, whole: number): Hours {
  return tenThousandths(Number(new Big(hours).times(part).div(whole).div(100).round(0, 1).times(100).toFixed()));
}

/**
 * An entry's hours as they count, by the rule of its SOW or of the settings. Negative hours (a reversal) are rounded like
 * the positive ones they take back.
 *
 * @param tracked - as tracked
 * @param roundedBySource - as Harvest rounds them, where the source says so
 */
export function roundEntryHours(rule: RoundHours, tracked: Decimal, roundedBySource: Decimal | null): Hours {
  switch (rule) {
    case 'as tracked':
      return hoursOf(tracked);
    case 'as rounded by Harvest':
      return hoursOf(roundedBySource === null || roundedBySource === '' ? tracked : roundedBySource);
    case 'up to 6 min':
      return toMultiple(hoursOf(tracked), 1_000, Math.ceil);
    case 'up to 15 min':
      return toMultiple(hoursOf(tracked), 2_500, Math.ceil);
    case 'nearest 6 min':
      return toMultiple(hoursOf(tracked), 1_000, Math.round);
    case 'nearest 15 min':
      return toMultiple(hoursOf(tracked), 2_500, Math.round);
  }
}

function toMultiple(hours: Hours, step: number, round: (steps: number) => number): Hours {
  // A quotient of two such whole numbers is exact at every half and every whole, so Math.round and Math.ceil see the true side.
  const size = round(Math.abs(hours) / step) * step;
  return tenThousandths(hours < 0 ? -size : size);
}
