import type { InvoiceRow } from '../../../lib/invoices/tables.ts';

/**
 * How long after it was marked as `pushing` something of an invoice may still come: an execution sends for six minutes at most, and QuickBooks
 * gives a request up after two.
 */
const LATE_MS = 8 * 60_000;

/** For how long yet an invoice that was left `pushing` may appear in QuickBooks, in milliseconds; 0: what is not there by now never comes. */
export function mayStillCome(row: Pick<InvoiceRow, 'pushedAt'>, nowMs: number): number {
  return Math.max(0, (row.pushedAt ?? 0) + LATE_MS - nowMs);
}
