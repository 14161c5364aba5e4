import type { EntryTable } from '../calls.ts';

/**
 * A time entry or an expense, as far as matching looks at it. Days are text `2026-10-14`; hours are decimal hours; cost is money in
 * the currency of the client.
 */
export interface MatchItem {
  readonly table: EntryTable;
  /** `harvest:1001`; with `table` it names the row. */
  readonly key: string;
  readonly date: string;
  readonly person: string;
  readonly role: string;
  readonly client: string;
  readonly project: string;
  /** Empty where the source has none. */
  readonly projectCode: string;
  /** The task, or an expense's category. */
  readonly task: string;
  readonly notes: string;
  /** Null for an expense. */
  readonly hours: number | null;
  /** Null for a time entry. */
  readonly cost: number | null;
  /** The source's own mark. It decides nothing about time entries: the SOW line does. */
  readonly billable: boolean;
}

/** A row of the tab SOW lines, as far as matching looks at it. Empty Starts or Ends: open. */
export interface MatchLine {
  readonly line: string;
  readonly sow: string;
  readonly title: string;
  readonly description: string;
  readonly billing: string;
  readonly starts: string;
  readonly ends: string;
}

/** A row of the tab SOWs, as far as matching looks at it. Empty Starts or Ends: open; empty Projects: all of the client's. */
export interface MatchSow {
  readonly sow: string;
  readonly client: string;
  /** Names or codes, comma separated. */
  readonly projects: string;
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  readonly active: boolean;
}

/** What one model said about one row. */
export type Opinion =
  | {
      readonly kind: 'answer';
      readonly model: string;
      /** Key of the SOW line; empty: no line fits. */
      readonly line: string;
      /** 0 to 1. An ordering, not a probability. */
      readonly confidence: number;
      readonly reason: string;
    }
  /** Asked twice and not answered as asked, in the job of that id; another job asks again. */
  | { readonly kind: 'unanswered'; readonly model: string; readonly job: string };

/** What the models said about a row, kept with it so that the same content is never asked twice. */
export interface Opinions {
  /** Version of the prompt that was asked. */
  readonly prompt: string;
  readonly first: Opinion;
  readonly second?: Opinion;
}

/** What matching writes into a row. */
export interface Verdict {
  readonly status: 'auto' | 'flagged';
  /** The suggestion, also when flagged; empty: none. */
  readonly line: string;
  /** The score, 0 to 1; null where no model was asked. */
  readonly confidence: number | null;
  readonly reason: string;
  readonly flags: readonly string[];
}

/** When the second model is asked, by the setting *Second opinion on*. */
export type SecondOpinionOn = 'every row' | 'doubtful rows' | 'off';
