/** A request as far as trying again goes. */
export interface RetryRequest {
  /** Safe (GET), or a write with an idempotency key, or one that changes nothing but a bill of tokens. */
  readonly repeatable: boolean;
  /** How long to wait after a 429 that does not say; null: do not wait here. Harvest's window is 15 s, QuickBooks asks for 60 s. */
  readonly throttleWaitMs: number | null;
}

/** What came back: an answer, or none (`Address unavailable`, a time-out). */
export type RetryAnswer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfterMs: number | null;
      /** The service says that asking again is no use: a spent budget, `x-should-retry: false`. */
      readonly final: boolean;
    };

export type RetryDecision =
  /** Take the answer as it is: it is a result, good or bad. */
  | { readonly kind: 'settled'; readonly because: string }
  | { readonly kind: 'again'; readonly afterMs: number; readonly because: string }
  /** Another try might help, but not now or not here: the job decides when. */
  | { readonly kind: 'give up'; readonly because: string };

/** Tries in all, the first included. */
export const MAX_ATTEMPTS = 4;

/** Pauses before the 2nd, 3rd and 4th try, as public projects do against `Address unavailable` (docs/decisions). */
const PAUSES_MS = [0, 2_000, 4_000] as const;

/** An execution that sleeps longer than this should rather end and be continued. */
export const LONGEST_SLEEP_MS = 65_000;

/**
 * Should this request be tried again, and when?
 * @param attempt 1 after the first try
 * @param timeLeftMs until the execution stops by itself; a sleep never reaches past it
 */
export function decideRetry(
  request: RetryRequest,
  answer: RetryAnswer,
  attempt: number,
  timeLeftMs: number,
): RetryDecision {
  if (answer.kind === 'answer' && !isTransient(answer.status)) {
    return { kind: 'settled', because: 'the answer would be the same again' };
  }
  if (answer.kind === 'answer' && answer.final) {
    return { kind: 'settled', because: 'the service says that asking again is no use' };
  }
  if (!request.repeatable) {
    return { kind: 'give up', because: 'a write without an idempotency key may have been carried out' };
  }
  if (attempt >= MAX_ATTEMPTS) {
    return { kind: 'give up', because: `failed ${MAX_ATTEMPTS} times` };
  }
  const afterMs = pauseMs(request, answer, attempt);
  if (afterMs === null) {
    return { kind: 'give up', because: 'told to slow down without being told for how long' };
  }
  if (afterMs > LONGEST_SLEEP_MS) {
    return { kind: 'give up', because: 'the wait asked for is too long to sleep through' };
  }
  if (afterMs >= timeLeftMs) {
    return { kind: 'give up', because: 'the wait would reach past the end of this execution' };
  }
  return { kind: 'again', afterMs, because: answer.kind === 'none' ? 'no answer' : `status ${answer.status}` };
}

/** 408, 429, 5xx (529 among them). A 409 is left to its caller. */
function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function pauseMs(request: RetryRequest, answer: RetryAnswer, attempt: number): number | null {
  const backOff = PAUSES_MS[attempt - 1] ?? 4_000;
  if (answer.kind === 'none') return backOff;
  if (answer.retryAfterMs !== null) return answer.retryAfterMs;
  if (answer.status === 429) return request.throttleWaitMs;
  return Math.max(backOff, 1_000);
}
