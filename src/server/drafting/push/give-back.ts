import type { ApprovedInvoice } from '../../../lib/invoices/approved.ts';
import type { BillingTables } from '../../../lib/invoices/tables.ts';
import { voidedRows } from '../../../lib/invoices/voided-rows.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { balances, entryRecords, expenses, timeEntries } from '../../../lib/workbook/tables.ts';
import type { Workbook } from '../../sheets/workbook.ts';

/**
 * Gives back everything on an invoice that no longer counts in QuickBooks: its entries, what was billed, the balances. That an entry names the
 * invoice goes last, because by that it is found when this was cut off and is done again. The caller writes the invoice's own row afterwards.
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
  workbook.flush();
  workbook.update(timeEntries, withoutInvoice(rows.time));
  workbook.update(expenses, withoutInvoice(rows.expenses));
  workbook.flush();
  workbook.update(timeEntries, onNone(rows.time));
  workbook.update(expenses, onNone(rows.expenses));
  workbook.flush();
}

function withoutInvoice<Row extends { readonly invoice?: string }>(
  rows: ReadonlyMap<string, Row>,
): ReadonlyMap<string, Omit<Row, 'invoice'>> {
  return new Map([...rows].map(([key, { invoice: _, ...rest }]) => [key, rest]));
}

function onNone(rows: ReadonlyMap<string, unknown>): ReadonlyMap<string, { readonly invoice: '' }> {
  return new Map([...rows.keys()].map((key) => [key, { invoice: '' }]));
}
