/** Following up in QuickBooks, disturbed anywhere, comes to the same end. */
import { expect, it } from 'vitest';
import { carryOn } from '../../../local/simulate/carry-on.ts';
import { COURSES, momentBefore, openAtMoment } from '../../../local/simulate/courses.ts';
import { differenceOf, essenceOf } from '../../../local/simulate/essence.ts';
import { PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import { REQUEST_FAULTS } from '../../../local/simulate/sweep.ts';
import type { Session, SessionMoment } from '../../../local/world/session.ts';
import { preparedMonth, survivesKills } from './prepared.ts';

const DAY_MS = 86_400_000;

/** The next day, when QuickBooks gives new tokens, after what somebody has done there with what was pushed. */
function pushedAnd(prepared: Prepared, work: (session: Session) => void): Promise<SessionMoment> {
  return momentBefore(prepared, 'push', async (session) => {
    await PHASES.push.begin(session);
    work(session);
    session.host.clock.advance(DAY_MS + 3_600_000);
  });
}

it('killed after any one of its service calls, when one invoice was voided and one was paid', async () => {
  const prepared = await preparedMonth({ second: true });
  const before = await pushedAnd(prepared, ({ quickbooks }) => {
    quickbooks.void('2026-10 Acme');
    quickbooks.pay('2026-10 Bolt');
  });
  const { calls, longest } = await survivesKills(prepared, COURSES.sync, before, { kills: 1 });
  expect(calls).toBeGreaterThan(100);
  expect(longest).toBeLessThanOrEqual(2);
}, 300_000);

it('with any one request answered with any fault, when one invoice was voided, one was paid and one was deleted', async () => {
  const prepared = await preparedMonth({ third: true });
  const before = await pushedAnd(prepared, ({ quickbooks }) => {
    quickbooks.void('2026-10 Acme');
    quickbooks.pay('2026-10 Bolt');
    quickbooks.delete('2026-10 Core');
  });
  const synced = async (arm: (session: Session) => void) => {
    const session = await openAtMoment(prepared, before);
    try {
      arm(session);
      await PHASES.sync.begin(session);
      const { presses, reconnections } = await carryOn(session, PHASES.sync);
      return { essence: essenceOf(session), requests: session.quickbooks.requests(), presses, reconnections };
    } finally {
      await session.close();
    }
  };
  const { essence, requests } = await synced(() => undefined);
  expect(essence['Invoices']?.map((row) => row['Status'])).toEqual(['voided', 'paid', 'voided']);
  expect(requests).toBeGreaterThan(2);
  for (const fault of REQUEST_FAULTS) {
    for (let nth = 1; nth <= requests; nth += 1) {
      const after = await synced(({ quickbooks }) =>
        quickbooks.addFault({ service: 'quickbooks', request: '* /', nth, fault }),
      );
      const where = `request ${nth}: ${fault}`;
      expect(differenceOf(essence, after.essence), where).toBeNull();
      expect(after.presses, where).toBe(0);
    }
  }
}, 60_000);
