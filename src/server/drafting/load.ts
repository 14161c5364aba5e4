import type { BillingTables } from '../../lib/invoices/tables.ts';
import type { CellProblem } from '../../lib/workbook/problem.ts';
import { problemsMessage, TableError } from '../../lib/workbook/problem.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import {
  balances,
  clients,
  decisions,
  entryRecords,
  expenses,
  frozenTerms,
  invoiceLines,
  invoices,
  rates,
  sowLines,
  sows,
  timeEntries,
} from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';

/**
 * Reads every tab that drafting looks at, each once. Throws one sentence with everything that is wrong with their cells: a row that
 * cannot be read would be missing on an invoice.
 */
export function loadTables(workbook: Workbook, settings: Settings): BillingTables {
  const { tables, problems } = readTables(workbook, settings);
  if (problems.length > 0) throw new TableError(problemsMessage(problems), problems);
  return tables;
}

/** The same with the problems beside what could be read. */
export function readTables(
  workbook: Workbook,
  settings: Settings,
): { readonly tables: BillingTables; readonly problems: readonly CellProblem[] } {
  const problems: CellProblem[] = [];
  const read: Workbook['read'] = (table) => {
    const content = workbook.read(table);
    problems.push(...content.problems);
    return content;
  };
  const tables = {
    settings,
    clients: read(clients).rows,
    sows: read(sows).rows,
    sowLines: read(sowLines).rows,
    rates: read(rates).rows,
    timeEntries: read(timeEntries).rows,
    expenses: read(expenses).rows,
    balances: read(balances).rows,
    invoices: read(invoices).rows,
    invoiceLines: read(invoiceLines).rows,
    decisions: read(decisions).rows,
    frozen: read(frozenTerms).rows,
    records: read(entryRecords).rows,
  };
  return { tables, problems };
}

/**
 * Throws one message with everything that is wrong with the tabs that money rests on, each by itself and against each other: the same
 * sentences as at month-end, since terms may be mistyped after it.
 */
export function refuseWrongTabs(workbook: Workbook): void {
  const problems = wrongInTabs(workbook);
  if (problems.length > 0) throw new TableError(problemsMessage(problems), problems);
}

/** What is wrong with the tabs that money rests on. */
export function wrongInTabs(workbook: Workbook): readonly CellProblem[] {
  return workbook.problemsOf([clients, sows, sowLines, rates, timeEntries, expenses]);
}
