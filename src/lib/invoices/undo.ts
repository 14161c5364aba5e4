import { foldName } from '../workbook/cell.ts';
import { type FollowedTransaction, sentAs } from './after-push.ts';
import type { ApprovedInvoice } from './approved.ts';
import { differences } from './compare.ts';
import type { InvoiceRow } from './tables.ts';

/** An invoice or estimate in QuickBooks as far as undoing looks at it; the records of its API client fit. */
export interface UndoTransaction extends FollowedTransaction {
  readonly id: string;
  readonly syncToken: string;
  readonly emailStatus: string;
}

/** May a push be undone? */
export type Undo =
  /** It stands there as we made it; it may be deleted with this token. */
  | { readonly kind: 'delete'; readonly syncToken: string }
  /** It is not there any more (deleted by us before we were cut off, or by someone): only our side is left to do. */
  | { readonly kind: 'gone' }
  /** Somebody has done something with it; the sentence says what and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };

/** QuickBooks counts this up with every change; 0 is what it gives to what was just created. */
const UNTOUCHED = '0';

/**
 * Looks whether what we pushed is still as we pushed it: not paid in part, not sent to the client, not changed in any way. Only then it may be
 * deleted; anything else is another person's work, and the way back is to void it in QuickBooks and to press Sync.
 * @param held null where QuickBooks no longer has it
 */
export function undoOf(row: InvoiceRow, held: UndoTransaction | null, record: ApprovedInvoice | null): Undo {
  if (held === null || held.deleted) return { kind: 'gone' };
  if (held.voided) return refused(`${row.invoice} was voided in QuickBooks. Press Sync; its entries are given back.`);
  if (held.balance !== null && held.balance !== held.total) {
    return refused(
      `${row.invoice} is paid in part or in full, so it stays in QuickBooks. Remove the payment there first, then void the invoice and press Sync.`,
    );
  }
  if (record === null) return refused(`What was pushed as ${row.invoice} cannot be read any more. ${BY_HAND}`);
  if (held.emailStatus === 'EmailSent') return refused(`${row.invoice} was sent to the client. ${BY_HAND}`);
  const found = differences(sentAs(record.draft), held);
  if (found.length > 0) return refused(`${row.invoice} was edited in QuickBooks: ${found.join(' ')} ${BY_HAND}`);
  if (held.syncToken !== UNTOUCHED || !held.privateNote.includes(record.mark)) {
    return refused(`${row.invoice} was changed in QuickBooks after it was pushed. ${BY_HAND}`);
  }
  return { kind: 'delete', syncToken: held.syncToken };
}

const BY_HAND = 'Void or delete it in QuickBooks, then press Sync; its entries are given back.';

/** Invoices that were approved or pushed after this one and rest on its balances; they must be undone or given back before it. */
export function restingOn(row: InvoiceRow, invoices: readonly InvoiceRow[]): readonly string[] {
  return invoices
    .filter(
      (other) =>
        foldName(other.invoice) !== foldName(row.invoice) &&
        foldName(other.client) === foldName(row.client) &&
        (row.sow === '' || other.sow === '' || foldName(row.sow) === foldName(other.sow)) &&
        (['approved', 'pushing', 'failed'].includes(other.status) ||
          (['pushed', 'paid'].includes(other.status) && (other.pushedAt ?? 0) > (row.pushedAt ?? 0))),
    )
    .map((other) => other.invoice);
}

function refused(reason: string): Undo {
  return { kind: 'refused', reason };
}
