import type { ArgsOf, JobView } from '../../lib/calls.ts';
import type { Job, JobKind } from '../../lib/jobs/model.ts';
import { isActive, isBy } from '../../lib/jobs/next.ts';
import { previousMonth } from '../../lib/jobs/schedule.ts';
import { viewOf } from '../../lib/jobs/view.ts';
import { readSettings } from '../../lib/workbook/settings.ts';
import { settings } from '../../lib/workbook/tables.ts';
import type { Environment } from '../environment.ts';
import { monthsRun } from '../runs.ts';
import { requirePushRight } from './push-rights.ts';

/** Starts the month-end of a period (default: last month) or goes on with it, for as long as a person should wait for an answer. */
export function startMonthEnd(environment: Environment, args: ArgsOf<'startMonthEnd'>): JobView {
  return viewOf(environment.runner().start('month-end', args.period ?? duePeriod(environment), 'sidebar'));
}

/**
 * Goes on with the active job. One that another person started is only shown: its keys and rights are that person's, whose trigger goes on
 * with it, and run by somebody who is not connected it would stop there.
 */
export function continueJob(environment: Environment): JobView {
  const active = environment.jobs().load();
  if (active !== null && isActive(active) && !isBy(active.startedBy, environment.who)) return viewOf(active);
  return known(environment.runner().drive('sidebar'));
}

export function cancelJob(environment: Environment): JobView {
  return known(environment.runner().cancel());
}

/** Pushes all approved invoices, if this person may. */
export function push(environment: Environment): JobView {
  const { whoMayPush } = readSettings(environment.workbook().read(settings).rows).settings;
  requirePushRight(whoMayPush, environment.who);
  return viewOf(environment.runner().start('push', shownPeriod(environment, 'push'), 'sidebar'));
}

export function sync(environment: Environment): JobView {
  return viewOf(environment.runner().start('sync', shownPeriod(environment, 'sync'), 'sidebar'));
}

/** The month before this one, in the spreadsheet's time zone. */
export function duePeriod(environment: Environment): string {
  return previousMonth(environment.times().of(environment.clock.now()));
}

/** The month that drafts and Dashboard are about: that of the same work under way, else the latest that was run, else the one that is due. */
function shownPeriod(environment: Environment, kind: JobKind): string {
  const active = environment.jobs().load();
  if (active !== null && isActive(active) && active.kind === kind) return active.period;
  const done = environment.jobs().lastDone()?.period;
  const run = [...monthsRun(environment.workbook()), ...(done === undefined ? [] : [done])].sort();
  return run.at(-1) ?? duePeriod(environment);
}

function known(job: Job | null): JobView {
  if (job === null) throw new Error('Nothing was ever run here. Press Run month-end.');
  return viewOf(job);
}
