/** What the sweep of two writes leaves out, at once with the work of jobs and with each other: triggers, holds, imports, learning, connections, a second person. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { brokenRules } from '../../../local/simulate/invariants.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import { booksOf } from '../../../local/simulate/seed.ts';
import { connectServices, type Session } from '../../../local/world/session.ts';
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

const BOB = 'bob@firm.example';

/** What may be done; gives the sentence where it was refused. */
type Act = (session: Session) => Promise<string | null>;
const call =
  (name: string, args: unknown = {}, user?: string): Act =>
  async (session) => {
    const answer = await session.ask(name, args, user);
    return answer.ok ? null : answer.message;
  };
const trigger =
  (name: string): Act =>
  (session) =>
    session.invoke(name, 'trigger', [{ triggerUid: 'x' }]);

const importOf = (sow: string) => ({
  client: 'Acme',
  sow,
  document: { name: sow, text: 'Help at 100 an hour', fromPdf: false },
  addText: false,
  rows: [{ tab: 'SOW lines', key: `${sow}/1`, cells: { title: 'Help', billing: 'hourly', rate: 100 } }],
});
const ACTS: Readonly<Record<string, Act>> = {
  onMonthStart: trigger('onMonthStart'),
  onContinue: trigger('onContinue'),
  decideHold: call('decideHold', { invoice: '2026-10 Acme', decision: 'bill' }),
  sowWrite: call('sowWrite', importOf('C')),
  sowUndo: async (session) => {
    const written = await session.ask('sowWrite', importOf('D'));
    if (!written.ok) return written.message;
    const { undo } = written.value as { readonly undo: unknown };
    return call('sowUndo', undo)(session);
  },
  learnUse: call('learnUse'),
  learnForget: call('learnForget'),
  'connecting anew': async (session) => {
    await connectServices(session);
    return null;
  },
  'typing by hand': async (session) => {
    const where = { Key: 'harvest:1002' };
    const done = await session.host.workbook.edit('Time entries', where, { 'SOW line': 'A/2' }, BOB);
    return done.find((one) => !one.ok)?.error?.message ?? null;
  },
};
const WORK: Readonly<Record<string, Act>> = {
  push: call('push'),
  sync: call('sync'),
  updateDrafts: call('updateDrafts'),
  startMonthEnd: call('startMonthEnd'),
};

const names = Object.keys(ACTS);
const pairs = [
  ...names.flatMap((one) => Object.keys(WORK).map((other): [string, string] => [one, other])),
  ...names.map((one): [string, string] => [one, one]).filter(([one]) => one !== 'connecting anew'),
  ['onMonthStart', 'onContinue'],
  ['sowWrite', 'sowUndo'],
  ['learnUse', 'learnForget'],
] as [string, string][];

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
    const all = { ...WORK, ...ACTS };
    try {
      for (const said of await Promise.all([all[first]?.(session), all[second]?.(session)])) {
        if (typeof said !== 'string') continue;
        expect(said).toMatch(/[.!]$/);
        expect(said).not.toMatch(/mistake|undefined|Exception|TypeError/);
      }
      await finish(session);
      expect(brokenRules(session)).toEqual([]);
      expect(booksOf(session)).toEqual(wanted);
      expect(Object.keys(session.host.properties('document')).filter((key) => key.startsWith('typed.'))).toEqual([]);
    } finally {
      await session.close();
    }
  });
});

describe('two people with keys of their own', () => {
  const BOBS_KEYS = {
    'connection.harvest': JSON.stringify({ accountId: '990002', token: 'bobs-harvest-token', about: '' }),
    'connection.claude': JSON.stringify({ key: 'bobs-claude-key', about: '' }),
  };

  it.each([
    ['push', {}],
    ['continueJob', {}],
    ['startMonthEnd', {}],
    ['connectHarvest', { accountId: '990002', token: 'bobs-other-token' }],
    ['connectClaude', { key: 'bobs-other-key' }],
    ['disconnect', { service: 'harvest' }],
  ])(
    '%s of the one while the night of the other runs: no key of one is used or seen by the other',
    async (name, args) => {
      const session = await openAt(prepared, 'month-end');
      try {
        session.host.setProperties('user', BOBS_KEYS, BOB);
        const keysOf = (): unknown =>
          Object.fromEntries(
            Object.entries(session.host.properties('user')).filter(([key]) => !key.includes('quickbooks')),
          );
        const before = keysOf();
        let other: Promise<unknown> = Promise.resolve();
        session.host.during(1, 70, () => {
          other = session.ask(name, args, BOB);
        });
        await session.invoke('onMonthStart', 'trigger', [{ triggerUid: 'x' }]);
        const answer = JSON.stringify(await other);
        await fireContinuations(session);
        expect(await PHASES['month-end'].isDone(session)).toBe(true);
        // The keys of the one are as they were, and every entry came with them.
        expect(keysOf()).toEqual(before);
        expect(session.host.workbook.rows('Time entries').length).toBe(4);
        expect(answer).not.toMatch(/sample-(harvest|claude|intuit)/);
        const { properties, ...rest } = JSON.parse(session.host.state());
        const shared = properties.filter(([store]: readonly [string]) => !store.startsWith('user '));
        expect(JSON.stringify([rest, shared, answer])).not.toMatch(/bobs-|sample-(harvest|claude|intuit)-/);
        expect(JSON.stringify(session.host.properties('user', BOB))).not.toContain('sample-');
        expect(JSON.stringify(session.host.properties('user'))).not.toContain('bobs-');
      } finally {
        await session.close();
      }
    },
  );
});
