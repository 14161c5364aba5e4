/** Approval and push, disturbed at every place there is, come to the same books. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Prepared } from '../../../local/simulate/phases.ts';
import { answered, type Calm, calm, killed, REQUEST_FAULTS } from '../../../local/simulate/sweep.ts';
import { preparedMonth, unflushed } from './prepared.ts';

let prepared: Prepared;
let approved: Calm;
let pushed: Calm;
beforeAll(async () => {
  prepared = await preparedMonth({ client: { 'Time detail': 'attached' } });
  approved = await calm(prepared, 'approve');
  pushed = await calm(prepared, 'push');
}, 60_000);

describe('approving', () => {
  it('killed after any one of its service calls ends the same once it is pressed again', async () => {
    const problems: string[] = [];
    for (let call = 1; call <= approved.serviceCalls; call += 1) {
      const { where, problem } = await killed(prepared, approved, [call], unflushed(call));
      if (problem !== null) problems.push(`${where}: ${problem}`);
    }
    expect(problems).toEqual([]);
  }, 200_000);
});

describe('a push', () => {
  it('killed after any one of its service calls ends in the same workbook and the same books', async () => {
    const problems: string[] = [];
    for (let call = 1; call <= pushed.serviceCalls; call += 1) {
      const { where, problem, executions } = await killed(prepared, pushed, [call], unflushed(call));
      if (problem !== null) problems.push(`${where}: ${problem}`);
      if (executions > 2) problems.push(`${where}: took ${executions} executions`);
    }
    expect(problems).toEqual([]);
    expect(pushed.serviceCalls).toBeGreaterThan(80);
  }, 300_000);

  // Every pair is about 20,000 months; `npm run simulate -- --pairs` walks through them all.
  it('killed twice, at pairs of places spread over both executions, ends the same', async () => {
    const problems: string[] = [];
    for (let first = 10; first <= pushed.serviceCalls; first += 17) {
      for (let second = 3 + (first % 7); second <= pushed.serviceCalls; second += 23) {
        const { where, problem } = await killed(prepared, pushed, [first, second], unflushed(first + second));
        if (problem !== null) problems.push(`${where}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  }, 300_000);

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
      for (let call = 60; call <= wanted.serviceCalls; call += 5) {
        const { where, problem } = await killed(other, wanted, [call], unflushed(call));
        expect(problem, where).toBeNull();
      }
    },
    120_000,
  );
});
