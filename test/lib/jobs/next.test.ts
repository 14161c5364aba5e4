import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Job, NO_USAGE, type StepOutcome } from '../../../src/lib/jobs/model.ts';
import {
  afterChunk,
  beginChunk,
  type ChunkResult,
  cancelJob,
  currentStep,
  isActive,
  isDue,
  isLongStop,
  MAX_EXECUTIONS,
  MAX_FAILURES,
  wakeJob,
} from '../../../src/lib/jobs/next.ts';
import { ServiceError, type ServiceErrorKind } from '../../../src/lib/jobs/service-error.ts';
import { MAX_WAITS } from '../../../src/lib/jobs/waits.ts';

const NOW = 1_793_500_000_000;
const NEW: Job = {
  id: 'j1',
  kind: 'month-end',
  period: '2026-10',
  state: 'running',
  startedBy: 'ana@brook.example',
  startedAtMs: NOW,
  endedAtMs: null,
  stepIndex: 0,
  cursor: null,
  failures: 0,
  waits: 0,
  executions: 1,
  progress: '',
  doneCount: null,
  totalCount: null,
  message: '',
  nextAtMs: null,
  usage: NO_USAGE,
};

const outcome = (one: StepOutcome): ChunkResult => ({ kind: 'outcome', outcome: one });
const service = (kind: ServiceErrorKind, more: { code?: string; retryAfterMs?: number } = {}): ChunkResult => ({
  kind: 'service error',
  error: new ServiceError({ service: 'Claude', kind, message: 'Claude said no.', ...more }),
});
const run = (job: Job, result: ChunkResult): Job => afterChunk(beginChunk(job, NOW), result, NOW);

describe('after a chunk', () => {
  test('a step that is done makes room for the next one', () => {
    const job = run({ ...NEW, cursor: 'page 3' }, outcome({ kind: 'done' }));
    expect([job.state, currentStep(job), job.cursor, job.failures]).toEqual(['running', 'pull', null, 0]);
  });

  test('the job is done when its last step is', () => {
    const job = run({ ...NEW, stepIndex: 4 }, outcome({ kind: 'done' }));
    expect([job.state, job.endedAtMs, currentStep(job)]).toEqual(['done', NOW, null]);
  });

  test('more to do keeps the cursor', () => {
    const job = run(NEW, outcome({ kind: 'more', cursor: 'page 2', progress: '2,000 entries read' }));
    expect([job.state, job.cursor, job.progress, job.failures]).toEqual(['running', 'page 2', '2,000 entries read', 0]);
  });

  test('a step that says "more" and never moves fails instead of going round for ever', () => {
    let job = NEW;
    for (let i = 0; i < MAX_FAILURES + 2 && job.state === 'running'; i += 1) {
      job = run(job, outcome({ kind: 'more', cursor: 'same', progress: 'same' }));
    }
    job = beginChunk(job, NOW);
    expect(job.state).toBe('failed');
  });

  const rows: readonly [string, ChunkResult, Job['state'], number | null][] = [
    ['a wrong key needs a person', service('auth'), 'blocked', null],
    ['a refused request needs a person', service('rejected'), 'blocked', null],
    ['a rate limit waits as long as asked', service('rateLimited', { retryAfterMs: 90_000 }), 'waiting', 90_000],
    ['a rate limit without a time waits a minute', service('rateLimited'), 'waiting', 60_000],
    ['a spent budget waits six hours', service('rateLimited', { code: 'spend_limit' }), 'waiting', 21_600_000],
    ['a service in trouble is tried again in a minute', service('unavailable'), 'waiting', 60_000],
    ['an unreadable answer is tried again', service('badResponse'), 'waiting', 60_000],
    [
      'a tab that was deleted needs a person',
      { kind: 'table error', message: 'Tab Rates is missing.' },
      'blocked',
      null,
    ],
    ['a hiccup of Google is tried again', { kind: 'error', message: 'Service timed out' }, 'waiting', 60_000],
    ['a step may wait', outcome({ kind: 'waiting', untilMs: NOW + 5_000, why: 'x' }), 'waiting', 5_000],
    ['a step may be blocked', outcome({ kind: 'blocked', problem: 'Set First period.' }), 'blocked', null],
  ];
  test.each(rows)('%s', (_, result, state, waitMs) => {
    const job = run(NEW, result);
    expect([job.state, job.nextAtMs === null ? null : job.nextAtMs - NOW]).toEqual([state, waitMs]);
    expect(job.message).not.toBe('');
  });

  test("the fifth failure in a row that is no service's fails the job with the reason", () => {
    let job = NEW;
    const states: string[] = [];
    for (let i = 0; i < MAX_FAILURES; i += 1) {
      job = run(job, { kind: 'error', message: 'Service timed out' });
      states.push(job.state);
    }
    expect(states).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'failed']);
    expect(job.message).toContain('Service timed out');
  });

  test('progress in between forgives earlier failures', () => {
    let job = NEW;
    for (let i = 0; i < 20; i += 1) {
      job = run(job, service('unavailable'));
      job = run(job, outcome({ kind: 'more', cursor: String(i), progress: `${i}` }));
    }
    expect(job.state).toBe('running');
  });

  test.each(['rateLimited', 'unavailable', 'badResponse'] as const)(
    '%s for two days is waited through with growing waits, few tries and an end',
    (kind) => {
      const { job, waits } = outage(service(kind), 60 * HOUR);
      expect(waits.slice(0, 9).map((ms) => ms / 60_000)).toEqual([1, 2, 5, 15, 30, 60, 120, 120, 120]);
      expect(waits.length).toBe(MAX_WAITS - 1);
      const hours = waits.reduce((sum, ms) => sum + ms, 0) / HOUR;
      expect([hours > 48, hours < 52]).toEqual([true, true]);
      expect([job.state, job.message]).toEqual(['failed', `Tried ${MAX_WAITS} times without success. Claude said no.`]);
    },
  );

  test('after an outage the next one finds all tries again', () => {
    const { job } = outage(service('unavailable'), 20 * HOUR);
    const over = run(job, outcome({ kind: 'more', cursor: '1', progress: '1' }));
    expect(run(over, service('unavailable'))).toMatchObject({ state: 'waiting', nextAtMs: NOW + 60_000 });
  });

  test('no wait is shorter than the service asks for, nor than the tries so far', () => {
    expect(run({ ...NEW, waits: 4 }, service('rateLimited', { retryAfterMs: 1_000 })).nextAtMs).toBe(NOW + HOUR / 2);
    expect(run(NEW, service('unavailable', { retryAfterMs: 3 * HOUR })).nextAtMs).toBe(NOW + 3 * HOUR);
    expect(run(NEW, service('unavailable', { retryAfterMs: 9_000 * HOUR })).nextAtMs).toBe(NOW + 24 * HOUR);
  });

  test('a step that a service hindered goes on from its new cursor', () => {
    const { error } = service('badResponse') as Extract<ChunkResult, { kind: 'service error' }>;
    const job = run({ ...NEW, cursor: '1' }, outcome({ kind: 'hindered', error, cursor: '2' }));
    expect([job.state, job.cursor, job.waits, job.failures]).toEqual(['waiting', '2', 1, 0]);
  });

  test('a spent budget waits for its day, is looked at four times a day, and fails only after 35 days', () => {
    const day = 12 * HOUR + 1_800_000;
    const first = run(NEW, service('rateLimited', { code: 'spend_limit', retryAfterMs: day }));
    expect([first.nextAtMs, first.waits]).toEqual([NOW + 6 * HOUR, 0]);
    const near = run(NEW, service('rateLimited', { code: 'spend_limit', retryAfterMs: HOUR }));
    expect(near.nextAtMs).toBe(NOW + HOUR);
    const { job, waits } = outage(service('rateLimited', { code: 'spend_limit' }), 60 * 24 * HOUR);
    expect([job.state, waits.length]).toEqual(['failed', 141]);
    expect(job.message).toBe('Waited 35 days. Claude said no.');
  });

  test('half an hour of waiting is a long stop, minutes are not', () => {
    expect(isLongStop(run({ ...NEW, waits: 3 }, service('unavailable')), NOW)).toBe(false);
    expect(isLongStop(run({ ...NEW, waits: 4 }, service('unavailable')), NOW)).toBe(true);
    expect([isLongStop(run(NEW, service('auth')), NOW), isLongStop(NEW, NOW)]).toEqual([true, false]);
  });

  const HOUR = 3_600_000;

  /** The same answer again and again, each time when the job has asked to be called, until it fails or the time is over. */
  function outage(result: ChunkResult, forMs: number): { readonly job: Job; readonly waits: readonly number[] } {
    const waits: number[] = [];
    let job: Job = NEW;
    let now = NOW;
    while (now - NOW < forMs) {
      job = afterChunk(beginChunk({ ...job, executions: job.executions + 1 }, now), result, now);
      if (job.state !== 'waiting') break;
      waits.push((job.nextAtMs ?? now) - now);
      now = job.nextAtMs ?? now;
    }
    return { job, waits };
  }
});

describe('executions that are killed', () => {
  test('a job whose executions are killed again and again at one place fails', () => {
    let job = NEW;
    for (let i = 0; i < MAX_FAILURES; i += 1) job = beginChunk(job, NOW);
    expect(job.state).toBe('running');
    expect(beginChunk(job, NOW).state).toBe('failed');
  });

  test('a job has a bound on its executions', () => {
    expect(beginChunk({ ...NEW, executions: MAX_EXECUTIONS + 1 }, NOW).state).toBe('failed');
  });
});

describe('people', () => {
  test('reconnecting lets a blocked job go on where it was, with all its tries', () => {
    const blocked = run({ ...NEW, stepIndex: 2, cursor: 'c' }, service('auth'));
    const job = wakeJob(blocked);
    expect([job.state, job.stepIndex, job.cursor, job.failures]).toEqual(['running', 2, 'c', 0]);
  });

  test('cancelling says who did it, and a job that is over stays as it is', () => {
    expect(cancelJob(NEW, 'ana@brook.example', NOW)).toMatchObject({
      state: 'cancelled',
      message: 'Cancelled by ana@brook.example.',
      endedAtMs: NOW,
    });
    const done = { ...NEW, state: 'done' } as const;
    expect(cancelJob(done, 'ana@brook.example', NOW)).toBe(done);
  });

  test('a waiting job is due when its time has come, a blocked one never by itself', () => {
    const waiting = run(NEW, service('unavailable'));
    expect([isDue(waiting, NOW), isDue(waiting, NOW + 60_000)]).toEqual([false, true]);
    expect(isDue(run(NEW, service('auth')), NOW + 1e12)).toBe(false);
  });
});

test('whatever happens, a job ends: its states are the six, and the way there is bounded', () => {
  const any = fc.oneof(
    fc.constantFrom<ChunkResult>(
      service('auth'),
      service('unavailable'),
      service('rateLimited'),
      { kind: 'error', message: 'x' },
      outcome({ kind: 'done' }),
      outcome({ kind: 'more', cursor: 'same', progress: 'same' }),
    ),
  );
  fc.assert(
    fc.property(fc.array(any, { minLength: 400, maxLength: 400 }), (results) => {
      let job: Job = NEW;
      for (const result of results) {
        if (!isActive(job)) break;
        const begun = beginChunk(wakeIfBlocked(job), NOW);
        job = begun.state === 'running' ? afterChunk(begun, result, NOW) : begun;
        expect(job.failures).toBeLessThanOrEqual(MAX_FAILURES);
        expect(job.waits).toBeLessThanOrEqual(MAX_WAITS);
      }
      expect(job.stepIndex).toBeLessThanOrEqual(5);
    }),
    { numRuns: 50 },
  );
});

function wakeIfBlocked(job: Job): Job {
  return job.state === 'blocked' ? wakeJob(job) : job;
}
