/// <reference types="google-apps-script" />

import { type Cell, foldName } from '../../../src/lib/workbook/cell.ts';
import { allTables, invoiceLines, type RowOf, type TableDef, timeEntries } from '../../../src/lib/workbook/tables.ts';
import { openWorkbook } from '../../../src/server/sheets/open.ts';
import { replaceRows } from '../../../src/server/sheets/replace-rows.ts';
import { setUpWorkbook } from '../../../src/server/sheets/set-up.ts';

/** Functions that run inside the host, as a job or a person at the keyboard would. Arguments and answers are JSON text. */

type Entry = RowOf<typeof timeEntries>;

export function setUp(): string {
  return JSON.stringify(setUpWorkbook());
}

export function insertEntries(json: string): string {
  const entries: Partial<Entry>[] = JSON.parse(json);
  openWorkbook().insert(
    timeEntries,
    entries.map((entry) => ({ ...blank, ...entry })),
  );
  return 'null';
}

/** As a job that makes many entries itself, so that they do not travel as an argument. */
export function insertMany(json: string): string {
  const count: number = JSON.parse(json);
  const entries: Entry[] = [];
  for (let id = 1; id <= count; id++) {
    entries.push({
      ...blank,
      key: `harvest:${id}`,
      notes: `Work on item ${id}`,
      hours: (id % 8) + 0.25,
      seen: 1.79e12,
    });
  }
  openWorkbook().insert(timeEntries, entries);
  return 'null';
}

/** Every `step`-th entry is decided. */
export function decideMany(json: string): string {
  const { count, step }: { count: number; step: number } = JSON.parse(json);
  const changes = new Map<string, Partial<Entry>>();
  for (let id = 1; id <= count; id += step) {
    changes.set(`harvest:${id}`, {
      sowLine: 'ACME-1/1',
      confidence: 0.97,
      reason: '=1+1 fits',
      status: 'auto',
      flags: '',
    });
  }
  const workbook = openWorkbook();
  workbook.read(timeEntries);
  workbook.update(timeEntries, changes);
  return 'null';
}

export function readMany(): string {
  const workbook = openWorkbook();
  workbook.read(timeEntries);
  return JSON.stringify(workbook.read(timeEntries).rows.length);
}

export function update(json: string): string {
  const changes: Record<string, Partial<Entry>> = JSON.parse(json);
  openWorkbook().update(timeEntries, new Map(Object.entries(changes)));
  return 'null';
}

/** A person puts a row on top between the job's reading and its writing. */
export function updateWhilePersonInsertsRow(json: string): string {
  const changes: Record<string, Partial<Entry>> = JSON.parse(json);
  const workbook = openWorkbook();
  workbook.read(timeEntries);
  const sheet = sheetOf(timeEntries.tab);
  sheet.insertRowsBefore(2, 1);
  sheet.getRange(2, 1).setValue('import:by hand');
  workbook.update(timeEntries, new Map(Object.entries(changes)));
  return JSON.stringify(workbook.read(timeEntries).rows.map((row) => [row.key, row.reason]));
}

/** As a job that is done over: what stands there already is left, the rest is made. */
export function insertLinesOfTwoInvoices(): string {
  const lines: RowOf<typeof invoiceLines>[] = [];
  for (const invoice of ['2026-10 Acme', '2026-10 Bolt']) {
    for (let no = 1; no <= 3; no++) lines.push({ ...blankLine, invoice, no, amount: no * 10 });
  }
  openWorkbook().insert(invoiceLines, lines);
  return 'null';
}

export function remove(json: string): string {
  const keys: string[] = JSON.parse(json);
  openWorkbook().remove(timeEntries, new Set(keys));
  return 'null';
}

export function read(json: string): string {
  const tab: string = JSON.parse(json);
  const { rows, problems } = openWorkbook().read(tableOf(tab));
  return JSON.stringify({ rows, problems });
}

export function problems(): string {
  return JSON.stringify(openWorkbook().problemsOf(allTables));
}

export function replaceLines(json: string): string {
  const lines: RowOf<typeof invoiceLines>[] = JSON.parse(json);
  const workbook = openWorkbook();
  replaceRows(workbook, invoiceLines, workbook.read(invoiceLines).rows, lines);
  return 'null';
}

/** Cells as the spreadsheet itself gives them: values, or formulas. */
export function raw(json: string): string {
  const { tab, what }: { tab: string; what: 'values' | 'formulas' | 'notes' | 'formats' } = JSON.parse(json);
  const range = sheetOf(tab).getDataRange();
  if (what === 'formulas') return JSON.stringify(range.getFormulas());
  if (what === 'notes') return JSON.stringify(range.getNotes());
  return JSON.stringify(what === 'formats' ? range.getNumberFormats() : range.getValues());
}

/** A person types: row and column from 1. */
export function type(json: string): string {
  const { tab, row, column, value }: { tab: string; row: number; column: number; value: Cell } = JSON.parse(json);
  if (typeof value !== 'object') sheetOf(tab).getRange(row, column).setValue(value);
  return 'null';
}

/** A person puts a column of their own before the column with this header. */
export function addColumnBefore(json: string): string {
  const { tab, header, own }: { tab: string; header: string; own: string } = JSON.parse(json);
  const sheet = sheetOf(tab);
  const at = columnOf(tab, header);
  sheet.insertColumnsBefore(at, 1);
  sheet.getRange(1, at).setValue(own);
  return String(at);
}

export function looks(json: string): string {
  const tab: string = JSON.parse(json);
  const sheet = sheetOf(tab);
  const protections = sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE);
  return JSON.stringify({
    hidden: sheet.isSheetHidden(),
    frozen: sheet.getFrozenRows(),
    widths: [1, 2].map((column) => sheet.getColumnWidth(column)),
    bold: sheet.getRange(1, 1).getFontWeight(),
    protectedWithWarning: protections.filter((protection) => protection.isWarningOnly()).length,
    dropDowns: sheet
      .getRange(2, 1, 1, sheet.getLastColumn())
      .getDataValidations()[0]
      ?.map((rule) => (rule === null ? null : String(rule.getCriteriaType()))),
    colours: sheet.getConditionalFormatRules().length,
  });
}

export function maxRows(json: string): string {
  return String(sheetOf(JSON.parse(json)).getMaxRows());
}

export function renameTab(json: string): string {
  const { from, to }: { from: string; to: string } = JSON.parse(json);
  sheetOf(from).setName(to);
  return 'null';
}

const blank: Entry = {
  key: '',
  period: '2026-10',
  date: '2026-10-14',
  person: 'Ada',
  role: '',
  client: 'Acme',
  project: 'Website',
  task: 'Design',
  notes: '',
  hours: 1,
  rateInSource: 150,
  billable: true,
  sowLine: '',
  confidence: null,
  reason: '',
  flags: '',
  status: 'new',
  decidedBy: '',
  billedHours: null,
  coveredHours: null,
  amount: null,
  invoice: '',
  seen: null,
};

const blankLine: RowOf<typeof invoiceLines> = {
  invoice: '',
  no: 1,
  sowLine: 'L',
  kind: 'time',
  description: 'Work',
  quantity: 1,
  unitPrice: 10,
  amount: 10,
  quickBooksItem: 'Consulting',
  from: '2026-10-01',
  to: '2026-10-31',
  entries: 'harvest:1',
  howComputed: '1 x 10',
};

function tableOf(tab: string): TableDef {
  const table = allTables.find((candidate) => candidate.tab === tab);
  if (table === undefined) throw new Error(`There is no table ${tab}.`);
  return table;
}

function sheetOf(tab: string): GoogleAppsScript.Spreadsheet.Sheet {
  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(tab);
  if (sheet === null) throw new Error(`There is no tab ${tab}.`);
  return sheet;
}

function columnOf(tab: string, header: string): number {
  const headers: unknown[] = sheetOf(tab).getDataRange().getValues()[0] ?? [];
  const at = headers.findIndex((cell) => foldName(String(cell)) === foldName(header));
  if (at < 0) throw new Error(`There is no column ${header} in ${tab}.`);
  return at + 1;
}
