import type { Hours } from '../hours.ts';
import type { Place } from './entry-order.ts';
import type { Day, Decimal } from './model.ts';

/** An entry as pricing sees it: of a known line, in its order, with the state of its source that counts. */
export interface EntryFacts {
  readonly key: string;
  readonly place: Place;
  readonly date: Day;
  /** As shown; names are compared by the lower-case twins. */
  readonly person: string;
  readonly personName: string;
  readonly roleNames: readonly string[];
  readonly taskName: string;
  readonly notes: string;
  readonly tracked: Decimal;
  readonly rounded: Decimal | null;
  readonly sourceRate: Decimal | null;
  /** The SOW line, by `nameKey`. */
  readonly line: string;
  /** It is on an invoice already. */
  readonly settled: boolean;
  /** It was billed before, and differently: its difference is a correction. */
  readonly differs: boolean;
}

/** An entry with the hours that count, by the rounding rule of its SOW. */
export interface TimedEntry {
  readonly facts: EntryFacts;
  readonly hours: Hours;
}

export interface ExpenseFacts {
  readonly key: string;
  readonly place: Place;
  readonly date: Day;
  readonly category: string;
  readonly person: string;
  readonly notes: string;
  readonly cost: Decimal;
  readonly line: string;
  readonly settled: boolean;
  readonly differs: boolean;
}
