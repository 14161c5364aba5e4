/** Two executions at once on every way of writing, through the real waits of the document lock: one after the other, or a sentence. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { brokenRules } from '../../../local/simulate/invariants.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import { booksOf } from '../../../local/simulate/seed.ts';
import type { Session } from '../../../local/world/session.ts';
import { preparedMonth } from './prepared.ts';

let prepared: Prepared;
let wanted: ReadonlyMap<string, string>;
beforeAll(async () => {
  prepared = await preparedMonth({ second: true });
  const session = await openAt(prepared, 'push');
  await PHASES.push.begin(session);
  wanted = booksOf(session);
  await session.close();
}, 60_000);

const WRITES: Readonly<Record<string, unknown>> = {
  push: {},
  sync: {},
  startMonthEnd: {},
  updateDrafts: {},
  approve: { invoices: 'all' },
  unapprove: { invoices: ['2026-10 Acme'] },
  decide: { decisions: [{ table: 'time', key: 'harvest:1001', action: 'line', line: 'A/1' }] },
  setUp: {},
  cancelJob: {},
};
const names = Object.keys(WRITES);
const pairs = names.flatMap((one, index) => names.slice(index).map((other): [string, string] => [one, other]));

/** Both are answered, each with a value or with a sentence that a person can act on. */
async function atOnce(session: Session, first: string, second: string, args = WRITES): Promise<void> {
  const answers = await Promise.all([session.ask(first, args[first]), session.ask(second, args[second])]);
  for (const answer of answers) {
    if (!answer.ok) expect(answer.message).toMatch(/[.!]$/);
    if (!answer.ok) expect(answer.message).not.toMatch(/mistake|undefined|Exception|TypeError/);
  }
}

/** What a person does who then sees what is left. */
async function finish(session: Session): Promise<void> {
  await fireContinuations(session);
  for (let press = 0; press < 2; press += 1) {
    await session.ask('updateDrafts');
    await session.ask('approve', { invoices: 'all' });
    await session.ask('push');
    await fireContinuations(session);
  }
}

describe.each(pairs)('%s and %s at once', (first, second) => {
  it('come to the same books', async () => {
    const session = await openAt(prepared, 'push');
    try {
      await atOnce(session, first, second);
      await finish(session);
      expect(brokenRules(session)).toEqual([]);
      expect(booksOf(session)).toEqual(wanted);
    } finally {
      await session.close();
    }
  });
});

describe.each([['undoPush'], ['push'], ['sync'], ['approve'], ['startMonthEnd'], ['updateDrafts']])(
  'undoPush and %s at once',
  (other) => {
    it('come to the same books', async () => {
      const session = await openAt(prepared, 'push');
      try {
        await session.ask('push');
        await atOnce(session, 'undoPush', other, { ...WRITES, undoPush: { invoice: '2026-10 Acme' } });
        await finish(session);
        expect(brokenRules(session)).toEqual([]);
        expect(booksOf(session)).toEqual(wanted);
      } finally {
        await session.close();
      }
    });
  },
);
