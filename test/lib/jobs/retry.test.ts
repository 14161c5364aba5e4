import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideRetry, MAX_ATTEMPTS, type RetryAnswer, type RetryRequest } from '../../../src/lib/jobs/retry.ts';

const SAFE: RetryRequest = { repeatable: true, throttleWaitMs: 15_000 };
const WRITE: RetryRequest = { repeatable: false, throttleWaitMs: 60_000 };
const NO_WAIT: RetryRequest = { repeatable: true, throttleWaitMs: null };
const answer = (status: number, retryAfterMs: number | null = null, final = false): RetryAnswer => ({
  kind: 'answer',
  status,
  retryAfterMs,
  final,
});
const NONE: RetryAnswer = { kind: 'none' };
const LONG = 270_000;

const rows: readonly [string, RetryRequest, RetryAnswer, number, number, string][] = [
  ['a success is a result', SAFE, answer(200), 1, LONG, 'settled'],
  ['a refusal is a result', SAFE, answer(400), 1, LONG, 'settled'],
  ['an expired token is a result: the client renews it', SAFE, answer(401), 1, LONG, 'settled'],
  ['no answer to a safe request: again at once', SAFE, NONE, 1, LONG, 'again 0'],
  ['a second time no answer: after two seconds', SAFE, NONE, 2, LONG, 'again 2000'],
  ['a third time no answer: after four seconds', SAFE, NONE, 3, LONG, 'again 4000'],
  ['four times no answer: the job decides', SAFE, NONE, 4, LONG, 'give up'],
  ['no answer to a write without a key: it may have been carried out', WRITE, NONE, 1, LONG, 'give up'],
  ['an unavailable service', SAFE, answer(503), 1, LONG, 'again 1000'],
  ['an overloaded model', SAFE, answer(529), 2, LONG, 'again 2000'],
  ['asked to wait 7 seconds', SAFE, answer(429, 7_000), 1, LONG, 'again 7000'],
  ['asked to wait, not said how long: the window of that service', SAFE, answer(429), 1, LONG, 'again 15000'],
  ['asked to wait, not said how long, no known window', NO_WAIT, answer(429), 1, LONG, 'give up'],
  ['asked to wait an hour: not asleep', SAFE, answer(429, 3_600_000), 1, LONG, 'give up'],
  ['asked to wait past the end of this execution', SAFE, answer(429, 20_000), 1, 15_000, 'give up'],
  ['a spent budget', SAFE, answer(429, null, true), 1, LONG, 'settled'],
];

test.each(rows)('%s', (_, request, got, attempt, timeLeftMs, expected) => {
  const decision = decideRetry(request, got, attempt, timeLeftMs);
  expect(decision.kind === 'again' ? `again ${decision.afterMs}` : decision.kind).toBe(expected);
});

test('a sleep never reaches past the end of the execution, and tries have an end', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.option(fc.integer({ min: 100, max: 599 })),
      fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: -1_000, max: 300_000 }),
      (repeatable, status, wait, attempt, timeLeftMs) => {
        const got: RetryAnswer = status === null ? NONE : answer(status, wait);
        const decision = decideRetry({ repeatable, throttleWaitMs: 60_000 }, got, attempt, timeLeftMs);
        if (decision.kind !== 'again') return;
        expect(decision.afterMs).toBeLessThan(timeLeftMs);
        expect(attempt).toBeLessThan(MAX_ATTEMPTS);
        expect(repeatable).toBe(true);
      },
    ),
  );
});
