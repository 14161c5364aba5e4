export interface LearnArgs {
  /**
   * Time of earlier months with the SOW lines that it was billed on, as a table with headers (comma, semicolon or tab separated).
   * Empty: the rows in Time entries from before First period that have a SOW line; where rows given before still wait, these too.
   */
  readonly csv: string;
  /** How dates such as 03/09/2026 are to be read; left out: those that could be read two ways are left out of the rows. */
  readonly dates?: DateOrder;
}

export type DateOrder = 'month first' | 'day first';

/** What is kept of earlier months. */
export interface LearnLeftView {
  /** Rows that still wait to be matched. */
  readonly left: number;
  /** Rows that are matched and not used before a person says so. */
  readonly pending: number;
  /** Rows that serve as examples. */
  readonly used: number;
}

/** After a person had them used, discarded or forgotten. */
export interface LearnDoneView extends LearnLeftView {
  /** What was done, as a sentence. */
  readonly said: string;
}

/** How matching agrees with how earlier months were billed. */
export interface LearnView {
  /** Rows with a known answer that were matched, in this call or before. */
  readonly rows: number;
  /** Rows that are left; the same call goes on with them. */
  readonly left: number;
  /** Suggestion and answer are the same line, or both none. */
  readonly agree: number;
  /** Rows that would have been accepted without a person, and how many of them on another line. */
  readonly accepted: number;
  readonly acceptedWrong: number;
  /** Rows that count as checked once they are used. */
  readonly audited: number;
  readonly byClient: readonly Agreement[];
  readonly byLine: readonly Agreement[];
  /** Rows that differ, at most 200; those that would have been accepted come first. */
  readonly differing: readonly Difference[];
  /** Matched rows, of this and earlier goes, that are not used before a person says so. */
  readonly pending: number;
  /** Rows that serve as examples already. */
  readonly used: number;
  /** Rows that had been given before, and how many of them with another line, which this one replaces. */
  readonly known: number;
  readonly replaced: number;
  /** Rows that could not be used. */
  readonly skipped: number;
  /** Sentences about them, with their numbers. */
  readonly problems: readonly string[];
}

export interface Agreement {
  /** A client, or a line as the past has it. */
  readonly name: string;
  readonly rows: number;
  readonly agree: number;
}

export interface Difference {
  readonly date: string;
  readonly person: string;
  readonly client: string;
  readonly notes: string;
  /** Line as it was billed; empty: not billed. */
  readonly billed: string;
  /** Line that matching suggests; empty: none. */
  readonly suggested: string;
  readonly confidence: number | null;
  readonly accepted: boolean;
  readonly reason: string;
}
