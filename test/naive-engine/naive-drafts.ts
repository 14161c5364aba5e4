import type { ClientBooks, Decision, LineKind, Part } from '../../src/lib/billing/model.ts';
import { monthOf } from './calendar.ts';
import { type ChainMonth, chainOf, differences, itemsOf, type Others } from './chain.ts';
import { type Num, ONE, round, sum, times, ZERO } from './decimal.ts';
import {
  type Billed,
  type HoldKind,
  type NaiveBooks,
  type NaiveDrafts,
  type NaiveExisting,
  type NaiveInvoice,
  type NaiveLine,
  name,
} from './naive-model.ts';
import { decimalsOf, type PricedLine, sowLines } from './price-month.ts';
import { roundedHours, workNow } from './work.ts';

/**
 * A second, slow engine, written from docs/billing-rules.md alone, to compare the first with. It remembers nothing but what
 * was billed: every run prices all months from First period on again, and a month that was pushed shows as a difference.
 */
export function naiveDrafts(books: NaiveBooks): NaiveDrafts {
  const live = books.invoices.filter((invoice) => invoice.status !== 'voided');
  const isPushed = (invoice: NaiveExisting): boolean => ['pushed', 'paid', 'pushing'].includes(invoice.status);
  const earlier = live.filter((invoice) => !isPushed(invoice) && invoice.period < books.period);
  const negative = earlier.filter((invoice) => invoice.memory.total < 0n);
  const others: Others = {
    settled: live.filter((each) => isPushed(each) || (each.status === 'approved' && each.period !== books.period)),
    drafts: earlier.filter((invoice) => !negative.includes(invoice)),
  };
  const own = live.filter((invoice) => !isPushed(invoice) && invoice.period === books.period);
  const replaced = own.filter((invoice) => invoice.status !== 'approved');
  const taken = new Set(books.invoices.filter((invoice) => !replaced.includes(invoice)).map((each) => name(each.name)));

  const sows = books.today.sows.map((sow) => sow.sow);
  const groups = books.today.client.invoicePer === 'SOW' ? sows.map((sow) => [sow]) : [sows];
  const chains: ChainMonth[] = [];
  const asked: Ask[] = [];
  for (const group of groups) {
    const only = books.today.client.invoicePer === 'SOW' ? (group[0] ?? '') : null;
    const base = `${books.period} ${books.today.client.client}${only === null ? '' : ` ${only}`}`;
    let free = base;
    for (let count = 2; taken.has(name(free)); count += 1) free = `${base} (${count})`;
    // What somebody approved stays as it is.
    const stands = own.find(
      (each) => each.status === 'approved' && (each.sow === only || each.sow === null || only === null),
    );
    const answers = answersOn(stands?.name ?? free, books);
    const months = group.flatMap((sow) => chainOf(books, name(sow), others, answers));
    chains.push(...months);
    if (stands === undefined) {
      const covers = (draft: NaiveExisting): boolean =>
        draft.memory.months.some((month) => group.some((sow) => name(sow) === month.sow));
      const pushAfter = others.drafts.filter(covers).map((draft) => draft.name);
      asked.push({ free, only, group, months, answers, pushAfter });
    }
  }
  const isHeld = isWaiting(books) || chains.some((month) => month.noRate.length > 0);
  const invoices = asked.map((ask) => invoiceOf(ask, isHeld, books)).filter((invoice) => invoice.lines.length > 0);
  const gone = replaced.filter((each) => !invoices.some((invoice) => name(invoice.name) === name(each.name)));
  return { invoices, dropped: [...negative, ...gone].map((each) => each.name), parts: partsOf(books, chains) };
}

/** `bill` answers overages, `raise cap` caps, `absorb` all that are still open. */
function answersOn(invoice: string, books: NaiveBooks): Record<HoldKind, Decision | null> {
  const said = books.decisions.filter((each) => name(each.invoice) === name(invoice)).map((each) => each.decision);
  const rest = said.includes('absorb') ? 'absorb' : null;
  return {
    overage: said.includes('bill') ? 'bill' : rest,
    cap: said.includes('raise cap') ? 'raise cap' : rest,
  };
}

interface Ask {
  readonly free: string;
  readonly only: string | null;
  readonly group: readonly string[];
  readonly months: readonly ChainMonth[];
  readonly answers: Readonly<Record<HoldKind, Decision | null>>;
  readonly pushAfter: readonly string[];
}

function invoiceOf(
  { free, only, group, months, answers, pushAfter }: Ask,
  isHeld: boolean,
  books: NaiveBooks,
): NaiveInvoice {
  const decimals = decimalsOf(books.today.client);
  const lines = group.flatMap((sow) => linesOfSow(sow, months, books, decimals));
  const total = sum(lines.map((line) => line.amount));
  const of = (...kinds: LineKind[]): Num =>
    sum(lines.filter((line) => kinds.includes(line.kind)).map((line) => line.amount));
  const holds = new Set<string>();
  const decisions: NaiveInvoice['memory']['decisions'][number][] = [];
  for (const month of months) {
    for (const kind of month.priced.causes) {
      if (month.decisions[kind] === null) holds.add(`${kind} ${month.month} ${month.sow}`);
      const answer = answers[kind];
      if (month.decided[kind] === null && answer !== null) {
        decisions.push({ month: month.month, sow: month.sow, kind, decision: answer });
      }
    }
  }
  if (isHeld) holds.add('waiting');
  if (total < 0n) holds.add('negative total');
  const isNew = new Set(
    [...books.entries, ...books.expenses].filter((row) => row.status !== 'invoiced').map((row) => row.key),
  );
  const works = months.flatMap((month) => month.priced.pieces.map((piece) => ({ piece, month })));
  const keys = [...new Set(works.map(({ piece }) => piece.work.key))];
  const ownHours = works.filter(({ piece }) => piece.work.isNew).map(({ piece }) => piece.hours);
  const amounts = new Map(months.flatMap((month) => [...month.priced.amounts]));
  const costKeys = months.flatMap((month) =>
    books.expenses.map((each) => each.key).filter((key) => month.priced.amounts.has(key)),
  );
  const inGroup = new Set(group.flatMap((sow) => sowLines(books.today, sow).map((line) => name(line.line))));
  const pricedMonths = new Set(months.map((month) => month.month));
  const goneFrom = (rows: readonly { key: string; line: string | null; date: string; asBilled?: { date: string } }[]) =>
    rows
      .filter((row) => inGroup.has(name(row.line ?? '')) && pricedMonths.has(monthOf(row.asBilled?.date ?? row.date)))
      .map((row) => row.key);
  const goneEntries = goneFrom(books.entries.filter(isGone));
  const goneExpenses = goneFrom(books.expenses.filter(isGone));
  const hoursOf = (key: string, ...fates: string[]): Num =>
    sum(
      works.filter(({ piece }) => piece.work.key === key && fates.includes(piece.fate)).map(({ piece }) => piece.hours),
    );
  return {
    name: free,
    sow: only,
    status: holds.size > 0 ? 'held' : 'draft',
    holds: [...holds].sort(),
    pushAfter: [...pushAfter].sort(),
    lines,
    hours: sum(ownHours),
    fees: of('time', 'overage', 'fee', 'milestone', 'minimum'),
    expenses: of('expense'),
    adjustments: of('covered', 'discount', 'cap', 'correction'),
    total,
    balances: months.flatMap((month) => month.priced.balances),
    entries: [...keys, ...goneEntries].map((key) => ({
      key,
      billed: hoursOf(key, 'time', 'overage'),
      covered: hoursOf(key, 'covered'),
      amount: amounts.get(key) ?? ZERO,
      becomesInvoiced: isNew.has(key),
    })),
    expenseAmounts: [...costKeys, ...goneExpenses].map((key) => ({
      key,
      amount: amounts.get(key) ?? ZERO,
      becomesInvoiced: isNew.has(key),
    })),
    memory: {
      terms: books.today,
      total,
      months: months.map((month) => ({
        month: month.month,
        sow: month.sow,
        first: month.first,
        charges: month.current ? month.charges : [],
        closing: month.priced.closing,
      })),
      decisions,
      billed: months.flatMap((month) =>
        month.current
          ? [...itemsOf(month.month, month.sow, month.priced), ...differences([], month.billed)]
          : differences(itemsOf(month.month, month.sow, month.priced), month.billed),
      ),
    },
  };
}

/** The lines of a SOW: each SOW line with its corrections, the SOW's cap with its corrections, the discount with its. */
function linesOfSow(sow: string, all: readonly ChainMonth[], books: NaiveBooks, decimals: number): NaiveLine[] {
  const months = all.filter((month) => month.sow === name(sow));
  const own = months.filter((month) => month.current).flatMap((month) => month.priced.lines);
  const corrections = months.flatMap((month) => {
    const now = month.current ? [] : itemsOf(month.month, month.sow, month.priced);
    return differences(now, month.billed).sort(byKindAndRate);
  });
  const pick = (line: string, ...kinds: LineKind[]): NaiveLine[] => [
    ...own.filter((each) => name(each.line) === name(line) && (kinds.length === 0 || kinds.includes(each.kind))),
    ...corrections
      .filter((each) => each.line === name(line) && (kinds.length === 0 || kinds.includes(each.kind)))
      .map((each) => correction(line, each, decimals)),
  ];
  const byLine = sowLines(books.today, sow).flatMap((line) => pick(line.line));
  return [...byLine, ...pick(sow, 'cap'), ...pick(sow, 'discount')].map(written);
}

const KINDS: LineKind[] = ['fee', 'milestone', 'time', 'overage', 'covered', 'expense', 'minimum', 'cap', 'discount'];

function byKindAndRate(a: Billed, b: Billed): number {
  const kinds = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (kinds !== 0) return kinds;
  return (a.rate ?? ZERO) > (b.rate ?? ZERO) ? -1 : 1;
}

function correction(line: string, item: Billed, decimals: number): NaiveLine {
  const plain = { sowLine: line, kind: 'correction' as const, amount: item.amount, keys: [] };
  if (item.rate !== null && round(times(item.hours, item.rate), decimals) === item.amount) {
    return { ...plain, quantity: item.hours, unitPrice: item.rate };
  }
  return { ...plain, quantity: ONE, unitPrice: item.amount };
}

function written(line: NaiveLine | PricedLine): NaiveLine {
  const { sowLine, kind, quantity, unitPrice, amount, keys } = line;
  return { sowLine, kind, quantity, unitPrice, amount, keys };
}

/** Billed once, then gone in the source, and a person bills the difference. */
function isGone(row: Pick<ClientBooks['entries'][number], 'status' | 'vanished' | 'changed'>): boolean {
  return row.status === 'invoiced' && row.vanished === true && row.changed === 'bill difference';
}

function isWaiting(books: Pick<ClientBooks, 'entries' | 'expenses' | 'firstPeriod' | 'period'>): boolean {
  return [...books.entries, ...books.expenses].some(
    (row) =>
      (row.status === 'new' || row.status === 'flagged') &&
      row.vanished !== true &&
      monthOf(row.date) >= books.firstPeriod &&
      monthOf(row.date) <= books.period,
  );
}

/** Where the hours of the period's own entries went. */
function partsOf(books: NaiveBooks, chains: readonly ChainMonth[]): Record<Part, Num> {
  const parts = { billed: ZERO, covered: ZERO, absorbed: ZERO, recorded: ZERO, excluded: ZERO, waiting: ZERO };
  const asIs = (entry: NaiveBooks['entries'][number] | undefined): Num => {
    if (entry === undefined) return ZERO;
    const line = books.today.sowLines.find((each) => name(each.line) === name(entry.line ?? ''));
    const sow = books.today.sows.find((each) => name(each.sow) === name(line?.sow ?? ''));
    const work = workNow({ ...entry, status: 'approved', vanished: false });
    if (work === null) return ZERO;
    const any = sow ?? books.today.sows[0];
    return any === undefined ? ZERO : roundedHours(work, sow ?? { ...any, roundHours: '' }, books.today);
  };
  for (const entry of books.entries) {
    if (monthOf(entry.date) !== books.period) continue;
    if (entry.status === 'excluded' || isGone(entry) || (entry.vanished === true && entry.status !== 'invoiced'))
      parts.excluded += asIs(entry);
    else if (entry.status === 'new' || entry.status === 'flagged') parts.waiting += asIs(entry);
  }
  for (const month of chains.filter((each) => each.month === books.period)) {
    for (const work of month.noRate) parts.waiting += asIs(books.entries.find((each) => each.key === work.key));
    for (const piece of month.priced.pieces) {
      const part: Part = piece.fate === 'time' || piece.fate === 'overage' ? 'billed' : piece.fate;
      parts[part] += piece.hours;
    }
  }
  return parts;
}
