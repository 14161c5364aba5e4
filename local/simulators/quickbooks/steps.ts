import { type Company, onlyRow } from './company.ts';
import { writeEntity } from './entities.ts';
import { copyOf, isObject, type JsonObject, objectAt, textAt } from './json.ts';
import { paymentLinks } from './payments.ts';
import { deletePayment, deleteSale, paySale, sendSale, voidSale } from './sales-operations.ts';
import type { Stored } from './store.ts';

/**
 * What people do in QuickBooks itself. An invoice is named by the first line of its PrivateNote (where our add-on writes its own name
 * of the invoice), by its number or by its Id; of several, the latest that is not deleted is meant.
 */
export interface CompanySteps {
  void(invoice: string): void;
  /** Refused while a payment is linked: unlink it first. */
  delete(invoice: string): void;
  /** A payment over `amount`; over the whole balance when left out. */
  pay(invoice: string, amount?: number): void;
  /** Deletes the payments on it; the balance is open again. */
  unlinkPayments(invoice: string): void;
  send(invoice: string, to?: string): void;
  /** Changes the given fields, as a sparse update does. */
  edit(invoice: string, set: Readonly<Record<string, unknown>>): void;
  /** Makes a customer inactive, which is how QuickBooks deletes one, or active again. */
  setActive(customer: string, active: boolean): void;
  /** Closes the books up to a day, `YYYY-MM-DD`; null opens them again. */
  closeBooks(until: string | null): void;
  /**
   * The invoices as they are stored, in order of creation: without the subtotal line that QuickBooks adds to what it returns. Voided ones
   * are among them (amounts 0); deleted ones only with `withDeleted`, in their last state and with `status: "Deleted"`.
   */
  invoices(options?: { readonly withDeleted?: boolean }): JsonObject[];
  estimates(options?: { readonly withDeleted?: boolean }): JsonObject[];
}

export function createSteps(company: Company): CompanySteps {
  const found = (name: string): Stored => {
    const rows = company.store.all('Invoice');
    const row = [...rows].reverse().find((each) => goesBy(company, each, name));
    if (row === undefined) throw new Error(`QuickBooks has no invoice "${name}".`);
    return row;
  };
  return {
    void: (name) => {
      voidSale(company, found(name));
    },
    delete: (name) => {
      deleteSale(company, found(name));
    },
    pay: (name, amount) => {
      paySale(company, found(name), amount);
    },
    unlinkPayments: (name) => {
      for (const link of paymentLinks(company, found(name).id)) {
        const payment = company.store.find('Payment', textAt(link, 'TxnId') ?? '');
        if (payment !== undefined) deletePayment(company, payment);
      }
    },
    send: (name, to) => {
      const invoice = found(name);
      sendSale(company, invoice, to ?? (objectAt(invoice.entity, 'BillEmail') ? undefined : 'customer@example.com'));
    },
    edit: (name, set) => {
      const { entity } = found(name);
      const wanted: unknown = JSON.parse(JSON.stringify(set));
      const body: JsonObject = {
        ...(isObject(wanted) ? wanted : {}),
        Id: entity['Id'] ?? '',
        SyncToken: entity['SyncToken'] ?? '',
        sparse: true,
      };
      writeEntity(company, 'Invoice', body, { operation: 'update', include: [] });
    },
    setActive: (name, active) => {
      const row = company.store
        .all('Customer')
        .find(({ entity }) => textAt(entity, 'DisplayName')?.replace(/ \(deleted\)$/, '') === name);
      if (row === undefined) throw new Error(`QuickBooks has no customer "${name}".`);
      const { Id = '', SyncToken = '' } = row.entity;
      const body: JsonObject = { Id, SyncToken, sparse: true, Active: active };
      writeEntity(company, 'Customer', body, { operation: 'update', include: [] });
    },
    closeBooks: (until) => {
      const row = onlyRow(company, 'Preferences');
      const { BookCloseDate: _, ...accounting } = objectAt(row.entity, 'AccountingInfoPrefs') ?? {};
      const closed = until === null ? accounting : { ...accounting, BookCloseDate: until };
      company.store.replace(row, { ...row.entity, AccountingInfoPrefs: closed });
    },
    invoices: (options) => stored(company, 'Invoice', options?.withDeleted === true),
    estimates: (options) => stored(company, 'Estimate', options?.withDeleted === true),
  };
}

function goesBy(company: Company, row: Stored, name: string): boolean {
  const note = textAt(row.entity, 'PrivateNote')?.split('\n')[0]?.trim() ?? '';
  const plain = note.startsWith(`${company.assumptions.voidedNote} - `)
    ? note.slice(company.assumptions.voidedNote.length + 3)
    : note;
  return plain === name || textAt(row.entity, 'DocNumber') === name || row.id === name;
}

function stored(company: Company, kind: 'Invoice' | 'Estimate', withDeleted: boolean): JsonObject[] {
  return company.store
    .everything(kind)
    .filter((row) => withDeleted || !row.deleted)
    .map((row) => copyOf(row.deleted ? { ...row.entity, status: 'Deleted' } : row.entity));
}
