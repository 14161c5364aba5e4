import { transactionIn } from '../../../lib/invoices/after-push.ts';
import { approvedOf, groupBy, type InvoiceRow } from '../../../lib/invoices/tables.ts';
import { restingOn, undoOf } from '../../../lib/invoices/undo.ts';
import { ServiceError } from '../../../lib/jobs/service-error.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import type { Settings } from '../../../lib/workbook/settings.ts';
import { invoices } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import type { Workbook } from '../../sheets/workbook.ts';
import { writeFrozen } from '../approve.ts';
import { loadTables } from '../load.ts';
import { giveBack } from './give-back.ts';

export interface UndoDeps {
  readonly workbook: Workbook;
  readonly settings: Settings;
  /** Made when it is needed. */
  readonly api: () => QuickBooksClient;
  /** Called before the invoice is a draft again, so that nothing is undone which was not told. */
  readonly tell: (invoice: string, number: string) => void;
}

/**
 * Takes a push back: deletes in QuickBooks what we created there, if nobody has touched it, and makes the invoice a draft again with all
 * that is on it. Deleting comes first and our row last, so an undo that was cut off is done again by pressing it again; what QuickBooks no
 * longer has is not deleted twice. Throws a sentence when it may not be undone.
 * @returns the client, whose drafts have to be worked out anew
 */
export function undoPush(deps: UndoDeps, invoice: string): { readonly client: string } {
  const { workbook } = deps;
  const tables = loadTables(workbook, deps.settings);
  const row = tables.invoices.find((one) => foldName(one.invoice) === foldName(invoice));
  if (row === undefined) throw new Error(`There is no invoice named ${invoice}.`);
  const at = transactionIn(row.quickBooksLink);
  if (row.status !== 'pushed' || at === null) throw new Error(notPushed(row));
  const later = restingOn(row, tables.invoices);
  if (later.length > 0) {
    throw new Error(`${later.join(' and ')} came after ${row.invoice} and must be undone or put back to draft first.`);
  }
  const pieces = groupBy(tables.frozen, (piece) => piece.invoice);
  const records = approvedOf(tables.invoices, (name) => pieces.get(foldName(name)) ?? []);
  const record = records.get(foldName(row.invoice)) ?? null;
  const api = deps.api();
  const undo = undoOf(row, at.kind === 'Estimate' ? api.readEstimate(at.id) : api.readInvoice(at.id), record);
  if (undo.kind === 'refused') throw new Error(undo.reason);
  if (undo.kind === 'delete') remove(api, row, at, undo.syncToken);
  giveBack(workbook, tables, row.invoice, records);
  deps.tell(row.invoice, row.quickBooksNumber);
  writeFrozen(workbook, tables, [], [row.invoice]);
  workbook.flush();
  // Status before the rest: while it is `pushed` the link must stand, or an undo that was cut off could not be done again.
  workbook.update(invoices, new Map([[row.invoice, { status: 'draft' as const }]]));
  workbook.flush();
  workbook.update(invoices, new Map([[row.invoice, PUSHED_NOWHERE]]));
  return { client: row.client };
}

const PUSHED_NOWHERE: Partial<InvoiceRow> = {
  quickBooksNumber: '',
  quickBooksLink: '',
  pushedBy: '',
  pushedAt: null,
  message: '',
};

function notPushed(row: InvoiceRow): string {
  if (row.status === 'paid') {
    return `${row.invoice} is paid. Remove the payment in QuickBooks, void the invoice there, and press Sync.`;
  }
  return `${row.invoice} is ${row.status}; only what was pushed can be undone.`;
}

/** Deletes it unless it changed since it was looked at. */
function remove(
  api: QuickBooksClient,
  row: InvoiceRow,
  at: { readonly kind: 'Invoice' | 'Estimate'; readonly id: string },
  syncToken: string,
): void {
  try {
    api.deleteTransaction(at.kind, at.id, syncToken);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === GONE) return;
    if (error.kind === 'rejected') {
      const why = error.code === STALE ? 'Somebody changed it at this very moment.' : error.message;
      throw new Error(
        `${row.invoice} was not deleted in QuickBooks. ${why} Void or delete it there, then press Sync; its entries are given back.`,
      );
    }
    if (error.kind === 'auth') throw error;
    throw new Error(`It is not known whether ${row.invoice} was deleted. ${error.message} Press Undo push again.`);
  }
}

const GONE = '610';
const STALE = '5010';
