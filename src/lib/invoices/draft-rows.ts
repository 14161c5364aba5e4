import type { DraftInvoice } from '../billing/model.ts';
import type { InvoiceLineRow, InvoiceRow } from './tables.ts';

/** The row of a draft in the tab Invoices. What must be decided stands in Message, what is worth knowing in Warnings. */
export function invoiceRow(draft: DraftInvoice): InvoiceRow {
  const after = draft.pushAfter.map((name) => `${name} must be pushed first.`);
  return {
    invoice: draft.name,
    period: draft.period,
    client: draft.client,
    sow: draft.sow ?? '',
    currency: draft.currency,
    hours: Number(draft.hours),
    fees: Number(draft.fees),
    expenses: Number(draft.expenses),
    adjustments: Number(draft.adjustments),
    total: Number(draft.total),
    warnings: [...draft.warnings, ...after].join('\n'),
    status: draft.status,
    quickBooksNumber: '',
    quickBooksLink: '',
    pushedBy: '',
    pushedAt: null,
    message: draft.holds.map((hold) => hold.text).join('\n'),
  };
}

/** The rows of a draft in the tab Invoice lines. */
export function invoiceLineRows(draft: DraftInvoice): readonly InvoiceLineRow[] {
  return draft.lines.map((line) => ({
    invoice: draft.name,
    no: line.no,
    sowLine: line.sowLine,
    kind: line.kind,
    description: line.description,
    quantity: Number(line.quantity),
    unitPrice: Number(line.unitPrice),
    amount: Number(line.amount),
    quickBooksItem: line.item,
    from: line.from,
    to: line.to,
    entries: keysInCell(line.entries),
    howComputed: line.howComputed,
  }));
}

/** Keys as far as they fit a cell; Frozen terms keep them all. */
function keysInCell(keys: readonly string[]): string {
  const all = keys.join(', ');
  if (all.length <= LONGEST) return all;
  const cut = all.slice(0, LONGEST).replace(/,[^,]*$/, '');
  return `${cut}, … (${keys.length} in all)`;
}

const LONGEST = 45_000;
