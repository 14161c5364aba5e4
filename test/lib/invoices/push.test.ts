import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FollowedTransaction, followUp, transactionIn } from '../../../src/lib/invoices/after-push.ts';
import { approvedInvoice } from '../../../src/lib/invoices/approve.ts';
import { freeze, thaw } from '../../../src/lib/invoices/approved.ts';
import {
  differences,
  type ExpectedTransaction,
  type HeldTransaction,
  isOurs,
} from '../../../src/lib/invoices/compare.ts';
import { nextDocNumber, requestIdOf } from '../../../src/lib/invoices/doc-number.ts';
import { cutIntoPieces, joinPieces } from '../../../src/lib/invoices/pieces.ts';
import { pushOrder } from '../../../src/lib/invoices/push-order.ts';
import { decidedOtherwise } from '../../../src/lib/invoices/still-approved.ts';
import type { InvoiceRow } from '../../../src/lib/invoices/tables.ts';
import { timeFile } from '../../../src/lib/invoices/time-csv.ts';
import { describeEntries } from '../../../src/lib/invoices/time-detail.ts';
import { invoices } from '../../../src/lib/workbook/tables.ts';
import { draftOf, entry, firm, row, said } from './small-firm.ts';

const record = approvedInvoice(draftOf(firm()), firm(), { by: 'ana@x.example', at: 7 });

describe('numbers and request ids', () => {
  it.each([
    [[], '2026-10-001'],
    [['2026-10-001', '2026-10-007', '2026-09-999', 'INV-12', '2026-10-01x'], '2026-10-008'],
    [['2026-10-999'], '2026-10-1000'],
  ])('after %j comes %s', (taken, next) => {
    expect(nextDocNumber('2026-10', taken)).toBe(next);
  });

  it('another number or another approval makes another request; both fit into what QuickBooks takes', () => {
    const ids = [
      requestIdOf(record.mark, '2026-10-001'),
      requestIdOf(record.mark, '2026-10-002'),
      requestIdOf('other', '2026-10-001'),
    ];
    expect(new Set(ids).size).toBe(3);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(50);
    expect(nextDocNumber('2026-10', []).length).toBeLessThanOrEqual(21);
  });
});

describe('what was approved', () => {
  it('comes back from its pieces as it was, and is not guessed when one is missing', () => {
    expect(thaw([...freeze(record)].reverse())).toEqual(record);
    expect(thaw([])).toBeNull();
  });

  it('any text survives being cut and joined, and no piece is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 20 }), (text, limit) => {
        const pieces = cutIntoPieces(text, limit);
        expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(limit);
        expect(joinPieces(pieces.map((piece, index) => ({ part: index + 1, text: piece })).reverse())).toBe(text);
      }),
    );
  });

  it('no longer holds when an entry on it was moved, excluded or taken apart', () => {
    const of = (...rows: ReturnType<typeof entry>[]) =>
      decidedOtherwise(record, new Map(rows.map((one) => [one.key, one])), new Map());
    expect(of(entry('harvest:1'))).toBeNull();
    expect(of(entry('harvest:1', { hours: 9 }))).toBeNull();
    expect(of(entry('harvest:1', { sowLine: 'A/2' }))).toContain('harvest:1');
    expect(of(entry('harvest:1', { status: 'excluded' }))).toContain('harvest:1');
    expect(of(entry('harvest:1#1'), entry('harvest:1#2'))).toContain('harvest:1');
  });
});

describe('the order of the push', () => {
  const invoice = (name: string, period: string, status: InvoiceRow['status'], client = 'Acme') =>
    row(invoices, { invoice: name, period, client, status });
  const records = (...names: string[]) => new Map(names.map((name) => [name.toLowerCase(), record]));

  it('earlier months go first', () => {
    const rows = [
      invoice('N', '2026-11', 'approved'),
      invoice('O', '2026-10', 'approved'),
      invoice('D', '2026-10', 'draft'),
    ];
    expect(pushOrder(rows, records('N', 'O')).ready.map((item) => item.row.invoice)).toEqual(['O', 'N']);
  });

  it('a month waits while an earlier one of the client was refused', () => {
    const rows = [
      invoice('O', '2026-10', 'failed'),
      invoice('N', '2026-11', 'approved'),
      invoice('B', '2026-11', 'approved', 'Bolt'),
    ];
    const order = pushOrder(rows, records('N', 'O', 'B'));
    expect(order.ready.map((item) => item.row.invoice)).toEqual(['B']);
    expect(order.waiting).toEqual([{ invoice: 'N', reason: 'O must be pushed first.' }]);
  });

  it('an invoice whose record is lost is not pushed', () => {
    expect(pushOrder([invoice('O', '2026-10', 'approved')], new Map())).toMatchObject({
      ready: [],
      waiting: [{ invoice: 'O' }],
    });
  });
});

const expected: ExpectedTransaction = {
  mark: 'm1',
  customerId: '1',
  day: '2026-10-31',
  total: 300,
  lines: [{ no: 1, itemId: '9', quantity: 3, unitPrice: 100, amount: 300, description: 'Advice' }],
};
const line = {
  detailType: 'SalesItemLineDetail',
  description: 'Advice',
  amount: 300,
  itemId: '9',
  quantity: 3,
  unitPrice: 100,
};
const subtotal = {
  detailType: 'SubTotalLineDetail',
  description: '',
  amount: 300,
  itemId: '',
  quantity: null,
  unitPrice: null,
};
const held: HeldTransaction = {
  customerId: '1',
  customerName: 'Acme',
  total: 321,
  tax: 21,
  privateNote: '',
  lines: [line, subtotal],
};

describe('what QuickBooks holds', () => {
  it.each<[string, Partial<HeldTransaction>, number]>([
    ['the same, with its own subtotal and tax', {}, 0],
    ['another customer', { customerId: '2' }, 1],
    ['a cent less on a line', { lines: [{ ...line, amount: 299.99 }] }, 1],
    ['a line more', { lines: [line, line] }, 1],
    ['another total', { total: 322 }, 1],
    ['another item, price and quantity', { lines: [{ ...line, itemId: '8', unitPrice: 150, quantity: 2 }] }, 3],
  ])('%s', (_name, change, count) => {
    expect(differences(expected, { ...held, ...change })).toHaveLength(count);
  });

  it('is ours by the mark, or by being the same in all', () => {
    expect(isOurs(expected, { ...held, total: 1, privateNote: 'x\nTime to Invoice m1' })).toBe(true);
    expect(isOurs(expected, held)).toBe(true);
    expect(isOurs(expected, { ...held, total: 1 })).toBe(false);
  });
});

describe('what became of it', () => {
  const followed: FollowedTransaction = {
    ...held,
    total: 300,
    tax: 0,
    kind: 'Invoice',
    balance: 300,
    estimateStatus: '',
    voided: false,
    deleted: false,
  };
  it.each<[string, FollowedTransaction | null, object]>([
    ['nothing yet', followed, { kind: 'stands', status: 'pushed', message: '' }],
    ['paid', { ...followed, balance: 0 }, { kind: 'stands', status: 'paid' }],
    ['partly paid', { ...followed, balance: 100 }, { status: 'pushed', message: 'Paid 200.00 of 300.00.' }],
    ['a total of 0 is not paid', { ...followed, total: 0, balance: 0 }, { kind: 'stands', status: 'pushed' }],
    ['voided', { ...followed, voided: true }, { kind: 'voided' }],
    ['deleted', null, { kind: 'voided' }],
    ['edited', { ...followed, total: 350, balance: 350 }, { message: expect.stringContaining('Edited in QuickBooks') }],
    [
      'an estimate that was accepted',
      { ...followed, kind: 'Estimate', balance: null, estimateStatus: 'Accepted' },
      { status: 'pushed', message: expect.stringContaining('accepted') },
    ],
  ])('%s', (_name, transaction, what) => {
    const sent = { ...draftOf(firm()) };
    expect(followUp(transaction, sent)).toMatchObject(what);
  });

  it('is found again by the link in its row', () => {
    expect(transactionIn('https://app.qbo.intuit.com/app/invoice?txnId=12')).toEqual({ kind: 'Invoice', id: '12' });
    expect(transactionIn('https://app.sandbox.qbo.intuit.com/app/estimate?txnId=7')).toEqual({
      kind: 'Estimate',
      id: '7',
    });
    expect(transactionIn('see email')).toBeNull();
  });
});

it('entries that do not fit into a description are counted', () => {
  const keys = Array.from({ length: 50 }, (_, index) => `harvest:${index}`);
  const entries = new Map(
    keys.map((key) => [key, { date: '2026-10-05', person: 'Ana', hours: 1, notes: 'x'.repeat(20) }]),
  );
  const text = describeEntries('Advice', keys, entries, 400);
  expect(text.length).toBeLessThanOrEqual(400);
  const shown = text.split('\n').length - 2;
  expect(text).toContain(`… and ${50 - shown} more`);
});

it('attached time is a CSV file in which no note becomes a formula', () => {
  const noted = { ...record, entries: { 'harvest:1': { ...said({ notes: '=1+1, "x"' }), line: 'A/1' } } };
  const file = timeFile(noted);
  expect(file?.name).toBe('2026-10 Acme time.csv');
  expect(file?.text).toBe(
    '\uFEFFDate,Person,Task,Notes,Hours,Line\r\n2026-10-05,Ana Ruiz,Review,"\'=1+1, ""x""",3,A/1\r\n',
  );
  expect(timeFile({ ...record, entries: {} })).toBeNull();
});
