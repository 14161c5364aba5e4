import { foldName, sameName } from '../lib/workbook/cell.ts';
import { expenses, timeEntries } from '../lib/workbook/tables.ts';
import { documentGuard } from './guard.ts';
import { type TypedEdit, type TypedNotes, type TypedRow, typedNotes } from './hand-edit-notes.ts';
import { takeUp, takeUpTyped } from './hand-edit-take-up.ts';
import { say } from './menu.ts';
import { openWorkbook } from './sheets/open.ts';

/** A simple trigger ends after 30 seconds; what is done with the lock needs some of them. */
const LOCK_WAIT_MS = 15_000;

/**
 * Takes a hand change of SOW line or Status in Time entries or Expenses as a decision, however many rows it spans and wherever the
 * columns stand. Runs as a simple trigger: it may touch this spreadsheet and nothing else. Drafts follow with *Update drafts* or the
 * next decision in the sidebar.
 *
 * It is noted before anything else, then the lock is waited for. While a job holds that, the note is left to it: the job takes it up before its next step
 * and when it lets go, and whoever holds the lock next does what it could not.
 */
export function handleEdit(event: GoogleAppsScript.Events.SheetsOnEdit): void {
  const tab = event.range.getSheet().getName();
  const table = sameName(tab, timeEntries.tab) ? 'time' : sameName(tab, expenses.tab) ? 'expense' : null;
  if (table === null) return;
  const typed = typedIn(event);
  if (typed === null) return;
  if (typed === 'changed') {
    say(`Row ${event.range.getRow()} was changed by something else just now. Look whether it is as you want it.`);
    return;
  }
  const before: unknown = isOneCell(event.range) ? event.oldValue : undefined;
  const notes = typedNotes();
  const edit: TypedEdit = {
    ...typed,
    table,
    before: before === undefined ? null : String(before),
    who: event.user?.getEmail() ?? '',
    atMs: Date.now(),
  };
  const isNoted = noted(notes, edit);
  const done = documentGuard().tryRun(LOCK_WAIT_MS, () => {
    takeUpTyped(notes, openWorkbook);
    if (!isNoted) takeUp(openWorkbook(), edit);
  });
  if (!done.ran) say(isNoted ? LATER : TOO_MUCH);
}

const LATER = 'A job is at work in this spreadsheet. What you typed counts, and is taken up when it stops.';
const TOO_MUCH =
  'A job is at work in this spreadsheet, and these are more rows than can be remembered until it stops. Type them again then.';

/** False where the properties of the spreadsheet have no room for so many rows. */
function noted(notes: TypedNotes, edit: TypedEdit): boolean {
  try {
    notes.add(edit);
    return true;
  } catch {
    return false;
  }
}

/**
 * What was typed, by the keys of its rows; null where no decision is in it, or only headers. `changed`: the cell does not hold what Google says was typed.
 * Somebody sorted, or something wrote over it, so that it is not known whose cell that was.
 */
function typedIn(event: GoogleAppsScript.Events.SheetsOnEdit): Pick<TypedEdit, 'edited' | 'rows'> | 'changed' | null {
  const { range } = event;
  const first = Math.max(2, range.getRow());
  const last = range.getLastRow();
  if (last < first) return null;
  const sheet = range.getSheet();
  const width = Math.max(1, sheet.getLastColumn());
  const headers: unknown[] = sheet.getRange(1, 1, 1, width).getValues()[0] ?? [];
  const columnOf = (header: string): number =>
    headers.findIndex((cell) => foldName(String(cell)) === foldName(header)) + 1;
  const isTouched = (column: number): boolean =>
    column > 0 && column >= range.getColumn() && column <= range.getLastColumn();
  const line = columnOf(timeEntries.columns.sowLine.header);
  const status = columnOf(timeEntries.columns.status.header);
  const key = columnOf(timeEntries.columns.key.header);
  const edited = isTouched(line) ? (isTouched(status) ? 'both' : 'SOW line') : isTouched(status) ? 'Status' : null;
  if (edited === null || key === 0) return null;
  const cells: unknown[][] = sheet.getRange(first, 1, last - first + 1, width).getValues();
  const text = (row: readonly unknown[], column: number): string => String(row[column - 1] ?? '').trim();
  const rows = cells.flatMap((row): TypedRow[] =>
    text(row, key) === '' ? [] : [{ key: text(row, key), line: text(row, line), status: text(row, status) }],
  );
  if (rows.length === 0) return null;
  // Google leaves the value out where a cell was emptied, and where it was pasted.
  const said: unknown = isOneCell(range) ? event.value : undefined;
  const found: unknown = cells[0]?.[range.getColumn() - 1];
  const isOther = typeof said === 'string' && typeof found === 'string' && !sameName(withoutMark(said), found);
  return isOther ? 'changed' : { edited, rows };
}

function isOneCell(range: GoogleAppsScript.Spreadsheet.Range): boolean {
  return range.getNumRows() === 1 && range.getNumColumns() === 1;
}

/** A leading apostrophe says that a text follows, and is not part of it. */
function withoutMark(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text;
}
