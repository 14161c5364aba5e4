/** Approval and push, disturbed at every place there is, come to the same books. */
import { beforeAll, describe, expect, it } from 'vitest';
import { COURSES, momentBefore } from '../../../local/simulate/courses.ts';
import { brokenRules } from '../../../local/simulate/invariants.ts';
import type { Prepared } from '../../../local/simulate/phases.ts';
import { answered, type Calm, calm, REQUEST_FAULTS } from '../../../local/simulate/sweep.ts';
import { preparedMonth, survivesKills } from './prepared.ts';

let prepared: Prepared;
let pushed: Calm;
beforeAll(async () => {
  prepared = await preparedMonth({ client: { 'Time detail': 'attached' } });
  pushed = await calm(prepared, 'push');
}, 60_000);

describe('approving', () => {
  it('killed at every pair of its service calls ends the same once it is pressed again', async () => {
    const before = await momentBefore(prepared, 'approve');
    expect((await survivesKills(prepared, COURSES.approve, before)).calls).toBeGreaterThan(40);
  }, 100_000);
});

describe('a push', () => {
  it('killed at every pair of its service calls ends in the same workbook and the same books', async () => {
    const before = await momentBefore(prepared, 'push');
    const { calls, longest } = await survivesKills(prepared, COURSES.push, before, { rules: brokenRules });
    expect(calls).toBeGreaterThan(100);
    expect(longest).toBeLessThanOrEqual(2);
  }, 200_000);

  it.each(REQUEST_FAULTS)(
    'ends in the same books whichever one request is answered with "%s"',
    async (fault) => {
      const problems: string[] = [];
      for (let nth = 1; nth <= pushed.requests.quickbooks; nth += 1) {
        const { where, problem, presses } = await answered(prepared, pushed, 'quickbooks', nth, fault);
        if (problem !== null) problems.push(`${where}: ${problem}`);
        if (presses > 0) problems.push(`${where}: needed a person to press again`);
      }
      expect(problems).toEqual([]);
    },
    60_000,
  );

  it.each([
    ['QuickBooks numbers them', true],
    ['we number them', false],
  ] as const)(
    'creates one invoice where %s and nothing is known of an earlier request id',
    async (_, automaticNumbers) => {
      const other = { ...(await preparedMonth({ automaticNumbers })), assumptions: { replaysRequests: false } };
      const wanted = await calm(other, 'push');
      for (const fault of ['timeout after commit', 'malformed body', 'status 500'] as const) {
        for (let nth = 1; nth <= wanted.requests.quickbooks; nth += 1) {
          const { where, problem } = await answered(other, wanted, 'quickbooks', nth, fault);
          expect(problem, where).toBeNull();
        }
      }
      await survivesKills(other, COURSES.push, await momentBefore(other, 'push'), { kills: 1, rules: brokenRules });
    },
    120_000,
  );
});
