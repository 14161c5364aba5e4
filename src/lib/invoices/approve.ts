import type { DraftInvoice } from '../billing/model.ts';
import { fingerprint } from '../matching/fingerprint.ts';
import { recordKey } from '../pull/keys.ts';
import { foldName } from '../workbook/cell.ts';
import type { ApprovedInvoice, BilledExpense, BilledTime } from './approved.ts';
import { billedExpenseAfter, billedTimeAfter, roundedHoursCount } from './client-books.ts';
import type { ClientPlan } from './plan-drafts.ts';
import { changedSinceShown } from './shown.ts';
import type { BillingTables, InvoiceRow } from './tables.ts';

/** What is kept of an invoice from its approval on. */
export function approvedInvoice(
  draft: DraftInvoice,
  tables: BillingTables,
  approval: { readonly by: string; readonly at: number },
): ApprovedInvoice {
  return {
    version: 1,
    draft,
    mark: fingerprint(JSON.stringify([draft.name, draft.total, approval.by, approval.at])),
    approvedBy: approval.by,
    approvedAt: approval.at,
    entries: billedTimes(draft, tables),
    expenses: billedExpenses(draft, tables),
  };
}

/** Which drafts may be approved, and for the others the sentence that says why not. */
export interface Approvable {
  readonly drafts: readonly DraftInvoice[];
  readonly refused: readonly { readonly invoice: string; readonly reason: string }[];
}

/**
 * Looks at drafts that a person wants to approve. A draft that came out otherwise than it was shown, is held, or must wait for a draft of
 * an earlier month is refused with the reason.
 * @param shown rows of the invoices as the person saw them
 */
export function approvable(names: readonly string[], plans: readonly ClientPlan[], tables: BillingTables): Approvable {
  const shown = new Map(tables.invoices.map((row) => [foldName(row.invoice), row]));
  const drafts = new Map(plans.flatMap((plan) => plan.drafts).map((draft) => [foldName(draft.name), draft]));
  const wanted = new Set(names.map(foldName));
  const good: DraftInvoice[] = [];
  const refused: { invoice: string; reason: string }[] = [];
  const inOrder = [...wanted].sort((a, b) => periodOf(shown.get(a)).localeCompare(periodOf(shown.get(b))));
  for (const key of inOrder) {
    const row = shown.get(key);
    const draft = drafts.get(key);
    const name = row?.invoice ?? draft?.name ?? key;
    const goodBefore = new Set(good.map((one) => foldName(one.name)));
    const reason = refusal(row, draft, tables, plans, goodBefore);
    if (reason === null && draft !== undefined) good.push(draft);
    else refused.push({ invoice: name, reason: reason ?? `${name} is no draft any more.` });
  }
  return { drafts: good, refused };
}

function refusal(
  row: InvoiceRow | undefined,
  draft: DraftInvoice | undefined,
  tables: BillingTables,
  plans: readonly ClientPlan[],
  approvedNow: ReadonlySet<string>,
): string | null {
  if (row === undefined) return 'There is no invoice of this name; press Update drafts.';
  const name = row.invoice;
  if (row.status !== 'draft' && row.status !== 'held' && row.status !== 'failed') {
    return `${name} is ${row.status}; only drafts can be approved.`;
  }
  const problems = plans.find((plan) => foldName(plan.client) === foldName(row.client))?.problems ?? [];
  if (problems.length > 0) return `${name} cannot be approved: ${problems.join(' ')}`;
  if (draft === undefined) return `${name} has nothing on it any more.`;
  const lines = tables.invoiceLines.filter((line) => foldName(line.invoice) === foldName(name));
  const changed = changedSinceShown(draft, row, lines);
  if (changed !== null) return `${name} changed since it was shown: ${changed}. Look at it again, then approve.`;
  if (draft.status === 'held') return `${name} is held: ${draft.holds.map((hold) => hold.text).join(' ')}`;
  if (Number(draft.total) < 0) return `${name} comes to less than 0 and cannot be pushed.`;
  const first = draft.pushAfter.filter((other) => !approvedNow.has(foldName(other)));
  return first.length === 0 ? null : `${name} must wait: approve ${first.join(' and ')} first.`;
}

function periodOf(row: InvoiceRow | undefined): string {
  return row?.period ?? '';
}

function billedTimes(draft: DraftInvoice, tables: BillingTables): Readonly<Record<string, BilledTime>> {
  const rows = new Map(tables.timeEntries.map((row) => [row.key, row]));
  const records = new Map(tables.records.map((record) => [record.record, record]));
  const rounded = roundedHoursCount(tables);
  return Object.fromEntries(
    draft.entryResults.flatMap(({ key, becomesInvoiced }) => {
      const row = rows.get(key);
      if (row === undefined) return [];
      return [[key, billedTimeAfter(row, records.get(recordKey('time', key)) ?? null, becomesInvoiced, rounded)]];
    }),
  );
}

function billedExpenses(draft: DraftInvoice, tables: BillingTables): Readonly<Record<string, BilledExpense>> {
  const rows = new Map(tables.expenses.map((row) => [row.key, row]));
  const records = new Map(tables.records.map((record) => [record.record, record]));
  return Object.fromEntries(
    draft.expenseResults.flatMap(({ key, becomesInvoiced }) => {
      const row = rows.get(key);
      if (row === undefined) return [];
      return [[key, billedExpenseAfter(row, records.get(recordKey('expense', key)) ?? null, becomesInvoiced)]];
    }),
  );
}
