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
  MAX_EXECUTIONS,
  MAX_FAILURES,
  MAX_WAITS,
  wakeJob,
} from '../../../src/lib/jobs/next.ts';
import { ServiceError, type ServiceErrorKind } from '../../../src/lib/jobs/service-error.ts';

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

  test('the fifth failure in a row fails the job with the reason', () => {
    let job = NEW;
    const states: string[] = [];
    for (let i = 0; i < MAX_FAILURES; i += 1) {
      job = run(job, service('unavailable'));
      states.push(job.state);
    }
    expect(states).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'failed']);
    expect(job.message).toContain('Claude said no.');
  });

  test('progress in between forgives earlier failures', () => {
    let job = NEW;
    for (let i = 0; i < 20; i += 1) {
      job = run(job, service('unavailable'));
      job = run(job, outcome({ kind: 'more', cursor: String(i), progress: `${i}` }));
    }
    expect(job.state).toBe('running');
  });

  test('being asked to wait is no failure but has an end', () => {
    let job = NEW;
    for (let i = 0; i < MAX_WAITS - 1; i += 1) job = run(job, service('rateLimited'));
    expect(job.state).toBe('waiting');
    expect(run(job, service('rateLimited')).state).toBe('failed');
  });
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
