import { checkLines } from '../billing/checks/lines.ts';
import { checkRateCards } from '../billing/checks/rate-cards.ts';
import { checkSows } from '../billing/checks/sows.ts';
import type { ClientTerms, Terms, TermsProblem } from '../billing/model.ts';
import { sameName } from './cell.ts';
import type { WorkbookContents } from './check.ts';
import type { CellProblem } from './problem.ts';
import { rates, sowLines, sows } from './tables/terms.ts';

/** Columns that hold names of other rows: a row with a problem of its own is unknown to the billing rules, so they are unsure. */
const nameColumns = ['SOW', 'Retainer', 'Rate'];

/**
 * What the billing rules say about the terms of all clients, with the row that each problem stands in. Terms that contradict
 * each other are so told before anything is pulled, and not only when a client is drafted.
 */
export function checkTerms(book: WorkbookContents): CellProblem[] {
  if (book.sows === undefined || book.sowLines === undefined || book.rates === undefined) return [];
  const contents = [book.sows, book.sowLines, book.rates];
  if (contents.some(({ problems }) => problems.some(({ row }) => row === null || row === 1))) return [];
  const unsure = contents.some(({ incomplete }) => incomplete.length > 0);
  const terms: Terms = {
    settings: { roundHours: 'as tracked', invoiceDate: 'last day of period' },
    client: anyClient,
    sows: book.sows.rows,
    sowLines: book.sowLines.rows,
    rates: book.rates.rows,
  };
  return [...checkSows(terms), ...checkLines(terms), ...checkRateCards(terms)]
    .filter(({ column }) => !unsure || !nameColumns.includes(column))
    .map((problem) => ({ ...withoutKey(problem), row: rowOf(problem, book) }));
}

/** The checks look at SOWs, lines and rates only. */
const anyClient: ClientTerms = {
  client: '',
  quickBooksCustomer: '',
  currency: '',
  terms: '',
  billEmail: '',
  invoicePer: '',
  groupLinesBy: '',
  taxCode: '',
  timeDetail: '',
};

function withoutKey({ tab, column, found, allowed }: TermsProblem): Omit<CellProblem, 'row'> {
  return { tab, column, found, allowed };
}

function rowOf(problem: TermsProblem, book: WorkbookContents): number | null {
  switch (problem.tab) {
    case sows.tab:
      return place(book.sows, (row) => sameName(row.sow, problem.key));
    case sowLines.tab:
      return place(book.sowLines, (row) => sameName(row.line, problem.key));
    case rates.tab:
      return (
        place(book.rates, (row) => sameName(row.rateCard, problem.key) && holds(row, problem)) ??
        place(book.rates, (row) => sameName(row.rateCard, problem.key))
      );
    default:
      return null;
  }
}

function place<R>(
  content: { readonly rows: readonly R[]; readonly rowNumbers: readonly number[] } | undefined,
  fits: (row: R) => boolean,
): number | null {
  const index = content?.rows.findIndex(fits) ?? -1;
  return content?.rowNumbers[index] ?? null;
}

/** Tells whether a rate row is the one of its card that shows what was found. */
function holds(row: Readonly<Record<string, unknown>>, problem: TermsProblem): boolean {
  const property = Object.entries(rates.columns).find(([, column]) => column.header === problem.column)?.[0];
  return property !== undefined && String(row[property] ?? '') === problem.found;
}
