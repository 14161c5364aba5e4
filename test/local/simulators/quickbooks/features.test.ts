import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENTITY_NAMES, SHAPES } from '../../../../local/simulators/quickbooks/shapes.ts';
import { errorOf, FIRM, invoiceFor, REALM, start } from './start.ts';

describe('features of a company', () => {
  test('classes and departments need their preference; then the reference is checked', async () => {
    const refs = { ClassRef: { value: '1' }, DepartmentRef: { value: '1' } };
    const off = await start();
    expect(errorOf(await off.post('/invoice', await invoiceFor(off, refs))).code).toBe('5030');
    expect(errorOf(await off.post('/invoice', await invoiceFor(off, {}, {}, { ClassRef: { value: '1' } }))).code).toBe(
      '5030',
    );
    const on = await start({
      data: { ...FIRM, Class: [{ Name: 'East' }], Department: [{ Name: 'Boston' }] },
      preferences: {
        AccountingInfoPrefs: { ClassTrackingPerTxn: true, ClassTrackingPerTxnLine: true, TrackDepartments: true },
      },
    });
    const created = await on.post('/invoice', await invoiceFor(on, refs, {}, { ClassRef: { value: '1' } }));
    expect(created.body.at('Invoice', 'ClassRef')).toEqual({ value: '1', name: 'East' });
    expect(created.body.at('Invoice', 'DepartmentRef', 'name')).toBe('Boston');
    expect(created.body.at('Invoice', 'Line', 0, 'SalesItemLineDetail', 'ClassRef', 'name')).toBe('East');
    const unknown = await on.post('/invoice', await invoiceFor(on, { DocNumber: 'B', ClassRef: { value: '9' } }));
    expect(errorOf(unknown).code).toBe('2500');
  });

  test('a discount is taken off the lines before it, by percent or amount', async () => {
    const bench = await start();
    const body = await invoiceFor(bench);
    const discounted = async (line: object, number: string) =>
      (
        await bench.post('/invoice', { ...body, DocNumber: number, Line: [...(body['Line'] as unknown[]), line] })
      ).body.at('Invoice', 'TotalAmt');
    const percent = { PercentBased: true, DiscountPercent: 10 };
    expect(await discounted({ DetailType: 'DiscountLineDetail', DiscountLineDetail: percent }, 'A')).toBe(1125);
    expect(await discounted({ DetailType: 'DiscountLineDetail', Amount: 50, DiscountLineDetail: {} }, 'B')).toBe(1200);
    const off = await start({ preferences: { SalesFormsPrefs: { AllowDiscount: false } } });
    const line = { DetailType: 'DiscountLineDetail', Amount: 50, DiscountLineDetail: {} };
    const plain = await invoiceFor(off);
    const refused = await off.post('/invoice', { ...plain, Line: [...(plain['Line'] as unknown[]), line] });
    expect(errorOf(refused).code).toBe('5030');
  });

  test('tax follows the rates of the tax codes where sales tax is used', async () => {
    const bench = await start({
      data: {
        ...FIRM,
        CompanyInfo: { Country: 'GB' },
        TaxRate: [{ Id: '3', Name: 'VAT 20', RateValue: 20 }],
        TaxCode: [{ Id: '5', Name: '20.0% S', SalesTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '3' } }] } }],
      },
      preferences: { TaxPrefs: { UsingSalesTax: true } },
    });
    const taxed = await bench.post('/invoice', await invoiceFor(bench, {}, {}, { TaxCodeRef: { value: '5' } }));
    expect(taxed.body.at('Invoice', 'TotalAmt')).toBe(1500);
    expect(taxed.body.at('Invoice', 'TxnTaxDetail', 'TotalTax')).toBe(250);
    const unknown = await bench.post('/invoice', await invoiceFor(bench, {}, {}, { TaxCodeRef: { value: 'X' } }));
    expect(errorOf(unknown).code).toBe('2500');
  });

  test('estimates are not in the books: a closed period does not stop them', async () => {
    const bench = await start({ preferences: { AccountingInfoPrefs: { BookCloseDate: '2026-12-31' } } });
    expect((await bench.post('/estimate', await invoiceFor(bench))).status).toBe(200);
    expect(errorOf(await bench.post('/invoice', await invoiceFor(bench))).code).toBe('6200');
  });

  test('a company whose subscription has ended can be read only, as can one without permission', async () => {
    for (const [access, code] of [
      ['not writable', '6190'],
      ['no permission', '5020'],
    ] as const) {
      const bench = await start({ access });
      expect(errorOf(await bench.post('/invoice', await invoiceFor(bench))).code).toBe(code);
    }
  });

  test('an id that is no number is refused as such', async () => {
    const bench = await start();
    expect(errorOf(await bench.get('/invoice/abc')).code).toBe('2030');
    expect(errorOf(await bench.get('/invoice/99')).code).toBe('610');
    expect(errorOf(await bench.post('/invoice', { Id: '99', SyncToken: '0', sparse: true })).code).toBe('610');
  });

  test('a fault may come under the status 200', async () => {
    const bench = await start({
      faults: [{ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault: 'fault in 200' }],
    });
    const answer = await bench.post('/invoice', await invoiceFor(bench));
    expect([answer.status, errorOf(answer).code]).toEqual([200, '10000']);
    expect(bench.qb.invoices()).toEqual([]);
  });
});

describe('assumptions can be switched, so that nobody takes them for facts', () => {
  test.each([
    ['totalMustNotBeNegative', {}, { Amount: -5 }, { Qty: 1, UnitPrice: -5 }],
    ['amountsHaveTwoDecimals', {}, { Amount: 1.234 }, { Qty: undefined, UnitPrice: undefined }],
    ['refusesFeaturesThatAreOff', { DepartmentRef: { value: '1' } }, {}, {}],
    ['categoriesCannotBeSold', {}, {}, { ItemRef: { value: '70' } }],
  ] as const)('%s', async (name, changes, line, detail) => {
    const data = {
      ...FIRM,
      Department: [{ Name: 'Boston' }],
      Item: [...FIRM.Item, { Id: '70', Name: 'Cat', Type: 'Category' }],
    };
    for (const isOn of [true, false]) {
      const bench = await start({ data, assumptions: { [name]: isOn } });
      const answer = await bench.post('/invoice', await invoiceFor(bench, changes, line, detail));
      expect(answer.status).toBe(isOn ? 400 : 200);
    }
  });

  test('currencyMustMatchCustomer', async () => {
    const data = { ...FIRM, Customer: [...FIRM.Customer, { DisplayName: 'Euro', CurrencyRef: { value: 'EUR' } }] };
    for (const isOn of [true, false]) {
      const bench = await start({ data, assumptions: { currencyMustMatchCustomer: isOn } });
      const answer = await bench.post('/invoice', await invoiceFor(bench, { CurrencyRef: { value: 'EUR' } }));
      expect(answer.status).toBe(isOn ? 400 : 200);
    }
  });

  test('paymentsMustBeUnlinked', async () => {
    for (const isOn of [true, false]) {
      const bench = await start({ assumptions: { paymentsMustBeUnlinked: isOn } });
      const Id = (await bench.post('/invoice', await invoiceFor(bench))).body.at('Invoice', 'Id');
      bench.qb.pay('2026-10 Acme');
      const deleted = await bench.post('/invoice?operation=delete', { Id, SyncToken: '1' });
      expect(deleted.status).toBe(isOn ? 400 : 200);
    }
  });

  test('needsGlobalTaxCalculationAbroad', async () => {
    for (const isOn of [true, false]) {
      const bench = await start({
        data: { ...FIRM, CompanyInfo: { Country: 'AUS' } },
        assumptions: { needsGlobalTaxCalculationAbroad: isOn },
      });
      const answer = await bench.post('/invoice', await invoiceFor(bench));
      expect(answer.status).toBe(isOn ? 400 : 200);
    }
  });
});

describe('names of properties agree with an independent transcription of the entity reference', () => {
  const transcript = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('quickbooks-node-promise')), 'qbTypes.d.ts'),
    'utf8',
  );
  const reference = (entity: string): readonly string[] => {
    const body = new RegExp(`export interface ${entity} \\{([\\s\\S]*?)\\n\\}`).exec(transcript)?.[1] ?? '';
    const plain = body.replace(/\/\*[\s\S]*?\*\//g, '');
    return [...plain.matchAll(/^ {4}(?:readonly )?"?(\w+)"?\??:/gm)].map((match) => match[1] ?? '');
  };

  test.each(ENTITY_NAMES.filter((name) => name !== 'Payment' && name !== 'TaxRate'))('%s', (entity) => {
    const known = Object.keys(SHAPES[entity]);
    const wanted = reference(entity);
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('and an invoice comes back with no others, but for those that the XSD has', async () => {
    const bench = await start();
    const created = await bench.post('/invoice', await invoiceFor(bench));
    const names = Object.keys(created.body.at('Invoice') as object);
    const inXsd = ['domain', 'sparse', 'AllowOnlinePayment', 'AllowIPNPayment'];
    expect(names.filter((name) => !reference('Invoice').includes(name) && !inXsd.includes(name))).toEqual([]);
    expect((await bench.get(`/companyinfo/${REALM}`)).status).toBe(200);
  });
});
