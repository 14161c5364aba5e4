import type { PushItem } from '../../../lib/invoices/push-order.ts';
import { pushedRows } from '../../../lib/invoices/pushed-rows.ts';
import type { BillingTables, InvoiceRow } from '../../../lib/invoices/tables.ts';
import { balances, entryRecords, expenses, invoices, timeEntries } from '../../../lib/workbook/tables.ts';
import type { Workbook } from '../../sheets/workbook.ts';

/** An invoice that is in QuickBooks now, with the cells of its row. */
export interface Finished {
  readonly item: PushItem;
  readonly cells: Partial<InvoiceRow> & Pick<InvoiceRow, 'status'>;
}

/**
 * Writes what follows from invoices that are in QuickBooks: their entries, what was billed, the balances, and last that they are pushed.
 * Cut off before that they are still `pushing`; the next try finds them in QuickBooks and writes all of it again. `tell` writes Activity.
 */
export function finishPush(
  workbook: Workbook,
  tables: BillingTables,
  finished: readonly Finished[],
  tell: () => void,
): void {
  if (finished.length === 0) return;
  const rows = pushedRows(
    finished.map(({ item }) => item.record),
    tables,
  );
  workbook.update(timeEntries, rows.time);
  workbook.update(expenses, rows.expenses);
  workbook.update(entryRecords, rows.updateRecords);
  workbook.insert(entryRecords, rows.insertRecords);
  workbook.insert(balances, rows.balances);
  workbook.flush();
  tell();
  // Status alone and last: a row that says `pushed` has its number and link, whatever part of a write Google had taken when it was cut off.
  workbook.update(
    invoices,
    new Map(finished.map(({ item, cells: { status: _, ...rest } }) => [item.row.invoice, rest])),
  );
  workbook.flush();
  workbook.update(invoices, new Map(finished.map(({ item, cells: { status } }) => [item.row.invoice, { status }])));
  workbook.flush();
}
