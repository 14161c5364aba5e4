import { describe, expect, it } from 'vitest';
import type { DraftInvoice } from '../../../src/lib/billing/model.ts';
import type { QuickBooksBooks } from '../../../src/lib/invoices/books.ts';
import { type BodyOptions, quickBooksBody } from '../../../src/lib/invoices/quickbooks-body.ts';
import { clients } from '../../../src/lib/workbook/tables.ts';
import { draftOf, firm, row } from './small-firm.ts';

const named = (id: string, name: string, active = true) => ({ id, name, active });
const books: QuickBooksBooks = {
  preferences: { customNumbers: true, multiCurrency: false, homeCurrency: 'USD', booksClosedOn: '' },
  customers: [
    { ...named('1', 'Acme'), fullName: 'Acme', currency: 'USD' },
    { ...named('2', 'Berlin'), fullName: 'Bolt:Berlin', currency: 'EUR' },
    { ...named('3', 'Gone', false), fullName: 'Gone', currency: 'USD' },
  ],
  items: [
    { ...named('9', 'Services'), fullName: 'Services', type: 'Service' },
    { ...named('8', 'Consulting'), fullName: 'Work:Consulting', type: 'Service' },
    { ...named('7', 'Work'), fullName: 'Work', type: 'Category' },
  ],
  terms: [named('3', 'Net 30'), named('4', 'Net 10', false)],
  taxCodes: [named('5', 'Standard')],
};
const options: BodyOptions = {
  pushAs: 'unsent invoice',
  docNumber: '2026-10-001',
  mark: 'mark0123',
  entries: new Map([['harvest:1', { date: '2026-10-05', person: 'Ana Ruiz', hours: 3, notes: 'Final\nreview' }]]),
};

function draft(head: Partial<DraftInvoice['quickBooks']> = {}, change: Partial<DraftInvoice> = {}): DraftInvoice {
  const made = draftOf(firm());
  return { ...made, ...change, quickBooks: { ...made.quickBooks, ...head } };
}

function bodyOf(invoice: DraftInvoice, company = books, how = options): Record<string, unknown> {
  const made = quickBooksBody(invoice, company, how);
  if (made.kind === 'refused') throw new Error(made.reasons.join(' '));
  return { ...made.body };
}

function reasonsOf(invoice: DraftInvoice, company = books, how = options): readonly string[] {
  const made = quickBooksBody(invoice, company, how);
  return made.kind === 'refused' ? made.reasons : [];
}

describe('an invoice for QuickBooks', () => {
  it('is unsent, with customer, date, number, terms, purchase order, our mark and its lines', () => {
    expect(bodyOf(draft())).toEqual({
      CustomerRef: { value: '1' },
      TxnDate: '2026-10-31',
      DocNumber: '2026-10-001',
      SalesTermRef: { value: '3' },
      EmailStatus: 'NotSet',
      PrivateNote: '2026-10 Acme\nTime to Invoice mark0123',
      CustomerMemo: { value: 'PO number: PO-9' },
      Line: [
        {
          DetailType: 'SalesItemLineDetail',
          Amount: 300,
          Description: expect.stringContaining('Advice'),
          SalesItemLineDetail: { ItemRef: { value: '9' }, Qty: 3, UnitPrice: 100 },
        },
      ],
    });
  });

  it.each<[string, Partial<DraftInvoice['quickBooks']>, Partial<DraftInvoice>, object]>([
    ['finds the customer without regard to case', { customer: ' ACME ' }, {}, { CustomerRef: { value: '1' } }],
    [
      'finds a sub-customer by its full name',
      { customer: 'bolt:berlin' },
      { currency: 'EUR' },
      { CustomerRef: { value: '2' } },
    ],
    ['carries the bill email', { billEmail: 'ap@acme.example' }, {}, { BillEmail: { Address: 'ap@acme.example' } }],
  ])('%s', (_name, head, change, part) => {
    expect(bodyOf(draft(head, change))).toMatchObject(part);
  });

  it('puts the tax code on every line, and knows the two that no list shows', () => {
    const codeOf = (code: string) => JSON.stringify(bodyOf(draft({ taxCode: code }))['Line']);
    expect(codeOf('standard')).toContain('"TaxCodeRef":{"value":"5"}');
    expect(codeOf('non')).toContain('"TaxCodeRef":{"value":"NON"}');
  });

  it('names the currency only where the company keeps several', () => {
    const several = { ...books, preferences: { ...books.preferences, multiCurrency: true } };
    expect(bodyOf(draft(), several)).toMatchObject({ CurrencyRef: { value: 'USD' } });
    expect(bodyOf(draft())).not.toHaveProperty('CurrencyRef');
  });

  it('leaves the number to a company that gives its own', () => {
    expect(bodyOf(draft(), books, { ...options, docNumber: '' })).not.toHaveProperty('DocNumber');
  });

  it('lists the entries in the description for clients who want that', () => {
    const text = JSON.stringify(bodyOf(draft({ timeDetail: 'in description' }))['Line']);
    expect(text).toContain('2026-10-05 Ana Ruiz 3 h: Final review');
    expect(JSON.stringify(bodyOf(draft())['Line'])).not.toContain('Ana Ruiz');
  });

  it('is a pending estimate where the firm pushes estimates', () => {
    expect(bodyOf(draft(), books, { ...options, pushAs: 'estimate' })).toMatchObject({ TxnStatus: 'Pending' });
  });

  it('goes to the customer of the same name where the client names none', () => {
    const unnamed = firm({ clients: [row(clients, { client: 'Acme', currency: 'USD', invoicePer: 'client' })] });
    expect(bodyOf(draftOf(unnamed))).toMatchObject({ CustomerRef: { value: '1' } });
  });
});

describe('what QuickBooks would refuse is refused before', () => {
  const closed = { ...books, preferences: { ...books.preferences, booksClosedOn: '2026-10-31' } };
  const bare = { ...books, items: [] };
  it.each<[string, DraftInvoice, QuickBooksBooks, string]>([
    ['an unknown customer', draft({ customer: 'Nobody' }), books, 'The customer "Nobody" is not in QuickBooks.'],
    ['an inactive customer', draft({ customer: 'Gone' }), books, 'inactive'],
    ['unknown terms', draft({ terms: 'Net 99' }), books, 'The terms "Net 99"'],
    ['inactive terms', draft({ terms: 'Net 10' }), books, 'inactive'],
    ['an unknown tax code', draft({ taxCode: 'GST' }), books, 'The tax code "GST"'],
    ['a line without item where there is none for all', draft(), bare, 'no QuickBooks item'],
    ['a category', withItem('Work'), books, 'is a category'],
    ['an unknown item', withItem('Nothing'), books, 'The item "Nothing"'],
    ['another currency than the customer has', draft({ customer: 'Berlin' }), books, 'in USD, but'],
    ['books that are closed', draft(), closed, 'closed up to 2026-10-31'],
    ['a total below 0', draft({}, { total: '-1.00' }), books, 'below 0'],
  ])('%s', (_name, invoice, company, words) => {
    expect(reasonsOf(invoice, company).join(' ')).toContain(words);
  });

  it('all reasons are told together', () => {
    expect(reasonsOf(draft({ customer: 'Nobody', terms: 'Net 99' }), closed)).toHaveLength(3);
  });

  it('closed books do not stop an estimate, which is not posted', () => {
    expect(reasonsOf(draft(), closed, { ...options, pushAs: 'estimate' })).toEqual([]);
  });
});

function withItem(item: string): DraftInvoice {
  const made = draft();
  return { ...made, lines: made.lines.map((line) => ({ ...line, item })) };
}
