import { monthsFrom } from '../../lib/calendar.ts';
import type { LastRunView, StatusView } from '../../lib/calls.ts';
import { whoDecided } from '../../lib/dashboard/decided.ts';
import { mayPush } from '../../lib/jobs/may-push.ts';
import { isActive } from '../../lib/jobs/next.ts';
import { isOverdue, nextRunAt, previousMonth } from '../../lib/jobs/schedule.ts';
import { viewOf } from '../../lib/jobs/view.ts';
import { type CellProblem, problemSentence } from '../../lib/workbook/problem.ts';
import { readSettings } from '../../lib/workbook/settings.ts';
import {
  clients,
  expenses,
  invoices,
  rates,
  runs,
  settings,
  sowLines,
  sows,
  timeEntries,
} from '../../lib/workbook/tables.ts';
import type { Environment } from '../environment.ts';
import type { Workbook } from '../sheets/workbook.ts';
import type { CallEnvironment } from './dispatch.ts';

/** Tabs that the sidebar needs to be right; the hidden ones are looked at by the check step. */
const LOOKED_AT = [settings, clients, sows, sowLines, rates, timeEntries, expenses, invoices];

const SHOWN = 20;

/** What the sidebar shows first: is everything set up and connected, what runs, what waits. */
export function status(environment: CallEnvironment): StatusView {
  const workbook = environment.workbook();
  const now = environment.times().of(environment.clock.now());
  const problems = workbook.problemsOf(LOOKED_AT);
  const setUp = !problems.some((problem) => problem.row === null && problem.column === '');
  const { settings: decided } = readSettings(workbook.read(settings).rows);
  const job = environment.jobs().load();
  const period = job !== null && isActive(job) && job.kind === 'month-end' ? job.period : previousMonth(now);
  return {
    setUp,
    problems: setUp ? sentences(problems) : [],
    connections: environment.connections.status(),
    job: job === null ? null : viewOf(job),
    lastRun: lastRun(workbook),
    nextRun: setUp ? nextRun(environment, now) : null,
    overdue: isOverdue(now, setUp ? decided.firstPeriod : '', environment.jobs().lastDone()?.period ?? null),
    ...countRows(workbook, period),
    invoices: countInvoices(workbook),
    period,
    months: runnable(decided.firstPeriod, previousMonth(now), period),
    timeZone: workbook.timeZone,
    user: environment.who,
    mayPush: setUp && mayPush(decided.whoMayPush, environment.who),
  };
}

function sentences(problems: readonly CellProblem[]): readonly string[] {
  const all = [...new Set(problems.map(problemSentence))];
  return all.length > SHOWN ? [...all.slice(0, SHOWN), `And ${all.length - SHOWN} more.`] : all;
}

/** Repairs the monthly trigger when it is this person's and has gone missing. */
function nextRun(environment: Environment, now: string): number {
  environment.schedule().ensure();
  return environment.times().instant(nextRunAt(now));
}

function runnable(firstPeriod: string, last: string, shown: string): readonly string[] {
  const months = firstPeriod === '' ? [] : monthsFrom(firstPeriod, last).reverse();
  return months.includes(shown) ? months : [shown, ...months];
}

function lastRun(workbook: Workbook): LastRunView | null {
  const last = workbook.read(runs).rows.reduce<LastRunView | null>((newest, row) => {
    const startedAt = row.started ?? 0;
    if (newest !== null && newest.startedAt > startedAt) return newest;
    const job = row.job === 'push' || row.job === 'sync' ? row.job : 'month-end';
    return { job, period: row.period, startedAt, endedAt: row.ended, outcome: row.outcome, message: row.message };
  }, null);
  return last;
}

function countRows(
  workbook: Workbook,
  period: string,
): Pick<StatusView, 'counts' | 'decided' | 'olderWaiting' | 'otherRows'> {
  const counts = { new: 0, flagged: 0, auto: 0, approved: 0, excluded: 0, invoiced: 0 };
  let olderWaiting = 0;
  let otherRows = 0;
  const rows = [...workbook.read(timeEntries).rows, ...workbook.read(expenses).rows];
  for (const row of rows) {
    if (row.period === period) counts[row.status] += 1;
    else {
      otherRows += 1;
      if (row.period < period && (row.status === 'new' || row.status === 'flagged')) olderWaiting += 1;
    }
  }
  const decided = whoDecided(rows.filter((row) => row.period === period));
  return { counts, decided, olderWaiting, otherRows };
}

/** Paid and voided ones are counted as pushed, a `pushing` one as approved: it is on its way. */
function countInvoices(workbook: Workbook): StatusView['invoices'] {
  const counts = { draft: 0, held: 0, approved: 0, pushed: 0, failed: 0 };
  for (const row of workbook.read(invoices).rows) {
    if (row.status === 'pushing') counts.approved += 1;
    else if (row.status === 'paid' || row.status === 'voided') counts.pushed += 1;
    else counts[row.status] += 1;
  }
  return counts;
}
