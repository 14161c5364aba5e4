/** Carries out the steps of a scenario, each through the entry point that a user, the clock or a service would take. */
import { type Step, type World, WorldError } from './format.ts';
import { atOf, monthBefore } from './local-time.ts';
import type { Answer, Session } from './session.ts';
import { dayAfter } from './start.ts';

/** How many continuations of one job are followed before it is reported as endless. */
const MOST_CONTINUATIONS = 500;
/** How far waiting work is followed on the clock. */
const LONGEST_WAIT_MS = 3 * 86_400_000;

interface Job {
  readonly id: string;
  readonly kind: string;
  readonly period: string;
  readonly state: 'running' | 'waiting' | 'blocked' | 'done' | 'failed' | 'cancelled';
  readonly message: string;
  readonly nextAt: number | null;
}

/** Does one step to its end. Returns the errors that a user would see. */
export async function runStep(session: Session, step: Step, world: World): Promise<readonly string[]> {
  const timeZone = world.timeZone ?? 'America/New_York';
  if (step.at !== undefined) session.host.clock.advanceTo(atOf(step.at, timeZone));
  switch (step.do) {
    case 'month-end':
      return monthEnd(session, step.period, timeZone);
    case 'review':
      return 'accept' in step ? acceptAll(session) : decideRow(session, step, answerOf(step));
    case 'decide':
      if ('invoice' in step)
        return errorOf(await press(session, 'decideHold', { invoice: step.invoice, decision: step.held }));
      return decideRow(session, step, { action: 'changed', answer: step.changed });
    case 'approve':
      return errorOf(await press(session, 'approve', { invoices: step.invoices }));
    case 'push':
      return [...(await job(session, 'push')), ...failedInvoices(session)];
    case 'sync':
      return job(session, 'sync');
    case 'update drafts':
      return listOf(await session.invoke('updateDrafts', 'menu'));
    case 'quickbooks':
      return notThere(() => inQuickBooks(session, step), /./);
    case 'edit':
      return fromFile(() =>
        notThere(async () => {
          session.keep(await session.host.workbook.edit(step.tab, step.where, step.set));
        }, /^No row of the tab /),
      );
    case 'sort':
      await fromFile(() => session.host.workbook.sort(step.tab, step.by));
      return [];
    case 'harvest':
      await fromFile(() => session.harvest.upsert(step.upsert ?? {}));
      await fromFile(() => session.harvest.delete(step.delete ?? {}));
      return [];
  }
}

/** The night to the 1st: the monthly trigger for the month that has just ended, or the same run asked for by name. */
async function monthEnd(session: Session, period: string | undefined, timeZone: string): Promise<readonly string[]> {
  const { clock } = session.host;
  if (period !== undefined) {
    const earliest = atOf(dayAfter(period), timeZone);
    if (clock.now() < earliest) clock.advanceTo(earliest);
  }
  if (period === undefined || period === monthBefore(clock.now(), timeZone)) {
    const before = runsOf(session);
    const error = await session.invoke('onMonthStart', 'trigger', [{ triggerUid: 'scenario' }]);
    if (error !== null) return [error];
    const errors = await follow(session);
    // A night that was stopped before it had begun shows as overdue, and a person presses Run month-end now.
    return runsOf(session) > before ? errors : job(session, 'startMonthEnd', period === undefined ? {} : { period });
  }
  return job(session, 'startMonthEnd', { period });
}

/** Starts work and follows it to its end. What was stopped before it had begun is pressed again, as a person does. */
async function job(session: Session, name: string, args: unknown = {}): Promise<readonly string[]> {
  const before = runsOf(session);
  const answer = await session.ask(name, args);
  if (answer.ok) return follow(session);
  if (!answer.killed) return [answer.message];
  const errors = await follow(session);
  if (runsOf(session) > before) return errors;
  const again = await session.ask(name, args);
  return again.ok ? follow(session) : [again.message];
}

/** How many runs the add-on has on record, the present one included. */
function runsOf(session: Session): number {
  return session.host.workbook.rows('Runs').length;
}

/** A call of the sidebar; when the platform stopped it, the sidebar says so and the person presses again. */
async function press(session: Session, name: string, args: unknown): Promise<Answer> {
  const answer = await session.ask(name, args);
  return !answer.ok && answer.killed ? session.ask(name, args) : answer;
}

/** Lets the triggers that the work has set go on until it is over. */
async function follow(session: Session): Promise<readonly string[]> {
  const until = session.host.clock.now() + LONGEST_WAIT_MS;
  for (let round = 0; round < MOST_CONTINUATIONS; round += 1) {
    const next = session.host
      .triggers()
      .flatMap((trigger) => (trigger.handler === 'onContinue' && trigger.nextFire !== null ? [trigger.nextFire] : []))
      .sort((a, b) => a - b)[0];
    if (next === undefined || next > until) break;
    const { clock } = session.host;
    session.keep(await session.host.runDueTriggers({ until: Math.max(next, clock.now()), handler: 'onContinue' }));
  }
  const status = await session.look('status');
  if (!status.ok) return [status.message];
  const { job: found, lastRun } = status.value as {
    readonly job: Job | null;
    readonly lastRun: { readonly outcome: string; readonly message: string } | null;
  };
  if (found && ['running', 'waiting', 'blocked', 'failed'].includes(found.state)) {
    return [found.message === '' ? `The work is still ${found.state}.` : found.message];
  }
  return lastRun && ['failed', 'blocked'].includes(lastRun.outcome) ? [lastRun.message] : [];
}

async function acceptAll(session: Session): Promise<readonly string[]> {
  const answer = await session.look('review');
  if (!answer.ok) return [answer.message];
  const { rows } = answer.value as {
    readonly rows: readonly { table: string; key: string; suggestion: unknown; changed?: unknown }[];
  };
  const decisions = rows
    .filter((row) => row.suggestion !== null && row.changed === undefined)
    .map(({ table, key }) => ({ table, key, action: 'accept' }));
  return decisions.length === 0 ? [] : decide(session, decisions);
}

function answerOf(step: Extract<Step, { do: 'review' }>): Readonly<Record<string, unknown>> {
  if ('accept' in step) return { action: 'accept' };
  if (step.line !== undefined) return { action: 'line', line: step.line };
  return step.split !== undefined ? { action: 'split', parts: step.split } : { action: 'exclude' };
}

function decideRow(
  session: Session,
  step: { readonly entry?: number | string | undefined; readonly expense?: number | string | undefined },
  answer: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const id = String(step.entry ?? step.expense);
  const key = id.includes(':') ? id : `harvest:${id}`;
  return decide(session, [{ table: step.entry === undefined ? 'expense' : 'time', key, ...answer }]);
}

async function decide(session: Session, decisions: readonly unknown[]): Promise<readonly string[]> {
  const answer = await press(session, 'decide', { decisions });
  if (!answer.ok) return [answer.message];
  return (answer.value as { readonly problems: readonly string[] }).problems;
}

/** What a step names and the scenario does not hold is a mistake of the file. */
async function fromFile<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new WorldError([error instanceof Error ? error.message : String(error)]);
  }
}

/** What is not there at this moment (an invoice that never came to QuickBooks, a row that was not pulled) is an error of the step. */
async function notThere(work: () => void | Promise<void>, message: RegExp): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof Error && message.test(error.message)) return [error.message];
    throw error;
  }
}

function inQuickBooks(session: Session, step: Extract<Step, { do: 'quickbooks' }>): void {
  const { quickbooks } = session;
  if ('void' in step) quickbooks.void(step.void);
  else if ('delete' in step) quickbooks.delete(step.delete);
  else if ('pay' in step) quickbooks.pay(step.pay);
  else if ('send' in step) quickbooks.send(step.send);
  else quickbooks.edit(step.edit.invoice, step.edit.set);
}

/** Invoices that QuickBooks did not take are errors that a user sees, although the others went on. */
function failedInvoices(session: Session): readonly string[] {
  return session.host.workbook
    .rows('Invoices')
    .filter((row) => row['Status'] === 'failed')
    .map((row) => `${String(row['Invoice'])}: ${String(row['Message'])}`);
}

function errorOf(answer: Answer): readonly string[] {
  return answer.ok ? [] : [answer.message];
}

function listOf(error: string | null): readonly string[] {
  return error === null ? [] : [error];
}
