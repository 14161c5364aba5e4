import type { TableDef } from './define.ts';
import { decisions, entryRecords, frozenTerms, runs, sowTexts } from './tables/hidden.ts';
import { activity, balances, dashboard, invoiceLines, invoices } from './tables/invoicing.ts';
import { clients, rates, settings, sowLines, sows } from './tables/terms.ts';
import { expenses, timeEntries } from './tables/work.ts';

export { defineTable, keyOf, type RowOf, type TableDef } from './define.ts';
export {
  activity,
  balances,
  clients,
  dashboard,
  decisions,
  entryRecords,
  expenses,
  frozenTerms,
  invoiceLines,
  invoices,
  rates,
  runs,
  settings,
  sowLines,
  sows,
  sowTexts,
  timeEntries,
};

/** Every tab that is a table, in the order in which set-up makes them (the Dashboard stands before Activity). */
export const allTables: readonly TableDef[] = [
  settings,
  clients,
  sows,
  sowLines,
  rates,
  timeEntries,
  expenses,
  invoices,
  invoiceLines,
  balances,
  activity,
  entryRecords,
  frozenTerms,
  decisions,
  sowTexts,
  runs,
];
