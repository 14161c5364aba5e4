/** Work with what the clock and people do until it has come to its end, one execution at a time. */
import type { Execution } from '../host/host.ts';
import { connectServices, openSession, type Session, type SessionMoment } from '../world/session.ts';
import { isBlocked } from './carry-on.ts';
import { openAt, PHASES, type Phase, type PhaseName, type Prepared, sessionOptions } from './phases.ts';

/** What a person knows of the execution before: nothing (it was killed, or the job shows how it stands), that it was refused, or that it was done. */
export type Heard = 'nothing' | 'refused' | 'done';

/** One execution that is to come. */
export type Act = () => Promise<Execution>;

export interface Course {
  readonly name: string;
  /** What comes next, or null at the end. It looks at what lasts and at what was heard, at nothing else. */
  readonly next: (session: Session, heard: Heard) => Promise<Act | null>;
  readonly heard: (execution: Execution) => Heard;
}

/** A moment and what was heard there. */
export interface Standing {
  readonly moment: SessionMoment;
  readonly heard: Heard;
}

export function momentOf(session: Session): SessionMoment {
  return { host: session.host.keep(), quickbooks: session.quickbooks.state() };
}

/** A session that stands at a moment of another one. */
export function openAtMoment(prepared: Prepared, at: SessionMoment): Promise<Session> {
  return openSession(prepared.world, { ...sessionOptions(prepared), at });
}

/** The moment before a phase, after whatever `first` does. */
export async function momentBefore(
  prepared: Prepared,
  phase: PhaseName,
  first: (session: Session) => Promise<void> = async () => {},
): Promise<SessionMoment> {
  const session = await openAt(prepared, phase);
  try {
    await first(session);
    return momentOf(session);
  } finally {
    await session.close();
  }
}

/**
 * A job: somebody presses the button (or the monthly trigger fires); continuations fire; where none is left and the job is not done, a person
 * connects again what is refused, and presses again.
 */
export function jobCourse(phase: Phase): Course {
  return {
    name: phase.name,
    heard: () => 'nothing',
    async next(session) {
      const fire = continuationOf(session);
      if (fire !== null) return fire;
      if (await phase.isDone(session)) return null;
      if (await isBlocked(session)) {
        await connectServices(session);
        const goesOn = continuationOf(session);
        if (goesOn !== null) return goesOn;
      }
      return () => phase.begin(session);
    },
  };
}

/** A button that is answered at once: who got no answer presses it again. */
export function pressCourse(phase: Phase): Course {
  return {
    name: phase.name,
    heard: (execution) => (execution.killed === true ? 'nothing' : 'done'),
    next: async (session, heard) => (heard === 'done' ? null : () => phase.begin(session)),
  };
}

/** Undoing a push: pressed again where no answer came; where that is refused because it had come as far as the draft, drafts are worked out. */
export function undoCourse(invoice: string): Course {
  const ask = (session: Session, name: string, args: unknown) =>
    session.host.invoke('call', [JSON.stringify({ name, args })], { as: 'sidebar' });
  return {
    name: 'undo of a push',
    heard: (execution) => {
      if (execution.killed === true || !execution.ok) return 'nothing';
      return JSON.parse(String(execution.value)).ok === true ? 'done' : 'refused';
    },
    async next(session, heard) {
      if (heard === 'done') return null;
      return heard === 'refused' ? () => ask(session, 'updateDrafts', {}) : () => ask(session, 'undoPush', { invoice });
    },
  };
}

export const COURSES = {
  'month-end': jobCourse(PHASES['month-end']),
  approve: pressCourse(PHASES.approve),
  push: jobCourse(PHASES.push),
  sync: jobCourse(PHASES.sync),
} as const;

/** The firing of the continuation that comes first, or null where none is set. */
function continuationOf({ host }: Session): Act | null {
  const times = host
    .triggers()
    .flatMap((trigger) => (trigger.handler === 'onContinue' && trigger.nextFire !== null ? [trigger.nextFire] : []))
    .sort((a, b) => a - b);
  const [next] = times;
  if (next === undefined) return null;
  return async () => {
    const [done, ...more] = await host.runDueTriggers({ until: next, handler: 'onContinue' });
    if (done === undefined || more.length > 0) throw new Error('Not exactly one continuation fired.');
    return done;
  };
}
