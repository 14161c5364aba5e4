import type { ApprovedInvoice } from '../../../lib/invoices/approved.ts';
import type { BillingTables } from '../../../lib/invoices/tables.ts';
import { voidedRows } from '../../../lib/invoices/voided-rows.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { balances, entryRecords, expenses, timeEntries } from '../../../lib/workbook/tables.ts';
import type { Workbook } from '../../sheets/workbook.ts';

/**
 * Gives back everything on an invoice that no longer counts in QuickBooks: its entries, what was billed, the balances. The caller writes the
 * invoice's own row afterwards; cut off before that, doing it again changes nothing more.
 */
export function giveBack(
  workbook: Workbook,
  tables: BillingTables,
  invoice: string,
  records: ReadonlyMap<string, ApprovedInvoice>,
): void {
  const rows = voidedRows(invoice, records.get(foldName(invoice)) ?? null, records, tables);
  workbook.update(entryRecords, rows.records);
  workbook.update(balances, rows.updateBalances);
  workbook.remove(balances, rows.removeBalances);
  workbook.update(timeEntries, rows.time);
  workbook.update(expenses, rows.expenses);
  workbook.flush();
}
