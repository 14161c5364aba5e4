import type { DraftInvoice } from '../billing/model.ts';
import { foldName } from '../workbook/cell.ts';
import { invoiceLineRows, invoiceRow } from './draft-rows.ts';
import type { InvoiceLineRow, InvoiceRow } from './tables.ts';

/**
 * What differs between a draft as it is worked out now and as the tabs show it, as a sentence; null when a person who looked at the
 * tabs has seen just this invoice. Texts of lines do not count, money and hours do.
 */
export function changedSinceShown(
  draft: DraftInvoice,
  shown: InvoiceRow,
  shownLines: readonly InvoiceLineRow[],
): string | null {
  const now = invoiceRow(draft);
  if (now.total !== shown.total) return `its total was ${shown.total ?? 0} and is ${now.total ?? 0} now`;
  if (now.hours !== shown.hours) return `it had ${shown.hours ?? 0} hours and has ${now.hours ?? 0} now`;
  const lines = invoiceLineRows(draft);
  const before = [...shownLines].sort((a, b) => (a.no ?? 0) - (b.no ?? 0));
  if (lines.length !== before.length) return `it had ${before.length} lines and has ${lines.length} now`;
  const other = lines.findIndex((line, index) => !sameLine(line, before[index]));
  return other < 0 ? null : `line ${other + 1} is another one now`;
}

function sameLine(line: InvoiceLineRow, shown: InvoiceLineRow | undefined): boolean {
  return (
    shown !== undefined &&
    foldName(line.sowLine) === foldName(shown.sowLine) &&
    line.kind === shown.kind &&
    line.quantity === shown.quantity &&
    line.unitPrice === shown.unitPrice &&
    line.amount === shown.amount
  );
}
