/** Pushing and following up, through the built add-on in the local host, with the services behind it. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../../local/world/result.ts';
import { runWorld } from '../../../local/world/run-world.ts';
import { APPROVE, bundle, essence, inQuickBooks, MONTH, PUSH, world } from './firm.ts';

let dist = '';
beforeAll(() => {
  dist = bundle();
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

const run = (steps: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Promise<Result> =>
  runWorld(world(steps, more), { dist });
const BOTH = ['2026-10-001 1793.33 2026-10 Acme', '2026-10-002 500 2026-10 Bolt'];
const invoicesOf = (result: Result) =>
  (result.workbook['Invoices'] ?? []).map((row) => `${row['Invoice']} ${row['Total']} ${row['Status']}`);

/** Which execution is that of the push: the one that another follows when it is stopped. */
async function executionOfPush(): Promise<number> {
  for (let execution = 2; execution < 8; execution += 1) {
    const cut = await run([MONTH, APPROVE, PUSH], { faults: [{ execution, 'kill after': 20 }] });
    if (cut.ok && cut.runs[2]?.executions === 2) return execution;
  }
  throw new Error('no execution of the push was found');
}

describe('a push', () => {
  it('puts every approved invoice into QuickBooks once, and everything on it is invoiced', async () => {
    const result = await run([MONTH, APPROVE, PUSH, PUSH]);
    expect(result.errors).toEqual([]);
    expect(inQuickBooks(result)).toEqual(BOTH);
    expect([...new Set((result.workbook['Time entries'] ?? []).map((row) => row['Status']))]).toEqual(['invoiced']);
  });

  it.each(['timeout after commit', 'drop before commit', 'malformed body', 'status 500', 'status 429', 'expire token'])(
    'creates no invoice twice and loses none when QuickBooks answers with %s',
    async (fault) => {
      const faults = [{ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault }];
      // One whose answer was lost comes after the others.
      expect([...inQuickBooks(await run([MONTH, APPROVE, PUSH], { faults }))].sort()).toEqual(BOTH);
    },
  );

  it('comes to the same end after whichever service call Google stops it', async () => {
    const whole = essence(await run([MONTH, APPROVE, PUSH]));
    const execution = await executionOfPush();
    for (let calls = 15; calls <= 95; calls += 8) {
      const cut = await run([MONTH, APPROVE, PUSH, PUSH], { faults: [{ execution, 'kill after': calls }] });
      expect(essence(cut), `killed after call ${calls}`).toEqual(whole);
    }
  }, 120_000);

  it('takes the next number when ours belongs to another invoice there', async () => {
    const line = { Amount: 5, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
    const foreign = { DocNumber: '2026-10-001', CustomerRef: { value: '1' }, TxnDate: '2026-10-01', Line: [line] };
    const quickbooks = {
      Customer: [
        { Id: '1', DisplayName: 'Acme' },
        { Id: '2', DisplayName: 'Bolt' },
      ],
      Item: [{ Id: '1', Name: 'Services', Type: 'Service' }],
      Invoice: [foreign],
    };
    const result = await run([MONTH, APPROVE, PUSH], { quickbooks });
    expect(inQuickBooks(result).slice(1)).toEqual(['2026-10-003 1793.33 2026-10 Acme', BOTH[1]]);
  });

  it('lets the others go on when QuickBooks cannot take one, and takes it once that is put right', async () => {
    const broken = { do: 'edit', tab: 'Clients', where: { Client: 'Bolt' }, set: { 'QuickBooks customer': 'Nobody' } };
    const right = { ...broken, set: { 'QuickBooks customer': 'Bolt' } };
    const first = await run([broken, MONTH, APPROVE, PUSH]);
    expect(invoicesOf(first)).toEqual(['2026-10 Acme 1793.33 pushed', '2026-10 Bolt 500 failed']);
    expect(first.errors[0]?.message).toContain('The customer "Nobody" is not in QuickBooks.');
    expect(inQuickBooks(await run([broken, MONTH, APPROVE, PUSH, right, PUSH]))).toEqual(BOTH);
  });

  it('is about the latest month that was run, also where that one has stopped', async () => {
    const faults = Array.from({ length: 200 }, (_, n) => ({
      service: 'harvest',
      request: 'GET /time_entries',
      nth: n + 2,
      fault: 'status 500',
    }));
    const november = { at: '2026-12-01T06:00:00', do: 'month-end', period: '2026-11' };
    const result = await run([MONTH, APPROVE, november, PUSH], { faults });
    expect(result.workbook['Runs']?.map((row) => `${row['Job']} ${row['Period']} ${row['Outcome']}`)).toEqual([
      'month-end 2026-10 done',
      'month-end 2026-11 failed',
      'push 2026-11 done',
    ]);
  });

  it('does not bill what a person took off the invoice after approving it', async () => {
    const off = { do: 'review', entry: 1001, exclude: true };
    const result = await run([MONTH, APPROVE, off, PUSH, PUSH]);
    expect(inQuickBooks(result)).toEqual(['2026-10-001 500 2026-10 Bolt']);
    expect(invoicesOf(result)[0]).toBe('2026-10 Acme 1192.08 draft');
  });
});

describe('afterwards', () => {
  it('paid and voided come back; the next run drafts what was on a voided invoice anew under the next name', async () => {
    const steps = [
      MONTH,
      APPROVE,
      PUSH,
      { do: 'quickbooks', pay: '2026-10 Acme' },
      { do: 'quickbooks', void: '2026-10 Bolt' },
      { do: 'sync' },
    ];
    const synced = ['2026-10 Acme 1793.33 paid', '2026-10 Bolt 500 voided'];
    const result = await run(steps);
    expect(invoicesOf(result)).toEqual(synced);
    expect((result.workbook['Balances'] ?? []).map((row) => row['Line'])).not.toContain('B/1');
    expect(invoicesOf(await run([...steps, MONTH]))).toEqual([...synced, '2026-10 Bolt (2) 500 draft']);
  });

  it('a paid invoice that was voided long after the last look is seen, and one without its link says what to do', async () => {
    const steps = [
      MONTH,
      APPROVE,
      PUSH,
      { do: 'quickbooks', pay: '2026-10 Acme' },
      { do: 'sync' },
      { do: 'edit', tab: 'Invoices', where: { Invoice: '2026-10 Bolt' }, set: { 'QuickBooks link': '' } },
      { at: '2026-12-10T09:00:00', do: 'quickbooks', void: '2026-10 Acme' },
      { at: '2027-01-20T09:00:00', do: 'sync' },
    ];
    const result = await run(steps);
    expect(invoicesOf(result)).toEqual(['2026-10 Acme 1793.33 voided', '2026-10 Bolt 500 pushed']);
    expect(String(result.workbook['Invoices']?.[1]?.['Message'])).toMatch(/^QuickBooks link is empty/);
  });

  it('an entry that changed in Harvest is billed as a difference, one that is ignored is not asked about again', async () => {
    const result = await run([
      MONTH,
      APPROVE,
      PUSH,
      { do: 'harvest', upsert: { time_entries: [{ id: 1001, hours: 5.25 }] }, delete: { time_entries: [1003] } },
      MONTH,
      { do: 'decide', entry: 1001, changed: 'bill difference' },
      { do: 'decide', entry: 1003, changed: 'ignore' },
      APPROVE,
      PUSH,
      MONTH,
    ]);
    expect(inQuickBooks(result)).toEqual([...BOTH, '2026-10-003 370 2026-10 Acme (2)']);
    expect((result.workbook['Time entries'] ?? []).map((row) => row['Flags'])).toEqual(['', '', '']);
  });

  it('a second month-end over an unchanged Harvest changes no row', async () => {
    const once = await run([MONTH]);
    const twice = await run([MONTH, MONTH]);
    for (const tab of ['Time entries', 'Expenses', 'Invoices', 'Invoice lines', 'Entry records']) {
      expect(twice.workbook[tab], tab).toEqual(once.workbook[tab]);
    }
  });
});
