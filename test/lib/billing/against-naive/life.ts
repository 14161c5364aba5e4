import { draftClient } from '../../../../src/lib/billing/draft-client.ts';
import type {
  ClientBooks,
  ClientDrafts,
  EntryAsBilled,
  Expense,
  ExpenseAsBilled,
  HoldDecision,
  InvoiceStatus,
  Terms,
  TimeEntry,
} from '../../../../src/lib/billing/model.ts';
import { naiveDrafts } from '../../../naive-engine/naive-drafts.ts';
import { type NaiveDrafts, name } from '../../../naive-engine/naive-model.ts';
import { compareDrafts, compareTables } from './compare.ts';
import {
  balancesNow,
  firstNumbers,
  type Numbers,
  naiveBalancesNow,
  naiveNumbers,
  naiveRows,
  newRows,
  type Pair,
} from './tables.ts';
import type { Answer, Arrival, Step, World } from './world.ts';

/** The first moment at which the two engines differ. */
export interface Difference {
  readonly step: number;
  readonly what: readonly string[];
  readonly books: ClientBooks;
  readonly first: ClientDrafts | null;
  readonly naive: NaiveDrafts | null;
}

type Row = (TimeEntry | Expense) & Partial<Arrival>;

interface Life {
  readonly firstPeriod: string;
  terms: Terms;
  entries: (TimeEntry & Arrival)[];
  expenses: (Expense & Arrival)[];
  invoices: Pair[];
  decisions: HoldDecision[];
  /** Rows that vanished and whose difference was pushed. */
  gone: Set<string>;
  /**
   * Rows whose shown numbers are not compared, the known differences: after a void, of rows whose numbers the voided push
   * had rewritten; after a billed row moved to another month, of the rows of the month that it left.
   */
  unsure: Set<string>;
  /** Terms were edited. With a voided invoice too, Balances are not compared: rows of months without an own invoice may be old. */
  edited: boolean;
  /** Rows as they were when they were billed last. */
  billedAs: Map<string, EntryAsBilled | ExpenseAsBilled>;
  /** Billed hours, Covered hours and Amount as they stand in the tabs. */
  numbers: Map<string, { billed: string; covered: string; amount: string }>;
  naiveNumbers: Map<string, Numbers>;
  /** Number of comparisons made. */
  compared: number;
}

export interface Told {
  readonly difference: Difference | null;
  readonly compared: number;
}

/** Lives a world through both engines side by side, each with its own memory, until they differ or it ends. */
export function live(world: World): Told {
  const life: Life = {
    firstPeriod: world.firstPeriod,
    terms: world.terms,
    entries: world.entries.map((entry) => ({ ...entry })),
    expenses: world.expenses.map((expense) => ({ ...expense })),
    invoices: [],
    decisions: [],
    gone: new Set(),
    unsure: new Set(),
    edited: false,
    billedAs: new Map(),
    numbers: new Map(),
    naiveNumbers: new Map(),
    compared: 0,
  };
  for (const [at, step] of world.steps.entries()) {
    if (step.do === 'run') {
      const difference = run(life, step, at);
      if (difference !== null) return { difference, compared: life.compared };
    } else happen(life, step, at);
  }
  return { difference: null, compared: life.compared };
}

function run(life: Life, step: Step & { do: 'run' }, at: number): Difference | null {
  // Drafts that nobody approved yet are worked out anew before later ones.
  const open = life.invoices.filter((pair) => pair.period < step.period && isOpen(pair));
  for (const period of [...new Set(open.map((pair) => pair.period))].sort()) {
    const again = draft(life, period, at);
    if (again.difference !== null) return again.difference;
  }
  let drafted = draft(life, step.period, at);
  if (drafted.difference !== null) return drafted.difference;
  let reviewed = false;
  for (const row of [...life.entries, ...life.expenses]) {
    if ((row.status !== 'new' && row.status !== 'flagged') || row.arrives > at) continue;
    if (row.date.slice(0, 7) > step.period) continue;
    Object.assign(row, { status: row.review });
    reviewed = true;
  }
  if (reviewed) {
    drafted = draft(life, step.period, at);
    if (drafted.difference !== null) return drafted.difference;
  }
  for (const choice of step.choices) {
    const held = drafted.pairs.flatMap((pair) => pair.first.holds.map((hold) => ({ pair, hold })));
    const asked = held.flatMap(({ pair, hold }) =>
      hold.decisions.map((decision) => ({ invoice: pair.first.name, decision })),
    );
    const decision = asked[choice % Math.max(asked.length, 1)];
    if (decision === undefined) break;
    life.decisions.push(decision);
    drafted = draft(life, step.period, at);
    if (drafted.difference !== null) return drafted.difference;
  }
  for (const pair of drafted.pairs) {
    pair.status = pair.first.status === 'held' ? 'held' : step.approve ? 'approved' : 'draft';
  }
  const ready = drafted.pairs.filter((pair) => pair.status !== 'held');
  const wanted = step.push === 'none' ? [] : step.push === 'first' ? ready.slice(0, 1) : ready;
  for (const pair of wanted) push(life, pair);
  const billed = new Set(
    [...life.entries, ...life.expenses].filter((row) => row.status === 'invoiced').map((row) => row.key),
  );
  const isOn = ([key]: [string, unknown]): boolean =>
    billed.has(key.replace('expense ', '')) && !life.unsure.has(key.replace('expense ', ''));
  const isSure = !(life.edited && life.invoices.some((pair) => pair.status === 'voided'));
  const what = compareTables(
    isSure ? balancesNow(life.invoices) : new Map(),
    isSure ? naiveBalancesNow(life.invoices) : new Map(),
    new Map([...life.numbers].filter(isOn)),
    new Map([...life.naiveNumbers].filter(isOn)),
  );
  if (what.length === 0) return null;
  return { step: at, what, books: drafted.books, first: drafted.first, naive: drafted.naive };
}

function draft(
  life: Life,
  period: string,
  at: number,
): {
  difference: Difference | null;
  pairs: Pair[];
  books: ClientBooks;
  first: ClientDrafts | null;
  naive: NaiveDrafts | null;
} {
  const isKnown = (row: Row): boolean => (row.arrives ?? 0) <= at && row.date.slice(0, 7) <= period;
  const shared = {
    client: 'Acme',
    period,
    firstPeriod: life.firstPeriod,
    today: life.terms,
    entries: life.entries.filter(isKnown).map(bare),
    expenses: life.expenses.filter(isKnown).map(bare),
    decisions: life.decisions,
  };
  const books: ClientBooks = {
    ...shared,
    balances: [...balancesNow(life.invoices).values()],
    invoices: life.invoices.map(({ first, status }) => ({
      name: first.name,
      period: first.period,
      sow: first.sow,
      status,
      frozen: JSON.parse(JSON.stringify(first.frozen)),
    })),
  };
  const naiveBooks = {
    ...shared,
    invoices: life.invoices.map(({ naive, period: of, status }) => ({
      name: naive.name,
      sow: naive.sow,
      period: of,
      status,
      memory: naive.memory,
    })),
  };
  const isApproved = life.invoices.some((pair) => pair.period === period && pair.status === 'approved');
  life.compared += 1;
  let first: ClientDrafts | null = null;
  let naive: NaiveDrafts | null = null;
  const what: string[] = [];
  try {
    first = draftClient(books);
  } catch (error) {
    what.push(`the first engine throws: ${error instanceof Error ? error.stack : String(error)}`);
  }
  try {
    naive = naiveDrafts(naiveBooks);
  } catch (error) {
    what.push(`the naive engine throws: ${error instanceof Error ? error.stack : String(error)}`);
  }
  if (first !== null && naive !== null) what.push(...compareDrafts(first, naive, isApproved));
  if (first === null || naive === null || what.length > 0) {
    return { difference: { step: at, what, books, first, naive }, pairs: [], books, first, naive };
  }
  const gone = new Set(first.dropped.map(name));
  life.invoices = life.invoices.filter(
    (pair) =>
      !gone.has(name(pair.first.name)) &&
      (pair.period !== period || isFixed(pair.status) || pair.status === 'approved'),
  );
  const pairs: Pair[] = [];
  for (const invoice of first.invoices) {
    const twin = naive.invoices.find((each) => name(each.name) === name(invoice.name));
    if (twin !== undefined) {
      pairs.push({ first: invoice, naive: twin, period, status: invoice.status, wrote: [] });
    }
  }
  life.invoices.push(...pairs);
  return { difference: null, pairs, books, first, naive };
}

/** Pushes an invoice if the drafts that must go before it have gone. */
function push(life: Life, pair: Pair): void {
  const before = new Set(pair.naive.pushAfter.map(name));
  if (life.invoices.some((each) => before.has(name(each.first.name)) && !isFixed(each.status))) return;
  pair.wrote = newRows(naiveBalancesNow(life.invoices), naiveRows(pair.naive));
  for (const [key, row] of firstNumbers(pair.first)) life.numbers.set(key, row);
  for (const [key, row] of naiveNumbers(pair.naive)) life.naiveNumbers.set(key, row);
  pair.status = 'pushed';
  const results = [...pair.first.entryResults, ...pair.first.expenseResults];
  const now = new Set(results.filter((result) => result.becomesInvoiced).map((result) => result.key));
  const priced = new Set([...pair.naive.entries, ...pair.naive.expenseAmounts].map((each) => each.key));
  for (const row of [...life.entries, ...life.expenses]) {
    if (now.has(row.key)) Object.assign(row, { status: 'invoiced', invoice: pair.first.name });
    if (!priced.has(row.key) || stays(row)) continue;
    life.billedAs.set(row.key, snapshot(row));
    if (row.vanished === true) life.gone.add(row.key);
    if (row.vanished === true) continue;
    Reflect.deleteProperty(row, 'asBilled');
    Reflect.deleteProperty(row, 'changed');
  }
  // The newest push stands last, so that its rows win.
  life.invoices = [...life.invoices.filter((each) => each !== pair), pair];
}

function happen(life: Life, step: Exclude<Step, { do: 'run' }>, at: number): void {
  if (step.do.startsWith('edit')) life.edited = true;
  if (step.do === 'edit line') {
    const sowLines = life.terms.sowLines.map((line) => (line.line === step.line ? { ...line, ...step.set } : line));
    life.terms = { ...life.terms, sowLines };
  } else if (step.do === 'edit SOW') {
    life.terms = {
      ...life.terms,
      sows: life.terms.sows.map((sow) => (sow.sow === step.sow ? { ...sow, ...step.set } : sow)),
    };
  } else if (step.do === 'edit rates') life.terms = { ...life.terms, rates: step.rates };
  else if (step.do === 'void') voidInvoice(life, step.nth);
  else {
    const row = [...life.entries, ...life.expenses].find((each) => each.key === step.key && each.arrives <= at);
    if (row !== undefined) touch(life, row, step);
  }
}

type Touch = Exclude<Step, { do: 'run' | 'void' | 'edit line' | 'edit SOW' | 'edit rates' }>;

function touch(life: Life, row: Row, step: Touch): void {
  if (row.status !== 'invoiced') {
    if (step.do === 'change') Object.assign(row, step.facts);
    if (step.do === 'vanish') Object.assign(row, { vanished: true });
    if (step.do === 'move') Object.assign(row, { line: step.line });
    return;
  }
  if (life.gone.has(row.key) || (row.vanished === true && step.do === 'change')) return;
  const asBilled = life.billedAs.get(row.key);
  if (step.do === 'answer') {
    if (row.changed !== undefined) Object.assign(row, { changed: step.answer });
    return;
  }
  if (step.do === 'move') {
    Object.assign(row, { asBilled, line: step.line });
    return;
  }
  const facts = step.do === 'change' ? step.facts : { vanished: true };
  if (step.do === 'change' && step.facts.date !== undefined) {
    const left = row.date.slice(0, 7);
    for (const each of life.entries) if (each.date.startsWith(left)) life.unsure.add(each.key);
  }
  Object.assign(row, { asBilled, ...facts, changed: step.answer satisfies Answer });
}

const stays = (row: Row): boolean => row.changed === 'waiting' || row.changed === 'ignored';

function voidInvoice(life: Life, nth: number): void {
  const pushed = life.invoices.filter((pair) => pair.status === 'pushed');
  const pair = pushed[nth % Math.max(pushed.length, 1)];
  if (pair === undefined) return;
  pair.status = 'voided';
  for (const result of [...pair.naive.entries, ...pair.naive.expenseAmounts]) {
    if (!result.becomesInvoiced) life.unsure.add(result.key);
  }
  for (const row of [...life.entries, ...life.expenses]) {
    if (row.invoice !== pair.first.name) continue;
    Object.assign(row, { status: 'approved', invoice: null });
    life.gone.delete(row.key);
    Reflect.deleteProperty(row, 'asBilled');
    Reflect.deleteProperty(row, 'changed');
  }
}

function snapshot(row: Row): EntryAsBilled | ExpenseAsBilled {
  if ('cost' in row) {
    const { date, person, project, category, cost, line } = row;
    return { date, person, project, category, cost, line };
  }
  const { date, person, roles, project, task, hours, roundedHours, rate, line } = row;
  return { date, person, roles, project, task, hours, roundedHours, rate, line };
}

function bare<T extends Arrival>(row: T): Omit<T, keyof Arrival> {
  const { arrives: _, review: __, ...rest } = row;
  return rest;
}

const isOpen = (pair: Pair): boolean => pair.status === 'draft' || pair.status === 'held';
const isFixed = (status: InvoiceStatus): boolean => status === 'pushed' || status === 'voided';
