import type { Decimal, DecimalText } from '../../src/lib/billing/model.ts';

/** An exact decimal: a whole number of 10^-12. The naive engine knows no other kind of number. */
export type Num = bigint;

const PLACES = 12;
export const ONE: Num = 10n ** BigInt(PLACES);
export const ZERO: Num = 0n;

/** Reads a number of the books; an empty cell is 0. */
export function num(value: Decimal | null | ''): Num {
  if (value === null || value === '') return ZERO;
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(String(value).trim());
  if (found === null) throw new Error(`not a plain decimal: ${value}`);
  const [, sign = '', whole = '', fraction = ''] = found;
  if (fraction.length > PLACES) throw new Error(`more than ${PLACES} decimals: ${value}`);
  const size = BigInt(`${whole}${fraction.padEnd(PLACES, '0')}`);
  return sign === '-' ? -size : size;
}

/** An empty cell means something else than 0 for this column. */
export function numOrNull(value: Decimal | null | ''): Num | null {
  return value === null || value === '' ? null : num(value);
}

export function text(value: Num): DecimalText {
  const digits = abs(value)
    .toString()
    .padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The exact product; throws rather than lose a digit. */
export function times(a: Num, b: Num): Num {
  const product = a * b;
  if (product % ONE !== 0n) throw new Error(`${text(a)} x ${text(b)} needs more than ${PLACES} decimals`);
  return product / ONE;
}

/** `value x over / under`, rounded half away from zero to that many decimals. */
export function fractionOf(value: Num, over: bigint, under: bigint, decimals: number): Num {
  const step = 10n ** BigInt(PLACES - decimals);
  return divideHalfAway(value * over, under * step) * step;
}

/** Half away from zero. */
export function round(value: Num, decimals: number): Num {
  return fractionOf(value, 1n, 1n, decimals);
}

export function sum(values: Iterable<Num>): Num {
  let total = ZERO;
  for (const value of values) total += value;
  return total;
}

export const least = (a: Num, b: Num): Num => (a < b ? a : b);
export const most = (a: Num, b: Num): Num => (a > b ? a : b);
export const abs = (a: Num): Num => (a < 0n ? -a : a);

/** Cuts an amount into whole steps in proportion to the weights; what is left goes to the largest remainders, earlier first. */
export function share(amount: Num, weights: readonly Num[], decimals: number): Num[] {
  const all = sum(weights);
  if (all === 0n) return weights.map(() => ZERO);
  const step = 10n ** BigInt(PLACES - decimals);
  const steps = amount / step;
  const parts = weights.map((weight, at) => ({ at, whole: (steps * weight) / all, rest: (steps * weight) % all }));
  let left = steps - parts.reduce((so, part) => so + part.whole, 0n);
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const part of byRest) {
    if (left === 0n) break;
    part.whole += 1n;
    left -= 1n;
  }
  return parts.map((part) => part.whole * step);
}

function divideHalfAway(over: bigint, under: bigint): bigint {
  const size = (abs(over) * 2n + under) / (under * 2n);
  return over < 0n ? -size : size;
}
