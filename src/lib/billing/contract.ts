import type Big from 'big.js';
import { type Hours, hoursOf } from '../hours.ts';
import { decimalsOf, exact, type Minor, moneyOf, noMoney } from '../money.ts';
import type { ClientTerms, Day, Decimal, LineTerms, Overage, RateRow, RoundHours, SowTerms, Terms } from './model.ts';
import { isEmpty, nameKey } from './names.ts';
import type { Rollover } from './pool.ts';
import { isDecimal, type Rate, rateOf } from './rate.ts';

/** The terms in working order: cells read, defaults filled in, one variant per billing kind. Made of checked rows only. */
export interface Contract {
  readonly client: ClientTerms;
  readonly currency: string;
  readonly decimals: number;
  readonly groupBy: 'line item' | 'person' | 'entry';
  readonly sows: readonly Sow[];
  readonly rates: readonly RateRow[];
  readonly roundHours: RoundHours;
}

export interface Sow {
  readonly name: string;
  readonly roundHours: RoundHours;
  readonly cap: Minor | null;
  readonly holdsOverCap: boolean;
  readonly discountPercent: Big | null;
  readonly lines: readonly Line[];
  readonly poNumber: string;
}

export interface Line {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly item: string;
  /** First and last active day, `''` open: within the line's own dates and those of its SOW. */
  readonly starts: Day;
  readonly ends: Day;
  readonly prorate: boolean;
  readonly capHours: Hours | null;
  readonly capAmount: Minor | null;
  readonly holdsOverCap: boolean;
  readonly billedBeforeHours: Hours;
  readonly billedBeforeAmount: Minor;
  readonly rule: LineRule;
}

export type RateSource =
  | { readonly kind: 'fixed'; readonly rate: Rate }
  | { readonly kind: 'card'; readonly card: string }
  | { readonly kind: 'source' };

export type FeeTiming = 'in arrears' | 'in advance';

export type LineRule =
  | { readonly kind: 'hourly'; readonly rate: RateSource; readonly minimum: Minor | null }
  | { readonly kind: 'tiered'; readonly card: string; readonly minimum: Minor | null }
  | RetainerHours
  | RetainerAmount
  | { readonly kind: 'covered'; readonly retainer: string; readonly rate: RateSource }
  | { readonly kind: 'fixed monthly'; readonly fee: Minor; readonly timing: FeeTiming }
  | { readonly kind: 'milestone'; readonly fee: Minor; readonly completedOn: Day }
  | { readonly kind: 'expense'; readonly markupPercent: Big }
  | { readonly kind: 'non-billable' };

export interface RetainerHours {
  readonly kind: 'retainer of hours';
  readonly fee: Minor;
  readonly timing: FeeTiming;
  readonly included: Hours;
  readonly overage: Overage;
  readonly rollover: Rollover;
  readonly rate: RateSource;
}

export interface RetainerAmount {
  readonly kind: 'retainer of money';
  readonly fee: Minor;
  readonly timing: FeeTiming;
  readonly included: Minor;
  readonly overage: Exclude<Overage, 'carry'>;
  readonly rollover: Rollover;
  readonly rate: RateSource;
}

export function readContract(terms: Terms): Contract {
  const decimals = decimalsOf(terms.client.currency);
  return {
    client: terms.client,
    currency: terms.client.currency.trim().toUpperCase(),
    decimals,
    groupBy: terms.client.groupLinesBy === '' ? 'line item' : terms.client.groupLinesBy,
    sows: terms.sows.map((sow) => readSow(sow, terms, decimals)),
    rates: terms.rates,
    roundHours: terms.settings.roundHours,
  };
}

function readSow(row: SowTerms, terms: Terms, decimals: number): Sow {
  return {
    name: row.sow.trim(),
    roundHours: row.roundHours === '' ? terms.settings.roundHours : row.roundHours,
    cap: isEmpty(row.cap) ? null : moneyOf(row.cap ?? 0, decimals),
    holdsOverCap: row.overCap !== 'absorb',
    discountPercent: isEmpty(row.discountPercent) ? null : exact(row.discountPercent ?? 0),
    lines: terms.sowLines
      .filter((line) => nameKey(line.sow) === nameKey(row.sow))
      .map((line) => readLine(line, row, decimals)),
    poNumber: row.poNumber.trim(),
  };
}

function readLine(row: LineTerms, sow: SowTerms, decimals: number): Line {
  const inactive = sow.active === false;
  return {
    key: row.line.trim(),
    title: row.title.trim() === '' ? row.line.trim() : row.title.trim(),
    description: row.description.trim(),
    item: row.quickBooksItem.trim(),
    starts: inactive ? '9999-12-31' : later(row.starts ?? '', sow.starts ?? ''),
    ends: inactive ? '0001-01-01' : earlier(row.ends ?? '', sow.ends ?? ''),
    prorate: row.prorate,
    capHours: isEmpty(row.capHours) ? null : hours(row.capHours),
    capAmount: isEmpty(row.capAmount) ? null : money(row.capAmount, decimals),
    holdsOverCap: row.overCap !== 'absorb',
    billedBeforeHours: hours(row.billedBeforeHours),
    billedBeforeAmount: money(row.billedBeforeAmount, decimals),
    rule: readRule(row, decimals),
  };
}

function readRule(row: LineTerms, decimals: number): LineRule {
  const timing: FeeTiming = row.feeTiming === 'in advance' ? 'in advance' : 'in arrears';
  switch (row.billing) {
    case 'hourly':
      return {
        kind: 'hourly',
        rate: readRate(row.rate),
        minimum: isEmpty(row.minimum) ? null : money(row.minimum, decimals),
      };
    case 'tiered':
      return {
        kind: 'tiered',
        card: nameKey(String(row.rate ?? '')),
        minimum: isEmpty(row.minimum) ? null : money(row.minimum, decimals),
      };
    case 'retainer':
      return readRetainer(row, timing, decimals);
    case 'covered':
      return { kind: 'covered', retainer: nameKey(row.retainer), rate: readRate(row.rate) };
    case 'fixed monthly':
      return { kind: 'fixed monthly', fee: money(row.fee, decimals), timing };
    case 'milestone':
      return { kind: 'milestone', fee: money(row.fee, decimals), completedOn: row.completedOn ?? '' };
    case 'expense':
      return { kind: 'expense', markupPercent: exact(isEmpty(row.markupPercent) ? 0 : (row.markupPercent ?? 0)) };
    case 'non-billable':
      return { kind: 'non-billable' };
  }
}

function readRetainer(row: LineTerms, timing: FeeTiming, decimals: number): RetainerHours | RetainerAmount {
  const fee = money(row.fee, decimals);
  const rate = readRate(row.rate);
  const months = isEmpty(row.rolloverMonths) ? 0 : Math.floor(Number(row.rolloverMonths));
  const overage = row.overage === '' ? 'bill' : row.overage;
  if (!isEmpty(row.includedAmount)) {
    const cap = isEmpty(row.rolloverCap) ? null : money(row.rolloverCap, decimals);
    const included = money(row.includedAmount, decimals);
    return {
      kind: 'retainer of money',
      fee,
      timing,
      included,
      overage: overage === 'carry' ? 'bill' : overage,
      rollover: { months, cap },
      rate,
    };
  }
  const cap = isEmpty(row.rolloverCap) ? null : hours(row.rolloverCap);
  return {
    kind: 'retainer of hours',
    fee,
    timing,
    included: hours(row.includedHours),
    overage,
    rollover: { months, cap },
    rate,
  };
}

function readRate(cell: Decimal | null): RateSource {
  if (cell === null || isEmpty(cell)) return { kind: 'source' };
  return isDecimal(cell) ? { kind: 'fixed', rate: rateOf(cell) } : { kind: 'card', card: nameKey(String(cell)) };
}

function money(cell: Decimal | null, decimals: number): Minor {
  return cell === null || isEmpty(cell) ? noMoney : moneyOf(cell, decimals);
}

function hours(cell: Decimal | null): Hours {
  return hoursOf(cell === null || isEmpty(cell) ? 0 : cell);
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

function earlier(a: Day, b: Day): Day {
  if (a === '' || b === '') return a === '' ? b : a;
  return a < b ? a : b;
}
