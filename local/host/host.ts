import { createHash } from 'node:crypto';
import { localTime, zoneOf } from '../google/zone.ts';
import { type HostClock, realClock, simulatedClock } from './clock.ts';
import { type Kept, keeperOf } from './kept.ts';
import { limits } from './limits.ts';
import { completeOAuth } from './oauth.ts';
import { pageArguments } from './page-arguments.ts';
import { startEngine } from './run/engine.ts';
import { type FailSpec, noFaults, type Unflushed } from './run/faults.ts';
import { warmUp } from './run/worker-pool.ts';
import { nextFire } from './schedule.ts';
import { chosenMinute } from './services/script-services.ts';
import { newBook } from './sheet/book.ts';
import { calculator } from './sheet/formulas.ts';
import { restoreState, saveState } from './state.ts';
import type { Execution, HostOptions, Mail, Screen, Site, StartedAs, TriggerState } from './types.ts';
import { type Workbook, workbookOf } from './workbook.ts';

export type { HostClock } from './clock.ts';
export type { Kept } from './kept.ts';
export type { FailSpec, Unflushed } from './run/faults.ts';
export type { Alert, Bundle, Execution, HostOptions, Mail, Manifest, Screen, StartedAs } from './types.ts';
export type { CellView, TabView, Workbook } from './workbook.ts';

/** A trigger as a person sees it in the list of triggers. */
export interface TriggerView {
  readonly id: string;
  readonly handler: string;
  readonly event: string;
  /** `disabled`: it was for one time and has fired. */
  readonly kind: 'once' | 'recurring' | 'event' | 'disabled';
  readonly user: string;
  /** Epoch milliseconds, or null. */
  readonly nextFire: number | null;
}

/** Right after a service call of an execution. */
export interface Moment {
  readonly execution: number;
  readonly serviceCall: number;
  /** Writes that only this execution knows; with none of them it is all the same what becomes of them. */
  readonly unflushedWrites: number;
  /** What would last if the execution were killed now. */
  readonly ifKilled: (unflushed: Unflushed) => Kept;
}

/** A spreadsheet with a script bound to it, and everything around it. */
export interface Host {
  readonly clock: HostClock;
  readonly scriptId: string;
  /** Runs one function; not `counted`: without a number, for looking only. For `sidebar` it must be a top-level one whose name does not end in `_`, with arguments a page may send. */
  readonly invoke: (
    functionName: string,
    args?: readonly unknown[],
    how?: { as?: StartedAs; user?: string; counted?: boolean },
  ) => Promise<Execution>;
  /** What opening the spreadsheet does: the simple onOpen, then installed open triggers. */
  readonly open: (user?: string) => Promise<readonly Execution[]>;
  readonly triggers: () => readonly TriggerView[];
  /**
   * Fires clock triggers in the order of their times until a moment, moving the clock, and leaves the clock there.
   * With `handler` only that function's triggers fire; other recurring ones pass their turn.
   */
  readonly runDueTriggers: (to: { readonly until: number; readonly handler?: string }) => Promise<readonly Execution[]>;
  /** Kills an execution right after one of its service calls took effect. `unflushed`: what happens to its unflushed writes, default `half`. */
  readonly killAfter: (execution: number, serviceCall: number, unflushed?: Unflushed) => void;
  readonly failNext: (spec: FailSpec) => void;
  /** Has something done by somebody else (a sort, a second click) right after a service call of an execution took effect. */
  readonly during: (execution: number, serviceCall: number, work: () => void) => void;
  /** Has every service call of numbered executions shown right after it took effect, until `resetCounters`. */
  readonly watch: (see: (moment: Moment) => void) => void;
  /** The next execution is number 1 again, and faults that did not strike are forgotten. */
  readonly resetCounters: () => void;
  /** What the browser's return to the script's callback address does; gives the text of the page that is shown. */
  readonly completeOAuth: (
    url: string,
    user?: string,
  ) => Promise<{ readonly html: string; readonly execution?: Execution }>;
  readonly workbook: Workbook;
  readonly mails: readonly Mail[];
  /** A copy of a property store: `document`, `script`, or `user` of a person. */
  readonly properties: (store: 'document' | 'script' | 'user', user?: string) => Readonly<Record<string, string>>;
  readonly setProperties: (
    store: 'document' | 'script' | 'user',
    values: Readonly<Record<string, string>>,
    user?: string,
  ) => void;
  readonly screen: Screen;
  /** Everything that lasts, as JSON text, and back. */
  readonly state: () => string;
  readonly restore: (text: string) => void;
  /** The same in memory: quicker, and shared with other moments as far as they are the same. */
  readonly keep: () => Kept;
  readonly goBack: (kept: Kept) => void;
  readonly close: () => void;
}

/** A host for one spreadsheet; starts nothing until it is asked to. */
export function createHost(options: HostOptions): Host {
  const digest = createHash('sha256').update(options.bundle.code).digest('hex');
  const scriptId = options.scriptId ?? `local-${digest.slice(0, 40)}`;
  const site: Site = {
    options,
    scriptId,
    scriptTimeZone: options.bundle.manifest.timeZone ?? options.timeZone,
    clock: options.time === 'real' ? realClock() : simulatedClock(options.now),
    book: newBook(`local-${createHash('sha256').update(scriptId).digest('hex').slice(0, 38)}`, options.timeZone),
    properties: new Map(),
    caches: new Map(),
    triggers: [],
    mails: [],
    tokens: new Map(),
    screen: { menus: [], sidebar: null, dialog: null, toasts: [], alerts: [] },
    fetches: { count: 0, sinceMs: options.now },
    uuids: 0,
    calculate: (area) => calculate(site.book, area),
  };
  const calculate = calculator();
  const faults = noFaults();
  const keeper = keeperOf(site);
  const engine = startEngine(site, faults, digest);
  const pageCalls = queue(limits.pageCallsAtOnce);
  warmUp();

  const invoke: Host['invoke'] = async (functionName, args = [], how = {}) => {
    const as = how.as ?? 'menu';
    const user = how.user ?? options.user;
    if (as === 'sidebar') {
      const checked = pageArguments(functionName, args);
      return pageCalls(() => engine.start({ functionName, args: checked, as, user, counted: how.counted ?? true }));
    }
    if (as === 'open' && args.length === 0) {
      return engine.start({ functionName, args, as, user, event: { authMode: 'LIMITED', email: user, fields: {} } });
    }
    return engine.start({ functionName, args, as, user });
  };

  const fireEvent = async (event: string, user: string, fields: object): Promise<Execution[]> => {
    const done: Execution[] = [];
    for (const trigger of site.triggers.filter((each) => each.event === event)) {
      const spec = {
        authMode: 'FULL',
        email: user,
        ...fields,
        fields: { triggerUid: trigger.id, ...('fields' in fields ? (fields.fields as object) : {}) },
      };
      done.push(
        await engine.start({ functionName: trigger.handler, args: [], as: 'trigger', user: trigger.user, event: spec }),
      );
    }
    return done;
  };

  const storeName = (store: string, user: string): string => (store === 'user' ? `user ${user}` : store);

  return {
    clock: site.clock,
    scriptId,
    invoke,
    async open(user = options.user) {
      const simple = hasFunction(options.bundle.code, 'onOpen')
        ? [await invoke('onOpen', [], { as: 'open', user })]
        : [];
      return [...simple, ...(await fireEvent('ON_OPEN', user, {}))];
    },
    triggers: () => site.triggers.map(viewOf),
    async runDueTriggers({ until, handler }) {
      const done: Execution[] = [];
      const isMeant = (trigger: TriggerState) => handler === undefined || trigger.handler === handler;
      for (const other of site.triggers.filter((each) => !isMeant(each) && each.kind === 'recurring')) {
        if (other.nextMs !== null && other.nextMs <= until) {
          other.nextMs = nextFire(other.spec, site.scriptTimeZone, until, chosenMinute(other.id));
        }
      }
      for (;;) {
        const due = site.triggers.filter((each) => isMeant(each) && each.nextMs !== null && each.nextMs <= until);
        const next = due.sort((a, b) => (a.nextMs ?? 0) - (b.nextMs ?? 0))[0];
        if (!next) break;
        site.clock.advanceTo(next.nextMs ?? 0);
        const now = site.clock.now();
        next.nextMs =
          next.kind === 'once' ? null : nextFire(next.spec, site.scriptTimeZone, now, chosenMinute(next.id));
        const event = { authMode: 'FULL', fields: clockFields(now, next.id) };
        done.push(await engine.start({ functionName: next.handler, args: [], as: 'trigger', user: next.user, event }));
      }
      site.clock.advanceTo(until);
      return done;
    },
    killAfter: faults.killAfter,
    failNext: faults.failNext,
    during: faults.during,
    watch(see) {
      faults.watch((run) => {
        see({
          execution: run.number,
          serviceCall: run.serviceCalls,
          unflushedWrites: run.pending.length,
          ifKilled: (unflushed) => keeper.ifKilled(run, unflushed),
        });
      });
    },
    resetCounters: engine.resetCounters,
    completeOAuth: (url, user = options.user) => completeOAuth(site, engine, url, user),
    workbook: workbookOf(site, async (edit, user) => {
      const event = {
        authMode: 'LIMITED',
        email: user,
        range: edit.area,
        fields: { value: edit.value, oldValue: edit.oldValue },
      };
      const simple = hasFunction(options.bundle.code, 'onEdit')
        ? [await engine.start({ functionName: 'onEdit', args: [], as: 'edit', user, event })]
        : [];
      return [...simple, ...(await fireEvent('ON_EDIT', user, { range: edit.area, fields: event.fields }))];
    }),
    get mails() {
      return site.mails;
    },
    properties: (store, user = options.user) => Object.fromEntries(site.properties.get(storeName(store, user)) ?? []),
    setProperties(store, values, user = options.user) {
      const name = storeName(store, user);
      site.properties.set(name, new Map([...(site.properties.get(name) ?? []), ...Object.entries(values)]));
    },
    screen: site.screen,
    state: () => saveState(site),
    restore: (text) => restoreState(site, text),
    keep: keeper.keep,
    goBack: keeper.goBack,
    close: () => engine.close(),
  };
}

function viewOf(trigger: TriggerState): TriggerView {
  const { id, handler, event, user, nextMs } = trigger;
  return {
    id,
    handler,
    event,
    user,
    nextFire: nextMs,
    kind: trigger.kind === 'once' && nextMs === null ? 'disabled' : trigger.kind,
  };
}

/** The fields of a clock trigger's event, in UTC as at Google. */
function clockFields(nowMs: number, triggerUid: string): Record<string, unknown> {
  const at = localTime(zoneOf('UTC').toLocalMs(nowMs));
  const weekday = new Date(nowMs).getUTCDay();
  const dayOfYear = Math.floor((nowMs - Date.UTC(at.year, 0, 1)) / 86_400_000);
  return {
    triggerUid,
    timezone: 'UTC',
    year: at.year,
    month: at.month,
    'day-of-month': at.day,
    'day-of-week': weekday === 0 ? 7 : weekday,
    'week-of-year': 1 + Math.floor(dayOfYear / 7),
    hour: at.hour,
    minute: at.minute,
    second: at.second,
  };
}

function hasFunction(code: string, name: string): boolean {
  return new RegExp(`\\bfunction\\s+${name}\\s*\\(|\\b${name}\\s*=`).test(code);
}

/** At most `size` tasks at once; the others wait their turn. */
function queue(size: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await task();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
