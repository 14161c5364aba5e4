import type {
  BilledItem,
  ClientBooks,
  ExistingInvoice,
  FrozenInvoice,
  FrozenMonth,
  InvoiceStatus,
  LineTerms,
  Month,
  Terms,
} from './model.ts';
import { isEmpty, nameKey } from './names.ts';
import type { Answers } from './priced.ts';

/** An invoice that stays as it is while this period is drafted: what it billed counts as billed. */
export interface CountedInvoice extends ExistingInvoice {
  readonly frozen: FrozenInvoice;
}

/** What invoices so far say about a client. */
export interface History {
  readonly counted: readonly CountedInvoice[];
  /** Drafts of earlier periods with a negative total: they are dropped, their content travels as corrections. */
  readonly negative: readonly string[];
}

const notRebuilt: ReadonlySet<InvoiceStatus> = new Set(['approved', 'pushing', 'failed', 'pushed', 'paid']);
const waitsForPush: ReadonlySet<InvoiceStatus> = new Set(['draft', 'held', 'approved', 'pushing', 'failed']);

export function readHistory(books: ClientBooks): History {
  const counted: CountedInvoice[] = [];
  const negative: string[] = [];
  for (const invoice of books.invoices) {
    const { frozen, status, period } = invoice;
    const open = status === 'draft' || status === 'held';
    if (frozen === undefined || status === 'voided' || (open && period >= books.period)) continue;
    if (open && frozen.total.startsWith('-')) negative.push(invoice.name);
    else counted.push({ ...invoice, frozen });
  }
  return { counted: counted.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0)), negative };
}

/** Whether the invoice stands for this SOW. */
export function covers(invoice: ExistingInvoice, sow: string): boolean {
  return isEmpty(invoice.sow) || nameKey(invoice.sow ?? '') === sow;
}

/** An invoice of the month that is drafted but not pushed: the month's balances are taken as they stand there. */
export function draftOf(history: History, sow: string, month: Month): CountedInvoice | undefined {
  return history.counted.find(
    (invoice) => invoice.period === month && waitsForPush.has(invoice.status) && covers(invoice, sow),
  );
}

/**
 * Whether this SOW's month was pushed: a draft of it then holds corrections only. An additional invoice of the month that outlives
 * the voided first one does not count, for the month is drafted anew in full.
 */
export function isPushed(history: History, sow: string, month: Month): boolean {
  return history.counted.some(
    (invoice) =>
      invoice.period === month &&
      notRebuilt.has(invoice.status) &&
      covers(invoice, sow) &&
      invoice.frozen.months.some((one) => one.first && one.month === month && one.sow === sow),
  );
}

/** Invoices of earlier periods that must be pushed before one of this period and SOW. */
export function pushBefore(history: History, sow: string | null, period: Month): string[] {
  return history.counted
    .filter(
      (invoice) =>
        invoice.period < period && waitsForPush.has(invoice.status) && (sow === null || covers(invoice, nameKey(sow))),
    )
    .map((invoice) => invoice.name);
}

/** The invoice, pushed or on its way, that priced the SOW's month for the first time: its terms are those of the month. */
export function firstPricing(
  history: History,
  sow: string,
  month: Month,
): { terms: Terms; frozen: FrozenMonth } | null {
  for (const invoice of history.counted) {
    if (!notRebuilt.has(invoice.status)) continue;
    const frozen = invoice.frozen.months.find((one) => one.first && one.month === month && one.sow === sow);
    if (frozen !== undefined) return { terms: invoice.frozen.terms, frozen };
  }
  return null;
}

/** All that was billed for the SOW's month so far, by the invoice it was meant for and by corrections. */
export function billedFor(history: History, sow: string, month: Month): BilledItem[] {
  return history.counted.flatMap((invoice) =>
    invoice.frozen.billed.filter((item) => item.month === month && item.sow === sow),
  );
}

/**
 * Months whose fee is billed already: by the rows of Balances, and by invoices that are not pushed yet. Rows of a period
 * whose invoice was voided say nothing, also where a later invoice has rewritten them.
 */
export function feeMonths(books: ClientBooks, history: History, line: string): Set<Month> {
  const fromRows = books.balances
    .filter((row) => nameKey(row.line) === line && !wasVoided(books, row.period))
    .flatMap((row) => row.feeBilledFor.split(/[\s,;]+/));
  const fromInvoices = chargesOf(history, line).flatMap((charge) => (charge.kind === 'fee' ? [charge.month] : []));
  return new Set([...fromRows, ...fromInvoices].filter((month) => month !== ''));
}

/** Whether an invoice of the period was voided. */
export function wasVoided(books: ClientBooks, period: Month): boolean {
  return books.invoices.some((invoice) => invoice.status === 'voided' && invoice.period === period);
}

/** Whether the SOW's month ever had an invoice, a voided one too, or something billed for it. */
export function isKnown(books: ClientBooks, history: History, sow: string, month: Month): boolean {
  return (
    books.invoices.some((one) => one.period === month && covers(one, sow)) || billedFor(history, sow, month).length > 0
  );
}

export function milestoneBilled(history: History, line: string): boolean {
  return chargesOf(history, line).some((charge) => charge.kind === 'milestone');
}

function chargesOf(history: History, line: string) {
  return history.counted.flatMap((invoice) =>
    invoice.frozen.months.flatMap((month) => month.charges.filter((charge) => charge.line === line)),
  );
}

/** What was decided about a SOW's month in earlier invoices; it goes on to count. */
export function answersSoFar(history: History, sow: string, month: Month): Answers {
  let answers: Answers = { overage: null, caps: null };
  for (const invoice of history.counted) {
    for (const one of invoice.frozen.decisions) {
      if (one.month !== month || one.sow !== sow) continue;
      if (one.kind === 'overage' && one.decision !== 'raise cap') answers = { ...answers, overage: one.decision };
      if (one.kind === 'cap' && one.decision !== 'bill') answers = { ...answers, caps: one.decision };
    }
  }
  return answers;
}

/** One decision on an invoice answers every hold of its kind: `bill` overages, `raise cap` caps, `absorb` what is still open. */
export function answersOn(books: ClientBooks, invoice: string): Answers {
  const decided = new Set(books.decisions.filter((one) => one.invoice === invoice).map((one) => one.decision));
  const rest = decided.has('absorb') ? 'absorb' : null;
  return { overage: decided.has('bill') ? 'bill' : rest, caps: decided.has('raise cap') ? 'raise cap' : rest };
}

export function firstAnswers(first: Answers, second: Answers): Answers {
  return { overage: first.overage ?? second.overage, caps: first.caps ?? second.caps };
}

/** The terms of all invoices and of today, newest first: where a line is looked up that a month's own terms do not have. */
export function allTerms(books: ClientBooks, history: History): Terms[] {
  return [books.today, ...history.counted.map((invoice) => invoice.frozen.terms).reverse()];
}

/**
 * The terms of a month, and with them the lines that entries of the month stand on today although the month did not know
 * them (a line made later): with their SOW, their retainer and their rate card.
 */
export function withMissingLines(terms: Terms, lines: readonly string[], others: readonly Terms[]): Terms {
  let result = terms;
  for (const line of lines) result = withLine(result, line, others);
  return result;
}

function withLine(terms: Terms, line: string, others: readonly Terms[]): Terms {
  if (line === '' || terms.sowLines.some((row) => nameKey(row.line) === line)) return terms;
  for (const other of others) {
    const row = other.sowLines.find((one) => nameKey(one.line) === line);
    if (row === undefined) continue;
    const sow = terms.sows.some((one) => nameKey(one.sow) === nameKey(row.sow))
      ? []
      : other.sows.filter((one) => nameKey(one.sow) === nameKey(row.sow));
    const extended = {
      ...terms,
      sows: [...terms.sows, ...sow],
      sowLines: [...terms.sowLines, row],
      rates: withCard(terms, row, other),
    };
    return withLine(extended, nameKey(row.retainer), [other]);
  }
  return terms;
}

function withCard(terms: Terms, row: LineTerms, other: Terms): Terms['rates'] {
  const card = nameKey(String(row.rate ?? ''));
  if (card === '' || terms.rates.some((one) => nameKey(one.rateCard) === card)) return terms.rates;
  return [...terms.rates, ...other.rates.filter((one) => nameKey(one.rateCard) === card)];
}
