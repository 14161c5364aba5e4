import { foldName, isBlank } from '../../lib/workbook/cell.ts';
import { isEmptyRow } from '../../lib/workbook/decode.ts';
import { locateColumns, missingTab } from '../../lib/workbook/layout.ts';
import { problemsMessage, TableError } from '../../lib/workbook/problem.ts';
import { keyOf, type RowOf, type TableDef } from '../../lib/workbook/tables.ts';
import { toCell } from './values.ts';
import type { Zone } from './zone.ts';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** A tab as it stands at this moment, read right before it is written. */
export interface FreshTab {
  readonly sheet: Sheet;
  /** The cells that `values` were read from. */
  readonly range: GoogleAppsScript.Spreadsheet.Range;
  /** All values, headers first. */
  readonly values: readonly (readonly unknown[])[];
  /** Property to column index from 0. */
  readonly at: ReadonlyMap<string, number>;
  /** Folded key to row index from 0 (the header row is 0). */
  readonly rowOfKey: ReadonlyMap<string, number>;
  /** Index of the last row that holds something of ours; 0 where there is none. */
  readonly lastRow: number;
}

/** Finds a tab by its name, without regard to case and outer blanks; `null` where there is none. */
export function findSheet(spreadsheet: Spreadsheet, tab: string): Sheet | null {
  const sheet = spreadsheet.getSheetByName(tab);
  if (sheet !== null) return sheet;
  return spreadsheet.getSheets().find((candidate) => foldName(candidate.getName()) === foldName(tab)) ?? null;
}

/** Reads a tab anew. A TableError says what is missing when its tab or a header is gone. */
export function readFresh(spreadsheet: Spreadsheet, table: TableDef, zone: Zone): FreshTab {
  const sheet = sheetOf(spreadsheet, table);
  const range = sheet.getDataRange();
  const values: unknown[][] = range.getValues();
  const at = columnsOf(table, values[0] ?? [], zone);
  const rowOfKey = new Map<string, number>();
  let lastRow = 0;
  for (let row = 1; row < values.length; row++) {
    const cells = (values[row] ?? []).map((value) => toCell(value, zone));
    if (isEmptyRow(cells, at)) continue;
    lastRow = row;
    const key = keyOfCells(table, cells, at);
    if (key !== null && !rowOfKey.has(key)) rowOfKey.set(key, row);
  }
  return { sheet, range, values, at, rowOfKey, lastRow };
}

/** The sheet of a table; a TableError where it is gone. */
export function sheetOf(spreadsheet: Spreadsheet, table: TableDef): Sheet {
  const sheet = findSheet(spreadsheet, table.tab);
  if (sheet !== null) return sheet;
  const problem = missingTab(table);
  throw new TableError(problemsMessage([problem]), [problem]);
}

/** Where the columns of a table stand; a TableError where one is missing or doubled. */
export function columnsOf(table: TableDef, headers: readonly unknown[], zone: Zone): ReadonlyMap<string, number> {
  const { at, problems } = locateColumns(
    table,
    headers.map((value) => toCell(value, zone)),
  );
  if (problems.length > 0) throw new TableError(problemsMessage(problems), problems);
  return at;
}

function keyOfCells(
  table: TableDef,
  cells: readonly ReturnType<typeof toCell>[],
  at: ReadonlyMap<string, number>,
): string | null {
  if (table.key.length === 0) return null;
  const row: Record<string, unknown> = {};
  let blank = true;
  for (const property of table.key) {
    const cell = cells[at.get(property) ?? -1] ?? '';
    if (!isBlank(cell)) blank = false;
    const decoded = table.columns[property]?.decode(cell);
    if (decoded === undefined || !decoded.ok) return null;
    row[property] = decoded.value;
  }
  return blank ? null : foldName(keyOf(table, row as RowOf<TableDef>));
}
