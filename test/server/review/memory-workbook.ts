import { keyOf, type RowOf, type TableDef } from '../../../src/lib/workbook/tables.ts';
import type { Workbook } from '../../../src/server/sheets/workbook.ts';

/** A workbook in memory: rows by table, refusing what the real one refuses. `onRead` sees each read that is not from memory. */
export interface MemoryWorkbook extends Workbook {
  rows<D extends TableDef>(table: D): readonly RowOf<D>[];
  /** Number of calls that went to the spreadsheet: fresh reads and writes. */
  calls(): number;
}

export function memoryWorkbook(start: readonly { table: TableDef; rows: readonly object[] }[]): MemoryWorkbook {
  const tabs = new Map<string, Record<string, unknown>[]>();
  for (const { table, rows } of start)
    tabs.set(
      table.tab,
      rows.map((row) => ({ ...row })),
    );
  const cached = new Map<string, Record<string, unknown>[]>();
  let calls = 0;
  const of = (table: TableDef) => tabs.get(table.tab) ?? [];
  const key = (table: TableDef, row: Record<string, unknown>) => keyOf(table, row as RowOf<TableDef>);
  const byKey = (table: TableDef) => new Map(of(table).map((row) => [key(table, row), row]));
  const wrote = (table: TableDef) => {
    calls += 1;
    cached.delete(table.tab);
  };
  return {
    timeZone: 'America/New_York',
    rows: (table) => of(table) as unknown as readonly RowOf<typeof table>[],
    calls: () => calls,
    read: (table) => {
      if (!cached.has(table.tab)) {
        calls += 1;
        cached.set(
          table.tab,
          of(table).map((row) => ({ ...row })),
        );
      }
      const rows = (cached.get(table.tab) ?? []) as unknown as readonly RowOf<typeof table>[];
      return { rows, problems: [], rowNumbers: rows.map((_, index) => index + 2), incomplete: [] };
    },
    forget: (table) => {
      cached.delete(table.tab);
    },
    problemsOf: () => [],
    insert: (table, rows) => {
      if (rows.length === 0) return;
      const standing = byKey(table);
      const added = rows.filter((row) => {
        const old = table.key.length > 0 ? standing.get(keyOf(table, row)) : undefined;
        if (old !== undefined) Object.assign(old, row);
        return old === undefined;
      });
      tabs.set(table.tab, [...of(table), ...added.map((row) => ({ ...row }))]);
      wrote(table);
    },
    update: (table, changes) => {
      if (changes.size === 0) return;
      const standing = byKey(table);
      for (const [name, change] of changes) {
        const row = standing.get(name);
        if (row === undefined) throw new Error(`no row ${name}`);
        Object.assign(row, change);
      }
      wrote(table);
    },
    remove: (table, keys) => {
      if (keys.size === 0) return;
      tabs.set(
        table.tab,
        of(table).filter((row) => !keys.has(key(table, row))),
      );
      wrote(table);
    },
    flush: () => undefined,
  };
}
