import type { DraftInvoice, DraftLine } from '../billing/model.ts';
import { sameName } from '../workbook/cell.ts';
import type { Customer, QuickBooksBooks } from './books.ts';
import type { ExpectedTransaction } from './compare.ts';
import { type Found, findCustomer, findItem, findTaxCode, findTerm } from './references.ts';
import { describeEntries, type EntryNote } from './time-detail.ts';

/** How this invoice is to be written. */
export interface BodyOptions {
  readonly pushAs: 'unsent invoice' | 'estimate';
  /** At most 21 characters; empty where QuickBooks gives the numbers. */
  readonly docNumber: string;
  /** Tells this very approval from every other transaction; stands in the private note. */
  readonly mark: string;
  /** The entries by key, for clients who want them in the descriptions. */
  readonly entries: ReadonlyMap<string, EntryNote>;
}

/** The body of the request, and what QuickBooks must then hold; or every reason why it would be refused. */
export type QuickBooksBody =
  | {
      readonly kind: 'body';
      readonly body: Readonly<Record<string, unknown>>;
      readonly expected: ExpectedTransaction;
    }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/**
 * Writes a draft as a QuickBooks invoice that is not sent (or as an estimate, which is not posted). Customer, items, terms and tax
 * code are found by name without regard to case. Whatever QuickBooks would refuse is refused here, all reasons together: an unknown or
 * inactive reference, another currency than the customer's, closed books, a total below 0.
 */
export function quickBooksBody(draft: DraftInvoice, books: QuickBooksBooks, options: BodyOptions): QuickBooksBody {
  const head = draft.quickBooks;
  const customer = findCustomer(head.customer.trim() === '' ? draft.client : head.customer, books);
  const term = findTerm(head.terms, books);
  const taxCode = findTaxCode(head.taxCode, books);
  const items = draft.lines.map((line) => findItem(line, books));
  const reasons = [
    ...reasonsOf([customer, term, taxCode, ...items]),
    ...(customer.ok ? currencyReasons(draft, customer.value, books) : []),
    ...closedBooks(draft, books, options),
    ...(Number(draft.total) < 0 ? [`The total is ${draft.total}; QuickBooks takes no invoice below 0.`] : []),
  ];
  if (!customer.ok || !term.ok || !taxCode.ok || reasons.length > 0)
    return { kind: 'refused', reasons: [...new Set(reasons)] };

  const lines = draft.lines.map((line, index) => {
    const item = items[index];
    return salesLine(
      line,
      item?.ok === true ? item.value.id : '',
      taxCode.value?.id ?? '',
      descriptionOf(draft, line, options),
    );
  });
  const body = {
    CustomerRef: { value: customer.value.id },
    TxnDate: draft.invoiceDate,
    ...(options.docNumber === '' ? {} : { DocNumber: options.docNumber }),
    ...(term.value === null ? {} : { SalesTermRef: { value: term.value.id } }),
    ...(head.billEmail.trim() === '' ? {} : { BillEmail: { Address: head.billEmail.trim() } }),
    EmailStatus: 'NotSet',
    ...(books.preferences.multiCurrency ? { CurrencyRef: { value: currencyOf(draft, customer.value, books) } } : {}),
    PrivateNote: privateNote(draft.name, options.mark),
    ...(head.poNumber.trim() === ''
      ? {}
      : { CustomerMemo: { value: `PO number: ${head.poNumber.trim()}`.slice(0, 1000) } }),
    ...(options.pushAs === 'estimate' ? { TxnStatus: 'Pending' } : {}),
    Line: lines.map((line) => line.body),
  };
  return {
    kind: 'body',
    body,
    expected: {
      mark: options.mark,
      customerId: customer.value.id,
      day: draft.invoiceDate,
      total: Number(draft.total),
      lines: lines.map((line) => line.expected),
    },
  };
}

/** Our name of the invoice on the first line, then a mark that no other transaction has. */
export function privateNote(name: string, mark: string): string {
  return `${name}\nTime to Invoice ${mark}`;
}

function salesLine(line: DraftLine, itemId: string, taxCodeId: string, description: string) {
  const quantity = Number(line.quickBooks.quantity);
  const unitPrice = Number(line.quickBooks.unitPrice);
  const amount = Number(line.quickBooks.amount);
  return {
    body: {
      DetailType: 'SalesItemLineDetail',
      Amount: amount,
      Description: description,
      SalesItemLineDetail: {
        ItemRef: { value: itemId },
        Qty: quantity,
        UnitPrice: unitPrice,
        ...(taxCodeId === '' ? {} : { TaxCodeRef: { value: taxCodeId } }),
      },
    },
    expected: { no: line.no, itemId, quantity, unitPrice, amount, description },
  };
}

function descriptionOf(draft: DraftInvoice, line: DraftLine, options: BodyOptions): string {
  const text = line.quickBooks.description;
  return draft.quickBooks.timeDetail === 'in description'
    ? describeEntries(text, line.entries, options.entries, LONGEST_DESCRIPTION)
    : text.slice(0, LONGEST_DESCRIPTION);
}

/** Limit of QuickBooks for the description of a line. */
const LONGEST_DESCRIPTION = 4000;

function currencyOf(draft: DraftInvoice, customer: Customer, books: QuickBooksBooks): string {
  return customer.currency || draft.currency || books.preferences.homeCurrency;
}

function currencyReasons(draft: DraftInvoice, customer: Customer, books: QuickBooksBooks): readonly string[] {
  const ours = draft.currency.trim() === '' ? books.preferences.homeCurrency : draft.currency;
  const theirs = customer.currency === '' ? books.preferences.homeCurrency : customer.currency;
  if (ours === '' || theirs === '' || sameName(ours, theirs)) return [];
  return [
    `The invoice is in ${ours.toUpperCase()}, but the customer "${customer.name}" is billed in ${theirs} in QuickBooks. Correct the column Currency in the tab Clients, or choose a customer in ${ours.toUpperCase()}.`,
  ];
}

/** An estimate is not posted, so closed books do not stop it. */
function closedBooks(draft: DraftInvoice, books: QuickBooksBooks, options: BodyOptions): readonly string[] {
  const closed = books.preferences.booksClosedOn;
  if (options.pushAs === 'estimate' || closed === '' || draft.invoiceDate > closed) return [];
  return [
    `The books in QuickBooks are closed up to ${closed}, and this invoice is dated ${draft.invoiceDate}. Open the books there, or set Invoice date in the tab Settings to the first day after the period, update the drafts and approve again.`,
  ];
}

function reasonsOf(found: readonly Found<unknown>[]): readonly string[] {
  return found.flatMap((one) => (one.ok ? [] : [one.reason]));
}
