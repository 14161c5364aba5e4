import type { Company } from './company.ts';
import { business, item, QuickBooksFault } from './faults.ts';
import { type JsonObject, numberAt, objectAt, objectsAt, textAt } from './json.ts';
import { extended, minus } from './money.ts';
import { paidOn, recordPayment, unlinkPayments } from './payments.ts';
import { checkBooksAreOpen, type SalesKind, salesForm } from './sales-form.ts';
import type { Stored } from './store.ts';
import { stamp } from './zone-time.ts';

/** What QuickBooks works out itself: it is taken off a body before the body is worked on. */
const READ_ONLY: readonly string[] = [
  'Id',
  'SyncToken',
  'MetaData',
  'domain',
  'sparse',
  'status',
  'TotalAmt',
  'HomeTotalAmt',
  'Balance',
  'HomeBalance',
  'DeliveryInfo',
  'InvoiceLink',
  'invoiceStatus',
  'TaxExemptionRef',
  'RecurDataRef',
];

export interface SaveOptions {
  readonly allowsDuplicates: boolean;
  readonly sparse?: boolean;
}

export function createSale(company: Company, kind: SalesKind, body: JsonObject, options: SaveOptions): Stored {
  const entity = salesForm(company, {
    kind,
    body: withoutReadOnly(body),
    previous: undefined,
    allowsDuplicates: options.allowsDuplicates,
  });
  const row = company.store.insert(kind, entity);
  linkEstimate(company, row);
  return row;
}

/** Full update: what is left out is cleared. Sparse update: only what is sent changes; a list of lines that is sent replaces the list. */
export function updateSale(company: Company, previous: Stored, body: JsonObject, options: SaveOptions): Stored {
  const wanted =
    options.sparse === true ? withoutReadOnly({ ...withoutOldTax(previous.entity), ...body }) : withoutReadOnly(body);
  const entity = salesForm(company, {
    kind: previous.kind === 'Estimate' ? 'Estimate' : 'Invoice',
    body: wanted,
    previous,
    allowsDuplicates: options.allowsDuplicates,
  });
  return company.store.replace(previous, entity);
}

export function deleteSale(company: Company, previous: Stored): Stored {
  if (previous.kind === 'Invoice') checkBooksAreOpen(company, textAt(previous.entity, 'TxnDate'));
  if (company.assumptions.paymentsMustBeUnlinked && paidOn(company, previous.id) > 0) {
    throw business('The transaction is linked to a payment. Unlink it before you delete the transaction.');
  }
  return company.store.remove(previous);
}

/** Amounts become 0, payments are unlinked, the note says that it is void; number and customer stay. */
export function voidSale(company: Company, previous: Stored): Stored {
  checkBooksAreOpen(company, textAt(previous.entity, 'TxnDate'));
  unlinkPayments(company, previous.id);
  const note = textAt(previous.entity, 'PrivateNote') ?? '';
  const word = company.assumptions.voidedNote;
  const zero: JsonObject = { TotalAmt: 0, Balance: 0 };
  for (const key of ['HomeTotalAmt', 'HomeBalance']) if (previous.entity[key] !== undefined) zero[key] = 0;
  return company.store.replace(previous, {
    ...previous.entity,
    ...zero,
    Line: objectsAt(previous.entity, 'Line').map(emptied),
    TxnTaxDetail: { TotalTax: 0 },
    LinkedTxn: objectsAt(previous.entity, 'LinkedTxn').filter((link) => link['TxnType'] !== 'Payment'),
    PrivateNote: note === '' ? word : `${word} - ${note}`,
  });
}

/** Mails a transaction; the mail is kept in `sentMails`. */
export function sendSale(company: Company, previous: Stored, sendTo: string | undefined): Stored {
  const to = sendTo ?? textAt(objectAt(previous.entity, 'BillEmail'), 'Address') ?? '';
  if (to === '')
    throw new QuickBooksFault([item('6420', 'An email address is required to send the transaction', 'BillEmail')]);
  const at = company.clock.now();
  const docNumber = textAt(previous.entity, 'DocNumber') ?? '';
  company.sentMails.push({ kind: previous.kind, id: previous.id, docNumber, to, at });
  return company.store.replace(previous, {
    ...previous.entity,
    BillEmail: { Address: to },
    EmailStatus: 'EmailSent',
    DeliveryInfo: { DeliveryType: 'Email', DeliveryTime: stamp(at, company.timeZone) },
  });
}

/** A customer pays an invoice, wholly or in part. */
export function paySale(company: Company, invoice: Stored, amount: number | undefined, at?: number): Stored {
  const open = numberAt(invoice.entity, 'Balance') ?? 0;
  const paid = amount ?? open;
  const payment = recordPayment(company, invoice, paid, at);
  const rate = numberAt(invoice.entity, 'ExchangeRate') ?? 1;
  const balance = minus(open, paid);
  const entity: JsonObject = {
    ...invoice.entity,
    Balance: balance,
    LinkedTxn: [...objectsAt(invoice.entity, 'LinkedTxn'), { TxnId: payment.id, TxnType: 'Payment' }],
  };
  if (entity['HomeBalance'] !== undefined) entity['HomeBalance'] = extended(balance, rate);
  return company.store.replace(invoice, entity, at);
}

/** Deleting a payment frees its invoices again. */
export function deletePayment(company: Company, payment: Stored): Stored {
  const removed = company.store.remove(payment);
  for (const line of objectsAt(payment.entity, 'Line')) {
    for (const link of objectsAt(line, 'LinkedTxn')) {
      const invoice = company.store.find('Invoice', textAt(link, 'TxnId') ?? '');
      if (invoice === undefined) continue;
      company.store.replace(invoice, {
        ...invoice.entity,
        Balance: (numberAt(invoice.entity, 'Balance') ?? 0) + (numberAt(line, 'Amount') ?? 0),
        LinkedTxn: objectsAt(invoice.entity, 'LinkedTxn').filter((each) => textAt(each, 'TxnId') !== payment.id),
      });
    }
  }
  return removed;
}

export function withoutReadOnly(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key, value]) => !READ_ONLY.includes(key) && value !== null));
}

/** The tax that was worked out for the lines as they were; it is worked out anew. */
function withoutOldTax(entity: JsonObject): JsonObject {
  const { TotalTax: _old, ...detail } = objectAt(entity, 'TxnTaxDetail') ?? {};
  return { ...entity, TxnTaxDetail: detail };
}

function emptied(line: JsonObject): JsonObject {
  const detail = objectAt(line, 'SalesItemLineDetail');
  if (line['Amount'] === undefined) return line;
  return { ...line, Amount: 0, ...(detail === undefined ? {} : { SalesItemLineDetail: { ...detail, Qty: 0 } }) };
}

/** An estimate that became an invoice is closed and names it. */
function linkEstimate(company: Company, invoice: Stored): void {
  for (const link of objectsAt(invoice.entity, 'LinkedTxn')) {
    const estimate =
      link['TxnType'] === 'Estimate' ? company.store.find('Estimate', textAt(link, 'TxnId') ?? '') : undefined;
    if (estimate === undefined) continue;
    company.store.replace(estimate, {
      ...estimate.entity,
      TxnStatus: 'Closed',
      LinkedTxn: [...objectsAt(estimate.entity, 'LinkedTxn'), { TxnId: invoice.id, TxnType: 'Invoice' }],
    });
  }
}
