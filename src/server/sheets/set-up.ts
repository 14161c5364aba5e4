import { foldName } from '../../lib/workbook/cell.ts';
import { settingDefs } from '../../lib/workbook/setting-defs.ts';
import { initialSettings } from '../../lib/workbook/settings.ts';
import { activity, allTables, dashboard, keyOf, settings, type TableDef } from '../../lib/workbook/tables.ts';
import { findSheet } from './fresh-tab.ts';
import { dressTab } from './looks.ts';
import { openWorkbook } from './open.ts';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/**
 * Creates what is missing of the workbook: tabs with headers, widths, formats, drop-downs, header notes and protected machine
 * columns, and the rows of Settings. What stands there is never overwritten; a header that people renamed is not added again.
 *
 * @returns what was created, in words for the person who pressed Set up
 */
export function setUpWorkbook(): { created: string[] } {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const created: string[] = [];
  for (const table of allTables) {
    if (table.tab === activity.tab) created.push(...createDashboard(spreadsheet));
    const sheet = emptySheet(spreadsheet, table.tab);
    if (sheet === null) continue;
    createTab(spreadsheet, table, sheet);
    created.push(`Tab ${table.tab}`);
  }
  created.push(...addSettings());
  const first = created.length > 0 ? findSheet(spreadsheet, settings.tab) : null;
  if (first !== null) spreadsheet.setActiveSheet(first);
  return { created };
}

/** A tab of this name to be filled: a new one, or one that holds nothing; `null` where one stands with content. */
function emptySheet(spreadsheet: Spreadsheet, tab: string): Sheet | null {
  const sheet = findSheet(spreadsheet, tab);
  if (sheet === null) return spreadsheet.insertSheet(tab, spreadsheet.getNumSheets());
  return sheet.getLastRow() === 0 ? sheet : null;
}

/** The headers come last: a tab whose making broke off is empty still, and is made anew the next time. */
function createTab(spreadsheet: Spreadsheet, table: TableDef, sheet: Sheet): void {
  const columns = Object.values(table.columns);
  const wanting = columns.length - sheet.getMaxColumns();
  if (wanting > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), wanting);
  dressTab(spreadsheet, table, sheet);
  if (table.hidden) sheet.hideSheet();
  sheet.getRange(1, 1, 1, columns.length).setValues([columns.map((column) => column.header)]);
}

function createDashboard(spreadsheet: Spreadsheet): string[] {
  const sheet = emptySheet(spreadsheet, dashboard.tab);
  if (sheet === null) return [];
  sheet.getRange(1, 1).setValue('Dashboard').setFontWeight('bold').setFontSize(16).setNote(dashboard.about);
  return [`Tab ${dashboard.tab}`];
}

/** Adds the settings that have no row yet, with their defaults, drop-downs and formats. */
function addSettings(): string[] {
  const workbook = openWorkbook();
  const { rows, incomplete, problems } = workbook.read(settings);
  if (problems.some((problem) => problem.row === null || problem.row === 1)) return [];
  const standing = new Set([...rows, ...incomplete.map((row) => row.values)].map((row) => foldName(row.setting ?? '')));
  const month = Utilities.formatDate(new Date(), workbook.timeZone, 'yyyy-MM');
  const missing = initialSettings(month, Session.getEffectiveUser().getEmail()).filter(
    (row) => !standing.has(foldName(keyOf(settings, row))),
  );
  if (missing.length === 0) return [];
  workbook.insert(settings, missing);
  dressSettings(new Set(missing.map((row) => row.setting)));
  return missing.map((row) => `Setting ${row.setting}`);
}

function dressSettings(names: ReadonlySet<string>): void {
  const sheet = findSheet(SpreadsheetApp.getActiveSpreadsheet(), settings.tab);
  if (sheet === null) return;
  const values: unknown[][] = sheet.getDataRange().getValues();
  const header = (name: string) => (values[0] ?? []).findIndex((cell) => foldName(String(cell)) === foldName(name));
  const [nameColumn, valueColumn] = [header(settings.columns.setting.header), header(settings.columns.value.header)];
  for (const def of Object.values(settingDefs)) {
    const row = values.findIndex((cells) => String(cells[nameColumn]) === def.name);
    if (row < 1 || !names.has(def.name)) continue;
    const cell = sheet.getRange(row + 1, valueColumn + 1);
    if (def.format !== '') cell.setNumberFormat(def.format);
    if (def.words.length === 0) continue;
    const rule = SpreadsheetApp.newDataValidation()
      .requireValueInList([...def.words], true)
      .setAllowInvalid(true);
    cell.setDataValidation(rule.setHelpText(`One of ${def.words.join(', ')}`).build());
  }
}
