/** Following up in QuickBooks, cut off anywhere, comes to the same end. */
import { expect, it } from 'vitest';
import { COURSES, momentBefore } from '../../../local/simulate/courses.ts';
import { PHASES } from '../../../local/simulate/phases.ts';
import { preparedMonth, survivesKills } from './prepared.ts';

const DAY_MS = 86_400_000;

it('killed after any one of its service calls, when one invoice was voided and one was paid', async () => {
  const prepared = await preparedMonth({ second: true });
  const before = await momentBefore(prepared, 'push', async (session) => {
    await PHASES.push.begin(session);
    session.quickbooks.void('2026-10 Acme');
    session.quickbooks.pay('2026-10 Bolt');
    // The next day, when QuickBooks gives new tokens.
    session.host.clock.advance(DAY_MS + 3_600_000);
  });
  const { calls, longest } = await survivesKills(prepared, COURSES.sync, before, { kills: 1 });
  expect(calls).toBeGreaterThan(100);
  expect(longest).toBeLessThanOrEqual(2);
}, 300_000);
