import { planReplacement } from '../../lib/workbook/replace.ts';
import type { RowOf, TableDef } from '../../lib/workbook/tables.ts';
import type { Workbook } from './workbook.ts';

/**
 * Makes the rows `standing` (some or all of a tab, as read) into the rows `wanted`: rows with the same key are changed in place,
 * the others removed or added. Nothing is written where nothing differs.
 */
export function replaceRows<D extends TableDef>(
  workbook: Workbook,
  table: D,
  standing: readonly RowOf<D>[],
  wanted: readonly RowOf<D>[],
): void {
  const { insert, update, remove } = planReplacement(table, standing, wanted);
  workbook.update(table, update);
  workbook.remove(table, remove);
  workbook.insert(table, insert);
}
