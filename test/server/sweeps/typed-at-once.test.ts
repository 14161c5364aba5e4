/** A person types into a row while a job or a call is at work: the decision stands in the end, with who made it, and is told. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { brokenRules } from '../../../local/simulate/invariants.ts';
import { openAt, type PhaseName, type Prepared } from '../../../local/simulate/phases.ts';
import type { Session } from '../../../local/world/session.ts';
import { preparedMonth } from './prepared.ts';

let prepared: Prepared;
beforeAll(async () => {
  prepared = await preparedMonth({ second: true });
}, 60_000);

const BOB = 'bob@firm.example';
const CAT = 'cat@firm.example';
const TAB = 'Time entries';
const KEY = 'harvest:1002';

const call = (session: Session, name: string, args: unknown = {}) =>
  session.host.invoke('call', [JSON.stringify({ name, args })], { as: 'sidebar' });
const night = (session: Session) => session.host.invoke('onMonthStart', [{ triggerUid: 'x' }], { as: 'trigger' });

async function inSession<T>(phase: PhaseName, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openAt(prepared, phase);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** Has somebody type right after a call of the first execution. */
function typeAfter(session: Session, after: number, set: Readonly<Record<string, string>>, who = BOB, key = KEY) {
  let typed: Promise<unknown> = Promise.resolve();
  session.host.during(1, after, () => {
    typed = session.host.workbook.edit(TAB, { Key: key }, set, who);
  });
  return () => typed;
}

/** How the row ends: its line and status, who decided, how often that was told, and what nobody has taken up. */
function ending(session: Session, who = BOB, key = KEY) {
  const row = session.host.workbook.rows(TAB).find((one) => one['Key'] === key);
  const told = session.host.workbook.rows('Activity').filter((one) => one['Who'] === who);
  return {
    row: `${row?.['SOW line']} ${row?.['Status']} ${row?.['Decided by']}`,
    told: told.length,
    left: Object.keys(session.host.properties('document')).filter((name) => name.startsWith('typed.')).length,
  };
}

const BOBS = { row: `A/1 approved ${BOB}`, told: 1, left: 0 };
const toasts = (session: Session) => session.host.screen.toasts.map(({ message }) => message);
const OVERWRITTEN = /^Row \d was changed by something else just now\. Look whether it is as you want it\.$/;
const LATER = 'A job is at work in this spreadsheet. What you typed counts, and is taken up when it stops.';

describe('a line typed while the night is at work', () => {
  it.each([80, 92, 104, 114, 118, 122, 126, 132, 136, 150, 170, 198, 216, 228])(
    'right after call %i stands in the end, or the person is told at once',
    (after) =>
      inSession('month-end', async (session) => {
        const typed = typeAfter(session, after, { 'SOW line': 'A/1' });
        await night(session);
        await typed();
        await fireContinuations(session);
        if (toasts(session).some((text) => OVERWRITTEN.test(text)))
          expect(ending(session)).toEqual({ row: 'A/2 auto ', told: 0, left: 0 });
        else expect(ending(session)).toEqual(BOBS);
      }),
  );

  it('and who cannot be served within a trigger is told that it counts', () =>
    inSession('month-end', async (session) => {
      const typed = typeAfter(session, 80, { 'SOW line': 'A/1' });
      await night(session);
      await typed();
      expect(toasts(session)).toEqual([LATER]);
      expect(ending(session)).toEqual(BOBS);
    }));

  it.each([84, 100, 116, 124])('and the night is killed after call %i: what goes on takes it up', (killed) =>
    inSession('month-end', async (session) => {
      const typed = typeAfter(session, 80, { 'SOW line': 'A/1' });
      session.host.killAfter(1, killed, 'half');
      await night(session);
      await typed();
      await fireContinuations(session);
      const { row, told, left } = ending(session);
      expect([row, left]).toEqual([BOBS.row, 0]);
      expect(told).toBeGreaterThan(0);
    }),
  );

  it('finds its row by its key when somebody sorts while it waits', () =>
    inSession('month-end', async (session) => {
      const typed = typeAfter(session, 80, { 'SOW line': 'A/1' });
      session.host.during(1, 96, () => session.host.workbook.sort(TAB, 'Hours'));
      await night(session);
      await typed();
      await fireContinuations(session);
      expect(ending(session)).toEqual(BOBS);
    }));
});

describe('two people type into one row', () => {
  it.each([80, 118, 150])(
    'while the night is at work, right after call %i: the later one has decided, both are told of',
    (after) =>
      inSession('month-end', async (session) => {
        const first = typeAfter(session, after, { 'SOW line': 'A/1' });
        const second = typeAfter(session, after + 3, { Status: 'excluded' }, CAT);
        await night(session);
        await Promise.all([first(), second()]);
        await fireContinuations(session);
        expect(ending(session, CAT)).toEqual({ row: `A/1 excluded ${CAT}`, told: 1, left: 0 });
        expect(ending(session, BOB).told).toBe(1);
      }),
  );

  it('at the same moment: one after the other', () =>
    inSession('approve', async (session) => {
      await Promise.all([
        session.host.workbook.edit(TAB, { Key: KEY }, { 'SOW line': 'A/1' }, BOB),
        session.host.workbook.edit(TAB, { Key: KEY }, { Status: 'excluded' }, CAT),
      ]);
      const { row, told, left } = ending(session, CAT);
      expect(row).toMatch(/^A\/1 excluded (bob|cat)@firm\.example$/);
      expect([told, left]).toEqual([1, 0]);
      expect(ending(session, BOB).told).toBe(1);
    }));
});

describe('the trigger of an edit is killed', () => {
  const LAST_BEFORE_NOTED = 4;
  it.each([1, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 24])(
    'after call %i: the next call takes up what was noted',
    (killed) =>
      inSession('approve', async (session) => {
        session.host.killAfter(1, killed, 'half');
        const [edit] = await session.host.workbook.edit(TAB, { Key: KEY }, { 'SOW line': 'A/1' }, BOB);
        expect(edit?.killed ?? false).toBe(true);
        await call(session, 'updateDrafts');
        const { row, told, left } = ending(session);
        expect(left).toBe(0);
        if (killed <= LAST_BEFORE_NOTED) expect([row, told]).toEqual(['A/1 auto ', 0]);
        else expect(row).toBe(BOBS.row);
        if (killed > LAST_BEFORE_NOTED) expect(told).toBeGreaterThan(0);
      }),
  );
});

describe('a call of the sidebar at the same moment', () => {
  it.each([
    ['decide', { decisions: [{ table: 'time', key: KEY, action: 'line', line: 'A/2' }] }],
    ['updateDrafts', {}],
    ['approve', { invoices: 'all' }],
    ['setUp', {}],
  ])('%s and an edit: both are done', (name, args) =>
    inSession('approve', async (session) => {
      const [answer, [edit]] = await Promise.all([
        session.ask(name, args),
        session.host.workbook.edit(TAB, { Key: KEY }, { 'SOW line': 'A/1' }, BOB),
      ]);
      expect([answer.ok, edit?.ok]).toEqual([true, true]);
      const { row, told, left } = ending(session);
      expect([told, left]).toEqual([1, 0]);
      // Each wrote the whole of its decision, in whichever order.
      expect([BOBS.row, 'A/2 approved manager@firm.example']).toContain(row);
      if (name !== 'decide') expect(row).toBe(BOBS.row);
    }),
  );
});

describe('a row excluded by hand while its invoice is pushed', () => {
  it.each([10, 40, 70, 100, 130, 160])('right after call %i is either not billed, or billed and owed back', (after) =>
    inSession('push', async (session) => {
      const typed = typeAfter(session, after, { Status: 'excluded' }, BOB, 'harvest:1004');
      await call(session, 'push');
      await typed();
      await fireContinuations(session);
      expect(ending(session, BOB, 'harvest:1004')).toEqual({ row: `B/1 excluded ${BOB}`, told: 1, left: 0 });
      const entry = session.host.workbook.rows(TAB).find((one) => one['Key'] === 'harvest:1004');
      const bill = session.host.workbook.rows('Invoices').find((one) => one['Client'] === 'Bolt');
      const booked = session.quickbooks.invoices().filter((one) => String(one['PrivateNote']).includes('Bolt'));
      if (booked.length === 0)
        expect(String(bill?.['Message'])).toContain('After it was approved, harvest:1004 changed.');
      else
        expect([entry?.['Invoice'], entry?.['Billed hours'], brokenRules(session)]).toEqual(['2026-10 Bolt', 0.75, []]);
      expect(bill?.['Status']).toBe(booked.length === 0 ? 'failed' : 'pushed');
    }),
  );
});
