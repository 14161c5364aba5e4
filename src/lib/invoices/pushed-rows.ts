import type { BalanceResult } from '../billing/model.ts';
import { recordKey } from '../pull/keys.ts';
import type { ExpenseRow, RecordRow, TimeRow } from '../pull/model.ts';
import { sourceText } from '../pull/source.ts';
import { foldName } from '../workbook/cell.ts';
import type { ApprovedInvoice } from './approved.ts';
import { balanceKey } from './client-books.ts';
import type { BalanceTableRow, BillingTables } from './tables.ts';

/** What is written once invoices are in QuickBooks. All of it comes from their frozen records, so writing it twice changes nothing. */
export interface PushedRows {
  readonly time: ReadonlyMap<string, Partial<TimeRow>>;
  readonly expenses: ReadonlyMap<string, Partial<ExpenseRow>>;
  readonly updateRecords: ReadonlyMap<string, Partial<RecordRow>>;
  readonly insertRecords: readonly RecordRow[];
  readonly balances: readonly BalanceTableRow[];
}

/**
 * The rows of pushed invoices: their entries and expenses become `invoiced`, earlier ones that were priced again get their new numbers,
 * what was billed is kept, and the balances carry on. Rows that people removed meanwhile are passed over.
 */
export function pushedRows(records: readonly ApprovedInvoice[], tables: BillingTables): PushedRows {
  const timeKeys = new Set(tables.timeEntries.map((row) => row.key));
  const expenseKeys = new Set(tables.expenses.map((row) => row.key));
  const time = new Map<string, Partial<TimeRow>>();
  const expenses = new Map<string, Partial<ExpenseRow>>();
  const billedAs = new Map<string, string>();
  const balances = new Map<string, BalanceTableRow>();
  for (const record of records) {
    for (const { key, billedHours, coveredHours, amount, becomesInvoiced } of record.draft.entryResults) {
      if (!timeKeys.has(key)) continue;
      const numbers = { billedHours: Number(billedHours), coveredHours: Number(coveredHours), amount: Number(amount) };
      time.set(key, becomesInvoiced ? { ...numbers, status: 'invoiced', invoice: record.draft.name } : numbers);
    }
    for (const { key, amount, becomesInvoiced } of record.draft.expenseResults) {
      if (!expenseKeys.has(key)) continue;
      const numbers = { amount: Number(amount) };
      expenses.set(key, becomesInvoiced ? { ...numbers, status: 'invoiced', invoice: record.draft.name } : numbers);
    }
    for (const [key, { line, ...source }] of Object.entries(record.entries)) {
      billedAs.set(recordKey('time', key), sourceText(source, { line }));
    }
    for (const [key, { line, ...source }] of Object.entries(record.expenses)) {
      billedAs.set(recordKey('expense', key), sourceText(source, { line }));
    }
    for (const row of record.draft.balances) balances.set(balanceKey(row), balanceRow(row));
  }
  return { time, expenses, ...splitRecords(billedAs, tables), balances: [...balances.values()] };
}

/** A row of Balances with numbers in its cells. */
export function balanceRow(row: BalanceResult): BalanceTableRow {
  const number = (text: string | null) => (text === null ? null : Number(text));
  return {
    line: row.line,
    period: row.period,
    openingHours: number(row.openingHours),
    addedHours: number(row.addedHours),
    usedHours: number(row.usedHours),
    expiredHours: number(row.expiredHours),
    closingHours: number(row.closingHours),
    openingAmount: number(row.openingAmount),
    addedAmount: number(row.addedAmount),
    usedAmount: number(row.usedAmount),
    expiredAmount: number(row.expiredAmount),
    closingAmount: number(row.closingAmount),
    tierHours: number(row.tierHours),
    hoursToDate: number(row.hoursToDate),
    billedToDate: number(row.billedToDate),
    feeBilledFor: row.feeBilledFor,
  };
}

function splitRecords(
  billedAs: ReadonlyMap<string, string>,
  tables: BillingTables,
): Pick<PushedRows, 'updateRecords' | 'insertRecords'> {
  const known = new Set(tables.records.map((record) => foldName(record.record)));
  const updateRecords = new Map<string, Partial<RecordRow>>();
  const insertRecords: RecordRow[] = [];
  for (const [record, text] of billedAs) {
    if (known.has(foldName(record))) updateRecords.set(record, { billedAs: text });
    else insertRecords.push({ record, source: '', billedAs: text, answered: '', asked: '', opinions: '', audit: '' });
  }
  return { updateRecords, insertRecords };
}
