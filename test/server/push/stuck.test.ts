/** One invoice that QuickBooks has trouble with, while it takes the others, and the ways out. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorld } from '../../../local/world/format.ts';
import { runSteps } from '../../../local/world/run-world.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import { APPROVE, bundle, MONTH, PUSH, world } from './firm.ts';

let dist = '';
beforeAll(() => {
  dist = bundle();
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

const ACME = '2026-10 Acme';
const BOLT = '2026-10 Bolt';
const MINUTES = 60_000;

/** The first create is that of Acme, the second that of Bolt; all after that are tries of Acme again. */
const acmeFails = (fault: string, tries = 60) =>
  Array.from({ length: tries }, (_, n) => ({
    service: 'quickbooks',
    request: 'POST /invoice',
    nth: n === 0 ? 1 : n + 2,
    fault,
  }));

async function withMonth(
  faults: readonly unknown[],
  work: (session: Session) => Promise<void>,
  steps: readonly unknown[] = [MONTH, APPROVE, PUSH],
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const file = world(steps, { faults, ...more });
  const session = await openSession(file, { dist });
  try {
    await runSteps(session, file);
    await work(session);
  } finally {
    await session.close();
  }
}

const row = (session: Session, name: string) =>
  session.host.workbook.rows('Invoices').find((each) => each['Invoice'] === name);
const booked = (session: Session) =>
  session.quickbooks
    .invoices()
    .map((invoice) => `${invoice['DocNumber']} ${invoice['TotalAmt']}`)
    .sort();
const BOTH = ['2026-10-001 1793.33', '2026-10-002 500'];

it('the others are pushed at once, and it follows by itself when the trouble is over', async () => {
  await withMonth(acmeFails('status 500', 4), async (session) => {
    expect(booked(session)).toEqual(BOTH);
    expect(row(session, ACME)).toMatchObject({ Status: 'pushed', Message: '', 'QuickBooks number': '2026-10-001' });
    const told = session.host.workbook
      .rows('Activity')
      .filter((each) => each['What'] === 'Pushed to QuickBooks')
      .map((each) => each['Where']);
    expect(told).toEqual([BOLT, ACME]);
  });
});

it('that never ends stops this invoice only: its row says what is not known, and it can be given back', async () => {
  await withMonth(acmeFails('status 500'), async (session) => {
    expect(booked(session)).toEqual(['2026-10-002 500']);
    expect(row(session, BOLT)).toMatchObject({ Status: 'pushed' });
    expect(row(session, ACME)).toMatchObject({ Status: 'pushing' });
    expect(row(session, ACME)?.['Message']).toMatch(
      /^It is not known whether QuickBooks has it as 2026-10-001: QuickBooks is not available \(status 500\).* It is looked up and tried again\.$/,
    );
    const soon = await session.ask('unapprove', { invoices: [ACME] });
    expect(soon).toEqual({
      ok: false,
      message: `${ACME} was sent a moment ago and may still come. Try again in ten minutes.`,
    });
    session.host.clock.advance(11 * MINUTES);
    expect(await session.ask('unapprove', { invoices: [ACME] })).toMatchObject({ ok: true });
    expect(row(session, ACME)).toMatchObject({ Status: 'draft', 'QuickBooks number': '', Message: '' });
    expect(session.host.workbook.rows('Activity').at(-1)).toMatchObject({ What: 'Approval taken back', Where: ACME });
  });
});

it('is not given back once QuickBooks has it after all: it is taken over, and Undo push takes it back', async () => {
  const deaf = { service: 'quickbooks', request: 'GET /query', fault: 'status 500' };
  const lost = { service: 'quickbooks', request: 'POST /invoice', nth: 1, fault: 'timeout after commit' };
  await withMonth(
    [lost],
    async (session) => {
      session.host.workbook.edit('Invoices', { Invoice: ACME }, { Status: 'pushing', 'QuickBooks link': '' });
      session.host.clock.advance(11 * MINUTES);
      expect(await session.ask('unapprove', { invoices: [ACME] })).toEqual({
        ok: false,
        message: `QuickBooks has ${ACME} already, as invoice 2026-10-001. Press Push to QuickBooks: it is taken over, and Undo push takes it back.`,
      });
      // Whoever may not push may not give back what was pushed half.
      expect(await session.ask('unapprove', { invoices: [ACME] }, 'ben@firm.example')).toMatchObject({ ok: false });
      session.quickbooks.addFault({ ...deaf });
      expect(await session.ask('unapprove', { invoices: [ACME] })).toMatchObject({ ok: false });
      expect(row(session, ACME)).toMatchObject({ Status: 'pushing' });
    },
    [MONTH, APPROVE, PUSH],
  );
});

it('later months of its client wait for it, those of others do not', async () => {
  const november = { at: '2026-12-01T06:00:00', do: 'month-end', period: '2026-11' };
  const entry = (id: number, client: number, project: number, notes: string) => ({
    id,
    spent_date: '2026-11-05',
    hours: 1,
    notes,
    billable_rate: 100,
    user: { id: 5 },
    task: { id: 100 },
    billable: true,
    client: { id: client },
    project: { id: project },
  });
  const base = world([], {});
  const harvest = structuredClone(base.harvest) as { time_entries: unknown[] };
  harvest.time_entries.push(entry(2001, 1, 10, 'Final review'), entry(2002, 2, 20, 'Support'));
  await withMonth(
    acmeFails('status 500').map((fault) => (fault.nth > 1 ? { ...fault, nth: fault.nth + 1 } : fault)),
    async (session) => {
      expect(row(session, '2026-11 Acme')).toMatchObject({
        Status: 'approved',
        Message: `Not pushed yet: ${ACME} must be pushed first.`,
      });
      expect(row(session, '2026-11 Bolt')).toMatchObject({ Status: 'pushed' });
    },
    [MONTH, november, APPROVE, PUSH],
    { harvest },
  );
});

it('a file that QuickBooks never takes holds its invoice for an hour and no longer', async () => {
  const clients = (world([], {}).workbook as Record<string, readonly Record<string, unknown>[]>)['Clients'] ?? [];
  const file = world([MONTH, APPROVE, PUSH], {
    faults: [{ service: 'quickbooks', request: 'POST /upload', fault: 'status 500' }],
  });
  const workbook = {
    ...(file.workbook as Record<string, unknown>),
    Clients: clients.map((client) => (client['Client'] === 'Acme' ? { ...client, 'Time detail': 'attached' } : client)),
  };
  const asked = readWorld(JSON.stringify({ ...file, workbook }));
  const session = await openSession(asked, { dist });
  try {
    await runSteps(session, asked);
    expect(booked(session)).toEqual(BOTH);
    expect(row(session, ACME)).toMatchObject({ Status: 'pushed' });
    expect(row(session, ACME)?.['Message']).toMatch(/^The time detail could not be attached; attach it by hand in Qu/);
  } finally {
    await session.close();
  }
});
