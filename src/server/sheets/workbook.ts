import type { TableContent } from '../../lib/workbook/decode.ts';
import type { CellProblem } from '../../lib/workbook/problem.ts';
import type { RowOf, TableDef } from '../../lib/workbook/tables.ts';

/** The workbook as tables. Every write reads its tab anew first, since people sort, filter and edit while a job runs. */
export interface Workbook {
  /** Time zone of the spreadsheet, such as `America/New_York`. */
  readonly timeZone: string;
  /** All rows of a tab, with what is wrong with it. Read once per execution, until the tab is written. */
  read<D extends TableDef>(table: D): TableContent<D>;
  /** Lets go of what was read of a tab, so that the next read sees what people did meanwhile. */
  forget(table: TableDef): void;
  /** What is wrong with these tabs, each by itself and against each other, all together. */
  problemsOf(tables: readonly TableDef[]): CellProblem[];
  /** Adds rows below the last one. A row whose key stands there already is changed in place instead (as after a lost answer). */
  insert<D extends TableDef>(table: D, rows: readonly RowOf<D>[]): void;
  /**
   * Changes cells of rows found by key (`keyOf`); cells that hold the value already are left alone. A TableError, with nothing
   * written, where a key stands in no row or a column belongs to people.
   */
  update<D extends TableDef>(table: D, changes: ReadonlyMap<string, Partial<RowOf<D>>>): void;
  /** Deletes the rows with these keys; keys that stand in no row are passed over. */
  remove<D extends TableDef>(table: D, keys: ReadonlySet<string>): void;
  /** Has the spreadsheet take over everything written so far. */
  flush(): void;
}
