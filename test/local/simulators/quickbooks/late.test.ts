/** A request that is answered badly and whose work is done later all the same. */
import { describe, expect, test } from 'vitest';
import { errorOf, invoiceFor, start } from './start.ts';

const late = (fault: string) => [{ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault }];
const NUMBERED = "select * from Invoice where DocNumber = '2026-10-ACME'";

describe('an invoice that is committed late', () => {
  test.each([0, 1, 3])(
    'is not there before %i further requests have been answered, and is there then',
    async (after) => {
      const bench = await start({ faults: late(`commit ${after} requests late`) });
      await expect(bench.post('/invoice', await invoiceFor(bench))).rejects.toThrow();
      for (let request = 1; request <= after; request += 1) {
        expect(bench.qb.invoices()).toHaveLength(0);
        expect((await bench.query(NUMBERED)).body.at('QueryResponse', 'Invoice')).toBeUndefined();
      }
      expect(bench.qb.invoices()).toHaveLength(1);
      expect((await bench.query(NUMBERED)).body.at('QueryResponse', 'Invoice', 0, 'TotalAmt')).toBe(1250);
    },
  );

  test.each([0, 1, 119])('is not there before %i seconds have passed, and is there then', async (seconds) => {
    const bench = await start({ faults: late(`commit ${seconds} seconds late`) }, 0);
    await expect(bench.post('/invoice', await invoiceFor(bench))).rejects.toThrow();
    bench.clock.forward(seconds * 1000 - 1);
    await bench.query(NUMBERED);
    expect(bench.qb.invoices()).toHaveLength(seconds === 0 ? 1 : 0);
    bench.clock.forward(1);
    expect((await bench.query(NUMBERED)).body.at('QueryResponse', 'Invoice', 0, 'TotalAmt')).toBe(1250);
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test('is there at once when everything under way is to be done', async () => {
    const bench = await start({ faults: late('commit 90 requests late') });
    await expect(bench.post('/invoice', await invoiceFor(bench))).rejects.toThrow();
    bench.qb.settle();
    bench.qb.settle();
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test.each([500, 503, 504])('may be answered with the status %i', async (status) => {
    const bench = await start({ faults: late(`commit 1 requests late, status ${status}`) });
    expect((await bench.post('/invoice', await invoiceFor(bench))).status).toBe(status);
    await bench.query(NUMBERED);
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test('is no second one where its request id was sent again meanwhile, unless request ids are forgotten', async () => {
    for (const replaysRequests of [true, false]) {
      const bench = await start({ faults: late('commit 2 requests late'), assumptions: { replaysRequests } });
      const body = await invoiceFor(bench, { DocNumber: undefined });
      await expect(bench.post('/invoice?requestid=a', body)).rejects.toThrow();
      await bench.post('/invoice?requestid=a', body);
      await bench.query(NUMBERED);
      expect(bench.qb.invoices()).toHaveLength(replaysRequests ? 1 : 2);
    }
  });

  test('is refused where its number was taken meanwhile, unless the company lets numbers stand twice', async () => {
    for (const allowDuplicateNumbers of [false, true]) {
      const bench = await start({ faults: late('commit 2 requests late'), allowDuplicateNumbers });
      const body = await invoiceFor(bench);
      await expect(bench.post('/invoice?requestid=a', body)).rejects.toThrow();
      await bench.post('/invoice?requestid=b', body);
      await bench.query(NUMBERED);
      expect(bench.qb.invoices()).toHaveLength(allowDuplicateNumbers ? 2 : 1);
    }
  });

  test('makes the same number refused for whoever comes after it', async () => {
    const bench = await start({ faults: late('commit 1 requests late') });
    const body = await invoiceFor(bench);
    await expect(bench.post('/invoice?requestid=a', body)).rejects.toThrow();
    await bench.query(NUMBERED);
    expect(errorOf(await bench.post('/invoice?requestid=b', body)).code).toBe('6140');
  });

  test('is still to come after going back to a moment before it', async () => {
    const bench = await start({ faults: late('commit 1 requests late') });
    await expect(bench.post('/invoice', await invoiceFor(bench))).rejects.toThrow();
    const before = bench.qb.state();
    await bench.query(NUMBERED);
    expect(bench.qb.invoices()).toHaveLength(1);
    bench.qb.goBack(before);
    expect(bench.qb.invoices()).toHaveLength(0);
    await bench.query(NUMBERED);
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test.each([
    'commit late',
    'commit two requests late',
    'commit 2 requests late, status 5000x',
    'commit -1 requests late',
  ])('"%s" is no fault', async (fault) => {
    await expect(start({ faults: late(fault) })).rejects.toThrow('is not a fault of quickbooks');
  });
});
