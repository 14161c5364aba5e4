import type { Job } from '../lib/jobs/model.ts';
import { TableError } from '../lib/workbook/problem.ts';
import { type RowOf, runs } from '../lib/workbook/tables.ts';
import type { Workbook } from './sheets/workbook.ts';

/** Writes how a job stands into the record of runs: its row is added at the first call and rewritten at the next. */
export function recordRun(workbook: Workbook, job: Job): void {
  try {
    // A row whose key stands there already is changed in place.
    workbook.insert(runs, [runRow(job)]);
  } catch (error) {
    // Before set-up, or with this tab damaged, there is nowhere to record; the check step has told the person which tab it is.
    if (!(error instanceof TableError)) throw error;
  }
}

/** Months that a month-end was ever begun of, whatever came of it. None where the record cannot be read. */
export function monthsRun(workbook: Workbook): ReadonlySet<string> {
  try {
    return new Set(workbook.read(runs).rows.flatMap((row) => (row.job === 'month-end' ? [row.period] : [])));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return new Set();
  }
}

/** A job as the record of runs has it. */
export function runRow(job: Job): RowOf<typeof runs> {
  return {
    run: job.id,
    job: job.kind,
    period: job.period,
    started: job.startedAtMs,
    ended: job.endedAtMs,
    by: job.startedBy,
    outcome: job.state,
    message: job.message,
    executions: job.executions,
    harvestRequests: job.usage.harvestRequests,
    claudeRequests: job.usage.claudeRequests,
    quickBooksRequests: job.usage.quickbooksRequests,
    inputTokens: job.usage.inputTokens,
    cachedTokens: job.usage.cachedTokens,
    outputTokens: job.usage.outputTokens,
    costUsd: Math.round(job.usage.costUsd * 10_000) / 10_000,
  };
}
