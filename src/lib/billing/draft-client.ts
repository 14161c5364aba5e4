import { type Standing, standingEntries, standingExpenses } from './books.ts';
import { bySowAndMonth, type Chain, type ChainContext, chainOf } from './chain.ts';
import { checkBooks } from './check-books.ts';
import { conservationOf } from './conservation.ts';
import { draftInvoice } from './draft-invoice.ts';
import type { EntryFacts, ExpenseFacts } from './facts.ts';
import { allTerms, answersOn, type History, readHistory } from './history.ts';
import { invoiceName, isOpenDraft } from './invoice-names.ts';
import type { ClientBooks, ClientDrafts, DraftInvoice, EntryDisplay, ExpenseDisplay, ExpenseResult } from './model.ts';
import { nameKey } from './names.ts';
import { changedMonths, displayOf, type EntryOutcome, entryResultsOf, expenseResultsOf } from './results.ts';

/** The SOWs that share an invoice, and that invoice. */
interface Group {
  readonly name: string;
  readonly chains: readonly Chain[];
  readonly invoice: DraftInvoice | null;
  readonly entries: readonly EntryOutcome[];
  readonly expenses: readonly ExpenseResult[];
}

/**
 * Drafts all invoices of one client and period: what the month comes to, and what earlier months come to differently by now.
 * The same books always give the same drafts. Where the tabs have problems, they are reported and nothing is drafted.
 *
 * Source of every rule: docs/billing-rules.md.
 */
export function draftClient(books: ClientBooks): ClientDrafts {
  const problems = checkBooks(books);
  const entries = standingEntries(books);
  const expenses = standingExpenses(books);
  if (problems.length > 0 || books.period < books.firstPeriod) {
    const conservation = conservationOf(books, entries, expenses, []);
    return {
      invoices: [],
      dropped: [],
      entries: unpriced(entries, new Set()),
      expenses: unpricedExpenses(expenses),
      conservation,
      problems,
    };
  }
  const history = readHistory(books);
  const context = contextOf(books, history, entries, expenses);
  const groups = groupsOf(context, entries, expenses);
  const chains = groups.flatMap((group) => group.chains);
  const invoices = groups.flatMap(({ invoice }) => (invoice === null ? [] : [invoice]));
  return {
    invoices,
    dropped: droppedNames(books, history, invoices),
    entries: [...groups.flatMap(shownEntries), ...unpriced(entries, withoutRate(chains))],
    expenses: [...groups.flatMap(shownExpenses), ...unpricedExpenses(expenses)],
    conservation: conservationOf(books, entries, expenses, chains),
    problems,
  };
}

function contextOf(
  books: ClientBooks,
  history: History,
  entries: readonly Standing<EntryFacts>[],
  expenses: readonly Standing<ExpenseFacts>[],
): ChainContext {
  const sowOf = new Map<string, string>();
  for (const terms of allTerms(books, history)) {
    for (const line of terms.sowLines) {
      if (!sowOf.has(nameKey(line.line))) sowOf.set(nameKey(line.line), nameKey(line.sow));
    }
  }
  return {
    books,
    history,
    entries: bySowAndMonth(pricedOf(entries), sowOf),
    expenses: bySowAndMonth(pricedOf(expenses), sowOf),
    gone: bySowAndMonth(goneOf(entries), sowOf),
    goneExpenses: bySowAndMonth(goneOf(expenses), sowOf),
    contracts: new Map(),
  };
}

/** Billed rows that do not count any more: gone in the source. */
function goneOf<Facts extends EntryFacts | ExpenseFacts>(rows: readonly Standing<Facts>[]): Facts[] {
  return rows.filter((row) => row.kind === 'excluded' && row.facts.settled).map((row) => row.facts);
}

function pricedOf<Facts>(rows: readonly Standing<Facts>[]): Facts[] {
  return rows.filter((row) => row.kind === 'priced').map((row) => row.facts);
}

/** The client's SOWs in the order of the tab, then those that only earlier invoices know. */
function sowsOf(books: ClientBooks, history: History): { key: string; name: string }[] {
  const names = new Map<string, string>();
  for (const terms of allTerms(books, history)) {
    for (const { sow } of terms.sows) {
      if (!names.has(nameKey(sow))) names.set(nameKey(sow), sow.trim());
    }
  }
  return [...names].map(([key, name]) => ({ key, name }));
}

function groupsOf(
  context: ChainContext,
  entries: readonly Standing<EntryFacts>[],
  expenses: readonly Standing<ExpenseFacts>[],
): Group[] {
  const { books, history } = context;
  const sows = sowsOf(books, history);
  const perSow = books.today.client.invoicePer === 'SOW';
  const scopes = perSow ? sows.map((one) => ({ sow: one.name, members: [one] })) : [{ sow: null, members: sows }];
  const priced = scopes.map(({ sow, members }) => {
    const name = invoiceName({ books, sow });
    const decided = answersOn(books, name);
    return { sow, name, chains: members.map(({ key }) => chainOf(context, key, decided)) };
  });
  const waiting = [
    ...waitingKeys(entries),
    ...waitingKeys(expenses),
    ...withoutRate(priced.flatMap(({ chains }) => chains)),
  ];
  const changed = changedMonths(priced.flatMap(({ chains }) => chains));
  return priced.map(({ sow, name, chains }) => {
    const open = chains.filter((chain) => !chain.pending);
    const results = {
      entries: open.flatMap((chain) => entryResultsOf(chain, changed)),
      expenses: open.flatMap((chain) => expenseResultsOf(chain, changed)),
    };
    return {
      name,
      chains,
      ...results,
      invoice: draftInvoice({ books, history, name, sow, chains: open, waiting, ...results }),
    };
  });
}

function waitingKeys<Facts extends EntryFacts | ExpenseFacts>(rows: readonly Standing<Facts>[]): string[] {
  return rows.filter((row) => row.kind === 'waiting').map((row) => row.facts.key);
}

function withoutRate(chains: readonly Chain[]): Set<string> {
  return new Set(chains.flatMap((chain) => chain.months.flatMap((month) => [...(month.priced?.noRate ?? [])])));
}

function droppedNames(books: ClientBooks, history: History, invoices: readonly DraftInvoice[]): string[] {
  const made = new Set(invoices.map((invoice) => invoice.name));
  const empty = books.invoices.filter((invoice) => isOpenDraft(invoice, books.period) && !made.has(invoice.name));
  return [...history.negative, ...empty.map((invoice) => invoice.name)];
}

function shownEntries({ entries, invoice }: Group): EntryDisplay[] {
  return entries
    .filter(({ result }) => result.becomesInvoiced)
    .map((outcome) => displayOf(outcome, invoice?.name ?? null));
}

function shownExpenses({ expenses, invoice }: Group): ExpenseDisplay[] {
  return expenses
    .filter(({ becomesInvoiced }) => becomesInvoiced)
    .map(({ key, amount }) => ({ key, amount, invoice: invoice?.name ?? null, exclude: null }));
}

/** What to show for entries that are not priced: excluded ones, those that wait, and those without a rate. */
function unpriced(entries: readonly Standing<EntryFacts>[], noRate: ReadonlySet<string>): EntryDisplay[] {
  return entries
    .filter(({ kind, facts }) => !facts.settled && (kind !== 'priced' || noRate.has(facts.key)))
    .map((row) => ({
      key: row.facts.key,
      invoice: null,
      billedHours: '0',
      coveredHours: '0',
      amount: '0',
      noRate: noRate.has(row.facts.key),
      exclude: row.kind === 'excluded' ? row.reason : null,
      rateReason: '',
    }));
}

function unpricedExpenses(expenses: readonly Standing<ExpenseFacts>[]): ExpenseDisplay[] {
  return expenses.flatMap((row) =>
    row.kind === 'priced' || row.facts.settled
      ? []
      : [{ key: row.facts.key, invoice: null, amount: '0', exclude: row.kind === 'excluded' ? row.reason : null }],
  );
}
