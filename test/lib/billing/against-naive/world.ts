import type { Expense, Terms, TimeEntry } from '../../../../src/lib/billing/model.ts';

/** A client's life as data, so that a failing one can be made smaller by leaving things out. */
export interface World {
  readonly firstPeriod: string;
  readonly terms: Terms;
  readonly entries: readonly (TimeEntry & Arrival)[];
  readonly expenses: readonly (Expense & Arrival)[];
  readonly steps: readonly Step[];
}

/** When a row comes in, and what a person says if it waits. */
export interface Arrival {
  /** The step before which it is pulled. */
  readonly arrives: number;
  readonly review: 'approved' | 'excluded';
}

export type Answer = 'waiting' | 'ignored' | 'bill difference';

export type Step =
  /** Draft a period, decide what is held, push: all of it, nothing, or only the first invoice. */
  | {
      readonly do: 'run';
      readonly period: string;
      readonly choices: readonly number[];
      readonly push: 'all' | 'none' | 'first';
      readonly approve: boolean;
    }
  /** The source changed, or lost, a row; a person answers at once or not. */
  | {
      readonly do: 'change';
      readonly key: string;
      readonly facts: Partial<TimeEntry> | Partial<Expense>;
      readonly answer: Answer;
    }
  | { readonly do: 'vanish'; readonly key: string; readonly answer: Answer }
  | { readonly do: 'answer'; readonly key: string; readonly answer: Answer }
  | { readonly do: 'move'; readonly key: string; readonly line: string }
  /** Voids the nth of the pushed invoices. */
  | { readonly do: 'void'; readonly nth: number }
  /** A person types in a cell. */
  | { readonly do: 'edit line'; readonly line: string; readonly set: Partial<Terms['sowLines'][number]> }
  | { readonly do: 'edit SOW'; readonly sow: string; readonly set: Partial<Terms['sows'][number]> }
  | { readonly do: 'edit rates'; readonly rates: Terms['rates'] };

/** How wild a life may be. */
export interface Kind {
  readonly corrections: boolean;
  readonly voids: boolean;
  readonly edits: boolean;
  /** Months that nobody ran, drafts that stand unpushed. */
  readonly gaps: boolean;
  /** Earlier periods run after later ones. */
  readonly backwards?: boolean;
  /** Names in other case, parts of split entries, refunds, dates of SOWs, SOWs that rest, entries without a rate. */
  readonly odd?: boolean;
}
