/** Undoing a push, cut off anywhere and once more anywhere, comes to the same end once it is pressed again. */
import { expect, it } from 'vitest';
import { momentBefore, undoCourse } from '../../../local/simulate/courses.ts';
import { PHASES } from '../../../local/simulate/phases.ts';
import { preparedMonth, survivesKills } from './prepared.ts';

it('killed at every pair of service calls', async () => {
  const prepared = await preparedMonth({ client: { 'Time detail': 'attached' } });
  const pushed = await momentBefore(prepared, 'push', async (session) => {
    await PHASES.push.begin(session);
  });
  const { calls, longest } = await survivesKills(prepared, undoCourse('2026-10 Acme'), pushed);
  expect(calls).toBeGreaterThan(60);
  expect(longest).toBeLessThanOrEqual(2);
}, 200_000);
