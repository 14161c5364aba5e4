import { draftClient } from '../../../src/lib/billing/draft-client.ts';
import type {
  BalanceRow,
  ClientBooks,
  DraftInvoice,
  ExistingInvoice,
  TimeEntry,
} from '../../../src/lib/billing/model.ts';
import { balanceRow, books, type World } from './make.ts';

/** The books of a client from month to month: drafts, pushes, edits and voids as the workbook would hold them. */
export interface Ledger {
  readonly books: ClientBooks;
}

export function openLedger(world: World): Ledger {
  return { books: books(world) };
}

/** The same books, drafted for another period, with rows changed or added. */
export function during(
  ledger: Ledger,
  period: string,
  change: (books: ClientBooks) => Partial<ClientBooks> = () => ({}),
): Ledger {
  const moved = { ...ledger.books, period };
  return { books: { ...moved, ...change(moved) } };
}

export function draftsOf(ledger: Ledger) {
  return draftClient(ledger.books);
}

/** Drafts and pushes everything that is not held. */
export function pushAll(ledger: Ledger): Ledger {
  const drafts = draftsOf(ledger);
  const kept = without(ledger, [...drafts.dropped, ...drafts.invoices.map((one) => one.name)]);
  return drafts.invoices.filter((one) => one.status === 'draft').reduce(push, kept);
}

/** Drafts and keeps the drafts, not pushed. */
export function keepDrafts(ledger: Ledger, status: 'draft' | 'approved' = 'draft'): Ledger {
  const drafts = draftsOf(ledger);
  const kept = without(ledger, [...drafts.dropped, ...drafts.invoices.map((one) => one.name)]);
  const added = drafts.invoices.map((one): ExistingInvoice => existing(one, one.status === 'held' ? 'held' : status));
  return { books: { ...kept.books, invoices: [...kept.books.invoices, ...added] } };
}

function without(ledger: Ledger, names: readonly string[]): Ledger {
  return { books: { ...ledger.books, invoices: ledger.books.invoices.filter((one) => !names.includes(one.name)) } };
}

function existing(invoice: DraftInvoice, status: ExistingInvoice['status']): ExistingInvoice {
  // As the workbook keeps it: through text and back.
  return {
    name: invoice.name,
    period: invoice.period,
    sow: invoice.sow,
    status,
    frozen: JSON.parse(JSON.stringify(invoice.frozen)),
  };
}

/** What the push writes: the invoice, its balances, its entries and expenses. */
export function push(ledger: Ledger, invoice: DraftInvoice): Ledger {
  const { books: before } = ledger;
  const key = (row: { line: string; period: string }) => `${row.period} ${row.line}`;
  const written = new Set(invoice.balances.map(key));
  const rows: BalanceRow[] = invoice.balances.map((row) => balanceRow({ ...row }));
  const billed = new Set(invoice.entryResults.flatMap((one) => (one.becomesInvoiced ? [one.key] : [])));
  const passed = new Set(invoice.expenseResults.flatMap((one) => (one.becomesInvoiced ? [one.key] : [])));
  return {
    books: {
      ...before,
      invoices: [...before.invoices, existing(invoice, 'pushed')],
      balances: [...before.balances.filter((row) => !written.has(key(row))), ...rows],
      entries: before.entries.map((one) =>
        billed.has(one.key) ? { ...one, status: 'invoiced', invoice: invoice.name } : one,
      ),
      expenses: before.expenses.map((one) =>
        passed.has(one.key) ? { ...one, status: 'invoiced', invoice: invoice.name } : one,
      ),
    },
  };
}

/** Someone voids the invoice in QuickBooks. */
export function voidInvoice(ledger: Ledger, name: string): Ledger {
  const { books: before } = ledger;
  const gone = before.invoices.find((one) => one.name === name);
  const rows = new Set((gone?.frozen?.months ?? []).filter((one) => one.first).map((one) => one.month));
  return {
    books: {
      ...before,
      invoices: before.invoices.map((one) => (one.name === name ? { ...one, status: 'voided' } : one)),
      balances: before.balances.filter((row) => !rows.has(row.period)),
      entries: before.entries.map((one) =>
        one.invoice === name ? { ...one, status: 'approved', invoice: null } : one,
      ),
      expenses: before.expenses.map((one) =>
        one.invoice === name ? { ...one, status: 'approved', invoice: null } : one,
      ),
    },
  };
}

/** Changes an entry that was billed, as a person accepts it: the difference is billed. */
export function accept(ledger: Ledger, key: string, now: Partial<TimeEntry>): Ledger {
  return editEntry(ledger, key, (one) => ({ ...one, asBilled: { ...one }, ...now, changed: 'bill difference' }));
}

export function editEntry(ledger: Ledger, key: string, edit: (entry: TimeEntry) => TimeEntry): Ledger {
  return {
    books: { ...ledger.books, entries: ledger.books.entries.map((one) => (one.key === key ? edit(one) : one)) },
  };
}

export function addEntries(ledger: Ledger, ...entries: TimeEntry[]): Ledger {
  return { books: { ...ledger.books, entries: [...ledger.books.entries, ...entries] } };
}
