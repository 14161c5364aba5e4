import type { Hours } from '../hours.ts';
import type { Minor } from '../money.ts';
import type { TimedEntry } from './facts.ts';
import type { BalanceResult, Day, Decision, LineKind, Month } from './model.ts';
import type { Rate } from './rate.ts';
import type { SowState } from './state.ts';

export type PricedKind = Exclude<LineKind, 'correction'>;

/** A line that a month came to. */
export interface PricedLine {
  /** Made from its meaning: month, SOW, line, kind, tier, rate, group. */
  readonly key: string;
  /** The SOW line's key, or the SOW's name where the line is SOW-wide. */
  readonly sowLine: string;
  readonly sowWide: boolean;
  readonly kind: PricedKind;
  /** Only on `time` and `overage`. */
  readonly rate: Rate | null;
  /** Hours; `null` stands for quantity 1. */
  readonly hours: Hours | null;
  readonly unitPrice: string;
  readonly amount: Minor;
  /** The hours of each entry on it, in order; only on `time` and `overage`. */
  readonly parts: readonly { readonly entry: TimedEntry; readonly hours: Hours }[];
  /** Keys of entries or expenses, in order. */
  readonly entries: readonly string[];
  readonly from: Day;
  readonly to: Day;
  readonly description: string;
  readonly howComputed: string;
  readonly item: string;
}

export type ExpenseOutcome = { readonly part: 'billed'; readonly amount: Minor } | { readonly part: 'recorded' };

export interface PricedHold {
  readonly kind: 'overage' | 'cap';
  readonly line: string | null;
  readonly text: string;
}

/** A fee or milestone that the month's run bills, found by its own rules. */
export interface Charge {
  /** `nameKey` of the SOW line. */
  readonly line: string;
  readonly kind: 'fee' | 'milestone';
  /** The month that the fee is for, or in which the milestone was completed. */
  readonly month: Month;
  readonly amount: Minor;
  readonly from: Day;
  readonly to: Day;
  readonly howComputed: string;
}

/** What people decided about a month's holds. */
export interface Answers {
  readonly overage: 'bill' | 'absorb' | null;
  readonly caps: 'raise cap' | 'absorb' | null;
}

/** A decision that met a hold. */
export interface CountedDecision {
  readonly kind: 'overage' | 'cap';
  readonly decision: Decision;
}

/** One SOW's month, priced. */
export interface PricedMonth {
  readonly month: Month;
  readonly sow: string;
  /** In the order of the invoice. */
  readonly lines: readonly PricedLine[];
  readonly entries: readonly TimedEntry[];
  readonly expenseOutcomes: ReadonlyMap<string, ExpenseOutcome>;
  readonly closing: SowState;
  readonly balances: readonly BalanceResult[];
  readonly holds: readonly PricedHold[];
  readonly warnings: readonly string[];
  /** Keys of entries that need a rate and have none; the month is priced without them. */
  readonly noRate: ReadonlySet<string>;
  /** Decisions that the month's holds met, so that they go on to count. */
  readonly counted: readonly CountedDecision[];
}
