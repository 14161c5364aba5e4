import type { Cell } from '../../../src/lib/workbook/cell.ts';
import { decodeTable, type TableContent } from '../../../src/lib/workbook/decode.ts';
import type { TableDef } from '../../../src/lib/workbook/tables.ts';

/** A tab with these rows (header to cell), read. */
export function tabOf<D extends TableDef>(table: D, rows: readonly Readonly<Record<string, Cell>>[]): TableContent<D> {
  const headers = Object.values(table.columns).map((column) => column.header);
  return decodeTable(table, [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ''))]);
}
