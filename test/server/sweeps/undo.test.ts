/** Undoing a push, cut off anywhere, comes to the same end once it is pressed again. */
import { expect, it } from 'vitest';
import { differenceOf, essenceOf } from '../../../local/simulate/essence.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import type { Session } from '../../../local/world/session.ts';
import { preparedMonth, unflushed } from './prepared.ts';

const UNDO = { invoice: '2026-10 Acme' };

async function pushed(prepared: Prepared): Promise<Session> {
  const session = await openAt(prepared, 'push');
  await PHASES.push.begin(session);
  session.takeExecutions();
  session.host.resetCounters();
  return session;
}

it('killed after its service calls', async () => {
  const prepared = await preparedMonth();
  const calm = await pushed(prepared);
  expect(await calm.ask('undoPush', UNDO)).toMatchObject({ ok: true });
  const wanted = essenceOf(calm);
  const calls = calm.takeExecutions()[0]?.serviceCalls ?? 0;
  await calm.close();
  expect(calls).toBeGreaterThan(60);
  const problems: string[] = [];
  // Every second place here; `npm run simulate` hits the others.
  for (let call = 1; call <= calls; call += 2) {
    const session = await pushed(prepared);
    session.host.killAfter(1, call, unflushed(call));
    await session.ask('undoPush', UNDO);
    const again = await session.ask('undoPush', UNDO);
    // Where the first had come as far as the draft, only the drafts are left to be worked out.
    if (!again.ok) await session.ask('updateDrafts');
    const problem = differenceOf(wanted, essenceOf(session));
    if (problem !== null) problems.push(`killed after call ${call}: ${problem}`);
    await session.close();
  }
  expect(problems).toEqual([]);
}, 120_000);
