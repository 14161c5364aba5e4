import Big from 'big.js';
import type { Decimal } from './billing/model.ts';

declare const unit: unique symbol;

/** Money as a whole number of the currency's smallest unit (cents for USD, yen for JPY). Made only by the functions of this file. */
export type Minor = number & { readonly [unit]: 'smallest units of the currency' };

const withoutDecimals = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const withThreeDecimals = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
const symbols: Readonly<Record<string, string>> = { '': '$', USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

/** How many decimals amounts of this currency have (ISO 4217). Unknown or empty: 2. */
export function decimalsOf(currency: string): number {
  const code = currency.trim().toUpperCase();
  if (withoutDecimals.has(code)) return 0;
  return withThreeDecimals.has(code) ? 3 : 2;
}

/** So many smallest units. Throws on a fraction: that would be a fault of the program. */
export function minor(count: number): Minor {
  if (!Number.isSafeInteger(count)) throw new Error(`${count} is not a whole number of the currency's smallest unit`);
  return (count === 0 ? 0 : count) as Minor;
}

export const noMoney = 0 as Minor;

/** The exact decimal a cell means: a double counts as its shortest decimal text. Throws where it is no number. */
export function exact(value: Decimal): Big {
  return new Big(typeof value === 'number' ? String(value) : value.trim());
}

/** Rounds to the currency, half away from zero. Every amount of an invoice line passes through here, once. */
export function roundMoney(value: Big, decimals: number): Minor {
  return minor(Number(value.times(new Big(10).pow(decimals)).round(0, 1).toFixed()));
}

/** `'1850.00'`: decimal text with the decimals of the currency. */
export function moneyText(amount: Minor, decimals: number): string {
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
  return amount < 0 ? `-${text}` : text;
}

/** Back from `moneyText`, or from any decimal text, rounded to the currency. */
export function moneyOf(value: Decimal, decimals: number): Minor {
  return roundMoney(exact(value), decimals);
}

/** For people: `$1,850.00`, `-$12.50`, `¥1,850`, `CHF 1,850.00`. */
export function showMoney(amount: Minor, currency: string): string {
  return showDecimal(moneyText(amount, decimalsOf(currency)), currency);
}

/** A rate for people: at least the decimals of the currency, more where the rate has more. */
export function showRate(rate: Big, currency: string): string {
  const own = rate.toFixed();
  const places = own.includes('.') ? own.length - own.indexOf('.') - 1 : 0;
  return showDecimal(rate.toFixed(Math.max(places, decimalsOf(currency))), currency);
}

function showDecimal(text: string, currency: string): string {
  const code = currency.trim().toUpperCase();
  const symbol = symbols[code] ?? `${code} `;
  const [whole = '0', fraction] = text.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${text.startsWith('-') ? '-' : ''}${symbol}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/**
 * Shares an amount over weights in proportion, to the smallest unit, so that the shares add up exactly: largest remainder,
 * the earlier one first among equal remainders. Weights that add up to 0 get nothing, the amount must then be 0.
 */
export function shareMoney(amount: Minor, weights: readonly number[]): Minor[] {
  if (amount < 0) return shareMoney(minor(-amount), weights).map((share) => minor(-share));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (amount === 0 || total === 0) return weights.map(() => noMoney);
  const quotas = weights.map((weight) => quota(amount, weight, total));
  let left = amount - quotas.reduce((sum, { whole }) => sum + whole, 0);
  const shares = quotas.map(({ whole }) => whole);
  if (left > 0) {
    const byRemainder = quotas.map((_, index) => index);
    byRemainder.sort((a, b) => (quotas[b]?.remainder ?? 0) - (quotas[a]?.remainder ?? 0) || a - b);
    for (const index of byRemainder) {
      if (left === 0) break;
      shares[index] = (shares[index] ?? 0) + 1;
      left -= 1;
    }
  }
  return shares.map(minor);
}

/** `amount x weight / total` as a whole part (towards minus infinity) and a remainder from 0 to below |total|. */
function quota(amount: number, weight: number, total: number): { whole: number; remainder: number } {
  const sign = total < 0 ? -1 : 1;
  const divisor = total * sign;
  const product = amount * weight * sign;
  if (Number.isSafeInteger(product)) {
    const whole = Math.floor(product / divisor);
    const remainder = product - whole * divisor;
    // The double quotient may land on the wrong side of a whole number; the exact remainder tells.
    if (remainder < 0) return { whole: whole - 1, remainder: remainder + divisor };
    return remainder >= divisor ? { whole: whole + 1, remainder: remainder - divisor } : { whole, remainder };
  }
  const dividend = BigInt(amount) * BigInt(weight) * BigInt(sign);
  const by = BigInt(divisor);
  let whole = dividend / by;
  if (dividend % by < 0n) whole -= 1n;
  return { whole: Number(whole), remainder: Number(dividend - whole * by) };
}
