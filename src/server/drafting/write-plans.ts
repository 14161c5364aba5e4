import type { ClientPlan } from '../../lib/invoices/plan-drafts.ts';
import type { BillingTables } from '../../lib/invoices/tables.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { expenses, invoiceLines, invoices, timeEntries } from '../../lib/workbook/tables.ts';
import { replaceRows } from '../sheets/replace-rows.ts';
import type { Workbook } from '../sheets/workbook.ts';

/**
 * Writes the drafts of several clients together, each tab at most three times: what changed in place, what is gone, what is new. Lines
 * come before their invoices, so that no invoice stands without its lines when an execution is cut off between the two; running again
 * leads to the same end.
 */
export function writePlans(workbook: Workbook, plans: readonly ClientPlan[]): void {
  const written = plans.filter((plan) => plan.problems.length === 0);
  workbook.update(timeEntries, merged(written.map((plan) => plan.timeUpdates)));
  workbook.update(expenses, merged(written.map((plan) => plan.expenseUpdates)));
  replaceRows(
    workbook,
    invoiceLines,
    written.flatMap((plan) => plan.standingLines),
    written.flatMap((plan) => plan.wantedLines),
  );
  replaceRows(
    workbook,
    invoices,
    written.flatMap((plan) => plan.standing),
    written.flatMap((plan) => plan.wanted),
  );
}

/** Totals of drafts before and after; only those that differ. */
export function draftChanges(plans: readonly ClientPlan[]): readonly DraftChange[] {
  return plans.flatMap((plan) => {
    const before = new Map(plan.standing.map((row) => [foldName(row.invoice), row]));
    const after = new Map(plan.wanted.map((row) => [foldName(row.invoice), row]));
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
      const old = before.get(key);
      const now = after.get(key);
      const totals = { before: old?.total ?? null, after: now?.total ?? null };
      if (old !== undefined && now !== undefined && totals.before === totals.after) return [];
      return [{ invoice: now?.invoice ?? old?.invoice ?? key, ...totals }];
    });
  });
}

export interface DraftChange {
  readonly invoice: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** The last period that was worked on: of runs, invoices and rows. Empty in a new workbook. */
export function latestPeriod(tables: BillingTables, runPeriods: readonly string[]): string {
  const periods = [
    ...runPeriods,
    ...tables.invoices.map((row) => row.period),
    ...tables.timeEntries.map((row) => row.period),
    ...tables.expenses.map((row) => row.period),
  ];
  return periods.reduce((last, period) => (period > last ? period : last), '');
}

function merged<T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  return new Map(maps.flatMap((map) => [...map]));
}
