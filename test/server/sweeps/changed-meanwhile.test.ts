/** What changes between a push that was cut off and the one that goes on with it, or while it reads QuickBooks: still once, and as people decided. */
import { beforeAll, expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import type { Session } from '../../../local/world/session.ts';
import { preparedMonth } from './prepared.ts';

let ours: Prepared;
let theirs: Prepared;
beforeAll(async () => {
  ours = await preparedMonth();
  // Where QuickBooks gives the numbers and remembers no request id, nothing but looking finds what was created.
  theirs = {
    ...(await preparedMonth({ automaticNumbers: true, second: true })),
    assumptions: { replaysRequests: false },
  };
}, 60_000);

/** The service call of the push that makes the first request of this kind. */
async function callOf(prepared: Prepared, request: RegExp): Promise<number> {
  const session = await openAt(prepared, 'push');
  try {
    let found = 0;
    let seen = 0;
    session.host.watch(({ serviceCall }) => {
      const log = session.quickbooks.log.slice(seen);
      seen += log.length;
      if (found === 0 && log.some(({ method, path }) => request.test(`${method} ${path}`))) found = serviceCall;
    });
    await PHASES.push.begin(session);
    expect(found).toBeGreaterThan(0);
    return found;
  } finally {
    await session.close();
  }
}

async function withSession(prepared: Prepared, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await openAt(prepared, 'push');
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

/** Every invoice of the tab is pushed, and QuickBooks holds as many. */
function expectOnce(session: Session): void {
  expect(status(session).every((one) => one === 'pushed')).toBe(true);
  expect(inBooks(session)).toHaveLength(status(session).length);
}

const CREATE = /POST .*\/invoice$/;
const inBooks = (session: Session) => [...session.quickbooks.invoices(), ...session.quickbooks.estimates()];
const status = (session: Session) => session.host.workbook.rows('Invoices').map((row) => row['Status']);

it.each([
  ['we number', () => ours],
  ['QuickBooks numbers', () => theirs],
])(
  '%s: Push as is changed after the invoice was created and the execution killed: no estimate beside it',
  async (_, prepared) => {
    const call = await callOf(prepared(), CREATE);
    await withSession(prepared(), async (session) => {
      session.host.killAfter(1, call, 'lost');
      await PHASES.push.begin(session);
      await session.host.workbook.edit('Settings', { Setting: 'Push as' }, { Value: 'estimate' });
      await fireContinuations(session);
      expectOnce(session);
    });
  },
);

it.each([
  ['its customer', { CustomerRef: { value: '2' } }],
  ['its date', { TxnDate: '2026-11-03' }],
])(
  'QuickBooks numbers: %s is changed there after the invoice was created and the execution killed: no second one',
  async (_, set) => {
    const call = await callOf(theirs, CREATE);
    await withSession(theirs, async (session) => {
      session.host.killAfter(1, call, 'lost');
      await PHASES.push.begin(session);
      session.quickbooks.edit('2026-10 Acme', set);
      await fireContinuations(session);
      expectOnce(session);
    });
  },
);

it('what a person excludes while the push reads QuickBooks is not sent', async () => {
  const call = await callOf(ours, /GET .*preferences/i);
  await withSession(ours, async (session) => {
    let excluded: Promise<unknown> = Promise.resolve();
    session.host.during(1, call, () => {
      excluded = session.host.workbook.edit('Time entries', { Key: 'harvest:1001' }, { Status: 'excluded' });
    });
    await PHASES.push.begin(session);
    await excluded;
    await fireContinuations(session);
    expect(inBooks(session)).toEqual([]);
    expect(status(session)).toEqual(['failed']);
  });
});

it('from another QuickBooks company nothing is followed up, undone or pushed: what stands in the first is not taken for deleted', async () => {
  await withSession(ours, async (session) => {
    await PHASES.push.begin(session);
    expect(status(session)).toEqual(['pushed']);
    // As the other company sees it: our invoice is not there.
    session.host.setProperties('document', { 'quickbooks.company': JSON.stringify('production 4620816365000000000') });
    session.quickbooks.delete('2026-10 Acme');
    for (const [name, args] of [
      ['sync', {}],
      ['undoPush', { invoice: '2026-10 Acme' }],
      ['push', {}],
    ] as const) {
      await session.ask(name, args);
      expect([name, ...status(session)]).toEqual([name, 'pushed']);
    }
    const { message } = (await session.ask('undoPush', { invoice: '2026-10 Acme' })) as { message: string };
    expect(message).toMatch(/another QuickBooks company/);
  });
});

it('while no invoice stands anywhere, the company may be changed', async () => {
  await withSession(ours, async (session) => {
    session.host.setProperties('document', { 'quickbooks.company': JSON.stringify('sandbox 1') });
    await PHASES.push.begin(session);
    expect(status(session)).toEqual(['pushed']);
    expect(session.host.properties('document')['quickbooks.company']).toMatch(/^"production \d+"$/);
  });
});
