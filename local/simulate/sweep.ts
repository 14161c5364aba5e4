/** One disturbance at one place of one phase, and whether the phase came to the same end. */
import type { Session } from '../world/session.ts';
import { type Carried, carryOn } from './carry-on.ts';
import { differenceOf, type Essence, essenceOf } from './essence.ts';
import { openAt, PHASES, type PhaseName, type Prepared } from './phases.ts';

/** What an undisturbed phase does and comes to. */
export interface Calm {
  readonly phase: PhaseName;
  readonly essence: Essence;
  /** Service calls of its one execution. */
  readonly serviceCalls: number;
  /** Requests to each service. */
  readonly requests: Readonly<Record<ServiceName, number>>;
}

export type ServiceName = 'harvest' | 'claude' | 'quickbooks';
export const SERVICES: readonly ServiceName[] = ['harvest', 'claude', 'quickbooks'];

export const REQUEST_FAULTS = [
  'timeout after commit',
  'status 500',
  'status 429',
  'drop before commit',
  'malformed body',
  'expire token',
] as const;

/** What came of one disturbance; `problem` is null where the end was the same. */
export interface Outcome extends Carried {
  readonly where: string;
  readonly problem: string | null;
}

/** Runs a phase without any disturbance. */
export async function calm(prepared: Prepared, phase: PhaseName): Promise<Calm> {
  const session = await openAt(prepared, phase);
  try {
    const execution = await PHASES[phase].begin(session);
    if (!(await PHASES[phase].isDone(session))) throw new Error(`The undisturbed ${phase} did not end.`);
    return {
      phase,
      essence: essenceOf(session),
      serviceCalls: execution.serviceCalls,
      requests: {
        harvest: session.harvest.requests(),
        claude: session.claude.requests(),
        quickbooks: session.quickbooks.requests(),
      },
    };
  } finally {
    await session.close();
  }
}

/** Answers the nth request to a service with a fault. */
export function answered(
  prepared: Prepared,
  wanted: Calm,
  service: ServiceName,
  nth: number,
  fault: string,
): Promise<Outcome> {
  return disturbed(prepared, wanted, `${wanted.phase}, request ${nth} to ${service}: ${fault}`, (session) => {
    session[service].addFault({ service, request: '* /', nth, fault });
  });
}

async function disturbed(
  prepared: Prepared,
  wanted: Calm,
  where: string,
  arm: (session: Session) => void,
): Promise<Outcome> {
  const session = await openAt(prepared, wanted.phase);
  try {
    arm(session);
    const phase = PHASES[wanted.phase];
    await phase.begin(session);
    const carried = await carryOn(session, phase);
    const problem = carried.done ? differenceOf(wanted.essence, essenceOf(session)) : await stuck(session);
    return { ...carried, where, problem: problem ?? leftOver(session) };
  } finally {
    await session.close();
  }
}

async function stuck(session: Session): Promise<string> {
  const status = await session.look('status');
  return `did not come to its end: ${JSON.stringify(status.ok ? (status.value as { job: unknown }).job : status)}`;
}

/** Nothing may be left that would fire for work that is over. */
function leftOver(session: Session): string | null {
  const pending = session.host.triggers().filter((each) => each.handler === 'onContinue' && each.nextFire !== null);
  return pending.length === 0 ? null : 'a trigger is left that goes on with nothing';
}
