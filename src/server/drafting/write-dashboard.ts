import { CHART_RANGE, DASHBOARD_COLUMNS } from '../../lib/dashboard/dashboard.ts';
import type { DashboardCell, DashboardRow, RowLook } from '../../lib/dashboard/grid.ts';
import { TableError } from '../../lib/workbook/problem.ts';
import { dashboard } from '../../lib/workbook/tables.ts';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Lays the Dashboard out anew in one block, clears what a longer one left behind, and makes the chart where there is none. */
export function writeDashboard(rows: readonly DashboardRow[]): void {
  const sheet: Sheet | null = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(dashboard.tab);
  if (sheet === null) {
    throw new TableError(`The tab ${dashboard.tab} is missing. Run Set up from the menu Time to Invoice.`);
  }
  const height = Math.max(rows.length, sheet.getLastRow());
  const wanting = height - sheet.getMaxRows();
  if (wanting > 0) sheet.insertRowsAfter(sheet.getMaxRows(), wanting);
  const missing = DASHBOARD_COLUMNS + CHART_COLUMNS - sheet.getMaxColumns();
  if (missing > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), missing);
  const all = [...rows, ...Array.from({ length: height - rows.length }, () => GAP)];
  const block = sheet.getRange(1, 1, height, DASHBOARD_COLUMNS);
  block.setNumberFormats(all.map((row) => wide(row.formats, '')));
  block.setFontWeights(all.map((row) => wide([], BOLD.has(row.look) ? 'bold' : 'normal')));
  block.setBackgrounds(all.map((row) => wide([], BACKGROUND[row.look])));
  block.setValues(all.map((row) => wide(row.cells.map(sheetValue), '')));
  ensureChart(sheet);
}

const GAP: DashboardRow = { look: 'gap', cells: [], formats: [] };
const BOLD: ReadonlySet<RowLook> = new Set(['title', 'section', 'header', 'total']);
const BACKGROUND: Readonly<Record<RowLook, string>> = {
  title: '#ffffff',
  note: '#ffffff',
  section: '#dce6f4',
  header: '#f3f6fb',
  body: '#ffffff',
  total: '#f3f6fb',
  gap: '#ffffff',
};

/** Pixels of the column that says what waits. */
const SENTENCE_WIDTH = 300;

/** Room for the chart beside the figures. */
const CHART_COLUMNS = 6;

/** Text gets an apostrophe: names and messages come from outside. */
function sheetValue(cell: DashboardCell): string | number | Date {
  if (typeof cell === 'string') return cell === '' ? '' : `'${cell}`;
  return typeof cell === 'number' ? cell : new Date(cell.ms);
}

function wide<T>(cells: readonly T[], filler: T): T[] {
  return Array.from({ length: DASHBOARD_COLUMNS }, (_, index) => cells[index] ?? filler);
}

function ensureChart(sheet: Sheet): void {
  if (sheet.getCharts().length > 0) return;
  const { row, column, rows, columns } = CHART_RANGE;
  sheet.setColumnWidths(1, DASHBOARD_COLUMNS, 130);
  sheet.setColumnWidths(2, 1, SENTENCE_WIDTH);
  const chart = sheet
    .newChart()
    .asColumnChart()
    .addRange(sheet.getRange(row, column, rows, columns))
    .setNumHeaders(1)
    .setOption('title', 'Hours by status')
    .setOption('legend', { position: 'none' })
    .setPosition(3, DASHBOARD_COLUMNS + 2, 0, 0)
    .build();
  sheet.insertChart(chart);
}
