import type { ActivityNote, Job } from '../../lib/jobs/model.ts';
import { type MonthCounts, monthSummary } from '../../lib/jobs/summary.ts';
import { jobName } from '../../lib/jobs/view.ts';
import { readSettings } from '../../lib/workbook/settings.ts';
import { expenses, invoices, settings, timeEntries } from '../../lib/workbook/tables.ts';
import { appendActivity } from '../activity.ts';
import { type Letter, sendOnceADay } from '../mail.ts';
import type { PropertyBag } from '../properties.ts';
import type { Workbook } from '../sheets/workbook.ts';

export interface AtRestDeps {
  readonly properties: PropertyBag;
  readonly nowMs: () => number;
  /** `YYYY-MM-DD` in the spreadsheet's time zone. */
  readonly today: () => string;
  /** Address of the spreadsheet, for the mail. */
  readonly address: () => string;
  /** What is to be said ahead of the end of a connection, or null. */
  readonly connectionEnd: () => string | null;
}

/** When a job has come to rest, or waits for long: one row in Activity, and a mail to whoever wants to know, once a day. */
export function tellAtRest(deps: AtRestDeps, job: Job, workbook: Workbook): void {
  try {
    const to = readSettings(workbook.read(settings).rows).settings.notify;
    const letter = letterFor(job, workbook, to, deps.address);
    const posted = letter === null ? 'not needed' : sendOnceADay(deps.properties, letter, deps.today());
    const notes: ActivityNote[] = [];
    // A job that waits for days is looked at many times; its row comes with its mail.
    if (job.state !== 'waiting' || posted !== 'not needed') {
      notes.push({
        what: `${jobName(job.kind, job.period)}: ${job.state}`,
        where: job.period,
        after: letter?.summary ?? job.message,
      });
    }
    if (letter !== null && posted === 'failed') notes.push(notSent(letter));
    appendActivity(workbook, notes, job.startedBy, deps.nowMs());
    const end = job.state === 'done' ? deps.connectionEnd() : null;
    if (end === null) return;
    const last = endLetter(end, to, deps.address());
    if (sendOnceADay(deps.properties, last, deps.today()) === 'failed') {
      appendActivity(workbook, [notSent(last)], job.startedBy, deps.nowMs());
    }
  } catch (error) {
    // The job has ended as it has ended, and its message stands in the sidebar. Failing here would have it end again and again.
    console.error(error instanceof Error ? error.message : 'The end of the job could not be told.');
  }
}

/** Whether it has arrived all the same is not known. */
function notSent({ subject }: Letter): ActivityNote {
  return { what: 'A mail could not be sent', where: subject, after: 'It is not tried again today.' };
}

function endLetter(end: string, to: readonly string[], address: string): Letter {
  const subject = 'The connection to QuickBooks is about to end';
  return {
    kind: 'connection end',
    to,
    subject,
    body: `${end}\n\nIn the sidebar (menu Time to Invoice, Open review):\n${address}\n`,
  };
}

function letterFor(
  job: Job,
  workbook: Workbook,
  to: readonly string[],
  address: () => string,
): (Letter & { readonly summary: string }) | null {
  const name = jobName(job.kind, job.period);
  if (job.state === 'done' && job.kind === 'month-end') {
    const summary = monthSummary(countsOf(workbook, job.period));
    const body = `${summary}.\n\nReview what is doubtful, approve and push in the sidebar (menu Time to Invoice, Open review):\n${address()}\n`;
    return { kind: `done ${job.period}`, to, subject: summary, body, summary };
  }
  if (job.state === 'blocked' || job.state === 'failed' || job.state === 'waiting') {
    const [ending, next] = NEWS[job.state];
    const subject = `${name} ${ending}`;
    const body = `${job.message}\n\n${next}\n${address()}\n`;
    return { kind: `${job.kind} ${job.state}`, to, subject, body, summary: job.message };
  }
  return null;
}

/** By the state: how the subject ends, and what comes next. */
const NEWS = {
  blocked: ['needs you', 'It goes on when that is done.'],
  failed: ['has failed', 'Nothing is billed twice when it is run again.'],
  waiting: ['waits', 'It goes on by itself; the sidebar says when. Go on now in the sidebar tries at once.'],
} as const;

function countsOf(workbook: Workbook, period: string): MonthCounts {
  const rows = [...workbook.read(timeEntries).rows, ...workbook.read(expenses).rows].filter(
    (row) => row.period === period,
  );
  const bills = workbook.read(invoices).rows.filter((row) => row.period === period);
  const totals = new Map<string, number>();
  for (const bill of bills) totals.set(bill.currency, (totals.get(bill.currency) ?? 0) + (bill.total ?? 0));
  return {
    period,
    entries: rows.length,
    toLookAt: rows.filter((row) => row.status === 'new' || row.status === 'flagged').length,
    invoices: bills.length,
    totals,
  };
}
