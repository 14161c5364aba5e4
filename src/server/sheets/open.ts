import { checkWorkbook } from '../../lib/workbook/check.ts';
import { decodeTable, type TableContent } from '../../lib/workbook/decode.ts';
import { missingTab } from '../../lib/workbook/layout.ts';
import {
  clients,
  expenses,
  rates,
  settings,
  sowLines,
  sows,
  type TableDef,
  timeEntries,
} from '../../lib/workbook/tables.ts';
import { findSheet } from './fresh-tab.ts';
import { steady } from './steady.ts';
import { toCell } from './values.ts';
import type { Workbook } from './workbook.ts';
import { insertRows, removeRows, updateRows } from './write.ts';
import { createZone } from './zone.ts';

export { keyOf } from '../../lib/workbook/tables.ts';
export type { Workbook } from './workbook.ts';

/** Opens the active spreadsheet as a workbook. */
export function openWorkbook(): Workbook {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const timeZone = spreadsheet.getSpreadsheetTimeZone();
  const zone = createZone(timeZone);
  const desk = { spreadsheet, zone };
  const seen = new Map<string, TableContent<TableDef>>();

  const readNow = <D extends TableDef>(table: D): TableContent<D> => {
    const sheet = findSheet(spreadsheet, table.tab);
    if (sheet === null) return { rows: [], problems: [missingTab(table)], rowNumbers: [], incomplete: [] };
    const values: unknown[][] = sheet.getDataRange().getValues();
    return decodeTable(
      table,
      values.map((row) => row.map((value) => toCell(value, zone))),
    );
  };
  const read = <D extends TableDef>(table: D): TableContent<D> => {
    const known = seen.get(table.tab);
    // Each tab has one table, so what is kept under its name is of this table.
    if (known !== undefined) return known as unknown as TableContent<D>;
    const content = steady(() => readNow(table));
    seen.set(table.tab, content as unknown as TableContent<TableDef>);
    return content;
  };
  const write = (table: TableDef, work: () => void): void => {
    seen.delete(table.tab);
    work();
  };

  return {
    timeZone,
    read,
    forget: (table) => {
      seen.delete(table.tab);
    },
    problemsOf: (tables) => {
      const given = <D extends TableDef>(table: D) =>
        tables.some(({ tab }) => tab === table.tab) ? read(table) : undefined;
      const across = checkWorkbook({
        settings: given(settings),
        clients: given(clients),
        sows: given(sows),
        sowLines: given(sowLines),
        rates: given(rates),
        timeEntries: given(timeEntries),
        expenses: given(expenses),
      });
      return [...tables.flatMap((table) => read(table).problems), ...across];
    },
    insert: (table, rows) => {
      if (rows.length > 0) write(table, () => insertRows(desk, table, rows));
    },
    update: (table, changes) => {
      if (changes.size > 0) write(table, () => updateRows(desk, table, changes));
    },
    remove: (table, keys) => {
      if (keys.size > 0) write(table, () => removeRows(desk, table, keys));
    },
    flush: () => SpreadsheetApp.flush(),
  };
}
