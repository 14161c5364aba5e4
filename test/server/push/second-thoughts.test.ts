/** What people do while a push waits, and what QuickBooks' neighbours answer in its place: nothing is billed that should not be, nothing twice. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { readWorld, type World } from '../../../local/world/format.ts';
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
const BEN = 'ben@firm.example';

async function after(file: World, work: (session: Session) => Promise<void>, assumptions = {}): Promise<void> {
  const session = await openSession(file, { dist, assumptions });
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
    .map((invoice) => `${invoice['TotalAmt']} ${String(invoice['PrivateNote']).split('\n')[0]}`);
const fault = (session: Session, request: string, what: string, nth?: number) =>
  session.quickbooks.addFault({ service: 'quickbooks', request, fault: what, ...(nth === undefined ? {} : { nth }) });

it('half pushed, it is not given back before all that was sent has had its time, whatever was pressed since', async () => {
  await after(world([MONTH, APPROVE]), async (session) => {
    fault(session, 'POST /invoice', 'status 504', 1);
    await session.ask('push');
    expect(row(session, ACME)).toMatchObject({ Status: 'pushing' });
    await session.ask('cancelJob');
    expect(await session.ask('sync', {}, BEN)).toMatchObject({ ok: true, value: { state: 'blocked' } });
    expect(await session.ask('unapprove', { invoices: [ACME] })).toMatchObject({
      ok: false,
      message: `${ACME} was sent a moment ago and may still come. Try again in ten minutes.`,
    });
  });
});

it('a push that is pressed again at once does not send again at once', async () => {
  await after(world([MONTH, APPROVE]), async (session) => {
    fault(session, 'POST /invoice', 'status 504', 1);
    await session.ask('push');
    const creates = () => session.quickbooks.log.filter(({ path }) => /\/invoice$/.test(path)).length;
    const before = creates();
    for (let press = 0; press < 3; press += 1) await session.ask('push');
    expect(creates()).toBe(before);
    await fireContinuations(session);
    expect(booked(session).sort()).toEqual([`1793.33 ${ACME}`, `500 ${BOLT}`]);
  });
});

it("a gateway's 404 is no deleted invoice: nothing is given back, and the job waits", async () => {
  await after(world([MONTH, APPROVE, PUSH]), async (session) => {
    fault(session, 'GET /invoice/*', 'status 404');
    const sync = await session.ask('sync');
    expect(sync).toMatchObject({ ok: true, value: { state: 'waiting' } });
    expect(row(session, ACME)).toMatchObject({ Status: 'pushed' });
    expect(await session.ask('undoPush', { invoice: ACME })).toMatchObject({ ok: false });
    expect(booked(session)).toHaveLength(2);
  });
});

/** The push is killed when all invoices are marked as on their way, and none was sent. */
async function killedBeforeTheFirst(file: World, work: (session: Session) => Promise<void>): Promise<void> {
  const isMarked = (session: Session) =>
    session.host.workbook.rows('Invoices').every((each) => each['Status'] === 'pushing');
  let call = 0;
  await after(file, async (session) => {
    session.host.resetCounters();
    session.host.watch(({ serviceCall }) => {
      if (call === 0 && isMarked(session)) call = serviceCall;
    });
    await session.ask('push');
  });
  await after(file, async (session) => {
    session.host.resetCounters();
    session.host.killAfter(1, call, 'applied');
    await session.ask('push');
    expect([isMarked(session), booked(session)]).toEqual([true, []]);
    await work(session);
  });
}

it('what is on an invoice on its way is not decided in the sidebar', async () => {
  await killedBeforeTheFirst(world([MONTH, APPROVE]), async (session) => {
    const refused = await session.ask('decide', {
      decisions: [{ table: 'time', key: 'harvest:1003', action: 'exclude' }],
    });
    expect(JSON.stringify(refused)).toContain(`harvest:1003 is on ${BOLT}, which is on its way to QuickBooks.`);
    await fireContinuations(session);
    expect(booked(session)).toEqual([`1793.33 ${ACME}`, `500 ${BOLT}`]);
  });
});

it('a later month does not go before the earlier one that QuickBooks refuses meanwhile', async () => {
  const november = { at: '2026-12-01T06:00:00', do: 'month-end', period: '2026-11' };
  const harvest = structuredClone(world([]).harvest) as { time_entries: Record<string, unknown>[] };
  harvest.time_entries.push({ ...harvest.time_entries[0], id: 2001, spent_date: '2026-11-05' });
  await killedBeforeTheFirst(world([MONTH, november, APPROVE], { harvest }), async (session) => {
    session.quickbooks.closeBooks('2026-10-31');
    await fireContinuations(session);
    expect(row(session, ACME)).toMatchObject({ Status: 'failed' });
    expect(row(session, '2026-11 Acme')).toMatchObject({
      Status: 'approved',
      Message: `Not pushed yet: ${ACME} must be pushed first.`,
    });
  });
});

it('what somebody else approves while a push waits is not pushed in the name of whoever pressed it', async () => {
  await after(world([MONTH]), async (session) => {
    await session.ask('approve', { invoices: [ACME] });
    fault(session, 'POST /invoice', 'status 504', 1);
    await session.ask('push');
    session.host.clock.advance(1_000);
    expect(await session.ask('approve', { invoices: [BOLT] }, BEN)).toMatchObject({ ok: true });
    await fireContinuations(session);
    expect(booked(session)).toEqual([`1793.33 ${ACME}`]);
    expect(row(session, BOLT)).toMatchObject({ Status: 'approved' });
    await session.ask('push');
    expect(row(session, BOLT)).toMatchObject({ Status: 'pushed' });
  });
});

it('a page of the time detail that is never taken attaches the file once more at most', async () => {
  const file = world([MONTH, APPROVE, PUSH]);
  const clients = (file.workbook as Record<string, readonly Record<string, unknown>[]>)['Clients'] ?? [];
  const workbook = {
    ...(file.workbook as Record<string, unknown>),
    Clients: clients.map((client) => (client['Client'] === 'Acme' ? { ...client, 'Time detail': 'attached' } : client)),
  };
  // The file is taken, its page is not in four tries; a minute later the same.
  const faults = [2, 3, 4, 5, 7, 8, 9, 10].map((nth) => ({
    service: 'quickbooks',
    request: 'POST /upload',
    nth,
    fault: 'status 500',
  }));
  await after(
    readWorld(JSON.stringify({ ...file, workbook, faults })),
    async (session) => {
      expect(session.quickbooks.files).toHaveLength(2);
      expect(row(session, ACME)).toMatchObject({ Status: 'pushed' });
      expect(String(row(session, ACME)?.['Message'])).toMatch(
        /^The page of the time detail could not be attached, its CSV file is\./,
      );
    },
    { replaysRequests: false },
  );
});

/** Clients with a monthly fee, and nothing to match. */
function manyClients(count: number, steps: readonly unknown[]): World {
  const names = Array.from({ length: count }, (_, n) => `Client ${String(n + 1).padStart(2, '0')}`);
  return world(steps, {
    harvest: { clients: [], projects: [], tasks: [], users: [], time_entries: [] },
    quickbooks: {
      Customer: names.map((DisplayName) => ({ DisplayName })),
      Item: [{ Id: '1', Name: 'Services', Type: 'Service' }],
    },
    workbook: {
      Settings: { 'First period': '2026-10', 'Confidence threshold': 0.8, 'Audit sample': 0 },
      Clients: names.map((Client) => ({ Client, Currency: 'USD' })),
      SOWs: names.map((Client) => ({ SOW: `${Client} SOW`, Client })),
      'SOW lines': names.map((Client) => ({
        Line: `${Client} SOW/1`,
        SOW: `${Client} SOW`,
        Title: 'On call',
        Billing: 'fixed monthly',
        Fee: 100,
      })),
      Rates: [],
    },
  });
}

it('one invoice in trouble does not slow the others, however many batches they are', async () => {
  await after(manyClients(45, [MONTH, APPROVE]), async (session) => {
    fault(session, 'POST /invoice', 'status 500', 1);
    let answer = await session.ask('push');
    while (answer.ok && (answer.value as { readonly state: string }).state === 'running') {
      answer = await session.ask('continueJob');
    }
    expect(answer).toMatchObject({ ok: true, value: { state: 'waiting' } });
    expect(booked(session)).toHaveLength(44);
    await fireContinuations(session);
    expect(booked(session)).toHaveLength(45);
    expect(new Set(booked(session)).size).toBe(45);
  });
}, 30_000);

it('QuickBooks takes no invoice at all while it answers everything else: the push waits and does not go round', async () => {
  const november = { at: '2026-12-01T06:00:00', do: 'month-end', period: '2026-11' };
  await after(manyClients(22, [MONTH, november, APPROVE]), async (session) => {
    fault(session, 'POST /invoice', 'status 500');
    let answer = await session.ask('push');
    for (let turn = 0; turn < 20; turn += 1) {
      if (!answer.ok || (answer.value as { readonly state: string }).state !== 'running') break;
      answer = await session.ask('continueJob');
    }
    expect(answer).toMatchObject({ ok: true, value: { state: 'waiting' } });
    const statuses = session.host.workbook.rows('Invoices').map((each) => `${each['Period']} ${each['Status']}`);
    expect([...new Set(statuses)].sort()).toEqual(['2026-10 pushing', '2026-11 approved']);
  });
}, 30_000);
