import type { CellToWrite } from './cell.ts';
import type { TableDef } from './define.ts';
import { TableError } from './problem.ts';

/** The most characters that a spreadsheet cell holds. */
export const CELL_LIMIT = 50_000;
const CUT_MARK = '… (cut)';

/**
 * The cell for a value of a column. Text over the cell limit is cut with a visible mark where the column is for people to
 * read; elsewhere, and for numbers that are none, a TableError says so.
 */
export function encodeCell(table: TableDef, property: string, value: unknown): CellToWrite {
  const column = table.columns[property];
  if (column === undefined) throw new TableError(`The tab ${table.tab} has no column for "${property}".`);
  const cell = column.encode(value);
  if (typeof cell === 'number' && !Number.isFinite(cell)) {
    throw new TableError(`Column ${column.header} of the tab ${table.tab} cannot hold "${cell}"; it needs a number.`);
  }
  if (typeof cell !== 'string' || cell.length < CELL_LIMIT) return cell;
  if (column.tooLong === 'cut') return cutText(cell);
  throw new TableError(
    `A text of ${cell.length} characters does not fit into column ${column.header} of the tab ${table.tab}; a cell holds ${CELL_LIMIT}.`,
  );
}

/** Cuts a text so that it fits into a cell with the mark `… (cut)`; a character outside the basic plane is never halved. */
export function cutText(value: string): string {
  if (value.length < CELL_LIMIT) return value;
  const kept = value.slice(0, CELL_LIMIT - 1 - CUT_MARK.length);
  return kept.replace(/[\uD800-\uDBFF]$/, '') + CUT_MARK;
}
