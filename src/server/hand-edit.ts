import { chooseLine } from '../lib/matching/choose-line.ts';
import type { RowStatus } from '../lib/matching/decide.ts';
import { type HandChange, type HandEdit, handEdit } from '../lib/matching/hand-edit.ts';
import type { WorkRow } from '../lib/pull/model.ts';
import { foldName, isBlank, sameName } from '../lib/workbook/cell.ts';
import type { TableContent } from '../lib/workbook/decode.ts';
import { expenses, invoices, sowLines, sows, type TableDef, timeEntries } from '../lib/workbook/tables.ts';
import { entryStatusWords } from '../lib/workbook/words.ts';
import { appendActivity } from './activity.ts';
import { stateText } from './matching/decisions.ts';
import { openWorkbook } from './sheets/open.ts';
import type { Workbook } from './sheets/workbook.ts';

/**
 * Takes a hand change of SOW line or Status in Time entries or Expenses as a decision, however many rows it spans and wherever the
 * columns stand. Runs as a simple trigger: it may touch this spreadsheet and nothing else. Drafts follow with *Update drafts* or the
 * next decision in the sidebar.
 */
export function handleEdit(event: GoogleAppsScript.Events.SheetsOnEdit): void {
  const tab = event.range.getSheet().getName();
  if (sameName(tab, timeEntries.tab)) decideRows(event, timeEntries, 'time');
  else if (sameName(tab, expenses.tab)) decideRows(event, expenses, 'expense');
}

type WorkTable = typeof timeEntries | typeof expenses;
type Edited = HandEdit['edited'];

function decideRows(event: GoogleAppsScript.Events.SheetsOnEdit, table: WorkTable, kind: 'time' | 'expense'): void {
  const edited = editedColumns(event.range);
  if (edited === null) return;
  const workbook = openWorkbook();
  const choose = chooseLine(workbook.read(sows).rows, workbook.read(sowLines).rows);
  const isPushed = pushedInvoices(workbook);
  const oneCell = event.range.getNumRows() === 1 && event.range.getNumColumns() === 1;
  const who = event.user?.getEmail() ?? '';
  const changes = new Map<string, Partial<WorkRow>>();
  const notes = rowsIn(workbook, table, event.range).map((row) => {
    const before = oneCell ? event.oldValue : undefined;
    const edit = editOf(kind, row, edited, before, isPushed(row.invoice ?? ''));
    const done = handEdit(edit, choose);
    changes.set(row.key, cellsOf(done, who));
    return {
      what: done.problem === null ? done.what : `${done.what}: not taken`,
      where: `${table.tab} ${row.key}`,
      before: before === undefined ? '' : String(before),
      after: done.problem ?? stateText(done.change.status, done.change.sowLine, done.change.flags),
    };
  });
  // Told first: the person's own edit stands already, and no decision may stand that Activity does not know.
  appendActivity(workbook, notes, who === '' ? SOMEONE : who, Date.now());
  if (kind === 'time') workbook.update(timeEntries, changes);
  else workbook.update(expenses, changes);
}

/** Who edited, where Google does not say. */
const SOMEONE = 'a person';

function cellsOf({ change, decided, problem }: HandChange, who: string): Partial<WorkRow> {
  const decidedBy = decided ? (who === '' ? SOMEONE : who) : '';
  return { ...change, decidedBy, ...(problem === null ? {} : { reason: problem }) };
}

function editOf(kind: 'time' | 'expense', row: EditedRow, edited: Edited, before: unknown, pushed: boolean): HandEdit {
  const old = before === undefined ? null : String(before);
  return {
    row: {
      table: kind,
      key: row.key,
      client: row.client ?? '',
      status: row.status ?? null,
      sowLine: row.sowLine ?? '',
      flags: row.flags ?? '',
      reason: row.reason ?? '',
      hours: null,
      invoice: row.invoice ?? '',
    },
    edited,
    statusBefore: edited === 'Status' && old !== null ? statusWord(old) : null,
    lineBefore: edited === 'SOW line' ? old : null,
    billed: pushed || (edited === 'SOW line' && row.status === 'invoiced'),
  };
}

function statusWord(text: string): RowStatus | null {
  return entryStatusWords.find((word) => sameName(word, text)) ?? null;
}

/** A row that was edited, with what of it can be read: a wrong word in Status leaves that out. */
type EditedRow = Partial<WorkRow> & { readonly key: string };

function rowsIn(workbook: Workbook, table: WorkTable, range: GoogleAppsScript.Spreadsheet.Range): readonly EditedRow[] {
  const content: TableContent<TableDef> = workbook.read(table satisfies TableDef);
  const first = range.getRow();
  const last = range.getLastRow();
  const all = [
    ...content.rows.map((values, index) => ({ rowNumber: content.rowNumbers[index] ?? 0, values })),
    ...content.incomplete,
  ];
  return all.flatMap(({ rowNumber, values }): EditedRow[] => {
    const row: Partial<WorkRow> = values;
    return rowNumber >= first && rowNumber <= last && row.key !== undefined && row.key !== ''
      ? [{ ...row, key: row.key }]
      : [];
  });
}

/** Which of the two columns the edit touched, found by their headers; null for neither, or only headers. */
function editedColumns(range: GoogleAppsScript.Spreadsheet.Range): Edited | null {
  if (range.getLastRow() < 2) return null;
  const sheet = range.getSheet();
  const headers: unknown[] = sheet.getRange(1, 1, 1, Math.max(1, sheet.getLastColumn())).getValues()[0] ?? [];
  const touched = (header: string): boolean => {
    const column = headers.findIndex((cell) => foldName(String(cell)) === foldName(header)) + 1;
    return column > 0 && column >= range.getColumn() && column <= range.getLastColumn();
  };
  const line = touched(timeEntries.columns.sowLine.header);
  const status = touched(timeEntries.columns.status.header);
  return line && status ? 'both' : line ? 'SOW line' : status ? 'Status' : null;
}

/** Whether an invoice is in QuickBooks, or on its way there. */
function pushedInvoices(workbook: Workbook): (invoice: string) => boolean {
  const pushed = new Set(
    workbook
      .read(invoices)
      .rows.filter(({ status }) => status === 'pushing' || status === 'pushed' || status === 'paid')
      .map(({ invoice }) => foldName(invoice)),
  );
  return (invoice) => !isBlank(invoice) && pushed.has(foldName(invoice));
}
