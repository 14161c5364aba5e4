import { monthName } from '../calendar.ts';
import type { JobView } from '../calls.ts';
import type { Job, JobKind } from './model.ts';
import { currentStep } from './next.ts';

/** A job as the sidebar shows it. */
export function viewOf(job: Job): JobView {
  return {
    id: job.id,
    kind: job.kind,
    period: job.period,
    state: job.state,
    step: currentStep(job),
    progress: job.progress,
    done: job.doneCount,
    total: job.totalCount,
    message: job.state === 'running' ? '' : job.message,
    nextAt: job.state === 'waiting' ? job.nextAtMs : null,
  };
}

/** "Month-end of October 2026", "Push to QuickBooks", for sentences and mails. */
export function jobName(kind: JobKind, period: string): string {
  switch (kind) {
    case 'month-end':
      return `Month-end of ${monthName(period)}`;
    case 'push':
      return 'Push to QuickBooks';
    case 'sync':
      return 'Look at QuickBooks';
  }
}

/** Why a month may not be run, or null: nothing before First period is ever billed. An empty First period is left to the check step. */
export function tooEarly(period: string, firstPeriod: string): string | null {
  if (firstPeriod === '' || period >= firstPeriod) return null;
  return `${jobName('month-end', period)} cannot be run: First period in Settings is ${firstPeriod}, and nothing before it is billed here.`;
}

/** The second caller's answer: who runs what since when. `since` is the time as people of this firm write it. */
export function busySentence(job: Job, since: string): string {
  const by = job.startedBy === '' ? '' : `, started by ${job.startedBy}`;
  const name = jobName(job.kind, job.period);
  switch (job.state) {
    case 'waiting':
      return `${name} waits and goes on by itself${by} (${since}): ${job.message} Press Stop this first to do something else.`;
    case 'blocked':
      return `${name} is blocked${by} (${since}): ${job.message}`;
    default:
      return `${name} has been running since ${since}${by}. Try again when it is done, or press Stop this.`;
  }
}
