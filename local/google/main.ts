import { type Bridge, connect } from './bridge.ts';
import { cacheService } from './cache-service.ts';
import { installDate } from './date.ts';
import { type EventSpec, eventObject } from './events.ts';
import { service } from './guard.ts';
import { HtmlOutput, htmlService } from './html-service.ts';
import { lockService } from './lock-service.ts';
import { consoleService, logger } from './logging.ts';
import { mailApp } from './mail-app.ts';
import { pageValue } from './page-value.ts';
import { propertiesService } from './properties-service.ts';
import { scriptApp } from './script-app.ts';
import { session } from './session.ts';
import { ChartType } from './spreadsheet/enums.ts';
import { spreadsheetApp } from './spreadsheet-app.ts';
import { urlFetchApp } from './url-fetch-app.ts';
import { utilities } from './utilities.ts';

interface Invocation {
  readonly functionName: string;
  readonly args: readonly unknown[];
  readonly event?: EventSpec;
}

interface Outcome {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly message?: string;
  readonly stack?: string;
}

const given = new Set<string>();

/** Puts Google's services into this context. */
export function install(bridge: Bridge, setupText: string): void {
  const setup = JSON.parse(setupText) as { nowMs: number; timeZone: string };
  connect(bridge, setup.nowMs);
  installDate(setup.timeZone);
  const services: Record<string, object> = {
    SpreadsheetApp: spreadsheetApp(),
    PropertiesService: propertiesService(),
    CacheService: cacheService(),
    LockService: lockService(),
    ScriptApp: scriptApp(),
    HtmlService: htmlService(),
    Session: session(),
    Utilities: utilities(),
    UrlFetchApp: urlFetchApp(),
    MailApp: mailApp(),
    Charts: service('Charts', { ChartType }),
    Logger: logger(),
    console: consoleService(),
  };
  for (const [name, value] of Object.entries(services)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
  for (const name of Object.getOwnPropertyNames(globalThis)) given.add(name);
}

/**
 * Calls one global function of the script. The outcome is ready when the context's microtasks have run:
 * read it with the function that is returned.
 */
export function run(invocationText: string): () => string {
  const invocation = JSON.parse(invocationText) as Invocation;
  let outcome: Outcome = { ok: true, value: null };
  const settle = (value: unknown): void => {
    outcome = { ok: true, value: value instanceof HtmlOutput ? value.getContent() : pageValue(value) };
  };
  const fail = (error: unknown): void => {
    outcome =
      error instanceof Error
        ? { ok: false, message: error.message, stack: scriptStack(error) }
        : { ok: false, message: String(error), stack: String(error) };
  };
  try {
    const target = (globalThis as Record<string, unknown>)[invocation.functionName];
    // Only what the script itself declares can be called, not `Date` or a service.
    if (typeof target !== 'function' || given.has(invocation.functionName))
      throw new Error(`Script function not found: ${invocation.functionName}`);
    const args = invocation.event === undefined ? invocation.args : [eventObject(invocation.event), ...invocation.args];
    const value: unknown = target.apply(globalThis, args);
    if (value instanceof Promise) value.then(settle, fail);
    else settle(value);
  } catch (error) {
    fail(error);
  }
  return () => JSON.stringify(outcome);
}

/** The stack without the lines of the stand-ins and of the host. */
function scriptStack(error: Error): string {
  const lines = (error.stack ?? String(error)).split('\n');
  return lines.filter((line) => !/^\s+at /.test(line) || line.includes('main.js:')).join('\n');
}
