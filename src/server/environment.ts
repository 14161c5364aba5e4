import { type Job, NO_USAGE } from '../lib/jobs/model.ts';
import { previousMonth } from '../lib/jobs/schedule.ts';
import { createUsageCounter, type UsageCounter } from '../lib/jobs/usage.ts';
import { readSettings } from '../lib/workbook/settings.ts';
import { settings } from '../lib/workbook/tables.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Connections, createConnections } from './connections/connections.ts';
import { companySlot, createSecrets } from './connections/secrets.ts';
import { documentGuard, type Guard, scriptGuard } from './guard.ts';
import { typedNotes } from './hand-edit-notes.ts';
import { stepsTakingUp, takeUpTyped, takingUp } from './hand-edit-take-up.ts';
import { createHttp } from './http.ts';
import { tellAtRest } from './jobs/at-rest.ts';
import { createContinuation } from './jobs/continuation.ts';
import { createRunner, type Runner } from './jobs/runner.ts';
import { createSchedule, type Schedule } from './jobs/schedule.ts';
import { allSteps } from './jobs/steps.ts';
import { createJobStore, type JobStore } from './jobs/store.ts';
import { type LocalTimes, localTimes } from './local-time.ts';
import { documentProperties, userProperties } from './properties.ts';
import { openWorkbook } from './sheets/open.ts';
import type { Workbook } from './sheets/workbook.ts';
import { urlFetchTransport } from './url-fetch.ts';

/** Everything an execution may need, each made on first use: an entry point that needs little pays for little. */
export interface Environment {
  readonly clock: Clock;
  /** Email of the person as whom this runs; empty when Google does not say. */
  readonly who: string;
  workbook(): Workbook;
  times(): LocalTimes;
  guard(): Guard;
  jobs(): JobStore;
  schedule(): Schedule;
  runner(): Runner;
  /** For calls from the sidebar; a job has its own with its own deadline and counter. */
  connect(usage: UsageCounter, deadlineMs: number): Connections;
  firstPeriod(): string;
}

/** The Apps Script environment of one execution. */
export function createEnvironment(): Environment {
  const clock = systemClock();
  const who = once(() => Session.getEffectiveUser().getEmail());
  const workbook = once(openWorkbook);
  const times = once(() => localTimes(workbook().timeZone));
  const takeUp = () => takeUpTyped(typedNotes(), workbook);
  const guard = once(() => takingUp(documentGuard(), takeUp));
  const properties = once(documentProperties);
  const jobs = once(() => createJobStore(properties()));
  const firstPeriod = () => readSettings(workbook().read(settings).rows).settings.firstPeriod;

  const connect = (usage: UsageCounter, deadlineMs: number): Connections =>
    createConnections({
      http: createHttp({ transport: urlFetchTransport(() => clock.now() < deadlineMs), clock, deadlineMs, usage }),
      secrets: createSecrets(userProperties()),
      company: companySlot(properties()),
      refreshGuard: scriptGuard(),
      usage,
      nowMs: () => clock.now(),
      base64: (text) => Utilities.base64Encode(text, Utilities.Charset.UTF_8),
      redirectUri: () => `https://script.google.com/macros/d/${ScriptApp.getScriptId()}/usercallback`,
      stateToken: () =>
        ScriptApp.newStateToken().withMethod('onQuickBooksConnected').withTimeout(CONSENT_SECONDS).createToken(),
    });

  const atRest = (job: Job, book: Workbook): void =>
    tellAtRest(
      {
        properties: properties(),
        nowMs: () => clock.now(),
        today: () => times().of(clock.now()).slice(0, 10),
        address: () => SpreadsheetApp.getActiveSpreadsheet().getUrl(),
        connectionEnd: () => connect(createUsageCounter(NO_USAGE), clock.now()).quickBooksEnd(),
      },
      job,
      book,
    );

  const schedule = once(() => createSchedule(properties(), 'onMonthStart', () => workbook().timeZone, who()));

  const runner = once(() =>
    createRunner({
      store: jobs(),
      guard: guard(),
      clock,
      continuation: createContinuation('onContinue'),
      workbook,
      clients: connect,
      steps: stepsTakingUp(allSteps, takeUp),
      who,
      isScheduled: () => schedule().isMine(),
      duePeriod: () => previousMonth(times().of(clock.now())),
      timeText: (ms) => times().of(ms).replace('T', ' '),
      firstPeriod,
      atRest,
    }),
  );

  return {
    clock,
    get who() {
      return who();
    },
    workbook,
    times,
    guard,
    jobs,
    runner,
    connect,
    firstPeriod,
    schedule,
  };
}

/** How long a person may take on Intuit's pages. */
const CONSENT_SECONDS = 3600;

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
