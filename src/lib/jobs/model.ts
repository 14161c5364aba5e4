import type { ServiceError } from './service-error.ts';

/**
 * What a job is: one run of one kind of work over one period, cut into steps, each step into chunks.
 * A job outlives the six minutes of one Apps Script execution, so everything that it must remember is here
 * and is plain JSON. Months are text `2026-10`; instants are milliseconds since 1970.
 */

/** The kinds of work. `month-end`: from pulling to drafts. `push`: approved invoices to QuickBooks. `sync`: what became of them there. */
export type JobKind = 'month-end' | 'push' | 'sync';

/** A step is one arrow of pull → match → draft → push → sync, or the look at the settings before them. */
export type StepName = 'check' | 'pull' | 'match' | 'draft' | 'dashboard' | 'push' | 'sync';

/** The steps of each kind of job, in the order in which they run. */
export const STEPS_OF: Readonly<Record<JobKind, readonly StepName[]>> = {
  'month-end': ['check', 'pull', 'match', 'draft', 'dashboard'],
  push: ['push', 'dashboard'],
  sync: ['sync', 'dashboard'],
};

/**
 * The states of a job, each with one name.
 * - `running`: an execution works on it, or one that was cut off will be continued by the trigger that was set before.
 * - `waiting`: the other side asked for patience, or a failure is tried again later; goes on by itself at `nextAtMs`.
 * - `blocked`: needs a person (a key, a setting); the message says what to do; goes on by *Go on now* or reconnecting.
 * - `done`, `failed`, `cancelled`: over. A failed job may be started anew; nothing is billed twice by that.
 */
export type JobState = 'running' | 'waiting' | 'blocked' | 'done' | 'failed' | 'cancelled';

/** Requests and tokens that a job has used so far, for the record of runs. */
export interface Usage {
  readonly harvestRequests: number;
  readonly claudeRequests: number;
  readonly quickbooksRequests: number;
  /** Read at full price (a cache written included, one read not). */
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** At the list prices of `src/lib/prices.ts`. */
  readonly costUsd: number;
}

export const NO_USAGE: Usage = {
  harvestRequests: 0,
  claudeRequests: 0,
  quickbooksRequests: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  costUsd: 0,
};

/** One job as it is stored between executions. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly period: string;
  readonly state: JobState;
  /** Email of the person whose click or trigger started it. */
  readonly startedBy: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** Index into the steps of its kind; equal to their number when all are done. */
  readonly stepIndex: number;
  /** Where the step goes on, as the step itself wrote it; null at the beginning of a step. */
  readonly cursor: string | null;
  /** Chunks in a row that were begun and brought nothing, an execution that was killed included. */
  readonly failures: number;
  /** Times in a row that a service asked to wait, was not available or not readable. */
  readonly waits: number;
  readonly executions: number;
  /** What is being done, for the person who watches: "Matched 320 of 1,574 entries". */
  readonly progress: string;
  readonly doneCount: number | null;
  readonly totalCount: number | null;
  /** Why it waits, is blocked or has failed, as a sentence; empty otherwise. */
  readonly message: string;
  /** When it goes on by itself (waiting), else null. */
  readonly nextAtMs: number | null;
  readonly usage: Usage;
}

/** How a chunk of a step ended. Stopping early is an outcome, not an exception. */
export type StepOutcome =
  | { readonly kind: 'done' }
  /** Saved; the next chunk goes on from `cursor`. Every chunk must be safe to do twice. */
  | { readonly kind: 'more'; readonly cursor: string; readonly progress: string }
  /** The other side asked us to wait. */
  | { readonly kind: 'waiting'; readonly untilMs: number; readonly why: string }
  /** A service was in the way, as if the error had been thrown; the step goes on from `cursor` when its time has come. */
  | { readonly kind: 'hindered'; readonly error: ServiceError; readonly cursor: string }
  /** Needs a person; the sentence says what to do. */
  | { readonly kind: 'blocked'; readonly problem: string };

/** What one activity row says, before the runner adds when and who. */
export interface ActivityNote {
  readonly what: string;
  readonly where: string;
  readonly before?: string;
  readonly after?: string;
  /** Defaults to the person of the job. */
  readonly who?: string;
}
