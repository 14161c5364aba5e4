import { describe, expect, test } from 'vitest';
import { createQuickBooks } from '../../../../local/simulators/quickbooks/quickbooks.ts';
import { FIRM, start } from './start.ts';

const clock = {
  now: (): number => {
    throw new Error('Records must not need the clock.');
  },
};

describe('records of a scenario file', () => {
  test('are loaded before the clock runs; references may go by name', async () => {
    const invoice = {
      DocNumber: '1001',
      TxnDate: '2026-09-30',
      CustomerRef: { name: 'Acme' },
      SalesTermRef: { name: 'Net 30' },
      Balance: 100,
      TotalAmt: 400,
      Line: [
        { DetailType: 'SalesItemLineDetail', Amount: 400, SalesItemLineDetail: { ItemRef: { name: 'Consulting' } } },
        { DetailType: 'SubTotalLineDetail', Amount: 400, SubTotalLineDetail: {} },
      ],
    };
    const qb = await createQuickBooks({ clock, data: { ...FIRM, Invoice: [invoice] } });
    await qb.close();
    expect(qb.invoices()).toMatchObject([
      { DocNumber: '1001', TotalAmt: 400, Balance: 100, DueDate: '2026-10-30', LinkedTxn: [{ TxnType: 'Payment' }] },
    ]);
  });

  test('ids that are given are kept, others are found around them', async () => {
    const bench = await start({
      data: { Customer: [{ DisplayName: 'A' }, { Id: 1, DisplayName: 'B' }, { DisplayName: 'C' }] },
    });
    expect(await bench.idOf('Customer', 'A')).toBe('2');
    expect(await bench.idOf('Customer', 'B')).toBe('1');
    expect(await bench.idOf('Customer', 'C')).toBe('3');
  });

  test.each([
    [{ Customer: [{ DisplayName: 'A' }, { Notes: 'x' }] }, 'quickbooks.Customer[1].DisplayName: Required parameter'],
    [
      { Customer: [{ DisplayName: 'A' }, { DisplayName: 'a' }] },
      'quickbooks.Customer[1]: The name supplied already exists',
    ],
    [{ Customer: [{ DisplayName: 7 }] }, 'quickbooks.Customer[0].DisplayName: Property Name:DisplayName'],
    [{ Customer: [{ DisplayName: 'A', Colour: 'red' }] }, 'quickbooks.Customer[0].Colour: '],
    [{ Customer: {} }, 'quickbooks.Customer: expected a list'],
    [{ Item: ['Consulting'] }, 'quickbooks.Item[0]: expected an object'],
    [{ Item: [{ Name: 'A', Type: 'Hours' }] }, 'quickbooks.Item[0].Type: Invalid Enumeration'],
    [{ Term: [{ Name: 'Soon' }] }, 'quickbooks.Term[0].DueDays: Required parameter'],
    [{ Vendor: [] }, 'quickbooks.Vendor: unknown'],
    [
      {
        Term: [
          { Id: '1', Name: 'Net 10' },
          { Id: '1', Name: 'Net 20' },
        ],
      },
      'quickbooks.Term[1].Id: "1" is there twice',
    ],
    [
      { Invoice: [{ CustomerRef: { name: 'Nobody' }, TxnDate: '2026-09-01' }] },
      'quickbooks.Invoice[0].CustomerRef: no Customer is called "Nobody"',
    ],
    [
      { Invoice: [{ CustomerRef: { value: '1' } }], Customer: [{ DisplayName: 'A' }] },
      'quickbooks.Invoice[0].TxnDate: is missing',
    ],
    [[], 'quickbooks: expected an object of entities'],
  ])('%j', async (data, finding) => {
    await expect(createQuickBooks({ clock, data })).rejects.toThrow(finding);
  });

  test('all findings are told at once', async () => {
    const data = { Customer: [{}, {}], Term: [{ Name: 'Soon' }] };
    const error = await createQuickBooks({ clock, data }).catch((reason: Error) => reason.message);
    expect(String(error).split('\n')).toHaveLength(3);
  });

  test('the home currency is that of the country', async () => {
    const bench = await start({ data: { CompanyInfo: { Country: 'GBR' } } });
    const preferences = await bench.get('/preferences');
    expect(preferences.body.at('Preferences', 'CurrencyPrefs', 'HomeCurrency', 'value')).toBe('GBP');
  });
});
