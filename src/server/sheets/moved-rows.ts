import type { Block } from '../../lib/workbook/blocks.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { encodeCell } from '../../lib/workbook/encode.ts';
import type { RowOf, TableDef } from '../../lib/workbook/tables.ts';
import type { FreshTab } from './fresh-tab.ts';
import { type SheetValue, sameAgain, toSheetValue } from './values.ts';
import type { Zone } from './zone.ts';

/** Do the keys still stand in the rows in which they were read? Asked after a write: a person may have sorted just before it. */
export function rowsMoved(table: TableDef, fresh: FreshTab): boolean {
  return table.key.some((property) => {
    const column = fresh.at.get(property);
    if (column === undefined) return false;
    const now: unknown[][] = fresh.sheet.getRange(1, column + 1, fresh.values.length, 1).getValues();
    return now.some(([value], row) => !isSame(value, fresh.values[row]?.[column]));
  });
}

/**
 * What puts things right when rows moved between our reading and our writing: every row whose cells may have been overwritten gets back what it
 * held, and the changed rows get their changes, each where it stands now. Row and column indexes of `now`.
 * @param blocks what was written, by the rows as they were read
 */
export function repairOf<D extends TableDef>(
  table: D,
  fresh: FreshTab,
  now: FreshTab,
  changes: ReadonlyMap<string, Partial<RowOf<D>>>,
  blocks: readonly Block<SheetValue>[],
  zone: Zone,
): ReadonlyMap<number, ReadonlyMap<number, SheetValue>> {
  const cells = new Map<number, Map<number, SheetValue>>();
  const put = (row: number, column: number, value: SheetValue): void => {
    const kept = cells.get(row) ?? new Map<number, SheetValue>();
    kept.set(column, value);
    cells.set(row, kept);
  };
  const keyNowAt = new Map([...now.rowOfKey].map(([key, row]) => [row, key]));
  for (const block of blocks) {
    block.values.forEach((values, index) => {
      const row = block.row + index;
      const before = fresh.rowOfKey.get(keyNowAt.get(row) ?? '');
      if (before === undefined) return;
      for (let column = block.column; column < block.column + values.length; column += 1) {
        put(row, column, sameAgain(fresh.values[before]?.[column]));
      }
    });
  }
  for (const [key, change] of changes) {
    const row = now.rowOfKey.get(foldName(key));
    if (row === undefined) continue;
    for (const [property, value] of Object.entries<unknown>(change)) {
      const column = now.at.get(property);
      if (column !== undefined) put(row, column, toSheetValue(encodeCell(table, property, value), zone));
    }
  }
  return cells;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
}
