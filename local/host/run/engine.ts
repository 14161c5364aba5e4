import { setTimeout as wait } from 'node:timers/promises';
import { costOf } from '../costs.ts';
import { computingGuardMs, limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { services } from '../services/all.ts';
import { LateRefusal } from '../services/fetch-services.ts';
import { abandon, settle } from '../services/writes.ts';
import type { Execution, Reply, Running, Site, StartedAs } from '../types.ts';
import type { Faults, Strike, Unflushed } from './faults.ts';
import { lockBook } from './lock-book.ts';
import { faultSeconds, faultText, newRun, type Outcome, report, wholeMs } from './run-facts.ts';
import { type ExecutionWorker, giveBack, takeWorker, type WorkerMessage } from './worker-pool.ts';

/** One invocation to run. */
export interface StartSpec {
  readonly functionName: string;
  readonly args: readonly unknown[];
  readonly as: StartedAs;
  readonly user: string;
  readonly event?: unknown;
  /** False: somebody only looks; the execution has no number, so no fault is meant for it. */
  readonly counted?: boolean;
}

/** Runs invocations, several at once, on the simulated clock. */
export interface Engine {
  readonly start: (spec: StartSpec) => Promise<Execution>;
  readonly resetCounters: () => void;
  readonly close: () => void;
}

interface Active {
  readonly run: Running;
  readonly worker: ExecutionWorker;
  readonly resolve: (execution: Execution) => void;
  state: 'computing' | 'queued' | 'waiting' | 'ended';
  message: WorkerMessage | null;
  since: number;
  lock: { readonly name: string; readonly untilMs: number } | null;
}

/**
 * Calls are taken in the order of simulated time: while several executions run, none is served before all have said what they
 * want next, and then the one that is earliest on its own clock. So runs are the same each time, however fast the machine is.
 */
export function startEngine(site: Site, faults: Faults, bundleKey: string): Engine {
  const real = site.options.time === 'real';
  const code = site.options.bundle.code;
  const locks = lockBook();
  let active: Active[] = [];
  let count = 0;
  let busy = false;
  let guard: ReturnType<typeof setInterval> | undefined;

  return {
    start(spec) {
      const counted = spec.counted !== false;
      if (counted) count += 1;
      const number = counted ? count : 0;
      return new Promise((resolve) => {
        const run = newRun(site, spec, number, real);
        if (active.filter((each) => each.run.user === spec.user).length >= limits.executionsAtOnce) {
          const message = 'There are too many scripts running simultaneously for this Google user account.';
          resolve(report(run, { ok: false, message, stack: message }));
          return;
        }
        const worker = takeWorker();
        const made: Active = { run, worker, resolve, state: 'computing', message: null, since: Date.now(), lock: null };
        worker.onMessage = (message) => hear(made, message);
        active = [...active, made];
        guard ??= setInterval(watch, 1000);
        const setup = JSON.stringify({ nowMs: run.nowMs, timeZone: site.scriptTimeZone });
        const { functionName, args, event } = spec;
        worker.start(
          bundleKey,
          code,
          setup,
          JSON.stringify({ functionName, args, ...(event === undefined ? {} : { event }) }),
        );
      });
    },
    resetCounters() {
      count = 0;
      faults.clear();
    },
    close() {
      for (const each of active) {
        end(each, { ok: false, message: 'The host was closed.', stack: '' }, 'lost');
        each.worker.terminate();
      }
      clearInterval(guard);
      guard = undefined;
    },
  };

  function hear(each: Active, message: WorkerMessage): void {
    if (each.state === 'ended') return;
    each.state = 'queued';
    each.message = message;
    void pump();
  }

  async function pump(): Promise<void> {
    while (!busy) {
      const next = pick();
      if (!next) return;
      busy = !real;
      try {
        await serve(next);
      } finally {
        busy = false;
      }
    }
  }

  function pick(): Active | undefined {
    if (!real && active.some((each) => each.state === 'computing')) return undefined;
    const ready = active.filter((each) => each.state === 'queued' || (!real && each.state === 'waiting'));
    return ready.sort((a, b) => dueAt(a) - dueAt(b) || a.run.number - b.run.number)[0];
  }

  function dueAt(each: Active): number {
    if (each.state !== 'waiting') return each.run.nowMs;
    return Math.min(each.lock?.untilMs ?? 0, each.run.startMs + each.run.limitMs);
  }

  async function serve(each: Active): Promise<void> {
    const { run } = each;
    if (each.state === 'waiting') {
      run.nowMs = dueAt(each);
      site.clock.advanceTo(run.nowMs);
      answer(each, { v: false });
      return;
    }
    const message = each.message;
    each.message = null;
    each.state = real ? 'computing' : each.state;
    if (real) run.nowMs = site.clock.now();
    site.clock.advanceTo(run.nowMs);
    if (!message) return;
    if (message.kind === 'done') finish(each, message.outcome);
    else await call(each, message.text);
  }

  function finish(each: Active, outcomeText: string): void {
    let outcome = JSON.parse(outcomeText) as Outcome;
    try {
      settle(each.run);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (outcome.ok) outcome = { ok: false, message, stack: `Exception: ${message}` };
    }
    end(each, outcome, 'applied');
    giveBack(each.worker);
  }

  async function call(each: Active, text: string): Promise<void> {
    const { run } = each;
    const [name, ...rest] = JSON.parse(text) as [string, readonly unknown[]];
    const args = rest[0] ?? [];
    const cost = costOf(name);
    if (cost.kind !== 'handle') run.serviceCalls += 1;
    if (cost.kind === 'spreadsheet') run.spreadsheetCalls += 1;
    const strike = cost.kind === 'handle' ? undefined : faults.strike(run, name, args);
    if (name.startsWith('lock.')) {
      lockCall(each, name, args, cost.seconds, strike);
      return;
    }
    let reply: Reply;
    let refused: string | undefined;
    try {
      if (strike?.when === 'before') throw new LateRefusal(faultText(site, name, args, strike), faultSeconds(name));
      reply = await (services[name] ?? unknownService(name))(site, run, args);
      if (strike) {
        settle(run);
        throw new LateRefusal(faultText(site, name, args, strike), faultSeconds(name));
      }
    } catch (error) {
      reply = { seconds: error instanceof LateRefusal ? error.seconds : 0 };
      refused =
        error instanceof Refusal ? error.message : `The local host failed: ${String((error as Error).stack ?? error)}`;
    }
    if (each.state === 'ended') return;
    if (real && name === 'utilities.sleep') await wait((reply.seconds ?? 0) * 1000);
    else if (!real) run.nowMs += wholeMs(cost.seconds + cost.perCell * (reply.cells ?? 0) + (reply.seconds ?? 0));
    answer(each, reply, refused);
  }

  function lockCall(
    each: Active,
    name: string,
    args: readonly unknown[],
    seconds: number,
    strike: Strike | undefined,
  ): void {
    const { run } = each;
    const lock = args[0] === 'user' ? `user ${run.user}` : String(args[0]);
    if (!real) run.nowMs += wholeMs(seconds);
    if (name === 'lock.has') answer(each, { v: locks.holder(lock) === run });
    else if (name === 'lock.release') {
      locks.release(lock, run);
      passOn();
      answer(each, {});
    } else if (strike) {
      if (!real) run.nowMs += Number(args[1]);
      answer(each, { v: false });
    } else if (locks.take(lock, run)) answer(each, { v: true });
    else {
      const waitMs = Math.max(0, Number(args[1]));
      each.lock = { name: lock, untilMs: run.nowMs + waitMs };
      each.state = 'waiting';
      if (real) {
        void wait(waitMs).then(() => {
          if (each.state === 'waiting') answer(each, { v: false });
        });
      }
    }
  }

  /** Gives locks that became free to those who wait, the first to ask first. */
  function passOn(): void {
    const now = site.clock.now();
    for (const each of active) {
      if (each.state !== 'waiting' || !each.lock || !locks.take(each.lock.name, each.run)) continue;
      each.run.nowMs = Math.max(each.run.nowMs, now);
      answer(each, { v: true });
    }
  }

  function answer(each: Active, reply: Reply, refused?: string): void {
    const { run } = each;
    each.lock = null;
    if (real) run.nowMs = site.clock.now();
    faults.shown(run);
    for (const work of faults.workOf(run)) work();
    const kill = faults.killOf(run);
    if (kill !== undefined) {
      die(each, { ok: false, killed: true, message: 'The execution was killed.', stack: '' }, kill);
      return;
    }
    if (run.nowMs - run.startMs >= run.limitMs) {
      if (!real) run.nowMs = run.startMs + run.limitMs;
      die(
        each,
        { ok: false, message: 'Exceeded maximum execution time', stack: 'Exception: Exceeded maximum execution time' },
        'half',
      );
      return;
    }
    each.state = 'computing';
    each.since = Date.now();
    const { v, d } = reply;
    each.worker.answer(JSON.stringify(refused === undefined ? { t: run.nowMs, v, d } : { t: run.nowMs, e: refused }));
  }

  /** Ends an execution from outside while its worker waits for an answer. */
  function die(each: Active, outcome: Outcome, unflushed: Unflushed): void {
    const { worker } = each;
    end(each, outcome, unflushed);
    const stubborn = setTimeout(() => worker.terminate(), 500);
    worker.onMessage = (message) => {
      if (message.kind !== 'done') return;
      clearTimeout(stubborn);
      giveBack(worker);
    };
    worker.answer(null);
  }

  function end(each: Active, outcome: Outcome, unflushed: Unflushed): void {
    const { run } = each;
    each.state = 'ended';
    abandon(run, unflushed);
    site.clock.advanceTo(run.nowMs);
    active = active.filter((other) => other !== each);
    locks.releaseAll(run);
    passOn();
    if (active.length === 0) {
      clearInterval(guard);
      guard = undefined;
    }
    each.resolve(report(run, outcome));
  }

  function watch(): void {
    for (const each of active) {
      if (each.state !== 'computing' || Date.now() - each.since < (site.options.computingGuardMs ?? computingGuardMs))
        continue;
      each.worker.terminate();
      if (!real) each.run.nowMs = each.run.startMs + each.run.limitMs;
      end(each, { ok: false, message: 'Exceeded maximum execution time', stack: '' }, 'half');
      void pump();
    }
  }
}

function unknownService(name: string): never {
  throw new Refusal(`not provided: ${name}`);
}
