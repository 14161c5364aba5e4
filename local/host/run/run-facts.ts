import { startSeconds } from '../costs.ts';
import { limits } from '../limits.ts';
import type { Execution, Running, Site } from '../types.ts';
import type { StartSpec } from './engine.ts';
import type { Strike } from './faults.ts';

/** How an execution ended, as its worker or the engine says. */
export interface Outcome {
  readonly ok: boolean;
  readonly killed?: boolean;
  readonly value?: unknown;
  readonly message?: string;
  readonly stack?: string;
}

/** An execution at its start. */
export function newRun(site: Site, spec: StartSpec, number: number, real: boolean): Running {
  const simple = spec.as === 'open' || spec.as === 'edit';
  const startMs = Math.round(site.clock.now());
  return {
    number,
    functionName: spec.functionName,
    as: spec.as,
    user: spec.user,
    authMode: simple ? 'LIMITED' : 'FULL',
    startMs,
    limitMs: simple ? limits.simpleTriggerMs : limits.runtimeMs,
    nowMs: startMs + (real ? 0 : startSeconds * 1000),
    serviceCalls: 0,
    spreadsheetCalls: 0,
    requests: {},
    log: [],
    pending: [],
  };
}

/** An execution as its caller gets it. */
export function report(run: Running, outcome: Outcome): Execution {
  return {
    number: run.number,
    functionName: run.functionName,
    ok: outcome.ok,
    ...(outcome.ok
      ? { value: outcome.value }
      : { error: { message: outcome.message ?? '', stack: outcome.stack ?? '' } }),
    ...(outcome.killed ? { killed: true } : {}),
    seconds: Math.round(run.nowMs - run.startMs) / 1000,
    serviceCalls: run.serviceCalls,
    spreadsheetCalls: run.spreadsheetCalls,
    requests: run.requests,
    log: run.log,
  };
}

/** Whole milliseconds of simulated seconds. */
export function wholeMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** What the script is told by a fault. */
export function faultText(site: Site, name: string, args: readonly unknown[], strike: Strike): string {
  if (strike.message !== undefined) return strike.message;
  const service = name.split('.')[0];
  if (service === 'fetch') {
    const [first] = (args[0] ?? []) as readonly { readonly url?: string }[];
    return `Address unavailable: ${first?.url ?? ''}`;
  }
  if (isSpreadsheet(name)) return `Service Spreadsheets timed out while accessing document with id ${site.book.id}.`;
  return "We're sorry, a server error occurred. Please wait a bit and try again.";
}

/** How long a script waits for a fault. */
export function faultSeconds(name: string): number {
  return name.startsWith('fetch.') || isSpreadsheet(name) ? limits.fetchTimeoutMs / 1000 : 1;
}

function isSpreadsheet(name: string): boolean {
  return /^(spreadsheet|sheet|range|protection)\./.test(name);
}
