import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../../src/lib/jobs/service-error.ts';
import { TableError } from '../../../src/lib/workbook/problem.ts';
import { LONG_SLICE_MS, SHORT_SLICE_MS } from '../../../src/server/jobs/runner.ts';
import type { Step } from '../../../src/server/jobs/step.ts';
import { START } from '../http/fakes.ts';
import { type Office, office } from './office.ts';

/** A step of so many chunks, each of which takes so long; `did` is what it has done, as in a workbook. */
function longStep(at: Office, chunks: number, ms: number, did: number[]): Step {
  return (_, cursor) => {
    const chunk = Number(cursor ?? 0);
    at.clock.advance(ms);
    did.push(chunk);
    return chunk + 1 >= chunks
      ? { kind: 'done' }
      : { kind: 'more', cursor: String(chunk + 1), progress: `chunk ${chunk + 1}` };
  };
}

describe('a month that fits', () => {
  test('runs all steps in one execution, leaves no trigger behind and tells people once', () => {
    const at = office();
    const seen: string[] = [];
    for (const name of ['check', 'pull', 'match', 'draft', 'dashboard'] as const) {
      at.steps[name] = (context) => {
        seen.push(`${name} ${context.period} for ${context.who}`);
        return { kind: 'done' };
      };
    }
    const job = at.execution().start('month-end', '2026-10', 'trigger');
    expect([job.state, job.executions]).toEqual(['done', 1]);
    expect(seen.map((text) => text.split(' ')[0])).toEqual(['check', 'pull', 'match', 'draft', 'dashboard']);
    expect(seen[0]).toBe('check 2026-10 for ana@brook.example');
    expect(at.trigger()).toBeNull();
    expect(at.told.map((one) => one.state)).toEqual(['done']);
    expect(at.rows.get('Runs')).toMatchObject([
      { run: job.id, job: 'month-end', period: '2026-10', outcome: 'done', executions: 1 },
    ]);
    expect(at.store.lastDone()).toMatchObject({ period: '2026-10' });
  });

  test('a month before First period is refused with a sentence', () => {
    const at = office();
    at.firstPeriod = '2026-10';
    expect(() => at.execution().start('month-end', '2026-09', 'sidebar')).toThrow(
      'First period in Settings is 2026-10',
    );
    expect([at.store.load()?.state, at.trigger()]).toEqual(['cancelled', null]);
  });

  test('what a step logs is written into Activity with who did it', () => {
    const at = office();
    at.steps.pull = (context) => {
      context.log({ what: 'Read', where: 'Time entries', after: '3 entries' });
      return { kind: 'done' };
    };
    at.execution().start('month-end', '2026-10', 'trigger');
    expect(at.rows.get('Activity')).toEqual([
      { when: START, who: 'ana@brook.example', what: 'Read', where: 'Time entries', before: '', after: '3 entries' },
    ]);
  });
});

describe('a month that does not fit', () => {
  test('stops by itself before the platform does and goes on by the trigger until all is done', () => {
    const at = office();
    const did: number[] = [];
    at.steps.pull = longStep(at, 20, 60_000, did);
    let job = at.execution().start('month-end', '2026-10', 'trigger');
    expect(job.state).toBe('running');
    expect(at.clock.now() - START).toBeLessThan(LONG_SLICE_MS + 60_000);
    let executions = 1;
    for (; job.state === 'running' && executions < 20; executions += 1) {
      expect(at.trigger()).not.toBeNull();
      at.clock.advance((at.trigger() ?? 0) - at.clock.now());
      job = at.execution().drive('trigger') ?? job;
    }
    expect(job.state).toBe('done');
    expect(did).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect([executions, job.executions]).toEqual([5, 5]);
    expect(at.trigger()).toBeNull();
  });

  test('the sidebar is answered soon and drives on, while a trigger stands by in case it is closed', () => {
    const at = office();
    at.steps.pull = longStep(at, 5, 20_000, []);
    let job = at.execution().start('month-end', '2026-10', 'sidebar');
    expect([job.state, job.progress]).toEqual(['running', 'chunk 3']);
    expect(at.clock.now() - START).toBeLessThan(SHORT_SLICE_MS + 20_000);
    expect(at.trigger()).not.toBeNull();
    job = at.execution().drive('sidebar') ?? job;
    expect(job.state).toBe('done');
    expect(at.trigger()).toBeNull();
  });

  test('whoever looks sees progress while a chunk works', () => {
    const at = office();
    let watched: string | undefined;
    at.steps.pull = (context) => {
      at.clock.advance(6_000);
      context.progress('Read 2,000 entries', 2_000, 6_000);
      watched = at.store.load()?.progress;
      return { kind: 'done' };
    };
    at.execution().start('month-end', '2026-10', 'trigger');
    expect(watched).toBe('Read 2,000 entries');
  });
});

describe('executions that the platform kills', () => {
  class Killed extends Error {}

  /** The platform stops the script at once: nothing is caught, no `finally` runs on our side that could save anything. */
  function kill(at: Office, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      at.locked = false;
    }
  }

  test('at any service call of any chunk: the trigger set before goes on, and nothing is left out', () => {
    for (let killAt = 1; killAt <= 40; killAt += 1) {
      const at = office();
      const did = new Set<number>();
      at.steps.pull = (_, cursor) => {
        const chunk = Number(cursor ?? 0);
        did.add(chunk);
        return chunk >= 4
          ? { kind: 'done' }
          : { kind: 'more', cursor: String(chunk + 1), progress: `chunk ${chunk + 1}` };
      };
      let calls = 0;
      let armed = true;
      const set = at.properties.set.bind(at.properties);
      at.properties.set = (key, value) => {
        calls += 1;
        if (armed && calls === killAt) {
          armed = false;
          throw new Killed();
        }
        return set(key, value);
      };
      kill(at, () => at.execution().start('month-end', '2026-10', 'trigger'));
      if (at.store.load() === null) kill(at, () => at.execution().start('month-end', '2026-10', 'trigger'));
      for (let i = 0; i < 10 && at.store.load()?.state === 'running'; i += 1) {
        expect(at.trigger()).not.toBeNull();
        at.clock.advance(Math.max(0, (at.trigger() ?? 0) - at.clock.now()));
        kill(at, () => at.execution().drive('trigger'));
      }
      expect([killAt, at.store.load()?.state, [...did].sort()]).toEqual([killAt, 'done', [0, 1, 2, 3, 4]]);
      // The trigger may be left when the very last call was killed; it finds nothing to do and is gone.
      at.execution().drive('trigger');
      expect(at.trigger()).toBeNull();
    }
  });

  test('always at the same place: it fails with a sentence instead of going on for ever', () => {
    const at = office();
    at.steps.match = () => {
      throw new Killed();
    };
    // Thrown through the runner it is an error like any other; a real kill saves nothing, so the step's begin is all there is.
    at.execution().start('month-end', '2026-10', 'trigger');
    for (let i = 0; i < 10; i += 1) {
      at.clock.advance(20 * 60_000);
      at.execution().drive('trigger');
    }
    expect(at.store.load()?.state).toBe('failed');
    expect(at.trigger()).toBeNull();
  });
});

describe('what goes wrong', () => {
  test('a wrong key blocks the job, the person is told, and after reconnecting it goes on where it was', () => {
    const at = office();
    let connected = false;
    const pulled: string[] = [];
    at.steps.pull = () => {
      pulled.push('pull');
      return { kind: 'done' };
    };
    at.steps.match = () => {
      if (connected) return { kind: 'done' };
      throw new ServiceError({ service: 'Claude', kind: 'auth', message: 'Press Connect Claude in the sidebar.' });
    };
    const blocked = at.execution().start('month-end', '2026-10', 'trigger');
    expect([blocked.state, blocked.message]).toEqual([
      'blocked',
      'Press Connect Claude in the sidebar. What is matched is drafted.',
    ]);
    expect(at.trigger()).toBeNull();
    connected = true;
    at.execution().wake();
    expect(at.trigger()).not.toBeNull();
    expect(at.execution().drive('trigger')?.state).toBe('done');
    expect(pulled).toEqual(['pull']);
    expect(at.told.map((job) => job.state)).toEqual(['blocked', 'done']);
  });

  test('a service in trouble is tried again later, not at once, and not by an open sidebar before its time', () => {
    const at = office();
    let tries = 0;
    at.steps.pull = () => {
      tries += 1;
      if (tries < 3)
        throw new ServiceError({ service: 'Harvest', kind: 'unavailable', message: 'Harvest did not answer.' });
      return { kind: 'done' };
    };
    const waiting = at.execution().start('month-end', '2026-10', 'sidebar');
    expect([waiting.state, waiting.nextAtMs]).toEqual(['waiting', at.clock.now() + 60_000]);
    expect(at.execution().drive('sidebar')?.state).toBe('waiting');
    expect(tries).toBe(1);
    at.clock.advance(60_000);
    expect(at.execution().drive('trigger')?.state).toBe('waiting');
    at.clock.advance(120_000);
    expect(at.execution().drive('trigger')?.state).toBe('done');
  });

  test('"Run month-end now" does not wait', () => {
    const at = office();
    let tries = 0;
    at.steps.pull = () => {
      tries += 1;
      return tries === 1
        ? { kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Asked to wait.' }
        : { kind: 'done' };
    };
    at.execution().start('month-end', '2026-10', 'sidebar');
    expect(at.execution().start('month-end', '2026-10', 'sidebar').state).toBe('done');
  });

  test('a tab that vanished under the job stops it with the message', () => {
    const at = office();
    at.steps.draft = () => {
      throw new TableError('The tab Rates is missing.');
    };
    expect(at.execution().start('month-end', '2026-10', 'trigger')).toMatchObject({
      state: 'blocked',
      message: 'The tab Rates is missing.',
    });
  });

  test('five failures in a row fail the job, and it can be started anew', () => {
    const at = office();
    at.steps.pull = () => {
      throw new Error('Service Spreadsheets failed');
    };
    at.execution().start('month-end', '2026-10', 'trigger');
    for (let i = 0; i < 4; i += 1) {
      at.clock.advance(20 * 60_000);
      at.execution().drive('trigger');
    }
    expect(at.store.load()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('Service Spreadsheets failed'),
    });
    at.steps.pull = () => ({ kind: 'done' });
    expect(at.execution().start('month-end', '2026-10', 'trigger').state).toBe('done');
  });
});

describe('several people at once', () => {
  function running(at: Office): void {
    at.steps.pull = longStep(at, 1000, 60_000, []);
    at.execution('ana@brook.example').start('month-end', '2026-10', 'sidebar');
  }

  test('the second caller is told who runs what since when', () => {
    const at = office();
    running(at);
    at.locked = true;
    expect(() => at.execution('ben@brook.example').start('push', '2026-10', 'sidebar')).toThrow(
      /Month-end of October 2026 has been running since .*, started by ana@brook.example/,
    );
  });

  test('a second click on the same button joins the run instead of starting another', () => {
    const at = office();
    running(at);
    at.locked = true;
    const second = at.execution('ben@brook.example').start('month-end', '2026-10', 'sidebar');
    expect([second.state, second.startedBy, second.executions]).toEqual(['running', 'ana@brook.example', 1]);
  });

  test('the monthly trigger waits in line behind other work and is not lost', () => {
    const at = office();
    let free = false;
    at.steps.push = () =>
      free ? { kind: 'done' } : { kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Asked to wait.' };
    at.execution().start('push', '2026-09', 'sidebar');
    at.execution().start('month-end', '2026-10', 'trigger');
    expect(at.store.load()?.kind).toBe('push');
    free = true;
    at.clock.advance(3_600_000);
    at.execution().drive('trigger');
    expect(at.store.load()).toMatchObject({ kind: 'month-end', state: 'running' });
    expect(at.trigger()).not.toBeNull();
    at.clock.advance(60_000);
    expect(at.execution().drive('trigger')).toMatchObject({ kind: 'month-end', period: '2026-10', state: 'done' });
  });

  test('starting another month sets a blocked job aside', () => {
    const at = office();
    at.steps.match = ({ period }) =>
      period === '2026-09' ? { kind: 'blocked', problem: 'Press Connect Claude.' } : { kind: 'done' };
    at.execution().start('month-end', '2026-09', 'trigger');
    expect(at.execution().start('month-end', '2026-10', 'sidebar')).toMatchObject({ period: '2026-10', state: 'done' });
    expect(at.rows.get('Runs')?.map((row) => row['outcome'])).toEqual(['cancelled', 'done']);
    expect(at.store.queued()).toEqual([]);
  });

  test.each(['waiting', 'blocked'] as const)(
    'a month that is %s makes way for a push and begins again after it',
    (state) => {
      const at = office();
      let free = false;
      at.steps.match = () =>
        free
          ? { kind: 'done' }
          : state === 'waiting'
            ? { kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Claude asks to wait.' }
            : { kind: 'blocked', problem: 'Press Connect Claude.' };
      at.execution().start('month-end', '2026-10', 'trigger');
      expect(at.execution().start('push', '2026-10', 'sidebar')).toMatchObject({ kind: 'push', state: 'done' });
      expect(at.rows.get('Runs')?.map((row) => [row['job'], row['outcome'], row['message']])).toEqual([
        ['month-end', 'cancelled', 'Set aside for Push to QuickBooks; begins again after it.'],
        ['push', 'done', ''],
      ]);
      expect(at.store.load()).toMatchObject({ kind: 'month-end', period: '2026-10', state: 'running', stepIndex: 0 });
      free = true;
      at.clock.advance(60_000);
      expect(at.execution().drive('trigger')).toMatchObject({ kind: 'month-end', state: 'done' });
      expect([at.store.queued(), at.trigger()]).toEqual([[], null]);
    },
  );

  test("another person's waiting month makes way for a push too, and goes on by that person's trigger", () => {
    const at = office();
    at.steps.match = () => ({ kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Claude asks to wait.' });
    at.execution('ana@brook.example').start('month-end', '2026-10', 'trigger');
    expect(at.execution('ben@brook.example').start('push', '2026-10', 'sidebar').state).toBe('done');
    expect(at.store.load()?.kind).toBe('push');
    at.steps.match = () => ({ kind: 'done' });
    at.execution('ben@brook.example').drive('trigger');
    expect(at.store.load()?.kind).toBe('push');
    expect(at.execution('ana@brook.example').drive('trigger')).toMatchObject({ kind: 'month-end', state: 'done' });
  });

  test('months in line each have their turn, in their order', () => {
    const at = office();
    let free = false;
    at.steps.match = () =>
      free ? { kind: 'done' } : { kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Claude asks to wait.' };
    at.steps.push = () =>
      free
        ? { kind: 'done' }
        : { kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'QuickBooks asks to wait.' };
    at.execution().start('month-end', '2026-09', 'trigger');
    at.execution().start('push', '2026-09', 'sidebar');
    at.execution().startDue();
    at.execution().startDue();
    expect(at.store.queued().map(({ period }) => period)).toEqual(['2026-09', '2026-10']);
    free = true;
    for (let i = 0; i < 6 && at.trigger() !== null; i += 1) {
      at.clock.advance(Math.max(0, (at.trigger() ?? 0) - at.clock.now()));
      at.execution().drive('trigger');
    }
    expect(at.rows.get('Runs')?.map((row) => `${row['job']} ${row['period']} ${row['outcome']}`)).toEqual([
      'month-end 2026-09 cancelled',
      'push 2026-09 done',
      'month-end 2026-09 done',
      'month-end 2026-10 done',
    ]);
    expect([at.store.queued(), at.trigger()]).toEqual([[], null]);
  });

  test('a push that needs a person while a month is in line says that it must be started again', () => {
    const at = office();
    at.steps.match = () => ({ kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Claude asks to wait.' });
    at.steps.push = () => ({ kind: 'blocked', problem: 'Press Connect QuickBooks.' });
    at.execution().start('month-end', '2026-10', 'trigger');
    const push = at.execution().start('push', '2026-10', 'sidebar');
    expect([push.state, push.message]).toEqual([
      'failed',
      'Press Connect QuickBooks. Month-end of October 2026 was in line and begins now; start Push to QuickBooks again after that.',
    ]);
    expect(at.told.at(-1)).toEqual(push);
    expect(at.store.load()).toMatchObject({ kind: 'month-end', state: 'running' });
  });

  test('a trigger that cannot get the lock leaves another behind', () => {
    const at = office();
    running(at);
    at.locked = true;
    at.clock.advance(7 * 60_000);
    at.execution().drive('trigger');
    expect(at.trigger()).toBeGreaterThan(at.clock.now());
  });

  test('cancelling stops a job between chunks, also one that another execution is working on', () => {
    const at = office();
    let chunks = 0;
    at.steps.pull = (_, cursor) => {
      chunks += 1;
      at.clock.advance(1_000);
      if (chunks === 3) at.execution('ben@brook.example').cancel();
      return { kind: 'more', cursor: String(Number(cursor ?? 0) + 1), progress: `chunk ${chunks}` };
    };
    const job = at.execution().start('month-end', '2026-10', 'trigger');
    expect([job.state, job.message, chunks]).toEqual(['cancelled', 'Cancelled by ben@brook.example.', 3]);
    expect(at.trigger()).toBeNull();
  });
});

describe('a night on which nobody watches', () => {
  test('the monthly trigger runs the month that is due', () => {
    const at = office();
    expect(at.execution().startDue()).toMatchObject({ kind: 'month-end', period: '2026-10', state: 'done' });
    expect(at.trigger()).toBeNull();
  });

  test('an execution that dies before it has saved anything leaves a trigger that begins the month', () => {
    const at = office();
    at.properties.set = () => {
      throw new Error('killed');
    };
    expect(() => at.execution().startDue()).toThrow('killed');
    expect(at.trigger()).not.toBeNull();
    at.properties.set = Map.prototype.set;
    expect(at.execution().drive('trigger')).toMatchObject({ kind: 'month-end', period: '2026-10', state: 'done' });
  });

  test('a trigger that is left over begins nothing anew: not a month that is done, cancelled or before First period', () => {
    const done = office();
    done.execution().startDue();
    const cancelled = office();
    cancelled.steps.pull = () => ({ kind: 'blocked', problem: 'Press Connect Harvest.' });
    cancelled.execution().startDue();
    cancelled.execution().cancel();
    const early = office();
    early.firstPeriod = '2026-11';
    const pushedSince = office();
    pushedSince.steps.pull = () => ({ kind: 'blocked', problem: 'Press Connect Harvest.' });
    pushedSince.execution().startDue();
    pushedSince.execution().cancel();
    pushedSince.execution().start('push', '2026-09', 'sidebar');
    for (const at of [done, cancelled, pushedSince, early]) {
      const before = at.store.load();
      at.execution().drive('trigger');
      expect([at.store.load(), at.trigger()]).toEqual([before, null]);
    }
  });
});

describe('a month whose matching has stopped', () => {
  const claudeSays = (kind: 'auth' | 'unavailable' | 'rateLimited', code = '') =>
    new ServiceError({ service: 'Claude', kind, message: 'Claude said no.', code });

  /** Says which steps ran, with the state of the job that each saw; matching always ends as `error`. */
  function stopped(error: Error): { readonly at: Office; readonly ran: string[]; readonly go: () => void } {
    const at = office();
    const ran: string[] = [];
    for (const name of ['check', 'pull', 'draft', 'dashboard'] as const) {
      at.steps[name] = ({ job }) => {
        ran.push(`${name} ${job.state}`);
        return { kind: 'done' };
      };
    }
    at.steps.match = () => {
      ran.push('match');
      throw error;
    };
    const go = (): void => {
      at.clock.advance(Math.max(0, (at.trigger() ?? 0) - at.clock.now()));
      at.execution().drive('trigger');
    };
    return { at, ran, go };
  }
  const ASIDE = ['draft blocked', 'dashboard blocked'];

  test('blocked: what is matched is drafted, the message says so, and the job still stands at matching', () => {
    const { at, ran } = stopped(claudeSays('auth'));
    const job = at.execution().start('month-end', '2026-10', 'trigger');
    expect(ran).toEqual(['check running', 'pull running', 'match', ...ASIDE]);
    expect(job).toMatchObject({
      state: 'blocked',
      stepIndex: 2,
      message: 'Claude said no. What is matched is drafted.',
    });
    expect(at.told.map((one) => one.message)).toEqual([job.message]);
    at.steps.match = () => ({ kind: 'done' });
    expect(at.execution().start('month-end', '2026-10', 'sidebar').state).toBe('done');
    expect(ran.slice(-2)).toEqual(['draft running', 'dashboard running']);
  });

  test('an outage: nothing for the first minutes, then at each long wait, with one trigger, until it is over', () => {
    const { at, ran, go } = stopped(claudeSays('unavailable'));
    at.execution().start('month-end', '2026-10', 'trigger');
    for (let i = 0; i < 3; i += 1) go();
    expect(ran.filter((step) => step !== 'match')).toEqual(['check running', 'pull running']);
    expect(at.told).toEqual([]);
    go();
    expect(ran.slice(-3)).toEqual(['match', 'draft waiting', 'dashboard waiting']);
    expect(at.store.load()).toMatchObject({
      state: 'waiting',
      stepIndex: 2,
      nextAtMs: at.clock.now() + 30 * 60_000,
      message: 'Claude said no. What is matched is drafted.',
    });
    expect(at.trigger()).toBe(at.clock.now() + 30 * 60_000);
    at.steps.match = () => ({ kind: 'done' });
    go();
    expect(at.store.load()).toMatchObject({ state: 'done', message: '' });
    expect(at.trigger()).toBeNull();
  });

  test('after two days it has failed; run now, it goes on from what the tabs hold', () => {
    const { at, ran, go } = stopped(claudeSays('rateLimited'));
    at.execution().start('month-end', '2026-10', 'trigger');
    const since = at.clock.now();
    for (let i = 0; i < 60 && at.store.load()?.state === 'waiting'; i += 1) go();
    expect(at.store.load()?.state).toBe('failed');
    expect(at.clock.now() - since).toBeGreaterThan(48 * 3_600_000);
    expect(ran.filter((step) => step === 'match').length).toBe(31);
    expect(at.trigger()).toBeNull();
    at.steps.match = () => ({ kind: 'done' });
    expect(at.execution().start('month-end', '2026-10', 'sidebar').state).toBe('done');
  });

  test('a spent budget: drafted at once, looked at four times a day, and at once when a person says so', () => {
    const { at, ran, go } = stopped(claudeSays('rateLimited', 'spend_limit'));
    at.execution().start('month-end', '2026-10', 'trigger');
    expect(ran.slice(-2)).toEqual(['draft waiting', 'dashboard waiting']);
    const tries = () => ran.filter((step) => step === 'match').length;
    const since = at.clock.now();
    while (at.clock.now() - since < 10 * 24 * 3_600_000) go();
    expect([at.store.load()?.state, tries()]).toEqual(['waiting', 41]);
    at.execution().start('month-end', '2026-10', 'sidebar');
    expect(tries()).toBe(42);
  });

  test('what keeps the rest from being drafted is said', () => {
    const { at } = stopped(claudeSays('auth'));
    at.steps.draft = () => ({ kind: 'blocked', problem: 'Acme has no rate.' });
    expect(at.execution().start('month-end', '2026-10', 'trigger').message).toBe(
      'Claude said no. What is matched could not be drafted: Acme has no rate.',
    );
  });

  test('late in an execution the next one drafts', () => {
    const { at, ran } = stopped(claudeSays('auth'));
    at.steps.match = () => {
      at.clock.advance(LONG_SLICE_MS + 1);
      throw claudeSays('auth');
    };
    expect(at.execution().start('month-end', '2026-10', 'trigger').state).toBe('running');
    expect(ran.at(-1)).toBe('pull running');
    at.steps.match = () => {
      throw claudeSays('auth');
    };
    expect(at.execution().drive('trigger')?.state).toBe('blocked');
    expect(ran.slice(-2)).toEqual(ASIDE);
  });

  test('stopped by a person while it drafts meanwhile: it is cancelled', () => {
    const { at } = stopped(claudeSays('auth'));
    at.steps.draft = () => {
      at.execution('ben@brook.example').cancel();
      return { kind: 'done' };
    };
    const job = at.execution().start('month-end', '2026-10', 'trigger');
    expect([job.state, job.message]).toEqual(['cancelled', 'Cancelled by ben@brook.example.']);
    expect(at.trigger()).toBeNull();
  });

  test('a service that hangs until the execution is nearly over is waited for like one that answers with an error', () => {
    const { at } = stopped(claudeSays('unavailable'));
    at.steps.match = () => {
      at.clock.advance(LONG_SLICE_MS + 1);
      throw claudeSays('unavailable');
    };
    at.execution().start('month-end', '2026-10', 'trigger');
    for (let look = 0; look < 15; look += 1) {
      const job = at.store.load();
      expect(job).toMatchObject({ state: 'waiting', waits: look + 1 });
      at.clock.advance(Math.max(0, (job?.nextAtMs ?? 0) - at.clock.now()) + 1);
      at.execution().drive('trigger');
    }
    // Seven growing waits, then one every two hours.
    expect(at.clock.now() - START).toBeGreaterThan(12 * 3_600_000);
  });

  test('a stop of another step, or of another kind of work, drafts nothing', () => {
    const at = office();
    const ran: string[] = [];
    at.steps.draft = () => {
      ran.push('draft');
      return { kind: 'done' };
    };
    at.steps.pull = () => {
      throw claudeSays('auth');
    };
    at.steps.push = at.steps.pull;
    expect(at.execution().start('month-end', '2026-10', 'sidebar').state).toBe('blocked');
    expect(at.execution().start('push', '2026-10', 'sidebar').state).toBe('failed');
    expect(ran).toEqual([]);
  });

  test('killed while it drafts: the next execution does it again', () => {
    const { at, ran } = stopped(claudeSays('auth'));
    const draft = at.steps.draft;
    const set = at.properties.set.bind(at.properties);
    at.steps.draft = (context, cursor) => {
      at.properties.set = () => {
        throw new Error('killed');
      };
      return draft(context, cursor);
    };
    expect(() => at.execution().start('month-end', '2026-10', 'trigger')).toThrow('killed');
    at.properties.set = set;
    at.steps.draft = draft;
    expect(at.store.load()).toMatchObject({ state: 'running', stepIndex: 2 });
    expect(at.execution().drive('trigger')?.state).toBe('blocked');
    expect(ran.slice(-3)).toEqual(['match', ...ASIDE]);
  });
});

describe("another person's job", () => {
  const BEN = 'ben@brook.example';
  const trouble = new ServiceError({ service: 'Claude', kind: 'unavailable', message: 'Claude is away.' });
  /** Ana's month, which waits for Claude or is blocked. */
  function anasMonth(stop: 'waiting' | 'blocked') {
    const at = office();
    const asked: string[] = [];
    at.steps.match = ({ who }) => {
      asked.push(who);
      if (stop === 'blocked') return { kind: 'blocked', problem: 'Connect Harvest.' };
      throw trouble;
    };
    at.execution().start('month-end', '2026-10', 'trigger');
    return { at, asked };
  }

  test('that waits is not gone on with in the name of whoever presses the button; it says whose it is', () => {
    const { at, asked } = anasMonth('waiting');
    const before = at.store.load();
    at.clock.advance(3_600_000);
    expect(() => at.execution(BEN).start('month-end', '2026-10', 'sidebar')).toThrow('ana@brook.example');
    expect([at.store.load(), asked]).toEqual([before, ['ana@brook.example']]);
  });

  test('is not gone on with by a trigger of somebody else', () => {
    const { at, asked } = anasMonth('waiting');
    at.clock.advance(3_600_000);
    expect(at.execution(BEN).drive('trigger')).toMatchObject({ state: 'waiting', startedBy: 'ana@brook.example' });
    expect(asked).toEqual(['ana@brook.example']);
  });

  test('that is blocked, or has not gone on for hours, does not keep my month waiting', () => {
    for (const push of ['blocked', 'waiting', 'killed'] as const) {
      const at = office();
      at.steps.push = () => {
        if (push === 'killed') throw new Error('killed');
        return push === 'blocked'
          ? { kind: 'blocked', problem: 'Press Connect QuickBooks.' }
          : { kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'QuickBooks asks to wait.' };
      };
      at.steps.match = () => ({ kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Claude asks to wait.' });
      at.execution('ana@brook.example').start('month-end', '2026-10', 'trigger');
      at.execution('ben@brook.example').start('push', '2026-10', 'sidebar');
      at.steps.match = () => ({ kind: 'done' });
      // Ben's trigger never comes; Ana's does.
      let looks = 0;
      for (; at.store.load()?.kind === 'push' && looks < 100; looks += 1) {
        at.clock.advance(Math.max(7 * 60_000, (at.trigger() ?? 0) - at.clock.now()));
        at.execution('ana@brook.example').drive('trigger');
      }
      expect(at.store.load()).toMatchObject({ kind: 'month-end', period: '2026-10', state: 'done' });
      expect(looks).toBeLessThan(40);
      expect(at.rows.get('Runs')?.[1]).toMatchObject({ job: 'push', outcome: 'cancelled' });
      expect(at.told.map((job) => `${job.kind} ${job.state}`)).toContain('push cancelled');
    }
  });

  test('my trigger of a monthly run that was taken over leaves my own waiting job its trigger, and begins no month', () => {
    const at = office();
    at.steps.match = () => ({ kind: 'waiting', untilMs: at.clock.now() + 3_600_000, why: 'Claude asks to wait.' });
    at.execution('ben@brook.example').start('month-end', '2026-09', 'trigger');
    at.owner = 'ana@brook.example';
    expect(at.execution('ben@brook.example').startDue()).toBeNull();
    expect(at.trigger()).not.toBeNull();
    const other = office();
    other.owner = 'ana@brook.example';
    expect(other.execution('ben@brook.example').startDue()).toBeNull();
    expect(other.execution('ben@brook.example').drive('trigger')).toBeNull();
    expect([other.store.load(), other.trigger()]).toEqual([null, null]);
  });

  test('that is blocked is not woken by a connection of somebody else, who may start it in their own name', () => {
    const { at, asked } = anasMonth('blocked');
    at.execution(BEN).wake();
    expect(at.store.load()).toMatchObject({ state: 'blocked' });
    expect(at.execution(BEN).start('month-end', '2026-10', 'sidebar')).toMatchObject({ startedBy: BEN });
    expect(asked).toEqual(['ana@brook.example', BEN]);
  });
});
