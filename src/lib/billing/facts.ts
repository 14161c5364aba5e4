import type { Hours } from '../hours.ts';
import type { Place } from './entry-order.ts';
import type { Day, Decimal } from './model.ts';
import type { FoundRate } from './rate-card.ts';

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

/** An entry while its month is priced: with the hours that count, by the rounding rule of its SOW, and where they went. */
export interface TimedEntry {
  readonly facts: EntryFacts;
  readonly hours: Hours;
  readonly outcome: Outcome;
}

/** Where an entry's hours went (ten-thousandths), and what it is worth on its lines (smallest units); summed up as rules apply. */
export interface Outcome {
  billed: number;
  covered: number;
  absorbed: number;
  recorded: number;
  waiting: number;
  amount: number;
  rate: FoundRate | null;
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
