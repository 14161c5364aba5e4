import type { Decision, Month, Terms } from '../../src/lib/billing/model.ts';
import { addMonths, monthOf } from './calendar.ts';
import { chargesOf } from './charges.ts';
import { type Num, numOrNull, ZERO } from './decimal.ts';
import {
  type Billed,
  type Charge,
  type HoldKind,
  type MonthMemory,
  type NaiveBooks,
  type NaiveExisting,
  name,
  type SowState,
} from './naive-model.ts';
import { type PricedMonth, priceMonth } from './price-month.ts';
import { type Cost, costNow, type Work, workNow } from './work.ts';

/** A month of a SOW as this run priced it. */
export interface ChainMonth {
  readonly month: Month;
  readonly sow: string;
  readonly terms: Terms;
  readonly priced: PricedMonth;
  readonly charges: readonly Charge[];
  /** Nobody priced it on a pushed invoice before. */
  readonly first: boolean;
  /** Its lines stand on the invoice themselves; else only what differs from `billed` does. */
  readonly current: boolean;
  readonly billed: readonly Billed[];
  /** What was decided on earlier invoices. */
  readonly decided: Readonly<Record<HoldKind, Decision | null>>;
  /** What is decided now, this invoice's decisions included. */
  readonly decisions: Readonly<Record<HoldKind, Decision | null>>;
  /** Entries that need a rate and have none: they are flagged. */
  readonly noRate: readonly Work[];
}

export interface Others {
  /** Pushed, paid, on the way, or approved, so that it will be pushed as it is: it fixes the terms of what it priced first. */
  readonly settled: readonly NaiveExisting[];
  /** Drafts of earlier periods that stand. */
  readonly drafts: readonly NaiveExisting[];
}

/** Prices every month of a SOW from First period to the period, one after the other, skipping months with a draft of their own. */
export function chainOf(
  books: NaiveBooks,
  sow: string,
  others: Others,
  answers: Readonly<Record<HoldKind, Decision | null>>,
): ChainMonth[] {
  const works = books.entries.map(workNow).filter((work): work is Work => work !== null);
  const costs = books.expenses.map(costNow).filter((cost): cost is Cost => cost !== null);
  const known = others.settled;
  const memories = [...new Set([...known, ...others.drafts])].map((invoice) => invoice.memory);
  const found: ChainMonth[] = [];
  let state: SowState = { lines: new Map(), billed: ZERO };
  for (let month = books.firstPeriod; month <= books.period; month = addMonths(month, 1)) {
    const draft = others.drafts
      .filter((invoice) => invoice.period === month)
      .flatMap((invoice) => monthIn(invoice, month, sow))
      .at(-1);
    if (draft !== undefined) {
      state = draft.closing;
      continue;
    }
    const owner = known.find((invoice) => monthIn(invoice, month, sow).some((each) => each.first));
    const terms = owner === undefined ? books.today : owner.memory.terms;
    const sowTerms = terms.sows.find((each) => name(each.sow) === sow);
    if (sowTerms === undefined) continue;
    const current = owner === undefined && month === books.period;
    const charged = known.flatMap((invoice) => monthIn(invoice, month, sow)).flatMap((each) => each.charges);
    const everCharged = memories.flatMap((memory) =>
      memory.months.filter((each) => each.sow === sow).flatMap((each) => each.charges),
    );
    const charges = current ? chargesOf(books, terms, sowTerms, everCharged) : charged;
    const decided = {
      overage: decidedBefore(memories, month, sow, 'overage'),
      cap: decidedBefore(memories, month, sow, 'cap'),
    };
    const decisions = { overage: decided.overage ?? answers.overage, cap: decided.cap ?? answers.cap };
    const lineNames = new Set(terms.sowLines.filter((line) => name(line.sow) === sow).map((line) => name(line.line)));
    const isHere = (row: Work | Cost): boolean => monthOf(row.date) === month && lineNames.has(row.line);
    const here = works.filter(isHere);
    const noRate = here.filter((work) => !hasRate(work, terms));
    const priced = priceMonth({
      terms,
      sow: sowTerms,
      month,
      works: here.filter((work) => !noRate.includes(work)),
      costs: costs.filter(isHere),
      opening: state,
      charges,
      decisions,
    });
    const billed = memories.flatMap((memory) =>
      memory.billed.filter((each) => each.month === month && each.sow === sow),
    );
    const first = owner === undefined;
    found.push({ month, sow, terms, priced, charges, first, current, billed, decided, decisions, noRate });
    state = priced.closing;
  }
  return found;
}

/** Whether an entry on a line that bills every hour finds its rate. */
function hasRate(work: Work, terms: Terms): boolean {
  const line = terms.sowLines.find((each) => name(each.line) === work.line);
  const retainer = terms.sowLines.find((each) => name(each.line) === name(line?.retainer || line?.line || ''));
  const inMoney = retainer?.billing === 'retainer' && numOrNull(retainer.includedAmount) !== null;
  if (line === undefined || retainer === undefined || (line.billing !== 'hourly' && !inMoney)) return true;
  return work.sourceRate !== null || [line, retainer].some((each) => each.rate !== null && each.rate !== '');
}

function monthIn(invoice: NaiveExisting, month: Month, sow: string): MonthMemory[] {
  return invoice.memory.months.filter((each) => each.month === month && each.sow === sow);
}

function decidedBefore(
  memories: readonly NaiveExisting['memory'][],
  month: Month,
  sow: string,
  kind: HoldKind,
): Decision | null {
  const found = memories
    .flatMap((memory) => memory.decisions)
    .find((each) => each.month === month && each.sow === sow && each.kind === kind);
  return found?.decision ?? null;
}

/** Sums what is alike: per SOW line and kind, for time and overage also per rate. */
export function totals(items: readonly Billed[]): Billed[] {
  const found: Billed[] = [];
  for (const item of items) {
    const at = found.findIndex((each) => each.line === item.line && each.kind === item.kind && each.rate === item.rate);
    const same = found[at];
    if (same === undefined) found.push(item);
    else found[at] = { ...same, hours: same.hours + item.hours, amount: same.amount + item.amount };
  }
  return found;
}

/** What a month comes to, as items to bill. */
export function itemsOf(month: Month, sow: string, priced: PricedMonth): Billed[] {
  return totals(
    priced.lines.map((line) => ({
      month,
      sow,
      line: name(line.line),
      kind: line.kind === 'correction' ? 'time' : line.kind,
      rate: line.rate,
      hours: line.rate === null ? ZERO : line.quantity,
      amount: line.amount,
    })),
  );
}

/** Now less before. */
export function differences(now: readonly Billed[], before: readonly Billed[]): Billed[] {
  const minus = before.map((item) => ({ ...item, hours: -item.hours, amount: -item.amount }));
  return totals([...now, ...minus]).filter((item: { amount: Num }) => item.amount !== 0n);
}
