import type { ServiceError } from './service-error.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait after the 1st, 2nd... time in a row that a service could not serve; the last holds from then on. */
const GROWING_MINUTES = [1, 2, 5, 15, 30, 60, 120] as const;

/** So many waits in a row and the job has failed: a little over two days, of outage or of being asked to wait. */
export const MAX_WAITS = 31;

/** Whatever a service asks for, it is looked at once a day. */
const LONGEST_MS = 24 * HOUR_MS;

/** A spent budget is looked at this often before its day, in case somebody raised it; *Go on now* is quicker. */
const SPENT_LOOK_MS = 6 * HOUR_MS;

/** A budget that is not back after so many days comes back by nobody's calendar: longer than any month. */
const SPENT_DAYS = 35;

/** From here on a wait is told by mail, and what of the month can be done without the service is done. */
const LONG_MS = 30 * MINUTE_MS;

/** What a service's trouble means for the job. */
export type Patience =
  | { readonly kind: 'wait'; readonly untilMs: number; readonly waits: number }
  /** It has lasted too long; the sentence says how long. */
  | { readonly kind: 'give up'; readonly because: string };

/**
 * How long a job waits for a service that asks for it, is in trouble or answers unreadably. The waits grow, and are never shorter than
 * the service asked for, up to a day. A spent budget waits for its day, however often it is looked at until then.
 * @param waits waits in a row so far
 * @param startedAtMs when the job was started
 */
export function patienceWith(error: ServiceError, waits: number, startedAtMs: number, nowMs: number): Patience {
  const asked = error.retryAfterMs;
  if (error.code === 'spend_limit') {
    if (nowMs - startedAtMs > SPENT_DAYS * 24 * HOUR_MS) {
      return { kind: 'give up', because: `Waited ${SPENT_DAYS} days.` };
    }
    // Whoever says that is at work: what was counted of an outage before is over.
    return { kind: 'wait', untilMs: nowMs + Math.min(asked ?? SPENT_LOOK_MS, SPENT_LOOK_MS), waits: 0 };
  }
  if (waits + 1 >= MAX_WAITS) return { kind: 'give up', because: `Tried ${MAX_WAITS} times without success.` };
  const minutes = GROWING_MINUTES[waits] ?? GROWING_MINUTES[GROWING_MINUTES.length - 1] ?? 1;
  return {
    kind: 'wait',
    untilMs: nowMs + Math.min(LONGEST_MS, Math.max(asked ?? 0, minutes * MINUTE_MS)),
    waits: waits + 1,
  };
}

/** Is this wait so long that people should hear of it? */
export function isLong(nextAtMs: number, nowMs: number): boolean {
  return nextAtMs - nowMs >= LONG_MS;
}
