import type { DraftInvoice } from '../billing/model.ts';
import { differences, type HeldTransaction } from './compare.ts';
import type { InvoiceRow } from './tables.ts';

/** What we look at of an invoice or estimate in QuickBooks after it was pushed; the records of its API client fit. */
export interface FollowedTransaction extends HeldTransaction {
  readonly kind: 'Invoice' | 'Estimate';
  /** Null for an estimate. */
  readonly balance: number | null;
  /** Pending, Accepted, Closed, Rejected, Converted; empty for an invoice. */
  readonly estimateStatus: string;
  readonly voided: boolean;
  readonly deleted: boolean;
}

/** What became of it. `null` in `status` and `message`: they stay. */
export type Followed =
  | { readonly kind: 'voided'; readonly message: string }
  | { readonly kind: 'stands'; readonly status: InvoiceRow['status']; readonly message: string };

/**
 * What became of a pushed invoice in QuickBooks. Paid: nothing is left to pay of a total above 0. Voided or deleted: it no longer counts.
 * Edited: a message says what differs; nothing is changed here or there.
 * @param held null where QuickBooks no longer has it
 * @param sent what was pushed; null where that cannot be read any more
 */
export function followUp(held: FollowedTransaction | null, sent: DraftInvoice | null): Followed {
  if (held === null || held.deleted) return { kind: 'voided', message: 'Deleted in QuickBooks.' };
  if (held.voided) return { kind: 'voided', message: 'Voided in QuickBooks.' };
  const edited = sent === null ? [] : differences(sentAs(sent), held);
  const messages = [
    ...partlyPaid(held),
    ...(held.estimateStatus === '' || held.estimateStatus === 'Pending'
      ? []
      : [`The estimate is ${held.estimateStatus.toLowerCase()} in QuickBooks.`]),
    ...(edited.length === 0 ? [] : [`Edited in QuickBooks: ${edited.join(' ')}`]),
  ];
  const paid = held.balance !== null && held.balance === 0 && held.total > 0;
  return { kind: 'stands', status: paid ? 'paid' : 'pushed', message: messages.join(' ') };
}

function partlyPaid(held: FollowedTransaction): readonly string[] {
  if (held.balance === null || held.balance === 0 || held.balance >= held.total) return [];
  return [`Paid ${(held.total - held.balance).toFixed(2)} of ${held.total.toFixed(2)}.`];
}

/** The invoice as it was sent, as far as the draft knows: items and customer are QuickBooks' ids and are left open. */
export function sentAs(draft: DraftInvoice) {
  return {
    mark: '',
    customerId: '',
    day: draft.invoiceDate,
    total: Number(draft.total),
    lines: draft.lines.map((line) => ({
      no: line.no,
      itemId: '',
      quantity: Number(line.quickBooks.quantity),
      unitPrice: Number(line.quickBooks.unitPrice),
      amount: Number(line.quickBooks.amount),
      description: null,
    })),
  };
}

/** The id in the address of a transaction, and which kind it is; null where the address is none of ours. */
export function transactionIn(link: string): { readonly kind: 'Invoice' | 'Estimate'; readonly id: string } | null {
  const match = /\/app\/(invoice|estimate)\?txnId=([^&#]+)/.exec(link);
  if (match === null) return null;
  return { kind: match[1] === 'estimate' ? 'Estimate' : 'Invoice', id: decodeURIComponent(match[2] ?? '') };
}
