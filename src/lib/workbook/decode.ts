import { type Cell, foldName, isBlank, showCell } from './cell.ts';
import { keyOf, type RowOf, type TableDef } from './define.ts';
import { locateColumns } from './layout.ts';
import type { CellProblem } from './problem.ts';

/** What a tab holds, read and checked. A row with a problem is in `problems` and `incomplete`, not in `rows`. */
export interface TableContent<D extends TableDef> {
  readonly rows: readonly RowOf<D>[];
  readonly problems: readonly CellProblem[];
  /** Row numbers as the spreadsheet shows them, one per row of `rows`. */
  readonly rowNumbers: readonly number[];
  /** Rows that have a problem, with what could be read of them. */
  readonly incomplete: readonly IncompleteRow<D>[];
}

export interface IncompleteRow<D extends TableDef> {
  readonly rowNumber: number;
  readonly values: Partial<RowOf<D>>;
}

/**
 * Reads a whole tab, headers in the first row, and reports everything that is wrong with it together: missing and doubled
 * headers, values of the wrong kind, doubled keys. Rows in which all columns of the table are empty are passed over.
 */
export function decodeTable<D extends TableDef>(table: D, grid: readonly (readonly Cell[])[]): TableContent<D> {
  const layout = locateColumns(table, grid[0] ?? []);
  const problems: CellProblem[] = [...layout.problems];
  const rows: RowOf<D>[] = [];
  const rowNumbers: number[] = [];
  const incomplete: IncompleteRow<D>[] = [];
  const firstRowOfKey = new Map<string, number>();
  const complete = layout.problems.length === 0;

  for (let index = 1; index < grid.length; index++) {
    const cells = grid[index] ?? [];
    if (isEmptyRow(cells, layout.at)) continue;
    const rowNumber = index + 1;
    const { values, problems: found } = decodeRow(table, cells, layout.at, rowNumber);
    if (complete && found.length === 0) {
      // Every column of the table was found and decoded, so the record has exactly the row's properties.
      const row = values as RowOf<D>;
      const double = doubledKey(table, row, rowNumber, firstRowOfKey);
      if (double === null) {
        rows.push(row);
        rowNumbers.push(rowNumber);
        continue;
      }
      found.push(double);
    }
    problems.push(...found);
    incomplete.push({ rowNumber, values: values as Partial<RowOf<D>> });
  }
  return { rows, problems, rowNumbers, incomplete };
}

/** Tells whether all columns of the table are blank in a row; what people keep in their own columns does not count. */
export function isEmptyRow(cells: readonly Cell[], at: ReadonlyMap<string, number>): boolean {
  for (const column of at.values()) if (!isBlank(cells[column])) return false;
  return true;
}

function decodeRow(
  table: TableDef,
  cells: readonly Cell[],
  at: ReadonlyMap<string, number>,
  rowNumber: number,
): { values: Record<string, unknown>; problems: CellProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: CellProblem[] = [];
  for (const [property, position] of at) {
    const column = table.columns[property];
    if (column === undefined) continue;
    const cell = cells[position] ?? '';
    const decoded = column.decode(cell);
    if (decoded.ok) values[property] = decoded.value;
    else {
      const { tab } = table;
      problems.push({ tab, row: rowNumber, column: column.header, found: showCell(cell), allowed: decoded.allowed });
    }
  }
  return { values, problems };
}

function doubledKey<D extends TableDef>(
  table: D,
  row: RowOf<D>,
  rowNumber: number,
  firstRowOfKey: Map<string, number>,
): CellProblem | null {
  if (table.key.length === 0) return null;
  const key = keyOf(table, row);
  const folded = foldName(key);
  const first = firstRowOfKey.get(folded);
  if (first === undefined) {
    firstRowOfKey.set(folded, rowNumber);
    return null;
  }
  const column = table.key.map((property) => table.columns[property]?.header ?? property).join(' | ');
  const found = `"${key}", which stands in row ${first} already`;
  return { tab: table.tab, row: rowNumber, column, found, allowed: 'each only once' };
}
