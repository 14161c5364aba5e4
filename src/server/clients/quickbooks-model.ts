import type { QuickBooksFile } from './quickbooks-upload.ts';

/** What we use of QuickBooks Online. Ids are text. Money is in the transaction's currency. */
export type TransactionKind = 'Invoice' | 'Estimate';

export interface QuickBooksLine {
  /** `SalesItemLineDetail`, `DiscountLineDetail`, `DescriptionOnly`, `SubTotalLineDetail` (added by QuickBooks on reading)... */
  readonly detailType: string;
  readonly description: string;
  readonly amount: number | null;
  readonly itemId: string;
  readonly quantity: number | null;
  readonly unitPrice: number | null;
  readonly taxCode: string;
}

/** An invoice or an estimate. */
export interface QuickBooksTransaction {
  readonly kind: TransactionKind;
  readonly id: string;
  readonly syncToken: string;
  readonly docNumber: string;
  readonly day: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly currency: string;
  readonly lines: readonly QuickBooksLine[];
  /** With tax, as QuickBooks computed it. */
  readonly total: number;
  readonly tax: number;
  /** Null for an estimate. */
  readonly balance: number | null;
  readonly emailStatus: string;
  readonly privateNote: string;
  /** Pending, Accepted, Closed, Rejected, Converted; empty for an invoice. */
  readonly estimateStatus: string;
  /** Amounts are 0 and QuickBooks noted "Voided". */
  readonly voided: boolean;
  /** Only in answers of `changedSince`; then only `id` means something. */
  readonly deleted: boolean;
  readonly updatedAt: string;
}

export interface QuickBooksCustomer {
  readonly id: string;
  readonly name: string;
  /** `Parent:Child` for a sub-customer. */
  readonly fullName: string;
  readonly currency: string;
  readonly email: string;
  readonly active: boolean;
}

export interface QuickBooksItem {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  /** Service, NonInventory, Inventory, Group, Category. */
  readonly type: string;
  readonly active: boolean;
}

/** A payment term or a tax code. */
export interface QuickBooksNamed {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export interface QuickBooksPreferences {
  /** Document numbers are ours to give (`CustomTxnNumbers`). */
  readonly customNumbers: boolean;
  readonly multiCurrency: boolean;
  readonly homeCurrency: string;
  readonly classPerTransaction: boolean;
  readonly classPerLine: boolean;
  /** Books are closed up to this day; empty when they are not. */
  readonly booksClosedOn: string;
}

export interface QuickBooksClient {
  readonly environment: 'sandbox' | 'production';
  companyInfo(): { readonly name: string; readonly country: string };
  preferences(): QuickBooksPreferences;
  /** Active and inactive ones, all pages. */
  customers(): readonly QuickBooksCustomer[];
  items(): readonly QuickBooksItem[];
  terms(): readonly QuickBooksNamed[];
  taxCodes(): readonly QuickBooksNamed[];
  /** Creates, and is never repeated by itself: after `unavailable` or `badResponse` nobody knows whether it was created. `requestId` has at most 50 characters. Throws `ServiceError`; `rejected` carries `code` and `detail`. */
  createInvoice(body: Readonly<Record<string, unknown>>, requestId: string): QuickBooksTransaction;
  createEstimate(body: Readonly<Record<string, unknown>>, requestId: string): QuickBooksTransaction;
  /** Null when there is none (deleted). */
  readInvoice(id: string): QuickBooksTransaction | null;
  readEstimate(id: string): QuickBooksTransaction | null;
  findByNumber(docNumber: string, kind: TransactionKind): readonly QuickBooksTransaction[];
  /** All of the kind that were created or changed since an instant (ISO 8601). */
  findUpdatedSince(iso: string, kind: TransactionKind): readonly QuickBooksTransaction[];
  /** Invoices and estimates changed or deleted since an instant (ISO 8601); QuickBooks looks back 30 days at most. */
  changedSince(iso: string): readonly QuickBooksTransaction[];
  /** Deletes it unless it has changed since it had this token. */
  deleteTransaction(kind: TransactionKind, id: string, syncToken: string): void;
  /** Attaches a text file to an invoice or estimate; the same `requestId` does it once. */
  attach(file: QuickBooksFile, requestId: string): void;
  /** Where a person opens it in the browser. */
  addressOf(kind: TransactionKind, id: string): string;
}
