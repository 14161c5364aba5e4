import { addMonths, firstDayOf, lastDayOf } from '../calendar.ts';
import { hoursText } from '../hours.ts';
import { minor, moneyText, showMoney } from '../money.ts';
import { changedRows } from './balance-changes.ts';
import type { Chain, ChainMonth } from './chain.ts';
import { billedItems } from './corrections.ts';
import { linesOfSow, type UnnumberedLine } from './draft-lines.ts';
import { type History, pushBefore } from './history.ts';
import type { ClientBooks, DraftInvoice, DraftLine, ExpenseResult, FrozenInvoice, Hold, LineKind } from './model.ts';
import { type EntryOutcome, freshHours } from './results.ts';

export interface DraftQuestion {
  readonly books: ClientBooks;
  readonly history: History;
  readonly name: string;
  /** The SOW where the invoice is for one SOW alone. */
  readonly sow: string | null;
  readonly chains: readonly Chain[];
  /** Rows that wait for a person: they hold all invoices of the client. */
  readonly waiting: readonly string[];
  /** What its entries and expenses come to. */
  readonly entries: readonly EntryOutcome[];
  readonly expenses: readonly ExpenseResult[];
}

/** Puts an invoice together from its SOWs' months; `null` where there are no lines. */
export function draftInvoice(question: DraftQuestion): DraftInvoice | null {
  const { books, history, name, sow, chains, entries, expenses } = question;
  const written = chains.flatMap(linesOfSow);
  const current = chains[0] === undefined ? undefined : lastMonth(chains[0]);
  if (written.length === 0 || current === undefined) return null;
  const { decimals, currency } = current.contract;
  const sum = (kinds: readonly LineKind[]) =>
    moneyText(sumOf(written.filter(({ line }) => kinds.includes(line.kind))), decimals);
  const total = sumOf(written);
  const holds = [...holdsOf(chains), ...waitingHold(question), ...negativeHold(books, total, currency)];
  const { client } = books.today;
  return {
    name,
    period: books.period,
    client: books.client,
    sow,
    currency,
    invoiceDate:
      books.today.settings.invoiceDate === 'first day after period'
        ? firstDayOf(addMonths(books.period, 1))
        : lastDayOf(books.period),
    lines: written.map(({ line }, index): DraftLine => ({ no: index + 1, ...line })),
    hours: hoursText(freshHours(chains)),
    fees: sum(['time', 'overage', 'fee', 'milestone', 'minimum']),
    expenses: sum(['expense']),
    adjustments: sum(['covered', 'discount', 'cap', 'correction']),
    total: moneyText(total, decimals),
    warnings: chains.flatMap((chain) => lastMonth(chain)?.priced?.warnings ?? []),
    status: holds.length === 0 ? 'draft' : 'held',
    holds,
    pushAfter: pushBefore(history, sow, books.period),
    balances: chains.flatMap((chain) => changedRows(chain, books)),
    entryResults: entries.map(({ result }) => result),
    expenseResults: [...expenses],
    frozen: freeze(question, moneyText(total, decimals)),
    quickBooks: {
      customer: client.quickBooksCustomer,
      terms: client.terms,
      billEmail: client.billEmail,
      taxCode: client.taxCode,
      poNumber: [
        ...new Set(chains.flatMap((chain) => lastMonth(chain)?.sow?.poNumber ?? []).filter((text) => text !== '')),
      ].join(', '),
      timeDetail: client.timeDetail === '' ? 'none' : client.timeDetail,
    },
  };
}

function lastMonth(chain: Chain): ChainMonth | undefined {
  return chain.months[chain.months.length - 1];
}

function sumOf(lines: readonly UnnumberedLine[]) {
  return minor(lines.reduce((sum, { amount }) => sum + amount, 0));
}

function holdsOf(chains: readonly Chain[]): Hold[] {
  return chains.flatMap((chain) =>
    chain.months.flatMap((month) =>
      (month.priced?.holds ?? []).map(
        (hold): Hold => ({
          kind: hold.kind,
          text: hold.text,
          decisions: hold.kind === 'overage' ? ['bill', 'absorb'] : ['raise cap', 'absorb'],
          month: month.month,
          sow: month.sow?.name ?? null,
          line: hold.line,
          entries: [],
        }),
      ),
    ),
  );
}

function waitingHold({ books, waiting }: DraftQuestion): Hold[] {
  if (waiting.length === 0) return [];
  const count = waiting.length === 1 ? '1 entry or expense waits' : `${waiting.length} entries or expenses wait`;
  const text = `${count} for a review: all invoices of ${books.client} are held until then.`;
  return [{ kind: 'waiting', text, decisions: [], month: books.period, sow: null, line: null, entries: waiting }];
}

function negativeHold(books: ClientBooks, total: number, currency: string): Hold[] {
  if (total >= 0) return [];
  const text = `The total is ${showMoney(minor(total), currency)}. It cannot be pushed; the next period's run carries its content as corrections.`;
  return [{ kind: 'negative total', text, decisions: [], month: books.period, sow: null, line: null, entries: [] }];
}

function freeze({ books, chains }: DraftQuestion, total: string): FrozenInvoice {
  const priced = chains.flatMap((chain) =>
    chain.months.flatMap((month) => (month.priced === null ? [] : [{ chain, month }])),
  );
  return {
    version: 1,
    terms: books.today,
    total,
    months: priced
      .filter(({ month }) => month.mode !== 'again' || month.month === books.period)
      .map(({ chain, month }) => ({
        month: month.month,
        sow: chain.sow,
        first: month.mode !== 'again',
        charges: month.mode === 'again' ? [] : month.charges,
        closing: month.month === books.period ? month.closing : null,
      })),
    decisions: priced.flatMap(({ chain, month }) =>
      month.decided.map((one) => ({ month: month.month, sow: chain.sow, ...one })),
    ),
    billed: priced.flatMap(({ chain, month }) =>
      billedItems(
        chain.sow,
        month.month,
        month.mode === 'regular' ? (month.priced?.lines ?? []) : [],
        month.corrections,
        month.contract.decimals,
      ),
    ),
  };
}
