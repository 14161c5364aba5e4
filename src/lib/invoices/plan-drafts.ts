import type {
  ClientDrafts,
  Conservation,
  DraftClient,
  DraftInvoice,
  EntryDisplay,
  ExpenseDisplay,
} from '../billing/model.ts';
import type { ExpenseRow, TimeRow } from '../pull/model.ts';
import { foldName } from '../workbook/cell.ts';
import { clientBooks, isOnTheWay, type StandingInvoice, standingInvoices } from './client-books.ts';
import { invoiceLineRows, invoiceRow } from './draft-rows.ts';
import { expenseUpdate, timeUpdate } from './entry-updates.ts';
import { linesNearCap } from './near-cap.ts';
import type { ClientTables, InvoiceLineRow, InvoiceRow } from './tables.ts';

/** What the drafts of one client come to, and what must be written for them. */
export interface ClientPlan {
  readonly client: string;
  /** Sentences about the terms; when there are any, nothing is drafted or written for this client. */
  readonly problems: readonly string[];
  readonly drafts: readonly DraftInvoice[];
  /** By period. */
  readonly conservation: ReadonlyMap<string, Conservation>;
  /** Drafts that stand, and the rows that take their place. */
  readonly standing: readonly InvoiceRow[];
  readonly wanted: readonly InvoiceRow[];
  readonly standingLines: readonly InvoiceLineRow[];
  readonly wantedLines: readonly InvoiceLineRow[];
  readonly timeUpdates: ReadonlyMap<string, Partial<TimeRow>>;
  readonly expenseUpdates: ReadonlyMap<string, Partial<ExpenseRow>>;
}

/**
 * Drafts every given period of a client anew, earlier ones first, since later ones take their balances. Invoices that were approved
 * are never touched, nor the entries on them.
 * @param periods `YYYY-MM`; periods in which a draft of the client stands are added
 */
export function planDrafts(tables: ClientTables, periods: readonly string[], draftClient: DraftClient): ClientPlan {
  const old = tables.invoices.filter((row) => row.status === 'draft' || row.status === 'held');
  const all = [...new Set([...periods, ...old.map((row) => row.period)])].sort();
  let standing = standingInvoices(tables);
  let drafts: readonly DraftInvoice[] = [];
  const results: ClientDrafts[] = [];
  const conservation = new Map<string, Conservation>();
  for (const period of all) {
    const result = draftClient(clientBooks(tables, period, standing));
    if (result.problems.length > 0) return refused(tables, result, old);
    results.push(result);
    // A negative draft of an earlier period goes: this period's carries its content.
    const dropped = new Set(result.dropped.map(foldName));
    drafts = [...drafts.filter((draft) => !dropped.has(foldName(draft.name))), ...result.invoices];
    conservation.set(period, result.conservation);
    standing = replaceDrafts(standing, period, result.invoices).filter(
      (one) => !dropped.has(foldName(one.name)) || one.status === 'voided',
    );
  }
  const standingNames = new Set(old.map((row) => foldName(row.invoice)));
  return {
    client: tables.client,
    problems: [],
    drafts,
    conservation,
    standing: tables.shownInvoices.filter((row) => standingNames.has(foldName(row.invoice))),
    wanted: drafts.map(invoiceRow),
    standingLines: tables.invoiceLines.filter((line) => standingNames.has(foldName(line.invoice))),
    wantedLines: drafts.flatMap(invoiceLineRows),
    ...entryUpdates(tables, results, drafts),
  };
}

/** The drafts of a period take the place of those that stood; what is dropped is gone for later periods too. */
function replaceDrafts(
  standing: readonly StandingInvoice[],
  period: string,
  drafts: readonly DraftInvoice[],
): readonly StandingInvoice[] {
  const others = standing.filter((one) => one.period !== period || (one.status !== 'draft' && one.status !== 'held'));
  return [
    ...others,
    ...drafts.map((draft) => ({
      name: draft.name,
      period,
      sow: draft.sow ?? '',
      status: draft.status,
      frozen: draft.frozen,
    })),
  ];
}

function entryUpdates(
  tables: ClientTables,
  results: readonly ClientDrafts[],
  drafts: readonly DraftInvoice[],
): Pick<ClientPlan, 'timeUpdates' | 'expenseUpdates'> {
  const time = firstOnADraft<EntryDisplay>(results.map((result) => result.entries));
  const expenses = firstOnADraft<ExpenseDisplay>(results.map((result) => result.expenses));
  const taken = keysOnTheWay(tables);
  const near = linesNearCap(tables, drafts);
  const timeUpdates = new Map<string, Partial<TimeRow>>();
  for (const row of tables.timeEntries) {
    if (row.status === 'invoiced' || taken.has(row.key)) continue;
    const update = timeUpdate(row, time.get(row.key) ?? null, near);
    if (Object.keys(update).length > 0) timeUpdates.set(row.key, update);
  }
  const expenseUpdates = new Map<string, Partial<ExpenseRow>>();
  for (const row of tables.expenses) {
    if (row.status === 'invoiced' || taken.has(`expense ${row.key}`)) continue;
    const update = expenseUpdate(row, expenses.get(row.key) ?? null);
    if (Object.keys(update).length > 0) expenseUpdates.set(row.key, update);
  }
  return { timeUpdates, expenseUpdates };
}

/** An entry shows the first draft that it is on; a later period sees it again, as one of an earlier month. */
function firstOnADraft<D extends { readonly key: string; readonly invoice: string | null }>(
  periods: readonly (readonly D[])[],
): ReadonlyMap<string, D> {
  const shown = new Map<string, D>();
  for (const displays of periods) {
    for (const display of displays) {
      const before = shown.get(display.key);
      if (before === undefined || before.invoice === null) shown.set(display.key, display);
    }
  }
  return shown;
}

function keysOnTheWay(tables: ClientTables): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const row of tables.invoices) {
    const record = isOnTheWay(row.status) ? tables.approved.get(foldName(row.invoice)) : undefined;
    if (record === undefined) continue;
    for (const entry of record.draft.entryResults) keys.add(entry.key);
    for (const expense of record.draft.expenseResults) keys.add(`expense ${expense.key}`);
  }
  return keys;
}

function refused(tables: ClientTables, result: ClientDrafts, old: readonly InvoiceRow[]): ClientPlan {
  return {
    client: tables.client,
    problems: result.problems.map(
      ({ tab, key, column, found, allowed }) =>
        `${tab}, ${key}, ${column}: found ${found === '' ? 'nothing' : found}; allowed is ${allowed}.`,
    ),
    drafts: [],
    conservation: new Map(),
    standing: old,
    wanted: old,
    standingLines: [],
    wantedLines: [],
    timeUpdates: new Map(),
    expenseUpdates: new Map(),
  };
}
