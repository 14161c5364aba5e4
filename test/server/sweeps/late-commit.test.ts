/**
 * QuickBooks answers a push badly and does what was asked of it later all the same: when we have looked, and even when we have sent again.
 * An invoice may then not stand twice, wherever anything tells the two apart: a request id that QuickBooks remembers, a number of ours
 * that it does not give twice, or the time that we wait before we look once more.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Prepared } from '../../../local/simulate/phases.ts';
import { endsAsUndisturbed, GUARDED, invoicesIn, monthAt, pushed, UNGUARDED } from './late.ts';
import { preparedMonth } from './prepared.ts';

/**
 * After a lost create a push makes four requests to look for it. Where QuickBooks said itself that it failed it may send again; otherwise the
 * next execution reads the company with five requests, looks with four, and sends.
 */
const HOWEVER_LATE = [2, 5, 13].flatMap((after) =>
  ['', ', status 500'].map((answer) => `commit ${after} requests late${answer}`),
);

/** Before the job looks again: it waits a minute, and where no answer comes that takes a minute itself. */
const WHILE_IT_WAITS = [
  'commit 2 seconds late, status 504',
  'commit 50 seconds late, status 504',
  'commit 119 seconds late',
];

let month: readonly [Prepared, Prepared];
beforeAll(async () => {
  month = [await preparedMonth(), await preparedMonth({ automaticNumbers: true })];
}, 60_000);

describe('an invoice that QuickBooks commits late', () => {
  it.each(GUARDED)(
    'stands once, however late: %s',
    (_, company) => endsAsUndisturbed(monthAt(company, month), HOWEVER_LATE),
    60_000,
  );

  it.each(UNGUARDED)(
    'stands once, where that is while the job waits: %s',
    (_, company) => endsAsUndisturbed(monthAt(company, month), WHILE_IT_WAITS),
    60_000,
  );

  it.each(UNGUARDED)(
    'known limit, an hour late: it stands twice, and the row names the one that was sent again: %s',
    async (_, company) => {
      await pushed(monthAt(company, month), ['commit 3600 seconds late'], (session, fault) => {
        const [again, late] = invoicesIn(session);
        expect(invoicesIn(session), fault).toHaveLength(2);
        expect(late?.['PrivateNote']).toBe(again?.['PrivateNote']);
        const [row] = session.host.workbook.rows('Invoices');
        expect(row).toMatchObject({ Status: 'pushed' });
        expect(String(row?.['QuickBooks link'])).toMatch(new RegExp(`txnId=${String(again?.['Id'])}$`));
      });
    },
    60_000,
  );
});
