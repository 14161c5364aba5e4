/** A month-end that is disturbed at every place there is comes to the same end. */
import { beforeAll, describe, expect, it } from 'vitest';
import { COURSES, momentBefore } from '../../../local/simulate/courses.ts';
import type { Prepared } from '../../../local/simulate/phases.ts';
import { answered, type Calm, calm, REQUEST_FAULTS } from '../../../local/simulate/sweep.ts';
import { preparedMonth, survivesKills } from './prepared.ts';

let prepared: Prepared;
let undisturbed: Calm;
beforeAll(async () => {
  prepared = await preparedMonth();
  undisturbed = await calm(prepared, 'month-end');
}, 60_000);

describe('the night to the 1st', () => {
  // Pairs of kills ({ kills: 2 }) take a minute more; they belong to the push, where they run each time.
  it('killed after any one of its service calls ends in the same workbook, by itself, in one more execution', async () => {
    const before = await momentBefore(prepared, 'month-end');
    const { calls, longest } = await survivesKills(prepared, COURSES['month-end'], before, { kills: 1 });
    expect(calls).toBeGreaterThan(100);
    expect(longest).toBe(1);
  }, 200_000);

  it.each(REQUEST_FAULTS)(
    'ends in the same workbook whichever one request is answered with "%s"',
    async (fault) => {
      const problems: string[] = [];
      for (const service of ['harvest', 'claude'] as const) {
        for (let nth = 1; nth <= undisturbed.requests[service]; nth += 1) {
          const { where, problem, presses, reconnections } = await answered(prepared, undisturbed, service, nth, fault);
          if (problem !== null) problems.push(`${where}: ${problem}`);
          // Only a key that is refused needs a person.
          if (presses > 0 || reconnections > (fault === 'expire token' ? 1 : 0))
            problems.push(`${where}: needed a person`);
        }
      }
      expect(problems).toEqual([]);
    },
    60_000,
  );
});
