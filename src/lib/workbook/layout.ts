import { type Cell, foldName, isBlank } from './cell.ts';
import type { TableDef } from './define.ts';
import type { CellProblem } from './problem.ts';

/** Where the columns of a table stand in its tab today. */
export interface Layout {
  /** Property to column index from 0; properties whose header is missing or doubled are left out. */
  readonly at: ReadonlyMap<string, number>;
  readonly problems: readonly CellProblem[];
}

/** Finds every column of a table by its header (without case and outer blanks), in whatever order they stand. */
export function locateColumns(table: TableDef, headerRow: readonly Cell[]): Layout {
  const at = new Map<string, number>();
  const problems: CellProblem[] = [];
  const headers = headerRow.map((cell) => (typeof cell === 'string' ? foldName(cell) : ''));
  for (const [property, column] of Object.entries(table.columns)) {
    const first = headers.indexOf(foldName(column.header));
    if (first < 0) {
      problems.push(headerProblem(table, column.header, missing(headerRow), `a header "${column.header}" in row 1`));
    } else if (headers.indexOf(foldName(column.header), first + 1) >= 0) {
      problems.push(headerProblem(table, column.header, 'this header more than once', 'one column of this name'));
    } else {
      at.set(property, first);
    }
  }
  return { at, problems };
}

/** The problem of a tab that is not there. */
export function missingTab(table: TableDef): CellProblem {
  const allowed = `a tab named "${table.tab}"; rename it back, or press Set up to create it`;
  return { tab: table.tab, row: null, column: '', found: 'no such tab', allowed };
}

function headerProblem(table: TableDef, column: string, found: string, allowed: string): CellProblem {
  return { tab: table.tab, row: 1, column, found, allowed };
}

function missing(headerRow: readonly Cell[]): string {
  const blank = headerRow.findIndex((cell) => isBlank(cell));
  return blank < 0 ? 'no such header' : `no such header (the header of column ${columnLetter(blank)} is blank)`;
}

/** The letter of a column from its index from 0: 0 is A, 26 is AA. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
