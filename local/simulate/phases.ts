/** The month in phases that each begin from a saved state, so that a sweep need not repeat what came before. */
import type { Execution } from '../host/host.ts';
import type { World } from '../world/format.ts';
import { openSession, type Session, type SessionOptions } from '../world/session.ts';

export type PhaseName = 'month-end' | 'approve' | 'push';

/** Following up begins wherever somebody has done something in QuickBooks. */
export type StartName = PhaseName | 'sync';

/** The states from which each phase begins. */
export interface Prepared {
  readonly world: World;
  readonly dist: string;
  readonly before: Readonly<Record<PhaseName, string>>;
  /** Other choices than the stand-in's where nothing says what QuickBooks does. */
  readonly assumptions?: SessionOptions['assumptions'];
  /** QuickBooks lets two invoices carry one number. */
  readonly allowDuplicateNumbers?: boolean;
  /** Further people with keys of their own. */
  readonly alsoConnected?: readonly string[];
}

/** What every session of it is opened with. */
export function sessionOptions({ dist, assumptions, allowDuplicateNumbers, alsoConnected }: Prepared): SessionOptions {
  return {
    dist,
    ...(assumptions === undefined ? {} : { assumptions }),
    ...(allowDuplicateNumbers === undefined ? {} : { allowDuplicateNumbers }),
    ...(alsoConnected === undefined ? {} : { alsoConnected }),
  };
}

/** One thing that somebody or the clock does; its execution is number 1 of a session that was opened for it. */
export interface Phase {
  readonly name: StartName;
  begin(session: Session): Promise<Execution>;
  /** Has it come to its end? */
  isDone(session: Session): Promise<boolean>;
}

const DAY_MS = 86_400_000;

/** Runs the phases undisturbed and keeps the state before each. Pushed is on the next day, when QuickBooks gives new tokens. */
export async function prepare(world: World, dist: string, alsoConnected: readonly string[] = []): Promise<Prepared> {
  const session = await openSession(world, { dist, alsoConnected });
  try {
    const monthEnd = session.host.state();
    await mustEnd(session, PHASES['month-end']);
    const approve = session.host.state();
    await mustEnd(session, PHASES.approve);
    session.host.clock.advance(DAY_MS + 3_600_000);
    const push = session.host.state();
    return { world, dist, alsoConnected, before: { 'month-end': monthEnd, approve, push } };
  } finally {
    await session.close();
  }
}

/** A session that stands where the phase begins. */
export function openAt(prepared: Prepared, phase: PhaseName): Promise<Session> {
  return openSession(prepared.world, { ...sessionOptions(prepared), from: prepared.before[phase] });
}

const call = (session: Session, name: string, args: unknown = {}) =>
  session.host.invoke('call', [JSON.stringify({ name, args })], { as: 'sidebar' });

export const PHASES: Readonly<Record<StartName, Phase>> = {
  'month-end': {
    name: 'month-end',
    begin: (session) => session.host.invoke('onMonthStart', [{ triggerUid: 'simulation' }], { as: 'trigger' }),
    isDone: (session) => lastJobIs(session, 'month-end'),
  },
  approve: {
    name: 'approve',
    begin: (session) => call(session, 'approve', { invoices: 'all' }),
    isDone: async (session) => {
      const rows = session.host.workbook.rows('Invoices');
      return rows.length > 0 && rows.every((row) => row['Status'] === 'approved');
    },
  },
  push: {
    name: 'push',
    begin: (session) => call(session, 'push'),
    isDone: (session) => lastJobIs(session, 'push'),
  },
  sync: {
    name: 'sync',
    begin: (session) => call(session, 'sync'),
    isDone: (session) => lastJobIs(session, 'sync'),
  },
};

async function lastJobIs(session: Session, kind: string): Promise<boolean> {
  const status = await session.look('status');
  if (!status.ok) return false;
  const { job } = status.value as { readonly job: { readonly kind: string; readonly state: string } | null };
  return job !== null && job.kind === kind && job.state === 'done';
}

async function mustEnd(session: Session, phase: Phase): Promise<void> {
  const execution = await phase.begin(session);
  if (!execution.ok || !(await phase.isDone(session))) {
    throw new Error(
      `The undisturbed ${phase.name} did not end: ${execution.error?.message ?? String(execution.value)}`,
    );
  }
}
