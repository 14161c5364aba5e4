/** What goes on by itself at Google, and what people do who see that something did not. */
import { connectServices, type Session } from '../world/session.ts';
import type { Phase } from './phases.ts';

/** How many executions, and how much simulated time, work may take by itself after the last fault. */
export const MOST_EXECUTIONS = 12;
const LONGEST_MS = 24 * 3_600_000;

export interface Carried {
  /** Executions that triggers started. */
  readonly executions: number;
  /** How often a person pressed the button again. */
  readonly presses: number;
  /** How often a person connected the services again. */
  readonly reconnections: number;
  readonly done: boolean;
}

/** Fires the continuation triggers until none is left, or too many have fired. Gives how many executions that took. */
export async function fireContinuations(session: Session, most = MOST_EXECUTIONS): Promise<number> {
  const { host } = session;
  const until = host.clock.now() + LONGEST_MS;
  for (let count = 0; count < most; count += 1) {
    const next = host
      .triggers()
      .flatMap((trigger) => (trigger.handler === 'onContinue' && trigger.nextFire !== null ? [trigger.nextFire] : []))
      .sort((a, b) => a - b)[0];
    if (next === undefined || next > until) return count;
    await host.runDueTriggers({ until: Math.max(next, host.clock.now()), handler: 'onContinue' });
  }
  return most;
}

/**
 * Brings a phase to its end: first what goes on by itself; where that has come to rest without the end, a person reconnects what is
 * refused (the services take the keys again) and presses the button again, twice at most.
 */
export async function carryOn(session: Session, phase: Phase): Promise<Carried> {
  let executions = await fireContinuations(session);
  let presses = 0;
  let reconnections = 0;
  for (let round = 0; round < 2 && !(await phase.isDone(session)); round += 1) {
    if (await isBlocked(session)) {
      await connectServices(session);
      reconnections += 1;
      executions += await fireContinuations(session);
      if (await phase.isDone(session)) break;
    }
    presses += 1;
    await phase.begin(session);
    executions += await fireContinuations(session);
  }
  return { executions, presses, reconnections, done: await phase.isDone(session) };
}

/** Does the job wait for a person? */
export async function isBlocked(session: Session): Promise<boolean> {
  const status = await session.look('status');
  return status.ok && (status.value as { readonly job: { readonly state: string } | null }).job?.state === 'blocked';
}
