import type {
  ClientBooks,
  Decision,
  InvoiceStatus,
  LineKind,
  Month,
  Part,
  Terms,
} from '../../src/lib/billing/model.ts';
import type { Num } from './decimal.ts';

/** What the naive engine takes: the same books, but with its own memory of the invoices that it drafted. */
export interface NaiveBooks extends Omit<ClientBooks, 'invoices' | 'balances'> {
  readonly invoices: readonly NaiveExisting[];
}

export interface NaiveExisting {
  readonly name: string;
  readonly sow: string | null;
  readonly period: Month;
  readonly status: InvoiceStatus;
  readonly memory: NaiveMemory;
}

export interface NaiveDrafts {
  readonly invoices: readonly NaiveInvoice[];
  readonly dropped: readonly string[];
  /** Hours of the period's entries, by where they went. */
  readonly parts: Readonly<Record<Part, Num>>;
}

export interface NaiveInvoice {
  readonly name: string;
  readonly sow: string | null;
  readonly status: 'draft' | 'held';
  /** `kind month sow` of what must be decided; `waiting` and `negative total` alone. */
  readonly holds: readonly string[];
  /** Drafts of earlier periods that must be pushed before. */
  readonly pushAfter: readonly string[];
  readonly lines: readonly NaiveLine[];
  readonly hours: Num;
  readonly fees: Num;
  readonly expenses: Num;
  readonly adjustments: Num;
  readonly total: Num;
  readonly balances: readonly NaiveBalance[];
  readonly entries: readonly NaiveEntryResult[];
  readonly expenseAmounts: readonly { readonly key: string; readonly amount: Num; readonly becomesInvoiced: boolean }[];
  readonly memory: NaiveMemory;
}

export interface NaiveLine {
  readonly sowLine: string;
  readonly kind: LineKind;
  readonly quantity: Num;
  readonly unitPrice: Num;
  readonly amount: Num;
  /** Keys of the entries or expenses that it bills. */
  readonly keys: readonly string[];
}

export interface NaiveBalance {
  readonly line: string;
  readonly period: Month;
  /** opening, added, used, expired, closing; `null` on lines that hold no hours. */
  readonly hours: readonly Num[] | null;
  readonly amounts: readonly Num[] | null;
  readonly tierHours: Num | null;
  readonly hoursToDate: Num;
  readonly billedToDate: Num;
  readonly feeBilledFor: readonly Month[];
}

export interface NaiveEntryResult {
  readonly key: string;
  readonly billed: Num;
  readonly covered: Num;
  readonly amount: Num;
  readonly becomesInvoiced: boolean;
}

/** What an invoice knows of itself later. */
export interface NaiveMemory {
  readonly terms: Terms;
  readonly total: Num;
  readonly months: readonly MonthMemory[];
  readonly decisions: readonly {
    readonly month: Month;
    readonly sow: string;
    readonly kind: HoldKind;
    readonly decision: Decision;
  }[];
  readonly billed: readonly Billed[];
}

export type HoldKind = 'overage' | 'cap';

export interface MonthMemory {
  readonly month: Month;
  readonly sow: string;
  /** This invoice was the first that priced the month, so its terms hold for it. */
  readonly first: boolean;
  readonly charges: readonly Charge[];
  readonly closing: SowState;
}

/** A fee or milestone that is billed on its own, once. */
export interface Charge {
  readonly line: string;
  readonly kind: 'fee' | 'milestone';
  readonly month: Month;
  readonly amount: Num;
}

/** What was billed: `hours` only for what is counted in hours, `rate` only for time and overage. */
export interface Billed {
  readonly month: Month;
  readonly sow: string;
  readonly line: string;
  readonly kind: Exclude<LineKind, 'correction'>;
  readonly rate: Num | null;
  readonly hours: Num;
  readonly amount: Num;
}

/** What one month of a SOW hands on to the next. */
export interface SowState {
  readonly lines: ReadonlyMap<string, LineState>;
  /** Of all lines but those of kind `expense`, after caps, before the discount; without Billed before. */
  readonly billed: Num;
}

export interface LineState {
  readonly hourLots: readonly Lot[];
  /** Hours overdrawn on a retainer whose overage is carried. */
  readonly debt: Num;
  readonly moneyLots: readonly Lot[];
  /** All three without Billed before. */
  readonly tierHours: Num;
  readonly billedHours: Num;
  readonly billed: Num;
}

export interface Lot {
  readonly month: Month;
  readonly left: Num;
}

export const name = (value: string): string => value.trim().toLowerCase();
