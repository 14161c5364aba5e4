import type { Job, JobKind } from '../../lib/jobs/model.ts';
import { NO_USAGE } from '../../lib/jobs/model.ts';
import {
  afterChunk,
  beginChunk,
  cancelJob,
  isAbandoned,
  isActive,
  isBy,
  isDue,
  isLongStop,
  MAX_EXECUTIONS,
  wakeJob,
} from '../../lib/jobs/next.ts';
import { createUsageCounter, type UsageCounter } from '../../lib/jobs/usage.ts';
import { busySentence, jobName, tooEarly } from '../../lib/jobs/view.ts';
import type { Clock } from '../clock.ts';
import type { Guard } from '../guard.ts';
import { monthsRun, recordRun } from '../runs.ts';
import type { Workbook } from '../sheets/workbook.ts';
import type { Continuation } from './continuation.ts';
import { type ChunkDeps, runChunk } from './runner-chunk.ts';
import { doMeanwhile, hasMeanwhile } from './runner-meanwhile.ts';
import type { Clients } from './step.ts';
import type { Steps } from './steps.ts';
import { isSame, type JobStore, type QueuedJob } from './store.ts';

export interface RunnerDeps {
  readonly store: JobStore;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly continuation: Continuation;
  /** Opened on first use, once per execution. */
  readonly workbook: () => Workbook;
  readonly clients: (usage: UsageCounter, deadlineMs: number) => Clients;
  readonly steps: Steps;
  /** Email of the person whose execution this is. */
  readonly who: () => string;
  /** The monthly run is this person's; false where another one has taken it over. */
  readonly isScheduled: () => boolean;
  /** The month that is due, by the calendar. */
  readonly duePeriod: () => string;
  /** An instant as the people of this spreadsheet write it. */
  readonly timeText: (ms: number) => string;
  /** First period of the settings, empty when it cannot be read (the check step says why). */
  readonly firstPeriod: () => string;
  /** Called when a job was set aside, came to rest as done, blocked or failed, or waits for half an hour or more. */
  readonly atRest: (job: Job, workbook: Workbook) => void;
}

/**
 * Who drives. A trigger goes on for as long as Google lets it and queues behind other work; the menu goes on as long but is told what is in the way;
 * the sidebar is answered soon and asks again.
 */
export type Driver = 'trigger' | 'menu' | 'sidebar';

export interface Runner {
  /** Starts a job, or goes on with the same one. Throws a sentence when another one is active. */
  start(kind: JobKind, period: string, driver: Driver): Job;
  /** The monthly trigger: starts the month that is due. */
  startDue(): Job | null;
  /** Goes on with the active job as far as this execution's time goes; null when there never was one. */
  drive(driver: Driver): Job | null;
  cancel(): Job | null;
  /** After a connection was made: a blocked job goes on by itself. */
  wake(): void;
}

/** Own stop, so that the platform's 6 minutes are never met: what is asked last may take a minute and a half. */
export const LONG_SLICE_MS = 270_000;

/** A person who looks at the sidebar gets an answer after this time, then the sidebar asks again. */
export const SHORT_SLICE_MS = 45_000;

/** When a killed execution is gone on with: after the platform's limit, when it cannot be at work any more. */
const SAFETY_MS = 7 * 60_000;

/** No chunk is begun that would reach past this if it took as long as the longest so far; the platform stops at 6 minutes. */
const LAST_CALL_MS = 330_000;

const NEXT_SLICE_MS = 60_000;

/** How long to wait for the lock; a job may hold it for minutes, and the caller is told so instead. */
const LOCK_WAIT_MS = 3_000;

const PROGRESS_EVERY_MS = 5_000;

/** The job runner of this spreadsheet. */
export function createRunner(deps: RunnerDeps): Runner {
  const { store, clock, continuation } = deps;

  const driveLocked = (given: Job, driver: Driver): Job => {
    const startMs = clock.now();
    const deadlineMs = startMs + (driver === 'sidebar' ? SHORT_SLICE_MS : LONG_SLICE_MS);
    continuation.ensure(SAFETY_MS);
    const usage = createUsageCounter(given.usage);
    const clients = deps.clients(usage, deadlineMs);
    const workbook = deps.workbook();
    let job: Job = { ...given, executions: given.executions + 1 };
    let savedMs = 0;
    let longestMs = 0;
    const timeForAnother = (): boolean => clock.now() < deadlineMs && clock.now() + longestMs < startMs + LAST_CALL_MS;
    const onProgress = (watched: Job): void => {
      if (clock.now() - savedMs < PROGRESS_EVERY_MS) return;
      savedMs = clock.now();
      store.save(watched);
    };
    const chunkDeps: ChunkDeps = { ...deps, who: deps.who(), workbook, deadlineMs, clients, usage, onProgress };
    let begun: Job;
    do {
      begun = beginChunk(job, clock.now());
      // A job that has used up its tries is told of before that is saved, as every end is; the bound on executions stands above that.
      if (begun.state !== 'running') {
        store.save(job.executions > MAX_EXECUTIONS ? begun : job);
        job = begun;
        break;
      }
      store.save(begun);
      savedMs = clock.now();
      const chunkMs = clock.now();
      const chunk = runChunk(chunkDeps, begun);
      job = { ...afterChunk(chunk.job, chunk.result, clock.now()), usage: usage.snapshot() };
      longestMs = Math.max(longestMs, clock.now() - chunkMs);
      job = cancelledIfAsked(job);
    } while (job.state === 'running' && timeForAnother());
    if (hasMeanwhile(job, clock.now())) {
      // A wait is saved first, so that it counts also where this execution is killed now, as one is that a hanging service has held up.
      if (job.state === 'waiting') store.save(job);
      // Another stop late in an execution is left for the next one to find, which has time for what can be done all the same.
      const isLate = job.state !== 'waiting' && begun.state === 'running' && clock.now() >= startMs + LONG_SLICE_MS;
      job = isLate ? { ...begun, cursor: job.cursor, usage: usage.snapshot() } : doMeanwhile(chunkDeps, job);
      job = cancelledIfAsked(job);
    }
    return settle(job, workbook, driver);
  };

  const cancelledIfAsked = (job: Job): Job => {
    const by = store.cancelAsked(job.id);
    return by === null ? job : cancelJob(job, by, clock.now());
  };

  /**
   * Saves where the job stands, sets when it goes on, and tells whoever should know. Telling comes before saving: an execution that is killed in
   * between does the last chunk again and tells again (a mail at most once a day), rather than nobody ever being told.
   */
  const settle = (found: Job, workbook: Workbook, driver: Driver): Job => {
    const job = givingWay(found);
    const atRest = job.state !== 'running' && job.state !== 'waiting';
    recordRun(workbook, job);
    if (job.state === 'done' && job.kind === 'month-end') rememberDone(job);
    if (atRest || isLongStop(job, clock.now())) deps.atRest(job, workbook);
    workbook.flush();
    store.save(job);
    if (atRest) startQueued(job);
    else if (job.state === 'waiting') continuation.set((job.nextAtMs ?? clock.now()) - clock.now());
    else if (driver !== 'sidebar') continuation.set(NEXT_SLICE_MS);
    return job;
  };

  /** A blocked job keeps its place only while nothing of this person's is in line behind it; it does not go on by itself then, and says so. */
  const givingWay = (job: Job): Job => {
    const next = job.state === 'blocked' ? nextOfMine(job) : null;
    if (next === null) return job;
    const message = `${job.message} ${jobName(next.kind, next.period)} was in line and begins now; start ${jobName(job.kind, job.period)} again after that.`;
    return { ...job, state: 'failed', endedAtMs: clock.now(), message };
  };

  const hasWorkOfMine = (): boolean => {
    const job = store.load();
    const isMine = job !== null && isActive(job) && isBy(job.startedBy, deps.who());
    return isMine || store.queued().some((one) => isBy(one.by, deps.who()));
  };

  const nextOfMine = (than: Job): QueuedJob | null =>
    store.queued().find((one) => isBy(one.by, deps.who()) && !isSame(one, than)) ?? null;

  const rememberDone = (job: Job): void => {
    const last = store.lastDone();
    if (last === null || last.period <= job.period) store.rememberDone({ period: job.period, atMs: clock.now() });
  };

  /** What came due meanwhile is next. What is in line for somebody else is begun by their own trigger. */
  const startQueued = (ended: Job): void => {
    if (store.queued().some((one) => isSame(one, ended))) store.dropQueued(ended);
    const next = nextOfMine(ended);
    if (next === null) {
      continuation.clear();
      return;
    }
    store.save(newJob(next.kind, next.period));
    store.dropQueued(next);
    continuation.set(NEXT_SLICE_MS);
  };

  const newJob = (kind: JobKind, period: string): Job => {
    const startedAtMs = clock.now();
    return {
      id: `${kind} ${period} ${startedAtMs.toString(36)}`,
      kind,
      period,
      state: 'running',
      startedBy: deps.who(),
      startedAtMs,
      endedAtMs: null,
      stepIndex: 0,
      cursor: null,
      failures: 0,
      waits: 0,
      executions: 0,
      progress: '',
      doneCount: null,
      totalCount: null,
      message: '',
      nextAtMs: null,
      usage: NO_USAGE,
    };
  };

  const busy = (job: Job): string => busySentence(job, deps.timeText(job.startedAtMs));

  const startLocked = (kind: JobKind, period: string, driver: Driver): Job => {
    const active = store.load();
    if (active === null || !isActive(active)) return begin(kind, period, driver);
    const mine = isBy(active.startedBy, deps.who());
    if (mine && isSame(active, { kind, period })) return driveLocked(wakeJob(active), driver);
    if (makesWay(active, kind)) {
      queue(active.kind, active.period, active.startedBy);
      setAside(active, `Set aside for ${jobName(kind, period)}; begins again after it.`);
      return begin(kind, period, driver);
    }
    if (active.state === 'blocked') {
      setAside(active);
      return begin(kind, period, driver);
    }
    if (driver !== 'trigger') throw new Error(busy(active));
    if (!isSame(active, { kind, period })) queue(kind, period, deps.who());
    return mine && isDue(active, clock.now()) ? driveLocked(active, driver) : active;
  };

  /** The trigger and the job come first: whatever kills this execution from here on, another goes on with it. */
  const begin = (kind: JobKind, period: string, driver: Driver): Job => {
    const before = store.load();
    const job = newJob(kind, period);
    continuation.ensure(SAFETY_MS);
    store.save(job);
    if (store.queued().some((one) => isSame(one, job))) store.dropQueued(job);
    const refusal = kind === 'month-end' ? tooEarly(period, deps.firstPeriod()) : null;
    if (refusal === null) return driveLocked(job, driver);
    store.save(before ?? { ...job, state: 'cancelled', message: refusal, endedAtMs: clock.now() });
    continuation.clear();
    throw new Error(refusal);
  };

  /**
   * Invoices are pushed and looked after while a month waits for Claude or Harvest, or is blocked, and the month begins again afterwards; what it
   * has done stands in the tabs. Another person's blocked month is begun again by nobody, so it does not make way.
   */
  const makesWay = (active: Job, kind: JobKind): boolean =>
    active.kind === 'month-end' &&
    kind !== 'month-end' &&
    (active.state === 'waiting' || (active.state === 'blocked' && isBy(active.startedBy, deps.who())));

  const queue = (kind: JobKind, period: string, by: string): void =>
    store.queue({ kind, period, by, sinceMs: clock.now() });

  /** A blocked job waits for a person; whoever starts something else has decided not to wait. It can be started again. */
  const setAside = (job: Job, message?: string): void => {
    const cancelled = cancelJob(job, deps.who(), clock.now());
    const told = message === undefined ? cancelled : { ...cancelled, message };
    recordRun(deps.workbook(), told);
    deps.atRest(told, deps.workbook());
    store.save(told);
  };

  /** What an execution left that was killed before it had saved its job: something in line, or a month that is due and was never begun. */
  const neverBegun = (last: Job | null): QueuedJob | null => {
    const line = store.queued();
    if (line.length > 0) return line.find((one) => isBy(one.by, deps.who())) ?? null;
    const period = deps.duePeriod();
    const firstPeriod = deps.firstPeriod();
    if (!deps.isScheduled() || firstPeriod === '' || period < firstPeriod) return null;
    if ((store.lastDone()?.period ?? '') >= period) return null;
    const begun = (last?.kind === 'month-end' && last.period === period) || monthsRun(deps.workbook()).has(period);
    return begun ? null : { kind: 'month-end', period, by: deps.who(), sinceMs: clock.now() };
  };

  /**
   * A trigger of mine that meets another person's job comes again only for what waits in line for me. It waits for that job while that
   * goes on; one that is blocked, or that has not gone on for hours because that person's trigger never comes, is set aside.
   */
  const leaveToOwner = (job: Job): Job => {
    const mine = store.queued().find((one) => isBy(one.by, deps.who()));
    if (mine === undefined) {
      continuation.clear();
      return job;
    }
    continuation.set(Math.max(SAFETY_MS, (job.nextAtMs ?? 0) - clock.now()));
    if (!isAbandoned(job, mine.sinceMs, clock.now())) return job;
    const done = deps.guard.tryRun(LOCK_WAIT_MS, () => {
      const now = store.load();
      if (now === null || now.id !== job.id || now.executions !== job.executions) return job;
      if (now.state !== 'blocked') setAside(now, `Set aside for ${jobName(mine.kind, mine.period)}: it did not go on.`);
      else setAside(now);
      return begin(mine.kind, mine.period, 'trigger');
    });
    return done.ran ? done.value : job;
  };

  const start = (kind: JobKind, period: string, driver: Driver): Job => {
    const done = deps.guard.tryRun(LOCK_WAIT_MS, () => startLocked(kind, period, driver));
    if (done.ran) return done.value;
    const active = store.load();
    if (active !== null && isActive(active) && isSame(active, { kind, period })) return active;
    if (driver === 'trigger') {
      queue(kind, period, deps.who());
      continuation.ensure(SAFETY_MS);
    }
    if (active === null || !isActive(active)) throw new Error(BUSY);
    if (driver !== 'trigger') throw new Error(busy(active));
    return active;
  };

  return {
    start,
    startDue: () => {
      continuation.arm(SAFETY_MS);
      if (!deps.isScheduled()) {
        // What was just armed goes on with what is left of this person's.
        if (!hasWorkOfMine()) continuation.clear();
        return null;
      }
      return start('month-end', deps.duePeriod(), 'trigger');
    },
    drive: (driver) => {
      const before = store.load();
      if (before !== null && isActive(before) && !isBy(before.startedBy, deps.who())) {
        return driver === 'trigger' ? leaveToOwner(before) : before;
      }
      if (driver === 'trigger') {
        // The trigger that called is spent, and if this execution is killed while it waits for the lock another must follow.
        if (before?.state === 'blocked') continuation.clear();
        else continuation.set(SAFETY_MS);
      }
      const done = deps.guard.tryRun(driver === 'trigger' ? LOCK_WAIT_MS * 5 : LOCK_WAIT_MS, () => {
        const job = store.load();
        if (driver === 'trigger' && (job === null || !isActive(job))) {
          const next = neverBegun(job);
          if (next !== null) return begin(next.kind, next.period, driver);
          continuation.clear();
          return job;
        }
        if (job === null) return null;
        if (isDue(job, clock.now())) return driveLocked(job, driver);
        if (job.state === 'waiting' && driver === 'trigger') continuation.set((job.nextAtMs ?? 0) - clock.now());
        return job;
      });
      return done.ran ? done.value : store.load();
    },
    cancel: () => {
      const active = store.load();
      if (active === null || !isActive(active)) return active;
      store.askToCancel(active.id, deps.who());
      const done = deps.guard.tryRun(LOCK_WAIT_MS, () => {
        const job = store.load();
        return job === null || !isActive(job)
          ? job
          : settle(cancelJob(job, deps.who(), clock.now()), deps.workbook(), 'sidebar');
      });
      // The execution that holds the lock hears of it after its chunk.
      return done.ran ? done.value : { ...active, message: 'Stops after what it is doing now.' };
    },
    wake: () => {
      deps.guard.tryRun(LOCK_WAIT_MS, () => {
        const job = store.load();
        if (job === null || job.state !== 'blocked' || !isBy(job.startedBy, deps.who())) return;
        store.save(wakeJob(job));
        continuation.set(NEXT_SLICE_MS);
      });
    },
  };
}

const BUSY = 'Someone is saving something in this spreadsheet right now. Try again in a minute.';
