import { firstDayOf, lastDayOf, monthName } from '../calendar.ts';
import { comparePlaces, placeOf } from './entry-order.ts';
import type { EntryFacts, ExpenseFacts } from './facts.ts';
import type { ClientBooks, EntryAsBilled, Expense, ExpenseAsBilled, TimeEntry } from './model.ts';
import { isEmpty, nameKey } from './names.ts';

const noRoles: readonly string[] = [];

/** A row of Time entries or Expenses as billing takes it. */
export type Standing<Facts> =
  | { readonly kind: 'priced'; readonly facts: Facts }
  /** Not billed. `reason` is set where the status must become `excluded` now. */
  | { readonly kind: 'excluded'; readonly facts: Facts; readonly reason: string | null }
  /** It needs a person first. */
  | { readonly kind: 'waiting'; readonly facts: Facts };

/** All rows up to the end of the period, in their order. */
export function standingEntries(books: ClientBooks): Standing<EntryFacts>[] {
  const key = rememberNames();
  const rows = books.entries.map((entry) => standingOf(books, entry, entryFacts(entry, key)));
  return inOrder(books, rows);
}

export function standingExpenses(books: ClientBooks): Standing<ExpenseFacts>[] {
  const rows = books.expenses.map((expense) => standingOf(books, expense, expenseFacts(expense)));
  return inOrder(books, rows);
}

function inOrder<Facts extends EntryFacts | ExpenseFacts>(
  books: ClientBooks,
  rows: Standing<Facts>[],
): Standing<Facts>[] {
  const lastDay = lastDayOf(books.period);
  return rows.filter(({ facts }) => facts.date <= lastDay).sort((a, b) => comparePlaces(a.facts.place, b.facts.place));
}

function standingOf<Facts extends EntryFacts | ExpenseFacts>(
  books: ClientBooks,
  row: TimeEntry | Expense,
  facts: Facts,
): Standing<Facts> {
  const early = facts.date < firstDayOf(books.firstPeriod);
  switch (row.status) {
    case 'excluded':
      return { kind: 'excluded', facts, reason: null };
    case 'invoiced':
      if (early || isGone(row)) return { kind: 'excluded', facts, reason: null };
      return facts.line === '' ? { kind: 'waiting', facts } : { kind: 'priced', facts };
    case 'new':
    case 'flagged':
    case 'auto':
    case 'approved':
      if (early) return { kind: 'excluded', facts, reason: `before First period (${monthName(books.firstPeriod)})` };
      if (row.vanished === true)
        return { kind: 'excluded', facts, reason: 'gone in the time source before it was billed' };
      if (row.status === 'new' || row.status === 'flagged' || facts.line === '') return { kind: 'waiting', facts };
      return { kind: 'priced', facts };
  }
}

/** Gone in the source, and nobody wants it to stay as billed: its difference is billed, now or before. */
export function isGone(row: TimeEntry | Expense): boolean {
  return row.vanished === true && row.changed !== 'waiting' && row.changed !== 'ignored';
}

/**
 * The state of an entry that counts: as it was billed, while a change in the source waits for a person or was ignored; else
 * as it is now. The line is always the one that stands in the row: a person who chooses another bills the difference.
 */
function entryFacts(entry: TimeEntry, key: (name: string) => string): EntryFacts {
  const settled = entry.status === 'invoiced';
  const asBilled = settled && (entry.changed === 'waiting' || entry.changed === 'ignored') ? entry.asBilled : undefined;
  const source: EntryAsBilled = asBilled ?? entry;
  return {
    key: entry.key,
    place: placeOf(entry.key, source.date),
    date: source.date,
    person: source.person.trim(),
    personName: key(source.person),
    roleNames: source.roles.length === 0 ? noRoles : source.roles.map(key),
    taskName: key(source.task),
    notes: entry.notes,
    tracked: source.hours,
    rounded: source.roundedHours,
    sourceRate: source.rate,
    line: lineOf(entry, key),
    settled,
    differs: settled && differs(entry, key),
  };
}

function expenseFacts(expense: Expense): ExpenseFacts {
  const settled = expense.status === 'invoiced';
  const asBilled =
    settled && (expense.changed === 'waiting' || expense.changed === 'ignored') ? expense.asBilled : undefined;
  const source: ExpenseAsBilled = asBilled ?? expense;
  return {
    key: expense.key,
    place: placeOf(expense.key, source.date),
    date: source.date,
    category: source.category.trim(),
    person: source.person.trim(),
    notes: expense.notes,
    cost: source.cost,
    line: lineOf(expense, nameKey),
    settled,
    differs: settled && differs(expense, nameKey),
  };
}

function lineOf(row: TimeEntry | Expense, key: (name: string) => string): string {
  const line = isEmpty(row.line) && row.status === 'invoiced' ? row.asBilled?.line : row.line;
  return key(line ?? '');
}

function differs(row: TimeEntry | Expense, key: (name: string) => string): boolean {
  if (row.changed === 'bill difference') return true;
  return row.asBilled !== undefined && !isEmpty(row.line) && key(row.line ?? '') !== key(row.asBilled.line ?? '');
}

/** `nameKey` with a memory: many rows share few names. */
function rememberNames(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const key = nameKey(name);
    known.set(name, key);
    return key;
  };
}
