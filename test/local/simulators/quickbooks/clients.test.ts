import { describe, expect, test } from 'vitest';
import { intuitOAuth, nodeQuickBooks, quickBooksPromise } from './clients.ts';
import { invoiceFor, REALM, start, wire } from './start.ts';

const DAY = 24 * 3_600_000;

function look(value: unknown, ...path: readonly (string | number)[]): unknown {
  return wire(JSON.stringify(value)).at(...path);
}

describe('node-quickbooks 2.0.50', () => {
  test('creates with a requestid, once', async () => {
    const bench = await start();
    const client = nodeQuickBooks(bench.qb.url, bench.qb.connect());
    const body = await invoiceFor(bench);
    const first = await client.call('createInvoice', { ...body, requestId: 'r-1' });
    const again = await client.call('createInvoice', { ...body, requestId: 'r-1' });
    expect(look(first, 'TotalAmt')).toBe(1250);
    expect(look(again, 'Id')).toBe(look(first, 'Id'));
    expect(bench.qb.invoices()).toHaveLength(1);
    const seen = bench.qb.log.at(-1);
    expect(seen?.query).toContain('requestid=r-1');
    expect(seen?.query).toContain('minorversion=75');
  });

  test('hands over a refusal, and a number that is allowed twice', async () => {
    const bench = await start();
    const client = nodeQuickBooks(bench.qb.url, bench.qb.connect());
    const body = await invoiceFor(bench);
    await client.call('createInvoice', { ...body });
    const refusal: unknown = await client.call('createInvoice', { ...body }).catch((error: unknown) => error);
    const response = refusal as { readonly response: { readonly status: number; readonly data: unknown } };
    expect(response.response.status).toBe(400);
    expect(look(response.response.data, 'Fault', 'Error', 0, 'code')).toBe('6140');
    await client.call('createInvoice', { ...body, allowDuplicateDocNum: true });
    expect(bench.qb.invoices()).toHaveLength(2);
  });

  test('queries with quotes, IN, paging, ordering and count', async () => {
    const bench = await start();
    const client = nodeQuickBooks(bench.qb.url, bench.qb.connect());
    const quoted = await client.call('findCustomers', { DisplayName: "O'Brien & Sons", limit: 5 });
    expect(look(quoted, 'QueryResponse', 'Customer', 0, 'DisplayName')).toBe("O'Brien & Sons");
    const some = await client.call('findCustomers', [
      { field: 'Id', value: ['1', '2'], operator: 'IN' },
      { field: 'desc', value: 'DisplayName' },
    ]);
    expect(look(some, 'QueryResponse', 'Customer', 0, 'DisplayName')).toBe("O'Brien & Sons");
    expect(look(await client.call('findCustomers', { count: true }), 'QueryResponse', 'totalCount')).toBe(2);
    const every = await client.call('findCustomers', { fetchAll: true, limit: 1 });
    expect((look(every, 'QueryResponse', 'Customer') as unknown[]).length).toBe(2);
    expect(look(await client.call('findInvoices', { DocNumber: 'none' }), 'QueryResponse')).toEqual({});
  });

  test('reads, updates sparsely, voids, deletes, asks for the PDF', async () => {
    const bench = await start();
    const client = nodeQuickBooks(bench.qb.url, bench.qb.connect());
    const Id = look(await client.call('createInvoice', await invoiceFor(bench)), 'Id');
    const updated = await client.call('updateInvoice', { Id, SyncToken: '0', PrivateNote: 'by client' });
    expect(look(updated, 'TotalAmt')).toBe(1250);
    expect(String(await client.call('getInvoicePdf', Id))).toContain('%PDF');
    await client.call('voidInvoice', Id);
    expect(bench.qb.invoices()).toMatchObject([{ TotalAmt: 0 }]);
    const deleted = await client.call('deleteInvoice', Id);
    expect(look(deleted, 'Invoice', 'status')).toBe('Deleted');
    const gone: unknown = await client.call('getInvoice', Id).catch((error: unknown) => error);
    expect(look((gone as { response: { data: unknown } }).response.data, 'Fault', 'Error', 0, 'code')).toBe('610');
  });

  test('runs a batch, asks for changes, reads company and preferences, uploads', async () => {
    const bench = await start();
    const client = nodeQuickBooks(bench.qb.url, bench.qb.connect());
    const Invoice = await invoiceFor(bench);
    const batch = await client.call('batch', [
      { bId: 'b1', operation: 'create', Invoice },
      { bId: 'b2', Query: 'select * from Item' },
    ]);
    expect(look(batch, 'BatchItemResponse', 0, 'Invoice', 'DocNumber')).toBe('2026-10-ACME');
    const changes = await client.call('changeDataCapture', ['Invoice'], '2026-10-31T00:00:00Z');
    expect(look(changes, 'CDCResponse', 0, 'QueryResponse', 0, 'Invoice', 0, 'TotalAmt')).toBe(1250);
    expect(look(await client.call('getCompanyInfo', REALM), 'CompanyName')).toBe('Sable & Finch');
    expect(look(await client.call('getPreferences'), 'CurrencyPrefs', 'HomeCurrency', 'value')).toBe('USD');
    const invoice = look(batch, 'BatchItemResponse', 0, 'Invoice', 'Id');
    const attached = await client.call('upload', 'hours.csv', 'text/csv', 'date,hours', 'Invoice', invoice);
    expect(look(attached, 'AttachableRef', 0, 'EntityRef', 'value')).toBe(invoice);
  });

  test('renews its tokens, and revokes them', async () => {
    const bench = await start();
    const client = nodeQuickBooks(bench.qb.url, bench.qb.connect());
    bench.clock.forward(DAY);
    const refused: unknown = await client.call('getPreferences').catch((error: unknown) => error);
    expect((refused as { response: { status: number } }).response.status).toBe(401);
    const before = client.tokens();
    await client.call('refreshAccessToken');
    expect(client.tokens().refresh).not.toBe(before.refresh);
    expect(look(await client.call('getPreferences'), 'SalesFormsPrefs', 'CustomTxnNumbers')).toBe(true);
    const { access } = client.tokens();
    await client.call('revokeAccess', true);
    const after = await bench.raw(`/v3/company/${REALM}/preferences`, {
      headers: { authorization: `Bearer ${access}` },
    });
    expect(after.status).toBe(401);
  });
});

describe('quickbooks-node-promise 3.3.14', () => {
  test('creates, reads the transaction id, queries, counts, deletes', async () => {
    const bench = await start();
    const client = quickBooksPromise(bench.qb.url, bench.qb.connect().accessToken);
    const created = await client['createInvoice']?.(await invoiceFor(bench));
    expect(look(created, 'Invoice', 'TotalAmt')).toBe(1250);
    expect(look(created, 'specialHeaders', 'intuitTid')).toMatch(/^1-/);
    const found = await client['findInvoices']?.({ DocNumber: '2026-10-ACME' });
    expect(look(found, 'QueryResponse', 'Invoice', 0, 'CustomerRef', 'name')).toBe('Acme');
    expect(look(await client['countCustomers']?.(), 'QueryResponse', 'totalCount')).toBe(2);
    const Id = look(created, 'Invoice', 'Id');
    const deleted = await client['deleteInvoice']?.({ Id, SyncToken: '0' });
    expect(look(deleted, 'Invoice', 'status')).toBe('Deleted');
  });

  test('tells a fault by its type, and uploads to an invoice', async () => {
    const bench = await start();
    const client = quickBooksPromise(bench.qb.url, bench.qb.connect().accessToken);
    const body = await invoiceFor(bench, {}, { Amount: 1250.01 });
    await expect(client['createInvoice']?.(body)).rejects.toThrow('Error of type ValidationFault');
    const created = await client['createInvoice']?.(await invoiceFor(bench));
    const Id = look(created, 'Invoice', 'Id');
    const attached = await client['upload']?.('h.csv', 'text/csv', Buffer.from('a,b\r\n'), 'Invoice', Id);
    expect(look(attached, 'AttachableResponse', 0, 'Attachable', 'Size')).toBe(5);
  });
});

describe('intuit-oauth 4.2.5', () => {
  test('walks from consent to an API call, a refresh and a revocation', async () => {
    const bench = await start();
    const redirectUri = 'https://script.google.com/macros/d/SCRIPT/usercallback';
    const client = intuitOAuth(bench.qb.url, redirectUri);
    const address = new URL(client.authorizeUri({ scope: ['com.intuit.quickbooks.accounting'], state: 'state-1' }));
    const consent = await bench.raw(address.pathname + address.search);
    const token = await client.createToken(consent.headers.get('location') ?? '');
    expect(token.json['expires_in']).toBe(3600);
    expect(token.json['x_refresh_token_hard_expires_in']).toBe(5 * 365 * 86_400);
    expect(client.getToken().realmId).toBe(REALM);
    const call = () =>
      client.makeApiCall({
        url: `${bench.qb.url}/v3/company/${REALM}/query?query=${encodeURIComponent('select * from Item')}`,
      });
    expect(look((await call()).json, 'QueryResponse', 'Item', 0, 'Name')).toBe('Consulting');
    bench.clock.forward(DAY);
    await expect(call()).rejects.toThrow();
    const old = client.getToken().refresh_token;
    await client.refresh();
    expect(client.getToken().refresh_token).not.toBe(old);
    expect(look((await call()).json, 'QueryResponse', 'maxResults')).toBe(3);
    await expect(client.refreshUsingToken(old)).rejects.toThrow();
    const { refresh_token } = client.getToken();
    await client.revoke({ refresh_token });
    expect(bench.qb.log.at(-1)).toMatchObject({ path: '/v2/oauth2/tokens/revoke', status: 200 });
    await expect(client.refreshUsingToken(refresh_token)).rejects.toThrow();
  });

  test('reads the fault of a refused call', async () => {
    const bench = await start();
    const client = intuitOAuth(bench.qb.url, 'https://app.example/back');
    const address = new URL(client.authorizeUri({ scope: ['com.intuit.quickbooks.accounting'], state: 's' }));
    await client.createToken((await bench.raw(address.pathname + address.search)).headers.get('location') ?? '');
    const error: unknown = await client
      .makeApiCall({ url: `${bench.qb.url}/v3/company/${REALM}/invoice`, method: 'POST', body: {} })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ faultType: 'ValidationFault', code: '2020' });
  });
});
