import { describe, expect, test } from 'vitest';
import { errorOf, FIRM, invoiceFor, REALM, start } from './start.ts';

describe('an invoice that is created', () => {
  test('comes back with id, token, totals, due date, named references and a subtotal line', async () => {
    const bench = await start();
    const term = await bench.idOf('Term', 'Net 30');
    const created = await bench.post(
      '/invoice?minorversion=75',
      await invoiceFor(bench, { SalesTermRef: { value: term } }),
    );
    expect(created.status).toBe(200);
    const at = (...path: (string | number)[]) => created.body.at('Invoice', ...path);
    expect(at('Id')).toMatch(/^\d+$/);
    expect(at('SyncToken')).toBe('0');
    expect(at('TotalAmt')).toBe(1250);
    expect(at('Balance')).toBe(1250);
    expect(at('DueDate')).toBe('2026-11-30');
    expect(at('CustomerRef', 'name')).toBe('Acme');
    expect(at('SalesTermRef', 'name')).toBe('Net 30');
    expect(at('EmailStatus')).toBe('NotSet');
    expect(at('MetaData', 'CreateTime')).toMatch(/^2026-11-01T06:00:0\d-05:00$/);
    expect(at('Line', 0, 'SalesItemLineDetail', 'ItemRef', 'name')).toBe('Consulting');
    expect(at('Line', 0, 'Id')).toBe('1');
    expect(at('Line', 1)).toEqual({ Amount: 1250, DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} });
    expect(created.headers.get('intuit_tid')).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    const read = await bench.get(`/invoice/${at('Id')}`);
    expect(read.body.at('Invoice')).toEqual(created.body.at('Invoice'));
    expect(JSON.stringify(bench.qb.invoices())).not.toContain('SubTotalLineDetail');
  });

  test('a line without an item is kept as documentation and its amount is ignored', async () => {
    const bench = await start();
    const body = await invoiceFor(bench);
    const lost = {
      DetailType: 'SalesItemLineDetail',
      Amount: 500,
      Description: 'No item',
      SalesItemLineDetail: { Qty: 4 },
    };
    const created = await bench.post('/invoice', { ...body, Line: [...(body['Line'] as unknown[]), lost] });
    expect(created.body.at('Invoice', 'TotalAmt')).toBe(1250);
    expect(created.body.at('Invoice', 'Line', 1, 'DetailType')).toBe('DescriptionOnly');
    expect(created.body.at('Invoice', 'Line', 1, 'Amount')).toBeUndefined();
  });

  test('a credit may stand on a line of its own as long as the total is not negative', async () => {
    const bench = await start();
    const body = await invoiceFor(bench);
    const item = { value: await bench.idOf('Item', 'Consulting') };
    const credit = (amount: number) => ({
      DetailType: 'SalesItemLineDetail',
      Amount: amount,
      SalesItemLineDetail: { ItemRef: item },
    });
    const lines = body['Line'] as unknown[];
    const fine = await bench.post('/invoice', { ...body, Line: [...lines, credit(-1250)] });
    expect(fine.body.at('Invoice', 'TotalAmt')).toBe(0);
    const refused = await bench.post('/invoice', { ...body, DocNumber: 'B', Line: [...lines, credit(-1250.01)] });
    expect(errorOf(refused)).toMatchObject({ code: '6000' });
  });

  test('without numbering of its own the company numbers invoices; AUTO_GENERATE asks for a number', async () => {
    const own = await start();
    const unnumbered = await own.post('/invoice', await invoiceFor(own, { DocNumber: undefined }));
    expect(unnumbered.body.at('Invoice', 'DocNumber')).toBeUndefined();
    const automatic = await own.post('/invoice', await invoiceFor(own, { DocNumber: 'AUTO_GENERATE' }));
    expect(automatic.body.at('Invoice', 'DocNumber')).toBe('1001');

    const off = await start({ preferences: { SalesFormsPrefs: { CustomTxnNumbers: false } } });
    for (const number of ['1001', '1002']) {
      const next = await off.post('/invoice', await invoiceFor(off, { DocNumber: undefined }));
      expect(next.body.at('Invoice', 'DocNumber')).toBe(number);
    }
  });

  test('due dates follow the term, also one of a day of the month', async () => {
    const bench = await start({
      data: { ...FIRM, Term: [{ Name: 'On the 15th', DayOfMonthDue: 15, DueNextMonthDays: 10 }] },
    });
    const value = await bench.idOf('Term', 'On the 15th');
    const due = async (day: string) =>
      (
        await bench.post('/invoice', await invoiceFor(bench, { DocNumber: day, TxnDate: day, SalesTermRef: { value } }))
      ).body.at('Invoice', 'DueDate');
    expect(await due('2026-10-01')).toBe('2026-10-15');
    expect(await due('2026-10-08')).toBe('2026-11-15');
    expect(await due('2026-10-31')).toBe('2026-11-15');
  });
});

describe('the amount of a line', () => {
  test.each([
    [10, 125, 1250],
    [1.15, 100.1, 115.12],
    [0.5, 0.01, 0.01],
    [-2, 150, -300],
  ])('%d x %d is %d and a cent more or less is refused', async (Qty, UnitPrice, Amount) => {
    const bench = await start();
    const more = Math.round((Amount + 0.01) * 100) / 100;
    const extra = { DetailType: 'SalesItemLineDetail', Amount: 1000, SalesItemLineDetail: { ItemRef: { value: '1' } } };
    const lines = async (amount: number) => {
      const body = await invoiceFor(bench, {}, { Amount: amount }, { Qty, UnitPrice });
      return { ...body, Line: [...(body['Line'] as unknown[]), extra] };
    };
    const refused = await bench.post('/invoice', await lines(more));
    expect(refused.status).toBe(400);
    expect(errorOf(refused)).toMatchObject({
      code: '6070',
      message: 'Amount calculation incorrect in the request.',
      element: 'Line.Amount',
    });
    expect((await bench.post('/invoice', await lines(Amount))).status).toBe(200);
  });

  test('the refusal names the amount as the recording does', async () => {
    const bench = await start();
    const refused = await bench.post(
      '/invoice',
      await invoiceFor(bench, {}, { Amount: 1000 }, { Qty: 3, UnitPrice: 333.33 }),
    );
    expect(errorOf(refused).detail).toBe('Amount is not equal to UnitPrice * Qty. Supplied value:1,000');
  });

  test('is free where neither quantity nor price is given', async () => {
    const bench = await start();
    const body = await invoiceFor(bench, {}, { Amount: 99.99 }, { Qty: undefined, UnitPrice: undefined });
    expect((await bench.post('/invoice', body)).body.at('Invoice', 'TotalAmt')).toBe(99.99);
  });
});

describe('document numbers', () => {
  test('a second invoice of the same number is refused and names the first', async () => {
    const bench = await start();
    const first = await bench.post('/invoice', await invoiceFor(bench));
    const second = await bench.post('/invoice', await invoiceFor(bench));
    expect(second.status).toBe(400);
    const id = first.body.at('Invoice', 'Id');
    expect(errorOf(second)).toEqual({
      code: '6140',
      message: 'Duplicate Document Number Error',
      detail: `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=2026-10-ACME is assigned to TxnType=Invoice with TxnId=${id}`,
      element: '',
    });
    expect(second.body.at('Fault', 'type')).toBe('ValidationFault');
    expect(second.body.at('time')).toMatch(/^2026-11-01T06:00:0\d\.\d{3}-05:00$/);
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test('unless the request or the company allows it, or the first one is deleted', async () => {
    const bench = await start();
    await bench.post('/invoice', await invoiceFor(bench));
    const allowed = await bench.post('/invoice?include=allowduplicatedocnum', await invoiceFor(bench));
    expect(allowed.status).toBe(200);
    const lenient = await start({ allowDuplicateNumbers: true });
    await lenient.post('/invoice', await invoiceFor(lenient));
    expect((await lenient.post('/invoice', await invoiceFor(lenient))).status).toBe(200);
    const freed = await start();
    await freed.post('/invoice', await invoiceFor(freed));
    freed.qb.delete('2026-10-ACME');
    expect((await freed.post('/invoice', await invoiceFor(freed))).status).toBe(200);
  });

  test('a voided invoice keeps its number', async () => {
    const bench = await start();
    await bench.post('/invoice', await invoiceFor(bench));
    bench.qb.void('2026-10 Acme');
    expect(errorOf(await bench.post('/invoice', await invoiceFor(bench))).code).toBe('6140');
  });
});

describe('an invoice is refused', () => {
  const cases: [string, string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>, string?][] =
    [
      ['2020', 'without lines', { Line: undefined }, {}, {}, 'Line'],
      ['2020', 'without a customer', { CustomerRef: undefined }, {}, {}, 'CustomerRef'],
      ['2020', 'with a line without an amount', {}, { Amount: undefined }, {}, 'Line.Amount'],
      ['2250', 'with an empty list of lines', { Line: [] }, {}, {}],
      ['2250', 'with words only', { Line: [{ DetailType: 'DescriptionOnly', Description: 'x' }] }, {}, {}],
      ['2050', 'with a number of 22 characters', { DocNumber: 'x'.repeat(22) }, {}, {}, 'DocNumber'],
      ['2050', 'with a private note of 4001 characters', { PrivateNote: 'x'.repeat(4001) }, {}, {}, 'PrivateNote'],
      ['2050', 'with a memo of 1001 characters', { CustomerMemo: { value: 'x'.repeat(1001) } }, {}, {}],
      ['2050', 'with a description of 4001 characters', {}, { Description: 'x'.repeat(4001) }, {}],
      ['2050', 'with an address of 101 characters', { BillEmail: { Address: `${'x'.repeat(95)}@ab.de` } }, {}, {}],
      ['2010', 'with a property that is unknown', { Approved: true }, {}, {}, 'Approved'],
      ['2010', 'with an unknown property on a line', {}, { Hours: 3 }, {}],
      ['2170', 'with a mail status that is none', { EmailStatus: 'Draft' }, {}, {}, 'EmailStatus'],
      ['2170', 'with a kind of line that is none', {}, { DetailType: 'TimeLine' }, {}],
      ['2060', 'dated on a day that is none', { TxnDate: '2026-02-30' }, {}, {}, 'TxnDate'],
      ['2060', 'with a due date in words', { DueDate: 'in 30 days' }, {}, {}, 'DueDate'],
      ['2060', 'with a service date of another form', {}, {}, { ServiceDate: '10/31/2026' }],
      ['2110', 'with an amount in words', {}, { Amount: 'a lot' }, {}],
      ['2110', 'with eleven digits before the point', {}, { Amount: 12345678901 }, {}],
      ['2110', 'with six decimals', {}, { Amount: 1.234567 }, {}],
      ['2500', 'for a customer that is not there', { CustomerRef: { value: '999' } }, {}, {}, 'CustomerRef'],
      ['2500', 'with an item that is not there', {}, {}, { ItemRef: { value: '999' } }],
      ['2500', 'with a term that is not there', { SalesTermRef: { value: '999' } }, {}, {}],
      ['6100', 'with a tax code that the US does not have', {}, {}, { TaxCodeRef: { value: '7' } }],
      ['6420', 'to be sent without an address', { EmailStatus: 'NeedToSend' }, {}, {}],
      [
        '6090',
        'with a discount of nothing',
        { Line: [{ DetailType: 'DiscountLineDetail', DiscountLineDetail: {} }] },
        {},
        {},
      ],
      ['620', 'linked to an estimate that is not there', { LinkedTxn: [{ TxnId: '99', TxnType: 'Estimate' }] }, {}, {}],
      ['620', 'linked to a charge', { LinkedTxn: [{ TxnId: '9', TxnType: 'ReimburseCharge' }] }, {}, {}],
    ];
  test.each(cases)('%s %s', async (code, _why, changes, line, detail, element) => {
    const bench = await start();
    const before = bench.qb.invoices().length;
    const refused = await bench.post('/invoice', await invoiceFor(bench, changes, line, detail));
    expect(refused.status).toBe(400);
    expect(errorOf(refused).code).toBe(code);
    if (element !== undefined) expect(errorOf(refused).element).toBe(element);
    expect(bench.qb.invoices()).toHaveLength(before);
  });

  test('with the texts of the recordings', async () => {
    const bench = await start();
    expect(errorOf(await bench.post('/invoice', await invoiceFor(bench, { Line: undefined })))).toEqual({
      code: '2020',
      message: 'Required param missing, need to supply the required value for the API',
      detail: 'Required parameter Line is missing in the request',
      element: 'Line',
    });
    expect(errorOf(await bench.post('/invoice', await invoiceFor(bench, { DocNumber: 'x'.repeat(45) })))).toEqual({
      code: '2050',
      message: 'String length is either shorter or longer than supported by specification',
      detail: 'String length specified does not match the supported length. Min:0 Max:21 supported. Supplied length:45',
      element: 'DocNumber',
    });
  });

  test('with all that is wrong in one fault', async () => {
    const bench = await start();
    const refused = await bench.post('/invoice', { DocNumber: 'x'.repeat(30), EmailStatus: 'Draft' });
    const codes = [0, 1, 2, 3].map((index) => refused.body.at('Fault', 'Error', index, 'code'));
    expect(codes).toEqual(['2050', '2170', '2020', '2020']);
  });

  test('610 for a customer or an item that is inactive', async () => {
    const bench = await start({
      data: {
        ...FIRM,
        Customer: [...FIRM.Customer, { Id: '50', DisplayName: 'Gone', Active: false }],
        Item: [...FIRM.Item, { Id: '60', Name: 'Old', Active: false }],
      },
    });
    const customer = await bench.post('/invoice', await invoiceFor(bench, { CustomerRef: { value: '50' } }));
    expect(errorOf(customer)).toMatchObject({ code: '610', message: 'Object Not Found', element: '' });
    const item = await bench.post('/invoice', await invoiceFor(bench, {}, {}, { ItemRef: { value: '60' } }));
    expect(errorOf(item).code).toBe('610');
  });

  test('6200 in closed books, 6210 where they are closed with a password', async () => {
    const preferences = { AccountingInfoPrefs: { BookCloseDate: '2026-10-31' } };
    const closed = await start({ preferences });
    expect(errorOf(await closed.post('/invoice', await invoiceFor(closed))).code).toBe('6200');
    const later = await closed.post('/invoice', await invoiceFor(closed, { TxnDate: '2026-11-01' }));
    expect(later.status).toBe(200);
    const locked = await start({ preferences, closedWithPassword: true });
    expect(errorOf(await locked.post('/invoice', await invoiceFor(locked))).code).toBe('6210');
  });
});

describe('several currencies', () => {
  const data = { ...FIRM, Customer: [...FIRM.Customer, { DisplayName: 'Kyoto KK', CurrencyRef: { value: 'JPY' } }] };

  test('are on as soon as a customer of the file has another currency', async () => {
    const bench = await start({ data });
    const preferences = await bench.get('/preferences');
    expect(preferences.body.at('Preferences', 'CurrencyPrefs')).toEqual({
      MultiCurrencyEnabled: true,
      HomeCurrency: { value: 'USD', name: 'United States Dollar' },
    });
  });

  test('need CurrencyRef, and that of the customer', async () => {
    const bench = await start({ data });
    const kyoto = { CustomerRef: { value: await bench.idOf('Customer', 'Kyoto KK') } };
    const without = await bench.post('/invoice', await invoiceFor(bench));
    expect(errorOf(without)).toMatchObject({ code: '2020', element: 'CurrencyRef' });
    const wrong = await bench.post('/invoice', await invoiceFor(bench, { ...kyoto, CurrencyRef: { value: 'USD' } }));
    expect(errorOf(wrong).code).toBe('6000');
    const none = await bench.post('/invoice', await invoiceFor(bench, { CurrencyRef: { value: 'Yen' } }));
    expect(errorOf(none).code).toBe('2220');
    const right = await bench.post(
      '/invoice',
      await invoiceFor(bench, { ...kyoto, CurrencyRef: { value: 'JPY' }, ExchangeRate: 0.0065 }),
    );
    expect(right.body.at('Invoice', 'TotalAmt')).toBe(1250);
    expect(right.body.at('Invoice', 'HomeTotalAmt')).toBe(8.13);
  });

  test('are refused where they are off', async () => {
    const bench = await start();
    const refused = await bench.post('/invoice', await invoiceFor(bench, { CurrencyRef: { value: 'EUR' } }));
    expect(errorOf(refused).code).toBe('6000');
    expect((await bench.post('/invoice', await invoiceFor(bench, { CurrencyRef: { value: 'USD' } }))).status).toBe(200);
  });
});

describe('update, void, delete', () => {
  test('a sparse update changes what is sent; a full one clears what is left out; an old token is refused', async () => {
    const bench = await start();
    const created = await bench.post('/invoice', await invoiceFor(bench, { CustomerMemo: { value: 'Thanks' } }));
    const Id = created.body.at('Invoice', 'Id');
    const sparse = await bench.post('/invoice', { Id, SyncToken: '0', sparse: true, PrivateNote: 'changed' });
    expect(sparse.body.at('Invoice', 'SyncToken')).toBe('1');
    expect(sparse.body.at('Invoice', 'CustomerMemo', 'value')).toBe('Thanks');
    expect(sparse.body.at('Invoice', 'TotalAmt')).toBe(1250);
    const stale = await bench.post('/invoice', { Id, SyncToken: '0', sparse: true, PrivateNote: 'again' });
    expect(errorOf(stale)).toMatchObject({ code: '5010', message: 'Stale Object Error', element: '' });
    const full = await bench.post('/invoice?operation=update', { ...(await invoiceFor(bench)), Id, SyncToken: '1' });
    expect(full.body.at('Invoice', 'CustomerMemo')).toBeUndefined();
    expect(full.body.at('Invoice', 'PrivateNote')).toBe('2026-10 Acme');
    expect(errorOf(await bench.post('/invoice', { Id, SyncToken: '2', PrivateNote: 'x' })).code).toBe('2020');
  });

  test('delete answers with the status Deleted; afterwards the invoice is not found', async () => {
    const bench = await start();
    const Id = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
    const deleted = await bench.post('/invoice?operation=delete', { Id, SyncToken: '0' });
    expect(deleted.body.at('Invoice')).toEqual({ domain: 'QBO', status: 'Deleted', Id });
    expect(errorOf(await bench.get(`/invoice/${Id}`)).code).toBe('610');
    expect(bench.qb.invoices()).toEqual([]);
    expect(bench.qb.invoices({ withDeleted: true })).toMatchObject([{ Id, status: 'Deleted', TotalAmt: 1250 }]);
  });

  test('void keeps number and customer, brings every amount to 0 and says so in the note', async () => {
    const bench = await start();
    const Id = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
    const voided = await bench.post('/invoice?operation=void', { Id, SyncToken: '0' });
    expect(voided.body.at('Invoice')).toMatchObject({
      TotalAmt: 0,
      Balance: 0,
      DocNumber: '2026-10-ACME',
      SyncToken: '1',
    });
    expect(voided.body.at('Invoice', 'PrivateNote')).toBe('Voided - 2026-10 Acme');
    expect(voided.body.at('Invoice', 'Line', 0, 'Amount')).toBe(0);
  });

  test('a paid invoice cannot be deleted before its payment is unlinked', async () => {
    const bench = await start();
    const Id = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
    bench.qb.pay('2026-10 Acme', 250);
    expect((await bench.get(`/invoice/${Id}`)).body.at('Invoice', 'Balance')).toBe(1000);
    bench.qb.pay('2026-10-ACME');
    const paid = await bench.get(`/invoice/${Id}`);
    expect(paid.body.at('Invoice', 'Balance')).toBe(0);
    expect(paid.body.at('Invoice', 'LinkedTxn', 1, 'TxnType')).toBe('Payment');
    const refused = await bench.post('/invoice?operation=delete', {
      Id,
      SyncToken: paid.body.at('Invoice', 'SyncToken'),
    });
    expect(errorOf(refused).code).toBe('6000');
    expect(() => bench.qb.delete(String(Id))).toThrow(/linked to a payment/);
    bench.qb.unlinkPayments(String(Id));
    bench.qb.delete(String(Id));
    expect(bench.qb.invoices()).toEqual([]);
  });

  test('mails are counted, so that a test can say that none was sent', async () => {
    const bench = await start();
    const Id = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
    expect(bench.qb.sentMails).toEqual([]);
    const send = (to: string) =>
      bench.post(`/invoice/${Id}/send${to}`, '', { 'content-type': 'application/octet-stream' });
    expect(errorOf(await send('')).code).toBe('6420');
    const sent = await send('?sendTo=ap%40acme.example');
    expect(sent.body.at('Invoice', 'EmailStatus')).toBe('EmailSent');
    expect(bench.qb.sentMails).toMatchObject([{ kind: 'Invoice', id: Id, to: 'ap@acme.example' }]);
  });

  test('somebody edits an invoice in QuickBooks', async () => {
    const bench = await start();
    await bench.post('/invoice', await invoiceFor(bench));
    bench.qb.edit('2026-10 Acme', { CustomerMemo: { value: 'Changed by hand' } });
    expect(bench.qb.invoices()).toMatchObject([
      { SyncToken: '1', CustomerMemo: { value: 'Changed by hand' }, TotalAmt: 1250 },
    ]);
    expect(() => bench.qb.edit('2026-10 Acme', { DocNumber: 'x'.repeat(22) })).toThrow(/Max:21/);
    expect(() => bench.qb.void('2026-10 Nobody')).toThrow('QuickBooks has no invoice "2026-10 Nobody".');
  });

  test('an estimate posts nothing, and is closed when an invoice is made of it', async () => {
    const bench = await start();
    const estimate = await bench.post('/estimate', await invoiceFor(bench));
    const Id = estimate.body.at('Estimate', 'Id');
    expect(estimate.body.at('Estimate', 'TxnStatus')).toBe('Pending');
    expect(estimate.body.at('Estimate', 'Balance')).toBeUndefined();
    expect(bench.qb.invoices()).toEqual([]);
    await bench.post('/invoice', await invoiceFor(bench, { LinkedTxn: [{ TxnId: Id, TxnType: 'Estimate' }] }));
    expect(bench.qb.estimates()).toMatchObject([{ Id, TxnStatus: 'Closed' }]);
  });
});

test('the address must name the company in small letters and a known entity', async () => {
  const bench = await start();
  expect(errorOf(await bench.get('/Invoice/1')).code).toBe('500');
  expect(errorOf(await bench.get('/unicorn/1')).code).toBe('500');
  expect((await bench.get(`/companyinfo/${REALM}`)).body.at('CompanyInfo', 'CompanyName')).toBe('Sable & Finch');
});
