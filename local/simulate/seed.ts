/** One seed: a month with bad luck and other people, judged when it has come to its end. */
import { connectServices, type Session } from '../world/session.ts';
import { fireContinuations, MOST_EXECUTIONS } from './carry-on.ts';
import { disturb } from './disturb.ts';
import { brokenRules } from './invariants.ts';
import { openAt, PHASES, type PhaseName, type Prepared } from './phases.ts';
import { type Random, randomOf } from './random.ts';

export interface SeedReport {
  readonly seed: number;
  /** What happened, in order. */
  readonly said: readonly string[];
  /** Empty when all is well. */
  readonly problems: readonly string[];
  /** Most executions that a phase took by itself after the last fault. */
  readonly executions: number;
}

/** QuickBooks as an undisturbed month leaves it, by invoice. */
export type Books = ReadonlyMap<string, string>;

/** How often a person who sees that something is left presses again before the seed counts as stuck. */
const MOST_PRESSES = 4;

/** Lives through one month. `books`: what it comes to where nobody edits anything. */
export async function liveThrough(seed: number, prepared: Prepared, books: Books): Promise<SeedReport> {
  const random = randomOf(seed);
  const session = await openAt(prepared, 'month-end');
  const said: string[] = [];
  const problems: string[] = [];
  let edited = false;
  let executions = 0;
  try {
    for (const name of ['month-end', 'approve', 'push'] as const) {
      const done = await disturbed(session, name, random);
      said.push(...done.said.map((text) => `${name}: ${text}`));
      edited ||= done.edited;
      executions = Math.max(executions, done.executions);
      problems.push(...done.problems.map((text) => `${name}: ${text}`));
    }
    if (problems.length === 0) {
      session.quickbooks.settle();
      await untilPushed(session, said);
      if (random.chance(0.2)) await undoAndPushAgain(session, random, said);
      problems.push(...brokenRules(session));
      if (!edited) problems.push(...otherBooks(books, booksOf(session)));
    }
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await session.close();
  }
  return { seed, said, problems, executions };
}

/** The invoices and estimates of a session by our name of them, without what tries and moments change. */
export function booksOf(session: Session): Books {
  const all = [...session.quickbooks.invoices(), ...session.quickbooks.estimates()];
  return new Map(
    all.map((one) => {
      const { Id: _, SyncToken: __, MetaData: ___, DocNumber: ____, PrivateNote, Line, ...rest } = one;
      return [String(PrivateNote).split('\n')[0] ?? '', JSON.stringify({ ...rest, Line: inAnyOrder(Line) })];
    }),
  );
}

/** Lines stand in the order of the tab SOW lines, and people sort that. */
function inAnyOrder(lines: unknown): readonly string[] {
  if (!Array.isArray(lines)) return [];
  return lines.map(({ Id: _, LineNum: __, ...line }: Record<string, unknown>) => JSON.stringify(line)).sort();
}

interface Disturbed {
  readonly said: readonly string[];
  readonly edited: boolean;
  readonly executions: number;
  readonly problems: readonly string[];
}

/** A phase with its disturbances; then all faults end, and it must come to its end by itself or by a person's press. */
async function disturbed(session: Session, name: PhaseName, random: Random): Promise<Disturbed> {
  const phase = PHASES[name];
  session.host.resetCounters();
  const made = disturb(session, random);
  await phase.begin(session);
  await fireContinuations(session, random.whole(1, 4));
  await Promise.all(made.others);
  session.host.resetCounters();
  for (const service of [session.harvest, session.claude, session.quickbooks]) service.heal();
  const executions = await fireContinuations(session);
  const problems = executions >= MOST_EXECUTIONS ? [`was not at rest after ${executions} executions`] : [];
  if (name === 'approve') return { said: made.said, edited: made.edited, executions, problems };
  for (let press = 0; press < MOST_PRESSES && !(await phase.isDone(session)); press += 1) {
    await connectServices(session);
    await fireContinuations(session);
    if (await phase.isDone(session)) break;
    await phase.begin(session);
    await fireContinuations(session);
  }
  const done = await phase.isDone(session);
  return {
    said: made.said,
    edited: made.edited,
    executions,
    problems: done ? problems : [...problems, `did not come to its end: ${await jobOf(session)}`],
  };
}

/** What a person does who sees that something is left: put right what cannot be, decide, update, approve, push. */
async function untilPushed(session: Session, said: string[]): Promise<void> {
  for (let round = 0; round < MOST_PRESSES; round += 1) {
    await putLinesRight(session);
    const decided = await decideAll(session);
    if (decided === 0 && nothingLeft(session)) return;
    said.push(`the manager looks again (${round + 1})`);
    await session.ask('updateDrafts');
    await session.ask('approve', { invoices: 'all' });
    await PHASES.push.begin(session);
    await fireContinuations(session);
  }
}

/** A line of another client, typed by mistake, is corrected by whoever typed it. */
async function putLinesRight(session: Session): Promise<void> {
  const wrong = session.host.workbook
    .rows('Time entries')
    .filter((row) => row['Client'] === 'Bolt' && row['SOW line'] !== 'B/1' && row['Status'] !== 'invoiced');
  for (const row of wrong) {
    await session.host.workbook.edit('Time entries', { Key: String(row['Key']) }, { 'SOW line': 'B/1' });
  }
}

async function decideAll(session: Session): Promise<number> {
  const answer = await session.ask('review');
  if (!answer.ok) return 0;
  const { rows } = answer.value as { readonly rows: readonly Waiting[] };
  for (const row of rows) {
    await session.ask('decide', { decisions: [{ table: row.table, key: row.key, ...actionFor(row) }] });
  }
  return rows.length;
}

function actionFor({ changed, suggestion, alternatives }: Waiting): Readonly<Record<string, string>> {
  if (changed !== undefined) return { action: 'changed', answer: 'ignore' };
  return suggestion === null ? { action: 'line', line: alternatives[0]?.line ?? '' } : { action: 'accept' };
}

interface Waiting {
  readonly table: string;
  readonly key: string;
  readonly changed?: unknown;
  readonly suggestion: unknown;
  readonly alternatives: readonly { readonly line: string }[];
}

/** An invoice below 0 is held and carried into the next month; everything else must be pushed. */
function nothingLeft(session: Session): boolean {
  const bills = session.host.workbook.rows('Invoices');
  const entries = session.host.workbook.rows('Time entries');
  return (
    bills.every((row) => row['Status'] === 'pushed' || Number(row['Total']) < 0) &&
    entries.every((row) => ['invoiced', 'excluded'].includes(String(row['Status'])))
  );
}

async function undoAndPushAgain(session: Session, random: Random, said: string[]): Promise<void> {
  const pushed = session.host.workbook.rows('Invoices').filter((row) => row['Status'] === 'pushed');
  if (pushed.length === 0) return;
  const invoice = String(random.pick(pushed)['Invoice']);
  session.host.resetCounters();
  const call = random.whole(1, 160);
  said.push(`undo of ${invoice}, killed after call ${call}`);
  session.host.killAfter(1, call, random.pick(['half', 'applied', 'lost'] as const));
  for (let press = 0; press < 2; press += 1) await session.ask('undoPush', { invoice });
  session.host.resetCounters();
  await untilPushed(session, said);
}

function otherBooks(wanted: Books, found: Books): readonly string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((name) => wanted.get(name) !== found.get(name))
    .map(
      (name) => `QuickBooks: ${name} is ${found.get(name) ?? 'missing'} instead of ${wanted.get(name) ?? 'not there'}`,
    );
}

async function jobOf(session: Session): Promise<string> {
  const status = await session.look('status');
  return JSON.stringify(status.ok ? (status.value as { readonly job: unknown }).job : status);
}
