import type { ApprovedInvoice, BilledTime } from './approved.ts';

/** A file that goes with an invoice. */
export interface TimeFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The time entries on an invoice as a CSV file, for clients who want them attached: date, person, task, notes, hours, line, in the order
 * of the invoice. Null where no time is on it. Notes come from outside, so none can become a formula in the client's spreadsheet.
 */
export function timeFile(record: ApprovedInvoice): TimeFile | null {
  const rows = timeEntriesOf(record).map((entry) => [
    entry.date,
    entry.person,
    entry.task,
    entry.notes,
    String(entry.hours),
    entry.line ?? '',
  ]);
  if (rows.length === 0) return null;
  const table = [['Date', 'Person', 'Task', 'Notes', 'Hours', 'Line'], ...rows];
  const text = table.map((row) => row.map(field).join(',')).join('\r\n');
  return { name: `${record.draft.name.replace(/[^\p{L}\p{N} ._()-]/gu, '-')} time.csv`, text: `\uFEFF${text}\r\n` };
}

/** The time entries on an invoice, each once, in the order of its lines. */
export function timeEntriesOf(record: ApprovedInvoice): readonly BilledTime[] {
  const keys = new Set(record.draft.lines.flatMap((line) => line.entries));
  return [...keys].flatMap((key) => record.entries[key] ?? []);
}

function field(value: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
