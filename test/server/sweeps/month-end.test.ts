/** A month-end that is disturbed at every place there is comes to the same end. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Prepared } from '../../../local/simulate/phases.ts';
import { answered, type Calm, calm, killed, REQUEST_FAULTS } from '../../../local/simulate/sweep.ts';
import { preparedMonth, unflushed } from './prepared.ts';

let prepared: Prepared;
let undisturbed: Calm;
beforeAll(async () => {
  prepared = await preparedMonth();
  undisturbed = await calm(prepared, 'month-end');
}, 60_000);

describe('the night to the 1st', () => {
  it('killed after any one of its service calls ends in the same workbook, by itself, in one more execution', async () => {
    const problems: string[] = [];
    for (let call = 1; call <= undisturbed.serviceCalls; call += 1) {
      const { where, problem, executions, presses } = await killed(prepared, undisturbed, [call], unflushed(call));
      if (problem !== null) problems.push(`${where}: ${problem}`);
      if (presses > 0 || executions > 1) problems.push(`${where}: took ${executions} executions, ${presses} presses`);
    }
    expect(problems).toEqual([]);
    expect(undisturbed.serviceCalls).toBeGreaterThan(100);
  }, 300_000);

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
