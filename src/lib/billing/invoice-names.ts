import type { ClientBooks, ExistingInvoice } from './model.ts';
import { isEmpty, nameKey } from './names.ts';

/**
 * The name of the draft: that of the draft it replaces, else the next free one: `2026-10 Acme`, or `2026-10 Acme ACME-1`
 * for one SOW; ` (2)` and so on where that is taken.
 */
export function invoiceName({ books, sow }: { readonly books: ClientBooks; readonly sow: string | null }): string {
  const open = books.invoices.find((invoice) => isOpenDraft(invoice, books.period) && sameSow(invoice.sow, sow));
  if (open !== undefined) return open.name;
  const taken = new Set(books.invoices.map((invoice) => invoice.name));
  const base = `${books.period} ${books.client}${sow === null ? '' : ` ${sow}`}`;
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base} (${number})`;
  return name;
}

/** A draft of the period that is made anew each time. */
export function isOpenDraft(invoice: ExistingInvoice, period: string): boolean {
  return invoice.period === period && (invoice.status === 'draft' || invoice.status === 'held');
}

function sameSow(a: string | null, b: string | null): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return nameKey(a ?? '') === nameKey(b ?? '');
}
