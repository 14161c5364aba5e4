import { describe, expect, test } from 'vitest';
import { type Bench, errorOf, FIRM, invoiceFor, REALM, start } from './start.ts';

const data = {
  ...FIRM,
  Customer: [
    { Id: '7', DisplayName: 'Acme' },
    { Id: '8', DisplayName: "O'Brien & Sons" },
    { Id: '9', DisplayName: 'Back\\slash 100%' },
    { Id: '10', DisplayName: 'Gone', Active: false },
  ],
};

async function names(bench: Bench, where: string): Promise<unknown[]> {
  const answer = await bench.query(`select * from Customer ${where}`);
  const rows = answer.body.at('QueryResponse', 'Customer');
  return Array.isArray(rows) ? rows.map((row: { readonly Id: string }) => row.Id) : [answer.body.at('Fault')];
}

describe('a query', () => {
  test.each([
    ["where DisplayName = 'Acme'", ['7']],
    ["where DisplayName = 'O\\'Brien & Sons'", ['8']],
    ["where DisplayName = 'Back\\\\slash 100%'", ['9']],
    ["where DisplayName like '%rien%'", ['8']],
    ["WHERE displayname LIKE 'x'", [undefined]],
    ["where Id in ('7', '9')", ['7', '9']],
    ["where Id > '7' and Id < '9'", ['8']],
    ["where Id >= '8' AND Id <= '9'", ['8', '9']],
    ['', ['7', '8', '9']],
    ['where Active = false', ['10']],
    ['where Active IN (true, false)', ['7', '8', '9', '10']],
    ['orderby DisplayName desc', ['8', '9', '7']],
    ['ORDER BY Id DESC', ['9', '8', '7']],
    ['startposition 2 maxresults 1', ['8']],
    ["where MetaData.CreateTime < '2026-01-01T00:00:00-05:00'", ['7', '8', '9']],
  ])('%s', async (where, ids) => {
    const bench = await start({ data });
    if (ids[0] === undefined) {
      expect(errorOf(await bench.query(`select * from Customer ${where}`)).code).toBe('4001');
    } else expect(await names(bench, where)).toEqual(ids);
  });

  test('names of inactive rows end in " (deleted)"', async () => {
    const bench = await start({ data });
    const answer = await bench.query('select * from Customer where Active = false');
    expect(answer.body.at('QueryResponse', 'Customer', 0, 'DisplayName')).toBe('Gone (deleted)');
  });

  test('without rows has an empty QueryResponse, and a count is a count', async () => {
    const bench = await start({ data });
    const none = await bench.query("select * from Invoice where DocNumber = 'X'");
    expect(none.body.at('QueryResponse')).toEqual({});
    expect((await bench.query('select count(*) from Customer')).body.at('QueryResponse')).toEqual({ totalCount: 3 });
  });

  test('tells where its page starts and how many rows it has', async () => {
    const bench = await start({ data });
    const answer = await bench.query('SELECT * FROM customer STARTPOSITION 2 MAXRESULTS 5');
    expect(answer.body.at('QueryResponse')).toMatchObject({ startPosition: 2, maxResults: 2 });
  });

  test('returns a hundred rows unless more are asked for, at most a thousand', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ DisplayName: `Customer ${index}` }));
    const bench = await start({ data: { Customer: many } });
    expect((await bench.query('select * from Customer')).body.at('QueryResponse', 'maxResults')).toBe(100);
    const all = await bench.query('select * from Customer maxresults 1000');
    expect(all.body.at('QueryResponse', 'maxResults')).toBe(150);
    expect(errorOf(await bench.query('select * from Customer maxresults 1001')).code).toBe('4001');
  });

  test('finds invoices by number, customer, date, amount and change, read with their subtotal', async () => {
    const bench = await start();
    const created = await bench.post('/invoice', await invoiceFor(bench));
    const Id = created.body.at('Invoice', 'Id');
    const customer = created.body.at('Invoice', 'CustomerRef', 'value');
    const found = async (where: string) =>
      (await bench.query(`select * from Invoice where ${where}`)).body.at('QueryResponse', 'Invoice', 0, 'Id');
    expect(await found("DocNumber = '2026-10-ACME'")).toBe(Id);
    expect(await found(`CustomerRef = '${customer}' AND TxnDate = '2026-10-31'`)).toBe(Id);
    expect(await found("TotalAmt > '1249.99' AND Balance <= '1250.00'")).toBe(Id);
    expect(await found("MetaData.LastUpdatedTime >= '2026-11-01T06:00:00-05:00'")).toBe(Id);
    expect(await found("TxnDate > '2026-10-31'")).toBeUndefined();
    const read = await bench.query("select * from invoice where DocNumber = '2026-10-ACME'");
    expect(read.body.at('QueryResponse', 'Invoice', 0, 'Line', 1, 'DetailType')).toBe('SubTotalLineDetail');
  });

  test('may come as the body of a POST', async () => {
    const bench = await start();
    const answer = await bench.post('/query', 'select * from Term', { 'content-type': 'application/text' });
    expect(answer.body.at('QueryResponse', 'Term', 0, 'Name')).toBe('Due on receipt');
  });
});

describe('a query is refused', () => {
  test.each([
    ['4000', 'select * from Customer where Id = 7'],
    ['4000', "select * from Customer where DisplayName = 'O'Brien'"],
    ['4000', "select * from Customer where Id = '7' or Id = '8'"],
    ['4000', "select * from Customer where (Id = '7')"],
    ['4000', "select * from Customer where Id != '7'"],
    ['4000', 'select * from Customer limit 5'],
    ['4000', 'select * Customer'],
    ['4000', "select * from Customer where DisplayName = 'open"],
    ['4000', ''],
    ['4001', "select * from Invoice where NoSuchField = 'x'"],
    ['4001', 'select * from Unicorn'],
    ['4001', "select * from Invoice where PrivateNote = 'x'"],
  ])('%s: %s', async (code, sql) => {
    const bench = await start({ data });
    const refused = await bench.query(sql);
    expect(refused.status).toBe(400);
    expect(errorOf(refused).code).toBe(code);
  });

  test('with the texts of the recordings', async () => {
    const bench = await start();
    const syntax = await bench.query("select * from Invoice where TxnDate TxnDate = 'x'");
    expect(errorOf(syntax)).toMatchObject({
      message: 'Error parsing query',
      detail: 'QueryParserError: Encountered " <IDENTIFIER> "TxnDate "" at line 1, column 37.',
    });
    const property = await bench.query("select * from Invoice where NoSuchField = 'x'");
    expect(errorOf(property)).toMatchObject({
      message: 'Invalid query',
      detail: 'QueryValidationError: Property NoSuchField not found for Entity Invoice',
    });
  });
});

describe('a batch', () => {
  test('gives each item its own outcome, under its bId', async () => {
    const bench = await start();
    const Invoice = await invoiceFor(bench);
    const answer = await bench.post('/batch', {
      BatchItemRequest: [
        { bId: 'b1', operation: 'create', Invoice },
        { bId: 'b2', operation: 'create', Invoice: { ...Invoice, DocNumber: 'x'.repeat(22) } },
        { bId: 'b3', Query: "select * from Item where Name = 'Consulting'" },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.at('BatchItemResponse', 0, 'Invoice', 'TotalAmt')).toBe(1250);
    expect(answer.body.at('BatchItemResponse', 1)).toMatchObject({
      bId: 'b2',
      Fault: { Error: [{ code: '2050' }], type: 'ValidationFault' },
    });
    expect(answer.body.at('BatchItemResponse', 2, 'QueryResponse', 'Item', 0, 'Name')).toBe('Consulting');
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test('does not let its items see each other, and voids by optionsData', async () => {
    const bench = await start();
    const answer = await bench.post('/batch', {
      BatchItemRequest: [
        { bId: '1', operation: 'create', Customer: { DisplayName: 'New' } },
        { bId: '2', Query: "select * from Customer where DisplayName = 'New'" },
      ],
    });
    expect(answer.body.at('BatchItemResponse', 1)).toEqual({ bId: '2', QueryResponse: {} });
    expect(await bench.idOf('Customer', 'New')).toMatch(/\d/);
    const Id = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
    const voiding = {
      bId: '1',
      operation: 'update',
      optionsData: 'void',
      Invoice: { Id, SyncToken: '0', sparse: true },
    };
    const voided = await bench.post('/batch', { BatchItemRequest: [voiding] });
    expect(voided.body.at('BatchItemResponse', 0, 'Invoice', 'TotalAmt')).toBe(0);
  });

  test('of more than 30 items is refused', async () => {
    const bench = await start();
    const items = Array.from({ length: 31 }, (_, index) => ({ bId: String(index), Query: 'select * from Term' }));
    expect(errorOf(await bench.post('/batch', { BatchItemRequest: items })).code).toBe('1040');
    expect((await bench.post('/batch', { BatchItemRequest: items.slice(1) })).status).toBe(200);
  });
});

describe('change data', () => {
  test('shows what was changed or deleted since a time', async () => {
    const bench = await start();
    await bench.post('/invoice', await invoiceFor(bench, { DocNumber: 'A' }));
    await bench.post('/invoice', await invoiceFor(bench, { DocNumber: 'B' }));
    await bench.post('/invoice', await invoiceFor(bench, { DocNumber: 'C' }));
    bench.clock.forward(60_000);
    const since = encodeURIComponent(new Date(bench.clock.now()).toISOString());
    bench.clock.forward(1000);
    bench.qb.edit('A', { PrivateNote: 'seen' });
    bench.qb.delete('B');
    const answer = await bench.get(`/cdc?entities=Invoice,Customer&changedSince=${since}`);
    const [invoices, customers] = answer.body.at('CDCResponse', 0, 'QueryResponse') as Record<string, unknown>[];
    expect(invoices).toMatchObject({
      Invoice: [
        { DocNumber: 'A', SyncToken: '1' },
        { status: 'Deleted', MetaData: { LastUpdatedTime: expect.stringContaining('2026-11-01T06:01') } },
      ],
      startPosition: 1,
      maxResults: 2,
    });
    expect(customers).toEqual({});
  });

  test('needs a time, with its plus sign encoded, not too far back', async () => {
    const bench = await start();
    expect(errorOf(await bench.get('/cdc?entities=Invoice&changedSince=2026-11-01T00:00:00+01:00')).code).toBe('2060');
    expect(errorOf(await bench.get('/cdc?entities=Invoice&changedSince=2026-09-01T00:00:00Z')).code).toBe('2060');
    expect(errorOf(await bench.get('/cdc?changedSince=2026-11-01T00:00:00Z')).code).toBe('2020');
  });
});

describe('an upload', () => {
  const multipart = (metadata: unknown, content: string, extra = '') =>
    [
      '--xx',
      'Content-Disposition: form-data; name="file_metadata_01"; filename="attachment.json"',
      'Content-Type: application/json',
      '',
      JSON.stringify(metadata),
      '--xx',
      'Content-Disposition: form-data; name="file_content_01"; filename="hours.csv"',
      `Content-Type: text/csv${extra}`,
      '',
      content,
      '--xx--',
      '',
    ].join('\r\n');
  const type = { 'content-type': 'multipart/form-data; boundary=xx' };

  test('is attached to the invoice, byte for byte', async () => {
    const bench = await start();
    const value = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
    const metadata = { AttachableRef: [{ EntityRef: { type: 'Invoice', value } }], FileName: 'hours.csv' };
    const text = 'date,hours\r\n2026-10-01,3\r\n';
    const plain = await bench.post('/upload', multipart(metadata, text), type);
    expect(plain.body.at('AttachableResponse', 0, 'Attachable')).toMatchObject({
      FileName: 'hours.csv',
      ContentType: 'text/csv',
      Size: text.length,
    });
    const encoded = Buffer.from(text).toString('base64');
    await bench.post('/upload', multipart(metadata, encoded, '\r\nContent-Transfer-Encoding: base64'), type);
    expect(bench.qb.files.map((file) => file.bytes.toString())).toEqual([text, text]);
  });

  test('to an invoice that is not there is refused in its own part of the answer', async () => {
    const bench = await start();
    const metadata = { AttachableRef: [{ EntityRef: { type: 'Invoice', value: '99' } }] };
    const answer = await bench.post('/upload', multipart(metadata, 'x'), type);
    expect(answer.status).toBe(200);
    expect(answer.body.at('AttachableResponse', 0, 'Fault', 'Error', 0, 'code')).toBe('2500');
  });
});

describe('lists', () => {
  test('a name stands once (6240), has no colon (2040) and is not too long (2050)', async () => {
    const bench = await start();
    const acme = await bench.idOf('Customer', 'Acme');
    const create = (DisplayName: string) => bench.post('/customer', { DisplayName });
    expect(errorOf(await create('acme'))).toMatchObject({
      code: '6240',
      message: 'Duplicate Name Exists Error',
      detail: `The name supplied already exists. : Id=${acme}`,
    });
    expect(errorOf(await create('a:b')).code).toBe('2040');
    expect(errorOf(await create('x'.repeat(501))).code).toBe('2050');
    expect(errorOf(await create('')).code).toBe('2020');
    expect(errorOf(await bench.post('/customer', { DisplayName: 'M', PrimaryEmailAddr: { Address: 'no' } })).code).toBe(
      '2210',
    );
    const made = await bench.post('/customer', { GivenName: 'Ada', FamilyName: 'Byron' });
    expect(made.body.at('Customer')).toMatchObject({ DisplayName: 'Ada Byron', Active: true, Balance: 0 });
  });

  test('a customer keeps its currency, and shows what it owes', async () => {
    const bench = await start({
      data: { ...FIRM, Customer: [{ DisplayName: 'Euro', CurrencyRef: { value: 'EUR' } }, ...FIRM.Customer] },
    });
    const Id = await bench.idOf('Customer', 'Acme');
    const changed = await bench.post('/customer', { Id, SyncToken: '0', sparse: true, CurrencyRef: { value: 'EUR' } });
    expect(errorOf(changed).code).toBe('6000');
    await bench.post('/invoice', await invoiceFor(bench, { CurrencyRef: { value: 'USD' } }));
    expect((await bench.get(`/customer/${Id}`)).body.at('Customer', 'Balance')).toBe(1250);
  });

  test('a customer that is made inactive is called "(deleted)" until it is active again', async () => {
    const bench = await start();
    const Id = await bench.idOf('Customer', 'Acme');
    const off = await bench.post('/customer', { Id, SyncToken: '0', sparse: true, Active: false });
    expect(off.body.at('Customer', 'DisplayName')).toBe('Acme (deleted)');
    const on = await bench.post('/customer', { Id, SyncToken: '1', sparse: true, Active: true });
    expect(on.body.at('Customer', 'DisplayName')).toBe('Acme');
  });

  test('items need an income account, terms their days; tax codes are not made here', async () => {
    const bench = await start();
    expect(errorOf(await bench.post('/item', { Name: 'New' }))).toMatchObject({
      code: '2020',
      element: 'IncomeAccountRef',
    });
    const made = await bench.post('/item', { Name: 'New', IncomeAccountRef: { value: '1' } });
    expect(made.body.at('Item', 'Type')).toBe('Service');
    expect(errorOf(await bench.post('/term', { Name: 'Never' })).code).toBe('2020');
    expect(errorOf(await bench.post('/term', { Name: 'Long', DueDays: 1000 })).code).toBe('2110');
    expect(errorOf(await bench.post('/taxcode', { Name: 'X' })).code).toBe('500');
  });

  test('a category cannot be sold (assumption)', async () => {
    const bench = await start({ data: { ...FIRM, Item: [...FIRM.Item, { Id: '70', Name: 'Cat', Type: 'Category' }] } });
    const refused = await bench.post('/invoice', await invoiceFor(bench, {}, {}, { ItemRef: { value: '70' } }));
    expect(errorOf(refused).code).toBe('6000');
  });

  test('every company has the usual rows', async () => {
    const bench = await start({ data: {} });
    for (const [entity, name] of [
      ['Item', 'Services'],
      ['Item', 'Hours'],
      ['Term', 'Net 30'],
      ['Term', 'Due on receipt'],
    ] as const) {
      expect(await bench.idOf(entity, name)).toMatch(/^\d+$/);
    }
    expect(await bench.idOf('TaxCode', 'TAX')).toBe('TAX');
    expect(await bench.idOf('TaxCode', 'NON')).toBe('NON');
    expect((await bench.get(`/companyinfo/${REALM}`)).body.at('CompanyInfo', 'Country')).toBe('US');
    expect((await bench.get('/preferences')).body.at('Preferences', 'SalesFormsPrefs', 'CustomTxnNumbers')).toBe(true);
  });
});
