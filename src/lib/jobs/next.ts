import { type Job, STEPS_OF, type StepName, type StepOutcome } from './model.ts';
import type { ServiceError } from './service-error.ts';
import { isLong, MAX_WAITS, patienceWith } from './waits.ts';

/** What a chunk came to: the step's own outcome, or why it could not finish. */
export type ChunkResult =
  | { readonly kind: 'outcome'; readonly outcome: StepOutcome }
  | { readonly kind: 'service error'; readonly error: ServiceError }
  /** A tab or a cell is not as it must be; the sentence says what to do. */
  | { readonly kind: 'table error'; readonly message: string }
  /** Anything else that was thrown: a hiccup of a Google service, or a mistake of ours. */
  | { readonly kind: 'error'; readonly message: string };

/** Chunks that brought nothing, in a row, after which a job has failed. */
export const MAX_FAILURES = 5;

/** Executions of one job: a month of 10,000 entries takes far fewer than 50, a budget that is spent all month about 120. */
export const MAX_EXECUTIONS = 400;

/** How long to wait after the 1st, 2nd... failure in a row that is no service's: a hiccup of Google, or a mistake of ours. */
const BACK_OFF_MS = [60_000, 2 * 60_000, 5 * 60_000, 15 * 60_000] as const;

/**
 * Before a chunk: it counts as a failure until it has brought something, so that an execution which the platform kills
 * again and again at the same place ends as `failed` and not never. A job that has used up its tries comes back as `failed`.
 */
export function beginChunk(job: Job, nowMs: number): Job {
  if (job.failures >= MAX_FAILURES) {
    return end(job, 'failed', `Stopped ${MAX_FAILURES} times at the same place. ${job.message}`.trim(), nowMs);
  }
  if (job.executions > MAX_EXECUTIONS)
    return end(job, 'failed', `Did not finish in ${MAX_EXECUTIONS} executions.`, nowMs);
  return { ...job, state: 'running', nextAtMs: null, failures: job.failures + 1 };
}

/** After a chunk: what the job is now. It goes on at once when its state is still `running`. */
export function afterChunk(job: Job, result: ChunkResult, nowMs: number): Job {
  switch (result.kind) {
    case 'outcome':
      return afterOutcome(job, result.outcome, nowMs);
    case 'service error':
      return afterServiceError(job, result.error, nowMs);
    case 'table error':
      return block(job, result.message);
    case 'error':
      return tryLater(job, result.message, nowMs);
  }
}

function afterOutcome(job: Job, outcome: StepOutcome, nowMs: number): Job {
  switch (outcome.kind) {
    case 'done': {
      const next = { ...job, stepIndex: job.stepIndex + 1, cursor: null, failures: 0, waits: 0, message: '' };
      const last = next.stepIndex >= STEPS_OF[job.kind].length;
      return last ? end(next, 'done', '', nowMs) : { ...next, doneCount: null, totalCount: null };
    }
    case 'more': {
      // A step that says "more" and has not moved would go round for ever.
      const moved = outcome.cursor !== job.cursor || outcome.progress !== job.progress;
      const next = { ...job, cursor: outcome.cursor, progress: outcome.progress, message: '' };
      return moved ? { ...next, failures: 0, waits: 0 } : next;
    }
    case 'waiting':
      return job.waits + 1 >= MAX_WAITS
        ? end(job, 'failed', `Was asked to wait ${MAX_WAITS} times in a row. ${outcome.why}`, nowMs)
        : wait(job, outcome.untilMs, outcome.why, job.waits + 1, nowMs);
    case 'hindered':
      return afterServiceError({ ...job, cursor: outcome.cursor }, outcome.error, nowMs);
    case 'blocked':
      return block(job, outcome.problem);
  }
}

function afterServiceError(job: Job, error: ServiceError, nowMs: number): Job {
  switch (error.kind) {
    case 'auth':
    case 'rejected':
      // The same request would be refused again: a person must change something first.
      return block(job, error.message);
    case 'rateLimited':
    case 'unavailable':
    case 'badResponse': {
      const patience = patienceWith(error, job.waits, job.startedAtMs, nowMs);
      return patience.kind === 'give up'
        ? end(job, 'failed', `${patience.because} ${error.message}`, nowMs)
        : wait(job, patience.untilMs, error.message, patience.waits, nowMs);
    }
  }
}

/** Waiting for a service is no failure of the job. */
function wait(job: Job, untilMs: number, why: string, waits: number, nowMs: number): Job {
  return {
    ...job,
    state: 'waiting',
    nextAtMs: Math.max(untilMs, nowMs + 1_000),
    message: why,
    waits,
    failures: Math.max(0, job.failures - 1),
  };
}

function tryLater(job: Job, why: string, nowMs: number): Job {
  if (job.failures >= MAX_FAILURES) {
    return end(job, 'failed', `Tried ${MAX_FAILURES} times without success. ${why}`, nowMs);
  }
  const pauseMs = BACK_OFF_MS[Math.max(0, job.failures - 1)] ?? BACK_OFF_MS[BACK_OFF_MS.length - 1] ?? 60_000;
  return { ...job, state: 'waiting', nextAtMs: nowMs + pauseMs, message: why };
}

function block(job: Job, problem: string): Job {
  return { ...job, state: 'blocked', message: problem, failures: 0, waits: 0, nextAtMs: null };
}

function end(job: Job, state: 'done' | 'failed', message: string, nowMs: number): Job {
  return { ...job, state, message, endedAtMs: nowMs, nextAtMs: null };
}

/** A person stops the job; what is done stays done. */
export function cancelJob(job: Job, who: string, nowMs: number): Job {
  if (!isActive(job)) return job;
  const by = who === '' ? '' : ` by ${who}`;
  return { ...job, state: 'cancelled', message: `Cancelled${by}.`, endedAtMs: nowMs, nextAtMs: null };
}

/** A person (or a new connection) wants a waiting or blocked job to go on at once; its tries begin anew. */
export function wakeJob(job: Job): Job {
  if (job.state !== 'waiting' && job.state !== 'blocked') return job;
  return { ...job, state: 'running', nextAtMs: null, failures: 0, waits: 0 };
}

/** Has it stopped for so long that people should hear of it: blocked, failed, or waiting for half an hour or more? */
export function isLongStop(job: Job, nowMs: number): boolean {
  if (job.state === 'waiting') return isLong(job.nextAtMs ?? nowMs, nowMs);
  return job.state === 'blocked' || job.state === 'failed';
}

/** How long a job that says it goes on by itself may keep another person's work waiting without doing so. */
const ABANDONED_MS = 3 * 60 * 60_000;

/**
 * Will another person's job not go on before somebody does something: it is blocked, or its own trigger never came?
 * @param sinceMs since when work waits behind it
 */
export function isAbandoned(job: Job, sinceMs: number, nowMs: number): boolean {
  if (job.state === 'blocked') return true;
  return isActive(job) && nowMs - Math.max(sinceMs, job.startedAtMs, job.nextAtMs ?? 0) > ABANDONED_MS;
}

/** Is it this person's? It is gone on with in their name only: its keys and rights are theirs. */
export function isBy(by: string, who: string): boolean {
  return by === '' || by.toLowerCase() === who.toLowerCase();
}

/** Not over: it runs, waits or is blocked. */
export function isActive(job: Job): boolean {
  return job.state === 'running' || job.state === 'waiting' || job.state === 'blocked';
}

/** May work be done on it now? A waiting job may when its time has come. */
export function isDue(job: Job, nowMs: number): boolean {
  return job.state === 'running' || (job.state === 'waiting' && nowMs >= (job.nextAtMs ?? 0));
}

/** The step that is next, or null when all are done. */
export function currentStep(job: Job): StepName | null {
  return STEPS_OF[job.kind][job.stepIndex] ?? null;
}
