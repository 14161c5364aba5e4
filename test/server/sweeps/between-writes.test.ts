/** What people do in QuickBooks between two of our own requests during a push: theirs stands, ours says so, and nothing is sent twice. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { brokenRules } from '../../../local/simulate/invariants.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import type { Session } from '../../../local/world/session.ts';
import { preparedMonth } from './prepared.ts';

const ACME = '2026-10 Acme';

let ours: Prepared;
let theirs: Prepared;
beforeAll(async () => {
  ours = await preparedMonth({ client: { 'Time detail': 'attached' } });
  theirs = await preparedMonth({ client: { 'Time detail': 'attached' }, automaticNumbers: true });
});

/** Our requests that change or read the invoice, and the service call of the push that each belongs to. */
async function requestsOf(prepared: Prepared): Promise<ReadonlyMap<string, number>> {
  const session = await openAt(prepared, 'push');
  try {
    const places = new Map<string, number>();
    let seen = 0;
    session.host.watch(({ serviceCall }) => {
      const log = session.quickbooks.log.slice(seen);
      seen += log.length;
      for (const { method, path } of log) {
        const name = `${method} ${path.replace(/^.*\/company\/\d+\//, '').replace(/\/\d+$/, '')}`;
        places.set([...places.keys()].includes(name) ? `${name} again` : name, serviceCall);
      }
    });
    await PHASES.push.begin(session);
    return places;
  } finally {
    await session.close();
  }
}

async function rightAfter(
  prepared: Prepared,
  request: string,
  work: (session: Session) => void,
  judge: (session: Session) => Promise<void>,
  kill = false,
): Promise<void> {
  const call = (await requestsOf(prepared)).get(request);
  if (call === undefined) throw new Error(`The push makes no request ${request}.`);
  const session = await openAt(prepared, 'push');
  try {
    let worked = false;
    session.host.during(1, call, () => {
      work(session);
      worked = true;
    });
    if (kill) session.host.killAfter(1, call, 'lost');
    await PHASES.push.begin(session);
    await fireContinuations(session);
    expect(worked).toBe(true);
    await judge(session);
  } finally {
    await session.close();
  }
}

const row = (session: Session) => session.host.workbook.rows('Invoices').find((each) => each['Invoice'] === ACME);
const booked = (session: Session) => session.quickbooks.invoices({ withDeleted: true });

const LINE = {
  Amount: 900,
  DetailType: 'SalesItemLineDetail',
  Description: 'Agreed on the phone',
  SalesItemLineDetail: { ItemRef: { value: '1' }, Qty: 1, UnitPrice: 900 },
};

const STEPS = ['POST invoice', 'GET invoice', 'POST upload', 'POST upload again'] as const;
const cases = STEPS.flatMap((request) => [false, true].map((kill): [string, boolean] => [request, kill]));

describe.each(cases)(
  'somebody edits the invoice right after our %s (and the execution is killed: %s)',
  (request, kill) => {
    it.each([
      ['we number', () => ours],
      ['QuickBooks numbers', () => theirs],
    ])('%s: the edit stands, the row says what differs, nothing is sent again', async (_, prepared) => {
      const edit = (session: Session) =>
        session.quickbooks.edit(ACME, { Line: [LINE], CustomerMemo: { value: 'Thank you' } });
      await rightAfter(
        prepared(),
        request,
        edit,
        async (session) => {
          expect(booked(session)).toMatchObject([
            { TotalAmt: 900, SyncToken: '1', CustomerMemo: { value: 'Thank you' } },
          ]);
          expect(booked(session)).toHaveLength(1);
          expect(session.quickbooks.files.length).toBe(2);
          expect(row(session)).toMatchObject({ Status: 'pushed', Total: 1793.33 });
          // What came after our last look is told by the next Sync.
          if (row(session)?.['Message'] === '') await session.ask('sync');
          expect(String(row(session)?.['Message'])).toMatch(/900\.00/);
          // Pushing again and undoing leave theirs alone.
          await session.ask('push');
          expect((await session.ask('undoPush', { invoice: ACME })).ok).toBe(false);
          expect(booked(session)).toMatchObject([{ TotalAmt: 900, SyncToken: '1' }]);
        },
        kill,
      );
    });
  },
);

describe.each(cases)('right after our %s (and the execution is killed: %s)', (request, kill) => {
  it('somebody voids it: it is not sent again, and Sync gives everything back', async () => {
    await rightAfter(
      ours,
      request,
      (session) => session.quickbooks.void(ACME),
      async (session) => {
        expect(booked(session)).toHaveLength(1);
        await session.ask('sync');
        await fireContinuations(session);
        expect(row(session)).toMatchObject({ Status: 'voided' });
        const statuses = session.host.workbook.rows('Time entries').map((each) => each['Status']);
        expect(statuses).toEqual(['approved', 'approved']);
      },
      kill,
    );
  });

  it('the books are closed, or the customer is made inactive: it stands and is pushed', async () => {
    for (const prepared of [ours, theirs]) {
      for (const work of [close, leave]) {
        await rightAfter(
          prepared,
          request,
          work,
          async (session) => {
            expect(booked(session)).toHaveLength(1);
            expect(row(session)).toMatchObject({ Status: 'pushed' });
            expect(brokenRules(session)).toEqual([]);
          },
          kill,
        );
      }
    }
  });
});

const close = (session: Session): void => session.quickbooks.closeBooks('2026-10-31');
const leave = (session: Session): void => session.quickbooks.setActive('Acme', false);
const open = (session: Session): void => session.quickbooks.closeBooks(null);
const comeBack = (session: Session): void => session.quickbooks.setActive('Acme', true);

describe.each([
  ['the books are closed', close, open, 'closed up to 2026-10-31'],
  ['the customer is made inactive', leave, comeBack, 'Acme'],
] as const)('%s between the draft and the push', (_, shut, reopen, says) => {
  it('nothing is created, the row says why, and once that is put right it is pushed once', async () => {
    for (const prepared of [ours, theirs]) {
      const session = await openAt(prepared, 'push');
      try {
        shut(session);
        await PHASES.push.begin(session);
        await fireContinuations(session);
        expect(booked(session)).toEqual([]);
        expect(row(session)).toMatchObject({ Status: 'failed', 'QuickBooks number': '' });
        expect(String(row(session)?.['Message'])).toContain(says);
        reopen(session);
        await PHASES.push.begin(session);
        await fireContinuations(session);
        expect(booked(session)).toHaveLength(1);
        expect(brokenRules(session)).toEqual([]);
      } finally {
        await session.close();
      }
    }
  });
});

describe.each([
  ['the books are closed', close],
  ['the customer is made inactive', leave],
] as const)('%s after the push has looked at them and before it creates', (_, shut) => {
  it('nothing is created, and the row says why', async () => {
    const session = await openAt(ours, 'push');
    try {
      const last = (await requestsOf(ours)).get('POST invoice') ?? 0;
      session.host.during(1, last - 1, () => shut(session));
      await PHASES.push.begin(session);
      await fireContinuations(session);
      expect(booked(session)).toEqual([]);
      expect(row(session)).toMatchObject({ Status: 'failed', 'QuickBooks number': '' });
      expect(String(row(session)?.['Message'])).toContain('QuickBooks refused it');
    } finally {
      await session.close();
    }
  });
});
