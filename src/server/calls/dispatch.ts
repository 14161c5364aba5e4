import * as z from 'zod/mini';
import { type ArgsOf, CALL_NAMES, type CallName, type ValueOf } from '../../lib/calls.ts';
import type { ActivityNote } from '../../lib/jobs/model.ts';
import { NO_USAGE } from '../../lib/jobs/model.ts';
import { isActive } from '../../lib/jobs/next.ts';
import { createUsageCounter, type UsageCounter } from '../../lib/jobs/usage.ts';
import { busySentence } from '../../lib/jobs/view.ts';
import { problemsMessage } from '../../lib/workbook/problem.ts';
import { readSettings, type Settings } from '../../lib/workbook/settings.ts';
import { settings } from '../../lib/workbook/tables.ts';
import { appendActivity } from '../activity.ts';
import type { Connections } from '../connections/connections.ts';
import type { Environment } from '../environment.ts';
import { connectClaude, connectHarvest, disconnect, setUp, startQuickBooks, testConnection } from './connections.ts';
import type { CallContext } from './handler.ts';
import { invoiceCalls } from './invoices.ts';
import { cancelJob, continueJob, push, startMonthEnd, sync } from './jobs.ts';
import { learningCalls } from './learning.ts';
import { reviewCalls } from './review.ts';
import { argumentSchemas } from './schemas.ts';
import { sowImportCalls } from './sow-import.ts';
import { status } from './status.ts';

/** The environment with connections for the time of one call. */
export interface CallEnvironment extends Environment {
  readonly connections: Connections;
  /** What the call has used of the services so far. */
  readonly usage: Pick<UsageCounter, 'snapshot'>;
}

/** A call may talk to a service for this long before it answers. */
const CALL_MS = 90_000;

/** Models take their time over a document; an execution ends at six minutes. */
const LONG_CALL_MS = 240_000;
const ASKING_MODELS: ReadonlySet<CallName> = new Set<CallName>(['sowRead', 'learn']);

const LOCK_WAIT_MS = 10_000;

/** The sidebar's one door: JSON in, JSON out, nothing thrown. */
export function dispatch(makeEnvironment: () => Environment, requestJson: string): string {
  try {
    const { name, args } = requestOf(requestJson);
    const environment = makeEnvironment();
    return JSON.stringify({ ok: true, value: answer(environment, name, args) });
  } catch (error) {
    return JSON.stringify({ ok: false, message: sentenceOf(error) });
  }
}

const envelope = z.strictObject({ name: z.string(), args: z.optional(z.unknown()) });

function requestOf(requestJson: string): { readonly name: CallName; readonly args: unknown } {
  let json: unknown;
  try {
    json = JSON.parse(requestJson);
  } catch {
    json = null;
  }
  const read = z.safeParse(envelope, json);
  if (!read.success) throw new Error('The sidebar sent something that is not a call. Open it again.');
  const name = CALL_NAMES.find((known) => known === read.data.name);
  if (name === undefined) throw new Error('The sidebar asked for something unknown. Open it again.');
  const args = z.safeParse(argumentSchemas[name], read.data.args ?? {});
  if (args.success) return { name, args: args.data };
  const where = args.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new Error(`The call ${name} cannot be done with what was given${where === '' ? '' : ` for ${where}`}.`);
}

function answer(environment: Environment, name: CallName, args: unknown): ValueOf<CallName> {
  const handler: (environment: CallEnvironment, args: never) => ValueOf<CallName> = handlers[name];
  // The schema of this very name has just read the arguments.
  return handler(forCall(environment, ASKING_MODELS.has(name) ? LONG_CALL_MS : CALL_MS), args as never);
}

/** Gives an environment connections that live as long as one call. */
export function forCall(environment: Environment, forMs = CALL_MS): CallEnvironment {
  const usage = createUsageCounter(NO_USAGE);
  const connections = environment.connect(usage, environment.clock.now() + forMs);
  return { ...environment, connections, usage };
}

type CallHandlers = { readonly [N in CallName]: (environment: CallEnvironment, args: ArgsOf<N>) => ValueOf<N> };

const handlers: CallHandlers = {
  status,
  setUp: (environment) => alone(environment, () => setUp(environment)),
  connectHarvest,
  connectClaude,
  startQuickBooks,
  testConnection,
  disconnect,
  startMonthEnd,
  continueJob,
  cancelJob,
  push,
  sync,
  review: (environment, args) => reading(environment, reviewCalls.review, args),
  decide: (environment, args) => writing(environment, reviewCalls.decide, args),
  invoices: (environment, args) => reading(environment, invoiceCalls.invoices, args),
  decideHold: (environment, args) => writing(environment, invoiceCalls.decideHold, args),
  approve: (environment, args) => writing(environment, invoiceCalls.approve, args),
  unapprove: (environment, args) => writing(environment, invoiceCalls.unapprove, args),
  undoPush: (environment, args) => writing(environment, invoiceCalls.undoPush, args),
  updateDrafts: (environment, args) => writing(environment, invoiceCalls.updateDrafts, args),
  sowList: (environment, args) => reading(environment, sowImportCalls.sowList, args),
  sowRead: (environment, args) => reading(environment, sowImportCalls.sowRead, args),
  sowPropose: (environment, args) => reading(environment, sowImportCalls.sowPropose, args),
  sowCheck: (environment, args) => reading(environment, sowImportCalls.sowCheck, args),
  sowWrite: (environment, args) => writing(environment, sowImportCalls.sowWrite, args),
  sowUndo: (environment, args) => writing(environment, sowImportCalls.sowUndo, args),
  learn: (environment, args) => writing(environment, learningCalls.learn, args),
  learnLeft: (environment, args) => reading(environment, learningCalls.learnLeft, args),
  learnUse: (environment, args) => writing(environment, learningCalls.learnUse, args),
  learnDiscard: (environment, args) => writing(environment, learningCalls.learnDiscard, args),
  learnForget: (environment, args) => writing(environment, learningCalls.learnForget, args),
};

type Work<A, V> = (context: CallContext, args: A) => V;

function reading<A, V>(environment: CallEnvironment, work: Work<A, V>, args: A): V {
  return withActivity(environment, work, args);
}

/** Writes only while no job does, so that neither works on what the other is changing. */
function writing<A, V>(environment: CallEnvironment, work: Work<A, V>, args: A): V {
  return alone(environment, () => withActivity(environment, work, args));
}

function withActivity<A, V>(environment: CallEnvironment, work: Work<A, V>, args: A): V {
  const workbook = environment.workbook();
  const notes: ActivityNote[] = [];
  const tell = () => appendActivity(workbook, notes.splice(0), environment.who, environment.clock.now());
  const value = work(
    {
      workbook,
      settings: () => settingsOf(environment),
      clock: environment.clock,
      who: environment.who,
      clients: environment.connections,
      job: () => environment.jobs().load(),
      usage: environment.usage,
      log: (note) => {
        notes.push(note);
      },
      tell,
    },
    args,
  );
  tell();
  return value;
}

function alone<T>(environment: CallEnvironment, work: () => T): T {
  const done = environment.guard().tryRun(LOCK_WAIT_MS, () => {
    const value = work();
    environment.workbook().flush();
    return value;
  });
  if (done.ran) return done.value;
  const job = environment.jobs().load();
  const since = job === null ? '' : environment.times().of(job.startedAtMs).replace('T', ' ');
  throw new Error(
    job !== null && isActive(job)
      ? busySentence(job, since)
      : 'Someone is saving something in this spreadsheet right now. Try again in a minute.',
  );
}

function settingsOf(environment: CallEnvironment): Settings {
  const content = environment.workbook().read(settings);
  const read = readSettings(content.rows, content.rowNumbers);
  const problems = [...content.problems, ...read.problems];
  if (problems.length > 0) throw new Error(problemsMessage(problems));
  return read.settings;
}

/** Errors of ours are sentences; what the language itself throws is a mistake of ours and is said to be one. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Something unknown went wrong. Nothing more was done.';
  const mistake = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  if (!mistake) return error.message;
  console.error(error.stack ?? error.message);
  return `The add-on made a mistake (${error.message}). Nothing more was done; please report it.`;
}
