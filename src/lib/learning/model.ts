export interface LearnArgs {
  /**
   * Time of earlier months with the SOW lines that it was billed on, as a table with headers (comma, semicolon or tab separated).
   * Empty: the rows in Time entries from before First period that have a SOW line; where rows given before still wait, these too.
   */
  readonly csv: string;
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
  /** Rows that count as checked from now on. */
  readonly audited: number;
  readonly byClient: readonly Agreement[];
  readonly byLine: readonly Agreement[];
  /** Rows that differ, at most 200; those that would have been accepted come first. */
  readonly differing: readonly Difference[];
  /** Sentences about rows that could not be used. */
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
