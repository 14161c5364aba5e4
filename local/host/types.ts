import type { HostClock } from './clock.ts';
import type { Area, Book } from './sheet/book.ts';

/** What was built for Google: one script, one page, one manifest (parsed `appsscript.json`). */
export interface Bundle {
  readonly code: string;
  readonly sidebarHtml: string;
  readonly manifest: Manifest;
}

export interface Manifest {
  readonly timeZone?: string;
  readonly oauthScopes?: readonly string[];
  readonly urlFetchWhitelist?: readonly string[];
  readonly [other: string]: unknown;
}

/** An alert that a script shows and waits on. */
export interface Alert {
  readonly title: string;
  readonly message: string;
  /** OK, OK_CANCEL, YES_NO or YES_NO_CANCEL. */
  readonly buttons: string;
}

export interface HostOptions {
  readonly bundle: Bundle;
  /** Zone of the spreadsheet (IANA). */
  readonly timeZone: string;
  /** Simulated time at the start, in epoch milliseconds. */
  readonly now: number;
  /** Email of the person at the keyboard. */
  readonly user: string;
  /** Hostname to the loopback server that answers for it, such as `http://127.0.0.1:8080`. */
  readonly routes?: Readonly<Record<string, string>>;
  /** Whether hosts that have no route are reached over the internet; otherwise they are unreachable. */
  readonly allowInternet?: boolean;
  /** `real`: the clock is this machine's, waiting waits, calls cost what they take. Default `simulated`. */
  readonly time?: 'simulated' | 'real';
  readonly scriptId?: string;
  /** Real milliseconds of computing without a service call after which an execution is ended; default two minutes. */
  readonly computingGuardMs?: number;
  /** Who answers alerts; by default the first button that agrees is pressed. */
  readonly onAlert?: (alert: Alert) => string | Promise<string>;
}

/** How an execution is started; this decides what it may do and for how long. */
export type StartedAs = 'menu' | 'sidebar' | 'trigger' | 'open' | 'edit' | 'callback';

/** What became of one invocation. */
export interface Execution {
  /** Counts from 1 since the start or the last `resetCounters`. */
  readonly number: number;
  readonly functionName: string;
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly message: string; readonly stack: string };
  /** Whether a fault killed it. */
  readonly killed?: boolean;
  /** Simulated seconds from start to end. */
  readonly seconds: number;
  /** Calls of Google's services that reach a server; getting a handle such as a Range is none. */
  readonly serviceCalls: number;
  /** Those of them that read or write cells, formats or structure of the spreadsheet. */
  readonly spreadsheetCalls: number;
  /** HTTP requests by hostname. */
  readonly requests: Readonly<Record<string, number>>;
  readonly log: readonly string[];
}

/** What a service call gives back to the script. */
export interface Reply {
  readonly v?: unknown;
  /** Places of dates in a grid. */
  readonly d?: readonly number[];
  /** Cells read or written, for the cost. */
  readonly cells?: number;
  /** Simulated seconds beyond the table's. */
  readonly seconds?: number;
}

/** An execution while it runs. */
export interface Running {
  readonly number: number;
  readonly functionName: string;
  readonly as: StartedAs;
  readonly user: string;
  readonly authMode: 'LIMITED' | 'FULL';
  readonly startMs: number;
  readonly limitMs: number;
  /** Its own simulated time. */
  nowMs: number;
  serviceCalls: number;
  spreadsheetCalls: number;
  readonly requests: Record<string, number>;
  readonly log: string[];
  /** Writes that only this execution knows, in order. */
  pending: (() => void)[];
}

/** One kind of service call. */
export type Service = (site: Site, run: Running, args: readonly unknown[]) => Reply | Promise<Reply>;

export interface TriggerState {
  readonly id: string;
  readonly handler: string;
  readonly event: string;
  readonly user: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly kind: 'once' | 'recurring' | 'event';
  nextMs: number | null;
}

export interface Mail {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly htmlBody?: string;
  readonly cc?: string;
  readonly bcc?: string;
}

export interface CacheEntry {
  readonly value: string;
  readonly madeMs: number;
  readonly untilMs: number;
}

export interface StateToken {
  readonly method: string;
  readonly values: Readonly<Record<string, string>>;
  readonly user: string;
  readonly untilMs: number;
}

/** What the script put on the screen. */
export interface Screen {
  menus: readonly unknown[];
  sidebar: { readonly title: string; readonly html: string } | null;
  dialog: { readonly title: string; readonly html: string } | null;
  readonly toasts: { readonly title: string; readonly message: string; readonly at: number }[];
  readonly alerts: Alert[];
}

/** All that a host knows; services work on it. */
export interface Site {
  readonly options: HostOptions;
  readonly scriptId: string;
  readonly scriptTimeZone: string;
  readonly clock: HostClock;
  book: Book;
  /** Store name (`document`, `script`, `user me@firm.example`) to its properties. */
  properties: Map<string, Map<string, string>>;
  caches: Map<string, Map<string, CacheEntry>>;
  triggers: TriggerState[];
  mails: Mail[];
  tokens: Map<string, StateToken>;
  readonly screen: Screen;
  /** Requests since the first one of the present day of the quota. */
  fetches: { count: number; sinceMs: number };
  uuids: number;
  /** Brings the formulas of an area up to date. */
  readonly calculate: (area: Area) => void;
}
