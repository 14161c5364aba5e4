import { addMonths, isMonth, monthOf, monthsFrom } from '../calendar.ts';
import { type Contract, type Line, readContract, type Sow } from './contract.ts';
import { type Correction, differencesOf } from './corrections.ts';
import type { EntryFacts, ExpenseFacts } from './facts.ts';
import {
  allTerms,
  answersSoFar,
  billedFor,
  draftOf,
  feeMonths,
  firstAnswers,
  firstPricing,
  type History,
  isKnown,
  isPushed,
  milestoneBilled,
  withMissingLines,
} from './history.ts';
import type { BalanceRow, ClientBooks, Month, Terms } from './model.ts';
import { nameKey } from './names.ts';
import { replayMonth } from './opening.ts';
import { priceMonth } from './price-month.ts';
import type { Answers, Charge, CountedDecision, PricedMonth } from './priced.ts';
import { makeRateFinder, type RateFinder } from './rate-card.ts';
import { feesDue } from './rules/fees.ts';
import { milestoneDue } from './rules/milestone.ts';
import { newSowState, type SowState } from './state.ts';

/**
 * How a SOW's month is taken while a period is drafted.
 * - `regular`: the period itself; its lines are the invoice
 * - `first`: nothing was pushed for it and it has no draft: today's terms, without fees and milestones; all of it is corrections
 * - `again`: it was priced before: its frozen terms; what differs from what was billed is corrections
 * - `draft`: it has a draft of its own; its balances are taken as they stand
 * - `rows`: only its rows of Balances are known, and nothing is to be billed for it
 */
export type MonthMode = 'regular' | 'first' | 'again' | 'draft' | 'rows';

export interface ChainMonth {
  readonly month: Month;
  readonly mode: MonthMode;
  readonly contract: Contract;
  readonly sow: Sow | null;
  readonly charges: readonly Charge[];
  readonly expenses: readonly ExpenseFacts[];
  /** Keys of billed entries and expenses that are gone in the source: their numbers become 0. */
  readonly gone: readonly string[];
  readonly goneExpenses: readonly string[];
  readonly priced: PricedMonth | null;
  readonly corrections: readonly Correction[];
  /** Decisions of the invoice that is drafted that met a hold of this month. */
  readonly decided: readonly CountedDecision[];
  readonly closing: SowState;
}

/** A SOW's months from First period to the period that is drafted, each opened by the one before. */
export interface Chain {
  /** `nameKey` of the SOW. */
  readonly sow: string;
  readonly months: readonly ChainMonth[];
  /** The period has an invoice on its way to QuickBooks: nothing is drafted for this SOW until that is pushed. */
  readonly pending: boolean;
}

export interface ChainContext {
  readonly books: ClientBooks;
  readonly history: History;
  /** Entries and expenses that are billed, in order, by SOW and month. */
  readonly entries: ReadonlyMap<string, readonly EntryFacts[]>;
  readonly expenses: ReadonlyMap<string, readonly ExpenseFacts[]>;
  /** Billed entries and expenses that are gone in the source, whose difference is to be billed. */
  readonly gone: ReadonlyMap<string, readonly EntryFacts[]>;
  readonly goneExpenses: ReadonlyMap<string, readonly ExpenseFacts[]>;
  /** Contracts already read, by their terms. */
  readonly contracts: Map<Terms, ReadContract>;
}

interface ReadContract {
  readonly contract: Contract;
  readonly findRate: RateFinder;
}

/** Where rows of a SOW's month are found in `entries` and `expenses`. */
export function placeKey(sow: string, month: Month): string {
  return `${month} ${sow}`;
}

/** Prices a SOW month by month. `decided` is what was decided on the invoice that is drafted. */
export function chainOf(context: ChainContext, sow: string, decided: Answers): Chain {
  const { books, history } = context;
  const rows = books.balances
    .filter((row) => isMonth(row.period))
    .sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
  let state = openingState(context, sow, rows);
  const months: ChainMonth[] = [];
  for (const month of monthsFrom(books.firstPeriod, books.period)) {
    const made = chainMonth(context, sow, month, state, decided, rows);
    months.push(made);
    state = made.closing;
  }
  return { sow, months, pending: draftOf(history, sow, books.period) !== undefined };
}

function openingState(context: ChainContext, sow: string, rows: readonly BalanceRow[]): SowState {
  const { contract } = read(context, context.books.today);
  const terms = contract.sows.find((one) => nameKey(one.name) === sow);
  if (terms === undefined) return newSowState;
  const { firstPeriod } = context.books;
  const earliest = rows[0]?.period ?? firstPeriod;
  const before = monthsFrom(earliest, addMonths(firstPeriod, -1));
  return before.reduce((state, month) => replayMonth(state, rows, month, terms, contract), newSowState);
}

function chainMonth(
  context: ChainContext,
  sow: string,
  month: Month,
  opening: SowState,
  decided: Answers,
  rows: readonly BalanceRow[],
): ChainMonth {
  const { books, history } = context;
  const entries = context.entries.get(placeKey(sow, month)) ?? [];
  const expenses = context.expenses.get(placeKey(sow, month)) ?? [];
  const before = firstPricing(history, sow, month);
  const lines = [...new Set([...entries, ...expenses].map((one) => one.line))];
  const { contract, findRate } = read(
    context,
    withMissingLines(before?.terms ?? books.today, lines, allTerms(books, history)),
  );
  const terms = contract.sows.find((one) => nameKey(one.name) === sow) ?? null;
  const draft = month < books.period ? draftOf(history, sow, month) : undefined;
  const base = {
    month,
    contract,
    sow: terms,
    charges: [],
    expenses,
    gone: [],
    goneExpenses: [],
    priced: null,
    corrections: [],
    decided: [],
  };
  if (draft !== undefined) {
    const stands = draft.frozen.months.find((one) => one.month === month && one.sow === sow);
    return { ...base, mode: 'draft', closing: stands?.closing ?? opening };
  }
  if (terms === null) return { ...base, mode: 'rows', closing: opening };
  const mode = modeOf(context, sow, month, before !== null);
  const idle = entries.length === 0 && expenses.length === 0;
  if (mode === 'first' && idle && hasRows(rows, terms, month) && !isKnown(books, history, sow, month)) {
    return { ...base, mode: 'rows', closing: replayMonth(opening, rows, month, terms, contract) };
  }
  const charges = mode === 'regular' ? chargesDue(context, terms, contract) : (before?.frozen.charges ?? []);
  const answered = answersSoFar(history, sow, month);
  const priced = priceMonth({
    month,
    contract,
    sow: terms,
    findRate,
    entries,
    expenses,
    charges,
    opening,
    answers: firstAnswers(answered, decided),
    keepRows: new Set(rows.flatMap((row) => (row.period === month ? [nameKey(row.line)] : []))),
  });
  const billed = billedFor(history, sow, month);
  const gone = (context.gone.get(placeKey(sow, month)) ?? []).map(({ key }) => key);
  const goneExpenses = (context.goneExpenses.get(placeKey(sow, month)) ?? []).map(({ key }) => key);
  const corrections = differencesOf(sow, month, mode === 'regular' ? null : priced, billed, contract.decimals);
  const now = priced.counted.filter(({ kind }) => (kind === 'overage' ? answered.overage : answered.caps) === null);
  return {
    month,
    mode,
    contract,
    sow: terms,
    charges,
    expenses,
    gone,
    goneExpenses,
    priced,
    corrections,
    decided: now,
    closing: priced.closing,
  };
}

function modeOf({ books, history }: ChainContext, sow: string, month: Month, pricedBefore: boolean): MonthMode {
  if (pricedBefore) return 'again';
  return month === books.period && !isPushed(history, sow, month) ? 'regular' : 'first';
}

function hasRows(rows: readonly BalanceRow[], sow: Sow, month: Month): boolean {
  const names = new Set([nameKey(sow.name), ...sow.lines.map((line) => nameKey(line.key))]);
  return rows.some((row) => row.period === month && names.has(nameKey(row.line)));
}

function chargesDue(context: ChainContext, sow: Sow, contract: Contract): Charge[] {
  return sow.lines.flatMap((line) => chargesOfLine(context, line, contract));
}

function chargesOfLine({ books, history }: ChainContext, line: Line, contract: Contract): Charge[] {
  const { period, firstPeriod } = books;
  const { rule } = line;
  const key = nameKey(line.key);
  switch (rule.kind) {
    case 'fixed monthly':
    case 'retainer of hours':
    case 'retainer of money':
      return feesDue(line, rule.fee, rule.timing, {
        period,
        firstPeriod,
        currency: contract.currency,
        billedFor: feeMonths(books, history, key),
      });
    case 'milestone':
      return milestoneDue(line, rule.fee, rule.completedOn, period, firstPeriod, milestoneBilled(history, key));
    case 'hourly':
    case 'tiered':
    case 'covered':
    case 'expense':
    case 'non-billable':
      return [];
  }
}

function read({ contracts }: ChainContext, terms: Terms): ReadContract {
  const known = contracts.get(terms);
  if (known !== undefined) return known;
  const contract = readContract(terms);
  const made = { contract, findRate: makeRateFinder(terms.rates) };
  contracts.set(terms, made);
  return made;
}

/** Sorts rows into SOW and month. Rows on lines that no terms know are left out; the checks report them. */
export function bySowAndMonth<Facts extends EntryFacts | ExpenseFacts>(
  rows: readonly Facts[],
  sowOf: ReadonlyMap<string, string>,
): Map<string, Facts[]> {
  const sorted = new Map<string, Facts[]>();
  for (const facts of rows) {
    const sow = sowOf.get(facts.line);
    if (sow === undefined) continue;
    const key = placeKey(sow, monthOf(facts.date));
    const list = sorted.get(key);
    if (list === undefined) sorted.set(key, [facts]);
    else list.push(facts);
  }
  return sorted;
}
