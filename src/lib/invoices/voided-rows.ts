import { readFlags, writeFlags } from '../matching/flags.ts';
import { recordKey } from '../pull/keys.ts';
import type { ExpenseRow, RecordRow, TimeRow } from '../pull/model.ts';
import { CHANGED_FLAG } from '../pull/row-change.ts';
import { sourceText } from '../pull/source.ts';
import { foldName } from '../workbook/cell.ts';
import { keyOf } from '../workbook/define.ts';
import { balances as balancesTable } from '../workbook/tables/invoicing.ts';
import type { ApprovedInvoice } from './approved.ts';
import { balanceKey } from './client-books.ts';
import { balanceRow } from './pushed-rows.ts';
import type { BalanceTableRow, BillingTables, InvoiceRow } from './tables.ts';

/** What is written when an invoice was voided or deleted in QuickBooks. */
export interface VoidedRows {
  readonly time: ReadonlyMap<string, Partial<TimeRow>>;
  readonly expenses: ReadonlyMap<string, Partial<ExpenseRow>>;
  readonly records: ReadonlyMap<string, Partial<RecordRow>>;
  readonly removeBalances: ReadonlySet<string>;
  readonly updateBalances: ReadonlyMap<string, Partial<BalanceTableRow>>;
}

/**
 * Undoes what the push of an invoice wrote: its entries and expenses are approved again and on no invoice; rows of Balances that it wrote
 * go back to what the newest other invoice wrote, or go; earlier entries whose difference it billed count as billed by the invoice before.
 * @param others the frozen records of all invoices that still count, by folded name
 */
export function voidedRows(
  name: string,
  record: ApprovedInvoice | null,
  others: ReadonlyMap<string, ApprovedInvoice>,
  tables: BillingTables,
): VoidedRows {
  // One that is approved and still names the invoice was being given back when that was cut off.
  const isOn = (row: TimeRow | ExpenseRow) =>
    (row.status === 'invoiced' || row.status === 'approved') && foldName(row.invoice) === foldName(name);
  const time = tables.timeEntries.filter(isOn);
  const expenses = tables.expenses.filter(isOn);
  const rest = pushedBefore(others, tables.invoices, name);
  return {
    time: new Map(
      time.map((row) => [row.key, { ...FREE, billedHours: null, coveredHours: null, flags: unchanged(row.flags) }]),
    ),
    expenses: new Map(expenses.map((row) => [row.key, { ...FREE, flags: unchanged(row.flags) }])),
    records: records(record, rest, tables, [
      ...time.map((row) => recordKey('time', row.key)),
      ...expenses.map((row) => recordKey('expense', row.key)),
    ]),
    ...balances(record, rest, tables),
  };
}

const FREE = { status: 'approved', invoice: '', amount: null } as const;

function unchanged(flags: string): string {
  return writeFlags(readFlags(flags).filter((flag) => flag !== CHANGED_FLAG));
}

/** The other invoices that are in QuickBooks, the last pushed first. */
function pushedBefore(
  others: ReadonlyMap<string, ApprovedInvoice>,
  invoices: readonly InvoiceRow[],
  name: string,
): readonly ApprovedInvoice[] {
  return invoices
    .filter((row) => (row.status === 'pushed' || row.status === 'paid') && foldName(row.invoice) !== foldName(name))
    .sort((a, b) => (b.pushedAt ?? 0) - (a.pushedAt ?? 0))
    .flatMap((row) => others.get(foldName(row.invoice)) ?? []);
}

function records(
  record: ApprovedInvoice | null,
  rest: readonly ApprovedInvoice[],
  tables: BillingTables,
  freed: readonly string[],
): ReadonlyMap<string, Partial<RecordRow>> {
  const known = new Set(tables.records.map((row) => row.record));
  const changes = new Map<string, Partial<RecordRow>>();
  for (const key of freed) if (known.has(key)) changes.set(key, { billedAs: '', answered: '' });
  for (const { key, becomesInvoiced } of record?.draft.entryResults ?? []) {
    const before = becomesInvoiced ? undefined : rest.find((one) => one.entries[key] !== undefined)?.entries[key];
    if (before === undefined || !known.has(recordKey('time', key))) continue;
    const { line, ...source } = before;
    changes.set(recordKey('time', key), { billedAs: sourceText(source, { line }) });
  }
  for (const { key, becomesInvoiced } of record?.draft.expenseResults ?? []) {
    const before = becomesInvoiced ? undefined : rest.find((one) => one.expenses[key] !== undefined)?.expenses[key];
    if (before === undefined || !known.has(recordKey('expense', key))) continue;
    const { line, ...source } = before;
    changes.set(recordKey('expense', key), { billedAs: sourceText(source, { line }) });
  }
  return changes;
}

function balances(
  record: ApprovedInvoice | null,
  rest: readonly ApprovedInvoice[],
  tables: BillingTables,
): Pick<VoidedRows, 'removeBalances' | 'updateBalances'> {
  const removeBalances = new Set<string>();
  const updateBalances = new Map<string, Partial<BalanceTableRow>>();
  const standing = new Map(tables.balances.map((row) => [balanceKey(row), row]));
  for (const row of record?.draft.balances ?? []) {
    const key = balanceKey(row);
    const shown = standing.get(key);
    if (shown === undefined) continue;
    const before = rest.flatMap((one) => one.draft.balances).find((other) => balanceKey(other) === key);
    if (before === undefined) removeBalances.add(keyOf(balancesTable, shown));
    else updateBalances.set(keyOf(balancesTable, shown), balanceRow(before));
  }
  return { removeBalances, updateBalances };
}
