import { foldName } from '../workbook/cell.ts';
import type { ApprovedInvoice } from './approved.ts';
import type { InvoiceRow } from './tables.ts';

/** An invoice that is to go to QuickBooks now. */
export interface PushItem {
  readonly row: InvoiceRow;
  readonly record: ApprovedInvoice;
}

export interface PushOrder {
  /** Earlier periods first, else in the order of the tab. */
  readonly ready: readonly PushItem[];
  /** Approved, but not to be pushed yet, with the reason. */
  readonly waiting: readonly { readonly invoice: string; readonly reason: string }[];
}

/**
 * Which approved (or half pushed) invoices go to QuickBooks, and in which order. An invoice rests on the balances of the client's earlier
 * months, so it waits while one of those is not in QuickBooks and does not go before it.
 * @param recordOf frozen records by folded name
 */
export function pushOrder(invoices: readonly InvoiceRow[], recordOf: ReadonlyMap<string, ApprovedInvoice>): PushOrder {
  const candidates = invoices
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.status === 'approved' || row.status === 'pushing')
    .sort((a, b) => a.row.period.localeCompare(b.row.period) || a.index - b.index);
  const going = new Set<string>();
  const ready: PushItem[] = [];
  const waiting: { invoice: string; reason: string }[] = [];
  for (const { row } of candidates) {
    const record = recordOf.get(foldName(row.invoice));
    if (record === undefined) {
      const reason = 'what was approved cannot be read any more. Press Back to draft and approve it again.';
      waiting.push({ invoice: row.invoice, reason });
      continue;
    }
    const first = before(row, record, invoices).find((other) => !going.has(foldName(other.invoice)));
    if (first === undefined || row.status === 'pushing') {
      going.add(foldName(row.invoice));
      ready.push({ row, record });
    } else waiting.push({ invoice: row.invoice, reason: `${first.invoice} must be pushed first.` });
  }
  return { ready, waiting };
}

/** Invoices that must be in QuickBooks before this one, and are not. */
export function before(
  row: InvoiceRow,
  record: ApprovedInvoice,
  invoices: readonly InvoiceRow[],
): readonly InvoiceRow[] {
  const named = new Set(record.draft.pushAfter.map(foldName));
  return invoices.filter((other) => {
    if (other.period >= row.period || foldName(other.client) !== foldName(row.client)) return false;
    if (named.has(foldName(other.invoice))) return NOT_THERE.has(other.status);
    // What was approved for an earlier month counted as pushed when this one was worked out.
    const sameBooks = row.sow === '' || other.sow === '' || foldName(other.sow) === foldName(row.sow);
    return sameBooks && ON_THE_WAY.has(other.status);
  });
}

const ON_THE_WAY: ReadonlySet<string> = new Set(['approved', 'pushing', 'failed']);
const NOT_THERE: ReadonlySet<string> = new Set(['draft', 'held', ...ON_THE_WAY]);
