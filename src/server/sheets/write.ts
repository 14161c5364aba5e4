import { type Block, planBlocks, runs } from '../../lib/workbook/blocks.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { encodeCell } from '../../lib/workbook/encode.ts';
import { TableError } from '../../lib/workbook/problem.ts';
import { keyOf, type RowOf, type TableDef } from '../../lib/workbook/tables.ts';
import { columnsOf, type FreshTab, readFresh, sheetOf } from './fresh-tab.ts';
import { repairOf, rowsMoved } from './moved-rows.ts';
import { steady } from './steady.ts';
import { holds, type SheetValue, sameAgain, toSheetValue } from './values.ts';
import type { Zone } from './zone.ts';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** The most rows that go to the spreadsheet in one call. */
const ROWS_PER_CALL = 5000;
/** Rows added beyond those needed when a tab is full, so that it does not have to grow every time. */
const SPARE_ROWS = 200;

/** What every write needs. */
export interface Desk {
  readonly spreadsheet: Spreadsheet;
  readonly zone: Zone;
}

/** Changes cells of rows found by key, as `Workbook.update` says. */
export function updateRows<D extends TableDef>(
  desk: Desk,
  table: D,
  changes: ReadonlyMap<string, Partial<RowOf<D>>>,
): void {
  steady(() => {
    const fresh = readFresh(desk.spreadsheet, table, desk.zone);
    const missing = [...changes.keys()].filter((key) => !fresh.rowOfKey.has(foldName(key)));
    if (missing.length > 0) throw new TableError(missingRows(table, missing));
    writeChanges(desk, table, fresh, changes, true);
  });
}

/** Adds rows below the last one, as `Workbook.insert` says. */
export function insertRows<D extends TableDef>(desk: Desk, table: D, rows: readonly RowOf<D>[]): void {
  if (table.key.length === 0) {
    appendBlind(desk, table, rows);
    return;
  }
  steady(() => {
    const fresh = readFresh(desk.spreadsheet, table, desk.zone);
    const standing = new Map<string, Partial<RowOf<D>>>();
    const added = new Map<string, RowOf<D>>();
    for (const row of rows) {
      const key = foldName(keyOf(table, row));
      if (fresh.rowOfKey.has(key)) standing.set(key, row);
      else if (added.has(key))
        throw new TableError(`"${keyOf(table, row)}" would stand twice in the tab ${table.tab}.`);
      else added.set(key, row);
    }
    writeChanges(desk, table, fresh, standing, false);
    appendAt(desk, table, fresh.sheet, fresh.at, fresh.lastRow + 1, [...added.values()]);
  });
}

/** Deletes rows by key, neighbours together, from the bottom up. */
export function removeRows(desk: Desk, table: TableDef, keys: ReadonlySet<string>): void {
  steady(() => {
    const { sheet, rowOfKey } = readFresh(desk.spreadsheet, table, desk.zone);
    const doomed = [...keys].map((key) => rowOfKey.get(foldName(key))).filter((row) => row !== undefined);
    if (doomed.length === 0) return;
    const rowCount = sheet.getMaxRows();
    // A sheet must keep a row below its frozen one.
    if (new Set(doomed).size >= rowCount - 1) sheet.insertRowsAfter(rowCount, 1);
    for (const [first, last] of runs([...new Set(doomed)]).reverse()) sheet.deleteRows(first + 1, last - first + 1);
  });
}

/** Writes what differs from what stands there. With `guard`, a change to a column that people own is refused. */
function writeChanges<D extends TableDef>(
  desk: Desk,
  table: D,
  fresh: FreshTab,
  changes: ReadonlyMap<string, Partial<RowOf<D>>>,
  guard: boolean,
): void {
  const cells = new Map<number, Map<number, SheetValue>>();
  for (const [key, change] of changes) {
    const row = fresh.rowOfKey.get(foldName(key));
    if (row === undefined) continue;
    const values = fresh.values[row] ?? [];
    const changed = new Map<number, SheetValue>();
    for (const [property, value] of Object.entries<unknown>(change)) {
      const column = fresh.at.get(property);
      const cell = encodeCell(table, property, value);
      if (column === undefined || holds(values[column], cell, desk.zone)) continue;
      if (guard && table.columns[property]?.owner === 'person') throw new TableError(notOurs(table, property));
      changed.set(column, toSheetValue(cell, desk.zone));
    }
    if (changed.size > 0) cells.set(row, changed);
  }
  if (cells.size === 0) return;
  let formulas: string[][] | null = null;
  const formulaAt = (row: number, column: number): string => {
    formulas ??= fresh.range.getFormulas();
    return formulas[row]?.[column] ?? '';
  };
  const blocks = planBlocks<SheetValue>(cells, {
    current: (row, column) => sameAgain(fresh.values[row]?.[column]),
    hasFormula: (row, column) => formulaAt(row, column) !== '',
  });
  for (const block of blocks) writeBlock(fresh.sheet, block);
  if (!rowsMoved(table, fresh)) return;
  // Somebody sorted between our reading and our writing. What cells of other rows now hold of ours is taken back.
  const now = readFresh(desk.spreadsheet, table, desk.zone);
  const repair = repairOf(table, fresh, now, changes, blocks, desk.zone);
  const current = (row: number, column: number) => sameAgain(now.values[row]?.[column]);
  for (const block of planBlocks<SheetValue>(repair, { current, hasFormula: () => true })) writeBlock(now.sheet, block);
}

function appendAt<D extends TableDef>(
  desk: Desk,
  table: D,
  sheet: Sheet,
  at: ReadonlyMap<string, number>,
  firstRow: number,
  rows: readonly RowOf<D>[],
): void {
  if (rows.length === 0) return;
  const blocks = blocksOfRows(desk, table, at, firstRow, rows);
  const rowCount = sheet.getMaxRows();
  const needed = firstRow + rows.length - rowCount;
  if (needed > 0) sheet.insertRowsAfter(rowCount, needed + SPARE_ROWS);
  for (const block of blocks) writeBlock(sheet, block);
}

/** New rows as rectangles of neighbouring columns of ours; the one with the key first, so that a broken-off write is found again. */
function blocksOfRows<D extends TableDef>(
  desk: Desk,
  table: D,
  at: ReadonlyMap<string, number>,
  firstRow: number,
  rows: readonly RowOf<D>[],
): Block<SheetValue>[] {
  const propertyAt = new Map([...at].map(([property, column]) => [column, property]));
  const blocks = runs([...propertyAt.keys()]).map(([first, last]) => {
    const values = rows.map((row) => {
      const cells: SheetValue[] = [];
      for (let column = first; column <= last; column++) {
        const property = propertyAt.get(column) ?? '';
        cells.push(toSheetValue(encodeCell(table, property, row[property]), desk.zone));
      }
      return cells;
    });
    return { row: firstRow, column: first, values };
  });
  const keyColumn = at.get(table.key[0] ?? '') ?? 0;
  const holdsKey = (block: Block<SheetValue>) =>
    keyColumn >= block.column && keyColumn < block.column + (block.values[0]?.length ?? 0);
  return [...blocks.filter(holdsKey), ...blocks.filter((block) => !holdsKey(block))];
}

/** Adds rows to a tab without a key (a log): its last row is enough to know. */
function appendBlind<D extends TableDef>(desk: Desk, table: D, rows: readonly RowOf<D>[]): void {
  const { sheet, at, lastRow } = steady(() => {
    const found = sheetOf(desk.spreadsheet, table);
    const headers: unknown[][] = found.getRange(1, 1, 1, Math.max(1, found.getLastColumn())).getValues();
    return { sheet: found, at: columnsOf(table, headers[0] ?? [], desk.zone), lastRow: found.getLastRow() };
  });
  steady(() => appendAt(desk, table, sheet, at, lastRow, rows));
}

function writeBlock(sheet: Sheet, block: Block<SheetValue>): void {
  for (let start = 0; start < block.values.length; start += ROWS_PER_CALL) {
    const values = block.values.slice(start, start + ROWS_PER_CALL).map((row) => [...row]);
    const width = values[0]?.length ?? 0;
    sheet.getRange(block.row + start + 1, block.column + 1, values.length, width).setValues(values);
  }
}

function missingRows(table: TableDef, keys: readonly string[]): string {
  const shown = keys.slice(0, 5).map((key) => `"${key}"`);
  const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : '';
  return `The tab ${table.tab} has no row for ${shown.join(', ')}${more}; it was removed or renamed meanwhile. Run this again.`;
}

function notOurs(table: TableDef, property: string): string {
  const header = table.columns[property]?.header ?? property;
  return `Column ${header} of the tab ${table.tab} belongs to the people who use it and is not changed by a job.`;
}
