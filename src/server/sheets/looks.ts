import { foldName } from '../../lib/workbook/cell.ts';
import type { Column, DropDown } from '../../lib/workbook/column.ts';
import type { TableDef } from '../../lib/workbook/tables.ts';
import { findSheet } from './fresh-tab.ts';
import { statusColours } from './status-colours.ts';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Validation = GoogleAppsScript.Spreadsheet.DataValidation;

const HEADER_COLOUR = '#e8eef7';

/** Gives a new tab its looks: header notes, widths, formats, drop-downs, protection (warning only) and colours of Status. */
export function dressTab(spreadsheet: Spreadsheet, table: TableDef, sheet: Sheet): void {
  const columns = Object.values(table.columns);
  const rows = Math.max(1, sheet.getMaxRows() - 1);
  sheet.setFrozenRows(1);
  sheet
    .getRange(1, 1, 1, columns.length)
    .setFontWeight('bold')
    .setBackground(HEADER_COLOUR)
    .setNotes([columns.map(noteOf)]);
  for (const [first, count, width] of stretches(columns, (column) => column.width)) {
    sheet.setColumnWidths(first, count, width);
  }
  for (const [first, count, format] of stretches(columns, (column) => column.format)) {
    if (format !== '') sheet.getRange(2, first, rows, count).setNumberFormat(format);
  }
  if (table.hidden) {
    sheet.protect().setDescription(`${table.tab}: written by Time to Invoice`).setWarningOnly(true);
    return;
  }
  columns.forEach((column, index) => {
    const rule = column.dropDown === null ? null : validation(spreadsheet, table, sheet, column, column.dropDown);
    if (rule !== null) sheet.getRange(2, index + 1, rows, 1).setDataValidation(rule);
  });
  for (const [first, count, machine] of stretches(columns, (column) => column.owner === 'machine')) {
    if (!machine) continue;
    const range = sheet.getRange(1, first, rows + 1, count);
    range.protect().setDescription(`${table.tab}: written by Time to Invoice`).setWarningOnly(true);
  }
  colourStatus(sheet, columns, rows);
}

function noteOf(column: Column<unknown>): string {
  const whose = {
    machine: 'Written by Time to Invoice.',
    person: 'Yours to fill in.',
    both: 'Filled in by Time to Invoice; yours to change.',
  };
  return `${column.about}\n${column.kind}\n${whose[column.owner]}`;
}

/** Neighbouring columns that have something in common: first column from 1, how many, and what. */
function stretches<V>(columns: readonly Column<unknown>[], of: (column: Column<unknown>) => V): [number, number, V][] {
  const found: [number, number, V][] = [];
  columns.forEach((column, index) => {
    const value = of(column);
    const last = found[found.length - 1];
    if (last !== undefined && last[2] === value) last[1] += 1;
    else found.push([index + 1, 1, value]);
  });
  return found;
}

/** Drop-downs warn and do not refuse: people paste, and names compare without case; a wrong word is told before any run. */
function validation(
  spreadsheet: Spreadsheet,
  table: TableDef,
  sheet: Sheet,
  column: Column<unknown>,
  dropDown: DropDown,
): Validation | null {
  const rule = SpreadsheetApp.newDataValidation().setAllowInvalid(true).setHelpText(column.about);
  if (dropDown.from === 'words') return rule.requireValueInList([...dropDown.words], true).build();
  const same = dropDown.tab === table.tab;
  const source = same ? sheet : findSheet(spreadsheet, dropDown.tab);
  if (source === null) return null;
  const headers: unknown[] = same
    ? Object.values(table.columns).map(({ header }) => header)
    : (source.getRange(1, 1, 1, Math.max(1, source.getLastColumn())).getValues()[0] ?? []);
  const at = headers.findIndex((header) => foldName(String(header)) === foldName(dropDown.header));
  if (at < 0) return null;
  const names = source.getRange(2, at + 1, Math.max(1, source.getMaxRows() - 1), 1);
  return rule.requireValueInRange(names, true).build();
}

function colourStatus(sheet: Sheet, columns: readonly Column<unknown>[], rows: number): void {
  const at = columns.findIndex((column) => column.header === 'Status');
  const dropDown = columns[at]?.dropDown;
  if (dropDown?.from !== 'words') return;
  const range = sheet.getRange(2, at + 1, rows, 1);
  const rules = dropDown.words.flatMap((word) => {
    const colour = statusColours[word];
    if (colour === undefined) return [];
    return [
      SpreadsheetApp.newConditionalFormatRule().whenTextEqualTo(word).setBackground(colour).setRanges([range]).build(),
    ];
  });
  sheet.setConditionalFormatRules(rules);
}
