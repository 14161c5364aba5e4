import { foldName } from './cell.ts';
import { keyOf, type RowOf, type TableDef } from './define.ts';

/** How to get from the rows that stand to the rows that are wanted. */
export interface Replacement<D extends TableDef> {
  readonly insert: readonly RowOf<D>[];
  readonly update: ReadonlyMap<string, Partial<RowOf<D>>>;
  readonly remove: ReadonlySet<string>;
}

/**
 * Compares rows that stand in a tab with the rows that should stand there, by key. Rows that stay are changed in place, so
 * that what people keep beside them stays with them; columns that people own are left out of the changes.
 */
export function planReplacement<D extends TableDef>(
  table: D,
  standing: readonly RowOf<D>[],
  wanted: readonly RowOf<D>[],
): Replacement<D> {
  const old = new Map(standing.map((row) => [foldName(keyOf(table, row)), row]));
  const insert: RowOf<D>[] = [];
  const update = new Map<string, Partial<RowOf<D>>>();
  for (const row of wanted) {
    const key = keyOf(table, row);
    const before = old.get(foldName(key));
    old.delete(foldName(key));
    if (before === undefined) insert.push(row);
    else {
      const change = changedColumns(table, before, row);
      if (Object.keys(change).length > 0) update.set(key, change);
    }
  }
  const remove = new Set([...old.values()].map((row) => keyOf(table, row)));
  return { insert, update, remove };
}

function changedColumns<D extends TableDef>(table: D, before: RowOf<D>, after: RowOf<D>): Partial<RowOf<D>> {
  const change: Partial<Record<keyof RowOf<D>, RowOf<D>[keyof RowOf<D>]>> = {};
  for (const [property, column] of Object.entries(table.columns)) {
    const name: keyof RowOf<D> = property;
    if (column.owner !== 'person' && before[name] !== after[name]) change[name] = after[name];
  }
  // The loop copies properties of a row only, so what it made is part of a row.
  return change as Partial<RowOf<D>>;
}
