import type { Running } from '../types.ts';

/** What a killed execution leaves of the writes that it had not flushed. */
export type Unflushed = 'applied' | 'lost' | 'half';

/** An error that a service is to give. */
export interface FailSpec {
  /** First part of a call's name (`spreadsheet`, which also means `sheet` and `range`; `fetch`, `lock`, `properties`, `cache`, `mail`, `script`) or a whole name (`range.setValues`). */
  readonly call: string;
  /** Which of the matching calls from now on; default the next. */
  readonly nth?: number;
  /** Only calls of this execution. */
  readonly execution?: number;
  /** Only requests whose URL holds this text. */
  readonly url?: string;
  /** `after`: the call took effect and its answer was lost. Default `before`. */
  readonly when?: 'before' | 'after';
  /** What the script is told; by default what Google says for this service. For a lock: the waiting time runs out. */
  readonly message?: string;
}

/** A fault that strikes now. */
export interface Strike {
  readonly when: 'before' | 'after';
  readonly message: string | undefined;
}

/** Faults that were ordered and have not struck yet. */
export interface Faults {
  readonly killAfter: (execution: number, serviceCall: number, unflushed?: Unflushed) => void;
  readonly failNext: (spec: FailSpec) => void;
  /** Has something done by somebody else right after a service call of an execution took effect. */
  readonly during: (execution: number, serviceCall: number, work: () => void) => void;
  /** Shows an execution right after each of its service calls took effect, before any work and any kill that is due then. */
  readonly watch: (see: (run: Running) => void) => void;
  /** To be called after every call. */
  readonly shown: (run: Running) => void;
  readonly workOf: (run: Running) => readonly (() => void)[];
  /** The kill that is due after this many service calls of an execution. */
  readonly killOf: (run: Running) => Unflushed | undefined;
  readonly strike: (run: Running, name: string, args: readonly unknown[]) => Strike | undefined;
  readonly clear: () => void;
}

/** No faults yet. */
export function noFaults(): Faults {
  let kills: { execution: number; call: number; unflushed: Unflushed }[] = [];
  let failures: { spec: FailSpec; left: number }[] = [];
  let works: { execution: number; call: number; work: () => void }[] = [];
  let see: ((run: Running) => void) | undefined;
  const shownCalls = new WeakMap<Running, number>();
  return {
    watch(given) {
      see = given;
    },
    shown(run) {
      if (see === undefined || run.number === 0 || shownCalls.get(run) === run.serviceCalls) return;
      shownCalls.set(run, run.serviceCalls);
      see(run);
    },
    killAfter(execution, call, unflushed = 'half') {
      kills.push({ execution, call, unflushed });
    },
    failNext(spec) {
      failures.push({ spec, left: spec.nth ?? 1 });
    },
    during(execution, call, work) {
      works.push({ execution, call, work });
    },
    workOf(run) {
      const due = works.filter((each) => each.execution === run.number && run.serviceCalls >= each.call);
      if (due.length > 0) works = works.filter((each) => !due.includes(each));
      return due.map((each) => each.work);
    },
    killOf(run) {
      const found = kills.find((kill) => kill.execution === run.number && run.serviceCalls >= kill.call);
      if (found) kills = kills.filter((kill) => kill !== found);
      return found?.unflushed;
    },
    strike(run, name, args) {
      for (const failure of failures) {
        if (!concerns(failure.spec, run, name, args)) continue;
        failure.left -= 1;
        if (failure.left > 0) continue;
        failures = failures.filter((each) => each !== failure);
        return { when: failure.spec.when ?? 'before', message: failure.spec.message };
      }
      return undefined;
    },
    clear() {
      kills = [];
      failures = [];
      works = [];
      see = undefined;
    },
  };
}

function concerns(spec: FailSpec, run: Running, name: string, args: readonly unknown[]): boolean {
  if (spec.execution !== undefined && spec.execution !== run.number) return false;
  const service = name.split('.')[0] ?? '';
  const group = ['sheet', 'range', 'protection'].includes(service) ? 'spreadsheet' : service;
  if (spec.call !== name && spec.call !== service && spec.call !== group) return false;
  return spec.url === undefined || JSON.stringify(args).includes(spec.url);
}
