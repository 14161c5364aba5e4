import type { RowOf } from '../workbook/define.ts';
import type { entryRecords, expenses, timeEntries } from '../workbook/tables.ts';
import type { ExpenseSource, TimeSource } from './source.ts';

export type TimeRow = RowOf<typeof timeEntries>;
export type ExpenseRow = RowOf<typeof expenses>;
export type RecordRow = RowOf<typeof entryRecords>;

/** What the source holds, by key (`harvest:1001`). Running timers are told apart: they wait until they stop. */
export interface SourceRecord<Source> {
  readonly key: string;
  readonly source: Source;
  readonly running: boolean;
}

/** What the pull looked at, and what the rules of this firm say about it. */
export interface PullFacts {
  /** First and last day that were read from the source; the first is that of First period. */
  readonly from: string;
  readonly to: string;
  /** Milliseconds; becomes Seen where the content of a row is taken from the source. */
  readonly now: number;
  /** Prefix of the keys of this source, `harvest:`. */
  readonly prefix: string;
  /** Name of the source for reasons: `Harvest`. */
  readonly sourceName: string;
  /** Entries at or over this are flagged; crossing it makes a row that no person decided `new` again. */
  readonly longEntryHours: number;
  /** A change of the hours as the source rounds them counts as a change of hours. */
  readonly roundedHoursCount: boolean;
}

/** What must be written so that the tabs say what the source says. Nothing in it: nothing changed. */
export interface Reconciled<Row> {
  readonly insert: readonly Row[];
  readonly update: ReadonlyMap<string, Partial<Row>>;
  readonly insertRecords: readonly RecordRow[];
  readonly updateRecords: ReadonlyMap<string, Partial<RecordRow>>;
  readonly counts: PullCounts;
}

export interface PullCounts {
  readonly added: number;
  /** Rows whose content changed, not counting those below. */
  readonly updated: number;
  /** Rows set to `excluded` because they are gone or lie before First period. */
  readonly excluded: number;
  /** Billed rows that now wait for a person. */
  readonly changedAfterInvoicing: number;
  /** Running timers that wait. */
  readonly running: number;
}

/** What both tabs of work have in common. */
export type WorkRow = Pick<TimeRow, keyof TimeRow & keyof ExpenseRow>;
export type WorkSource = Pick<TimeSource, keyof TimeSource & keyof ExpenseSource>;

/** How a table of rows mirrors its source: the same rules serve time entries and expenses. */
export interface RowKind<Row, Source> {
  readonly table: 'time' | 'expense';
  /** Cells that both tabs have, as a change of this one. */
  patch(cells: Partial<WorkRow>): Partial<Row>;
  /** The cells that are taken from the source. */
  cells(source: Source): Partial<Row>;
  /** A row that nobody has looked at yet. */
  blank(key: string, source: Source, now: number): Row;
  /** Hours or cost: what a split shares out. */
  amountOf(row: Row): number;
  amountIn(source: Source): number;
  withAmount(source: Source, amount: number): Source;
  withGone(source: Source): Source;
  /** As kept in column Source: a long note is shortened there. */
  toText(source: Source, more?: { readonly line?: string | null }): string;
  /** Decodes column Source or Billed as. */
  read(text: string): Source | null;
  /** The row as if the source had said it, where no record of that is kept. */
  fromRow(row: Row): Source;
  /** Decides where the work belongs: a change of one of these asks for a new match. */
  sameSubject(a: Source, b: Source): boolean;
  /** What a bill rests on: hours or cost, date, person, project, task or category, rate; notes do not count. */
  sameForBilling(a: Source, b: Source, facts: PullFacts): boolean;
}

export type { ExpenseSource, TimeSource };
