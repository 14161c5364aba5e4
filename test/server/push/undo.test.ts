/** Taking a push back, through the built add-on in the local host. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSteps } from '../../../local/world/run-world.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import { APPROVE, bundle, MONTH, PUSH, world } from './firm.ts';

let dist = '';
beforeAll(() => {
  dist = bundle();
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

const ACME = '2026-10 Acme';
const BEN = 'ben@firm.example';

async function pushed(work: (session: Session) => Promise<void>, steps: readonly unknown[] = [], more = {}) {
  const file = world([MONTH, APPROVE, PUSH, ...steps], more);
  const session = await openSession(file, { dist });
  try {
    await runSteps(session, file);
    await work(session);
  } finally {
    await session.close();
  }
}

const undo = async (session: Session, invoice = ACME, user?: string): Promise<string> => {
  const answer = await session.ask('undoPush', { invoice }, user);
  return answer.ok ? '' : answer.message;
};
const row = (session: Session, name = ACME) =>
  session.host.workbook.rows('Invoices').find((each) => each['Invoice'] === name);
const booked = (session: Session) => session.quickbooks.invoices().map((invoice) => invoice['DocNumber']);
const withMark = (session: Session) =>
  String(session.quickbooks.invoices().find((each) => each['DocNumber'] === '2026-10-001')?.['PrivateNote']);

describe('undoing a push', () => {
  it('deletes the invoice in QuickBooks and gives everything on it back, to be approved and pushed again', async () => {
    await pushed(async (session) => {
      expect(await undo(session)).toBe('');
      expect(booked(session)).toEqual(['2026-10-002']);
      expect(row(session)).toMatchObject({ Status: 'draft', Total: 1793.33, 'QuickBooks number': '', 'Pushed by': '' });
      const lines = session.host.workbook.rows('Balances').map((each) => each['Line']);
      expect(lines).toEqual(['B/1']);
      const statuses = session.host.workbook.rows('Time entries').map((each) => `${each['Key']} ${each['Status']}`);
      expect(statuses.sort()).toEqual(['harvest:1001 approved', 'harvest:1002 approved', 'harvest:1003 invoiced']);
      expect(session.host.workbook.rows('Activity').at(-1)).toMatchObject({ What: 'Push undone', Where: ACME });
      await session.ask('approve', { invoices: 'all' });
      await session.ask('push');
      expect(row(session)).toMatchObject({ Status: 'pushed', Total: 1793.33 });
      expect(
        session.quickbooks
          .invoices()
          .map((each) => each['TotalAmt'])
          .sort(),
      ).toEqual([1793.33, 500]);
    });
  });

  it('is refused once the invoice was paid, in part or in full', async () => {
    await pushed(async (session) => {
      session.quickbooks.pay(ACME, 10);
      expect(await undo(session)).toContain('is paid in part or in full');
      expect(row(session)).toMatchObject({ Status: 'pushed' });
      expect(booked(session)).toEqual(['2026-10-001', '2026-10-002']);
    });
  });

  it('is refused once somebody changed, sent or voided it, and says what to do', async () => {
    await pushed(async (session) => {
      session.quickbooks.edit(ACME, { CustomerMemo: { value: 'Thank you' } });
      expect(await undo(session)).toContain('was changed in QuickBooks after it was pushed');
      session.quickbooks.send('2026-10 Bolt');
      expect(await undo(session, '2026-10 Bolt')).toContain('was sent to the client');
      session.quickbooks.void(ACME);
      expect(await undo(session)).toContain('was voided in QuickBooks. Press Sync');
      expect(withMark(session)).toContain(ACME);
    });
  });

  it('needs the right to push', async () => {
    await pushed(async (session) => {
      expect(await undo(session, ACME, BEN)).toContain(`${BEN} may not push`);
      expect(booked(session)).toEqual(['2026-10-001', '2026-10-002']);
    });
  });

  it('of what was never pushed, or does not exist, is refused with a sentence', async () => {
    await pushed(
      async (session) => {
        await session.ask('updateDrafts');
        expect(await undo(session, 'Nobody')).toBe('There is no invoice named Nobody.');
        expect(await undo(session, ACME)).toContain('2026-10 Acme (2) came after 2026-10 Acme');
        expect(await undo(session, '2026-10 Acme (2)')).toContain('only what was pushed can be undone');
      },
      [
        {
          do: 'harvest',
          upsert: {
            time_entries: [
              {
                id: 1009,
                spent_date: '2026-10-09',
                hours: 1,
                notes: 'Final review',
                billable: true,
                user: { id: 5 },
                task: { id: 100 },
                client: { id: 1 },
                project: { id: 10 },
              },
            ],
          },
        },
        MONTH,
        APPROVE,
      ],
    );
  });

  it.each(['timeout after commit', 'drop before commit', 'status 500', 'malformed body', 'expire token'])(
    'whose deletion is answered with %s ends the same when it is pressed again',
    async (fault) => {
      await pushed(async (session) => {
        session.quickbooks.addFault({ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault });
        if ((await undo(session)) !== '') expect(await undo(session)).toBe('');
        expect(booked(session)).toEqual(['2026-10-002']);
        expect(row(session)).toMatchObject({ Status: 'draft', Total: 1793.33 });
      });
    },
  );

  it('of an estimate deletes the estimate', async () => {
    const settings = {
      Settings: { 'Push as': 'estimate', 'First period': '2026-10', 'Confidence threshold': 0.8, 'Audit sample': 0 },
    };
    const { workbook } = world([]);
    await pushed(
      async (session) => {
        expect(session.quickbooks.invoices()).toEqual([]);
        expect(session.quickbooks.estimates().map((each) => each['TxnStatus'])).toEqual(['Pending', 'Pending']);
        expect(await undo(session)).toBe('');
        expect(session.quickbooks.estimates().length).toBe(1);
        expect(row(session)).toMatchObject({ Status: 'draft' });
      },
      [],
      { workbook: { ...workbook, ...settings } },
    );
  });
});
