import type { ApprovedInvoice } from './approved.ts';
import { type TimeFile, timeEntriesOf } from './time-csv.ts';

/**
 * The same time for reading: a page of plain text, which every client can open and QuickBooks takes. By line of the invoice, with hours of each
 * and of all. Null where no time is on the invoice.
 */
export function timePage(record: ApprovedInvoice): TimeFile | null {
  const entries = timeEntriesOf(record);
  if (entries.length === 0) return null;
  const lines = [...new Set(entries.map((entry) => entry.line ?? ''))];
  const blocks = lines.map((line) => {
    const own = entries.filter((entry) => (entry.line ?? '') === line);
    const width = Math.max(...own.map((entry) => entry.person.length));
    return [
      titleOf(record, line),
      ...own.map(({ date, person, hours, task, notes }) =>
        `  ${date}  ${person.padEnd(width)}  ${hoursOf(hours)}  ${[task, plain(notes)].filter(Boolean).join(': ')}`.trimEnd(),
      ),
      `  ${hoursOf(sum(own.map((entry) => entry.hours)))} in all`,
    ].join('\r\n');
  });
  const head = `${record.draft.name}\r\nTime on this invoice`;
  const foot = `Total: ${hoursOf(sum(entries.map((entry) => entry.hours))).trim()}`;
  const csv = record.draft.name.replace(/[^\p{L}\p{N} ._()-]/gu, '-');
  return { name: `${csv} time.txt`, text: `\uFEFF${[head, ...blocks, foot].join('\r\n\r\n')}\r\n` };
}

/** What the client reads on the invoice itself. */
function titleOf(record: ApprovedInvoice, line: string): string {
  const found = record.draft.lines.find((one) => one.sowLine === line);
  return found === undefined || found.description === '' ? line : plain(found.description);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function hoursOf(hours: number): string {
  return `${hours.toFixed(2).padStart(7)} h`;
}

/** Hours have at most a few decimals; hundredths are shown. */
function sum(hours: readonly number[]): number {
  return hours.reduce((total, each) => total + each, 0);
}
