/**
 * A running copy of the product for one scenario: the built bundle in the local host, the simulators behind it, the
 * workbook set up and filled, all connections made. Everything is done through the entry points that Google would call.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, type Execution, type Host, type Kept } from '../host/host.ts';
import { createClaude } from '../simulators/claude/claude.ts';
import { createHarvest } from '../simulators/harvest/harvest.ts';
import { createQuickBooks, type QuickBooksState } from '../simulators/quickbooks/quickbooks.ts';
import { fillWorkbook } from './fill-workbook.ts';
import { type Fault, type World, WorldError } from './format.ts';
import { startOf } from './start.ts';

const SECRETS = {
  harvestAccount: '990001',
  harvestToken: 'sample-harvest-token',
  claudeKey: 'sample-claude-key',
  intuitClient: 'sample-intuit-client',
  intuitSecret: 'sample-intuit-secret',
} as const;

/** The model that answers first; the stand-in takes any other for the second opinion. */
const FIRST_MODEL = 'claude-haiku-5-5';

/** What a call came to; `killed`: the platform stopped its execution. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly killed?: true };

export interface Session {
  readonly host: Host;
  /** Zone of the spreadsheet (IANA). */
  readonly timeZone: string;
  readonly harvest: Awaited<ReturnType<typeof createHarvest>>;
  readonly claude: Awaited<ReturnType<typeof createClaude>>;
  readonly quickbooks: Awaited<ReturnType<typeof createQuickBooks>>;
  /** Executions since the last look, for the record of a step. */
  takeExecutions(): readonly Execution[];
  /** Notes executions that were started in another way. */
  keep(done: readonly Execution[]): void;
  /** Calls the add-on as the sidebar does. */
  ask(name: string, args?: unknown, user?: string): Promise<Answer>;
  /** The same, only to see how things stand: not counted among the executions. */
  look(name: string): Promise<Answer>;
  /** Calls a menu item or a trigger's function; the error as a user would see it, or null. */
  invoke(name: string, as: 'menu' | 'trigger', args?: readonly unknown[]): Promise<string | null>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** The folder with main.js, sidebar.html and appsscript.json. */
  readonly dist: string;
  readonly user?: string;
  /** A key of the real Claude API, which then answers in place of the stand-in. */
  readonly claudeKey?: string;
  /** Where requests to Claude go instead of the stand-in. */
  readonly claudeUrl?: string;
  /** Goes on from what `host.state()` gave in a session of the same world in which nothing had been pushed yet; no faults are armed. */
  readonly from?: string;
  /** Goes on from a moment of another session of the same world; no faults are armed. */
  readonly at?: SessionMoment;
  /** Other choices than the stand-in's where nothing says what QuickBooks does. */
  readonly assumptions?: Parameters<typeof createQuickBooks>[0]['assumptions'];
  /** QuickBooks lets two invoices carry one number. */
  readonly allowDuplicateNumbers?: boolean;
  /** Further people who have connected all services with keys of their own. */
  readonly alsoConnected?: readonly string[];
}

/** What lasts in the spreadsheet and in QuickBooks. */
export interface SessionMoment {
  readonly host: Kept;
  readonly quickbooks: QuickBooksState;
}

/** Starts a session; throws WorldError where the scenario's records do not fit. */
export async function openSession(world: World, options: SessionOptions): Promise<Session> {
  const user = options.user ?? 'manager@firm.example';
  const timeZone = world.timeZone ?? 'America/New_York';
  const clock = { now: () => host.clock.now() };
  const settings = world.workbook?.['Settings'];
  const firstModel = Array.isArray(settings) ? undefined : settings?.['Classification model'];
  const [harvest, claude, quickbooks] = await recordsOf(() =>
    Promise.all([
      createHarvest({
        clock,
        data: (world.harvest ?? {}) as Parameters<typeof createHarvest>[0]['data'],
        publicUrl: 'https://api.harvestapp.com',
        token: SECRETS.harvestToken,
        accountId: SECRETS.harvestAccount,
      }),
      createClaude({
        clock,
        apiKey: SECRETS.claudeKey,
        answers: world.claude?.answers ?? [],
        firstModel: typeof firstModel === 'string' ? firstModel : FIRST_MODEL,
      }),
      createQuickBooks({
        clock,
        data: world.quickbooks ?? {},
        timeZone,
        clientId: SECRETS.intuitClient,
        clientSecret: SECRETS.intuitSecret,
        ...(options.assumptions === undefined ? {} : { assumptions: options.assumptions }),
        ...(options.allowDuplicateNumbers === undefined
          ? {}
          : { allowDuplicateNumbers: options.allowDuplicateNumbers }),
      }),
    ]),
  );
  const host: Host = createHost({
    bundle: {
      code: readFileSync(join(options.dist, 'main.js'), 'utf8'),
      sidebarHtml: readFileSync(join(options.dist, 'sidebar.html'), 'utf8'),
      manifest: JSON.parse(readFileSync(join(options.dist, 'appsscript.json'), 'utf8')),
    },
    timeZone,
    now: startOf(world, timeZone),
    user,
    allowInternet: options.claudeKey !== undefined,
    routes: {
      'api.harvestapp.com': harvest.url,
      ...(options.claudeKey === undefined ? { 'api.anthropic.com': options.claudeUrl ?? claude.url } : {}),
      'quickbooks.api.intuit.com': quickbooks.url,
      'sandbox-quickbooks.api.intuit.com': quickbooks.url,
      'oauth.platform.intuit.com': quickbooks.url,
      'developer.api.intuit.com': quickbooks.url,
    },
  });
  let executions: Execution[] = [];
  const keep = (execution: Execution) => {
    executions.push(execution);
    return execution;
  };
  const request = (name: string, args: unknown, by = user, counted = true) =>
    host.invoke('call', [JSON.stringify({ name, args })], { as: 'sidebar', user: by, counted });
  const session: Session = {
    host,
    timeZone,
    harvest,
    claude,
    quickbooks,
    takeExecutions() {
      const taken = executions;
      executions = [];
      return taken;
    },
    keep(done) {
      executions.push(...done);
    },
    async ask(name, args = {}, by = user) {
      return answerOf(keep(await request(name, args, by)));
    },
    async look(name) {
      return answerOf(await request(name, {}, user, false));
    },
    async invoke(name, as, args = []) {
      const execution = keep(await host.invoke(name, [...args], { as }));
      return execution.ok || wasStopped(execution) ? null : (execution.error?.message ?? 'The execution was stopped.');
    },
    async close() {
      host.close();
      await Promise.all([harvest.close(), claude.close(), quickbooks.close()]);
    },
  };
  try {
    if (options.at !== undefined) goBack(session, options.at);
    else if (options.from !== undefined)
      await goOnFrom(session, options.from, 1 + (options.alsoConnected?.length ?? 0));
    else await makeReady(session, world, options.claudeKey ?? SECRETS.claudeKey, options.alsoConnected ?? []);
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}

/** All tabs, all rows, all connections: what a scenario takes for granted before its first step. */
async function makeReady(
  session: Session,
  world: World,
  claudeKey: string,
  alsoConnected: readonly string[],
): Promise<void> {
  await must(session.ask('setUp'), 'set up');
  fillWorkbook(session.host.workbook, world);
  await connect(session, claudeKey);
  for (const user of alsoConnected) await connect(session, claudeKey, user);
  countAnew(session);
  await recordsOf(async () => armFaults(session, world.faults ?? []));
}

async function connect(session: Session, claudeKey: string, user?: string): Promise<void> {
  await must(
    session.ask('connectHarvest', { accountId: SECRETS.harvestAccount, token: SECRETS.harvestToken }, user),
    'connect Harvest',
  );
  await must(session.ask('connectClaude', { key: claudeKey }, user), 'connect Claude');
  await connectQuickBooks(session, user);
}

/** A person (the session's user when left out) enters all keys again, with services that take them again whatever faults had spoilt them. */
export async function connectServices(session: Session, user?: string): Promise<void> {
  session.harvest.heal();
  session.claude.heal();
  session.quickbooks.heal();
  await connect(session, SECRETS.claudeKey, user);
}

function countAnew(session: Session): void {
  session.takeExecutions();
  session.host.resetCounters();
  session.harvest.resetCounters();
  session.claude.resetCounters();
  session.quickbooks.resetCounters();
}

/** The simulators are new, so QuickBooks is brought to where it was: its tokens come out the same when they are asked for in the same order. */
async function goOnFrom(session: Session, state: string, connections: number): Promise<void> {
  for (let made = 0; made < connections; made += 1) await askForTokens(session);
  session.host.restore(state);
  countAnew(session);
}

async function askForTokens({ quickbooks: { url } }: Session): Promise<void> {
  const redirect = 'https://script.google.com/macros/d/saved/usercallback';
  const asked = new URLSearchParams({
    client_id: SECRETS.intuitClient,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'com.intuit.quickbooks.accounting',
    state: 'saved',
  });
  const consent = await fetch(`${url}/connect/oauth2?${asked}`, { redirect: 'manual' });
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const app = Buffer.from(`${SECRETS.intuitClient}:${SECRETS.intuitSecret}`).toString('base64');
  await fetch(`${url}/oauth2/v1/tokens/bearer`, {
    method: 'POST',
    headers: { authorization: `Basic ${app}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirect }),
  });
}

function goBack(session: Session, { host, quickbooks }: SessionMoment): void {
  session.quickbooks.goBack(quickbooks);
  session.host.goBack(host);
  countAnew(session);
}

/** Faults strike from the first step on, not while the connections are made. */
function armFaults(session: Session, faults: readonly Fault[]): void {
  for (const fault of faults) {
    if ('execution' in fault) session.host.killAfter(fault.execution, fault['kill after']);
    else session[fault.service].addFault(fault);
  }
}

/** Walks the consent as a browser would: Intuit's page sends it back to the script with a code. */
async function connectQuickBooks(session: Session, user?: string): Promise<void> {
  const started = await must(
    session.ask(
      'startQuickBooks',
      { clientId: SECRETS.intuitClient, clientSecret: SECRETS.intuitSecret, environment: 'production' },
      user,
    ),
    'connect QuickBooks',
  );
  const consent = new URL((started as { readonly url: string }).url);
  const answer = await fetch(`${session.quickbooks.url}${consent.pathname}${consent.search}`, { redirect: 'manual' });
  const back = answer.headers.get('location');
  if (!back) throw new Error(`QuickBooks refused the consent: ${await answer.text()}`);
  await session.host.completeOAuth(back, user);
}

async function must(answer: Promise<Answer>, what: string): Promise<unknown> {
  const got = await answer;
  if (!got.ok) throw new Error(`Could not ${what}: ${got.message}`);
  return got.value;
}

/** Wrong records of a scenario are faults of the file, whoever finds them. */
async function recordsOf<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw new WorldError([error instanceof Error ? error.message : String(error)]);
  }
}

function answerOf(execution: Execution): Answer {
  if (execution.ok) return JSON.parse(String(execution.value)) as Answer;
  const message = execution.error?.message ?? 'The execution was stopped.';
  return wasStopped(execution) ? { ok: false, message, killed: true } : { ok: false, message };
}

/** By a fault or by the six-minute limit: at Google the continuation that was set before goes on. */
function wasStopped(execution: Execution): boolean {
  return execution.killed === true || (execution.error?.message ?? '').startsWith('Exceeded maximum execution time');
}
