import { foldName } from '../workbook/cell.ts';
import { keyOf, type RowOf, type TableDef } from '../workbook/define.ts';
import { TABLES } from './fields.ts';
import type { CellValue, SowTab, TermsBook } from './model.ts';
import { cellOf } from './typed.ts';

/** What an import changed, so that it can be taken back. */
export interface SowUndo {
  readonly sow: string;
  readonly rows: readonly UndoRow[];
  /** The stored text before it, and a mark of the one after it. */
  readonly textBefore: string;
  readonly textAfter: string;
}

/** A row before and after, cell by cell; null where none stood. */
export interface UndoRow {
  readonly tab: SowTab;
  readonly before: Cells | null;
  readonly after: Cells;
}

type Cells = Readonly<Record<string, CellValue>>;
type Row = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<SowTab, readonly Row[]>>;

/** The rows that an import is about to change. */
export function undoRows(written: Rows, standing: Rows): readonly UndoRow[] {
  return TABS.flatMap((tab) =>
    written[tab].flatMap((row): UndoRow[] => {
      const now = standing[tab].find((one) => sameKey(tab, one, row));
      const [before, after] = [now === undefined ? null : cellsIn(tab, now), cellsIn(tab, row)];
      return before !== null && sameCells(before, after) ? [] : [{ tab, before, after }];
    }),
  );
}

/** What is to be done to take an import back: rows to put back, keys to remove, and sentences where it cannot be. */
export function takeBack(undo: readonly UndoRow[], book: TermsBook) {
  const standing: Rows = { SOWs: book.sows.rows, 'SOW lines': book.sowLines.rows, Rates: book.rates.rows };
  const put: Record<SowTab, RowOf<TableDef>[]> = { SOWs: [], 'SOW lines': [], Rates: [] };
  const removed: Record<SowTab, string[]> = { SOWs: [], 'SOW lines': [], Rates: [] };
  const problems: string[] = [];
  for (const { tab, before, after } of undo) {
    const row = rowFrom(tab, after);
    const key = row === null ? '' : keyOf(TABLES[tab], row);
    const now = row === null ? undefined : standing[tab].find((one) => sameKey(tab, one, row));
    const cells = now === undefined ? null : cellsIn(tab, now);
    const isBack = before === null ? cells === null : cells !== null && sameCells(cells, before);
    if (isBack) continue;
    const old = before === null ? null : rowFrom(tab, before);
    if (cells === null || !sameCells(cells, after) || (before !== null && old === null))
      problems.push(
        `Tab ${tab}, ${key}: ${cells === null ? 'the row is gone' : `changed since${changed(tab, cells, after)}`}.`,
      );
    else if (old === null) removed[tab].push(key);
    else put[tab].push(old);
  }
  return { put, removed, problems };
}

const TABS: readonly SowTab[] = ['SOWs', 'SOW lines', 'Rates'];

function sameKey(tab: SowTab, a: Row, b: Row): boolean {
  // Every row of a tab has all of its columns.
  return foldName(keyOf(TABLES[tab], a as RowOf<TableDef>)) === foldName(keyOf(TABLES[tab], b as RowOf<TableDef>));
}

function cellsIn(tab: SowTab, row: Row): Cells {
  return Object.fromEntries(
    Object.entries(TABLES[tab].columns).map(([property, column]) => [property, cellOf(column, row[property])]),
  );
}

/** The row as its columns read it; null where one does not. */
function rowFrom(tab: SowTab, cells: Cells): RowOf<TableDef> | null {
  const row: Record<string, unknown> = {};
  for (const [property, column] of Object.entries(TABLES[tab].columns)) {
    const read = column.decode(cells[property] ?? '');
    if (!read.ok) return null;
    row[property] = read.value;
  }
  return row as RowOf<TableDef>;
}

function sameCells(a: Cells, b: Cells): boolean {
  return Object.keys(a).every((property) => a[property] === (b[property] ?? ''));
}

function changed(tab: SowTab, now: Cells, after: Cells): string {
  const columns = Object.entries(TABLES[tab].columns).filter(([property]) => now[property] !== (after[property] ?? ''));
  return ` (${columns.map(([, { header }]) => header).join(', ')})`;
}
