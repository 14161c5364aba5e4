import { foldName } from './cell.ts';
import { namesIn, type Place, rowsOf } from './check-names.ts';
import { checkTerms } from './check-terms.ts';
import type { TableContent } from './decode.ts';
import type { CellProblem } from './problem.ts';
import { readSettings } from './settings.ts';
import type { clients, rates, settings, sowLines, sows } from './tables/terms.ts';
import type { expenses, timeEntries } from './tables/work.ts';

/** The tabs that are checked against each other; one that was not read is left out, and nothing is checked against it. */
export interface WorkbookContents {
  readonly settings?: TableContent<typeof settings> | undefined;
  readonly clients?: TableContent<typeof clients> | undefined;
  readonly sows?: TableContent<typeof sows> | undefined;
  readonly sowLines?: TableContent<typeof sowLines> | undefined;
  readonly rates?: TableContent<typeof rates> | undefined;
  readonly timeEntries?: TableContent<typeof timeEntries> | undefined;
  readonly expenses?: TableContent<typeof expenses> | undefined;
}

/**
 * Finds what no single cell shows: names of clients, SOWs, lines and rate cards that stand in no row of their tab, settings of
 * the wrong kind, and lines whose terms contradict each other. Problems of single tabs are in their own contents, not here.
 */
export function checkWorkbook(book: WorkbookContents): CellProblem[] {
  const problems: CellProblem[] = [];
  if (book.settings !== undefined) {
    problems.push(...readSettings(book.settings.rows, book.settings.rowNumbers).problems);
  }
  const known = {
    clients: namesIn(book.clients, 'client'),
    sows: namesIn(book.sows, 'sow'),
    lines: namesIn(book.sowLines, 'line'),
    cards: namesIn(book.rates, 'rateCard'),
  };
  for (const row of rowsOf('SOWs', book.sows)) {
    unknown(problems, row.at('Client'), row.values.client, known.clients, 'Clients');
  }
  for (const row of rowsOf('SOW lines', book.sowLines)) {
    unknown(problems, row.at('SOW'), row.values.sow, known.sows, 'SOWs');
    unknown(problems, row.at('Retainer'), row.values.retainer, known.lines, 'SOW lines');
    if (typeof row.values.rate === 'string') {
      unknown(problems, row.at('Rate'), row.values.rate, known.cards, 'Rates');
    }
  }
  const owners = clientsOfLines(book);
  for (const row of [...rowsOf('Time entries', book.timeEntries), ...rowsOf('Expenses', book.expenses)]) {
    if (row.values.status === 'invoiced' || row.values.status === 'excluded') continue;
    if (unknown(problems, row.at('SOW line'), row.values.sowLine, known.lines, 'SOW lines')) continue;
    // A row that nobody decided yet is not billed; one that moved to another client is decided anew.
    if (row.values.status !== 'auto' && row.values.status !== 'approved') continue;
    const owner = owners?.get(foldName(row.values.sowLine ?? ''));
    const client = row.values.client ?? '';
    if (owner !== undefined && client !== '' && foldName(owner) !== foldName(client)) {
      problems.push(row.at('SOW line', `"${row.values.sowLine}", a line of ${owner}`, `a line of ${client}, or empty`));
    }
  }
  return [...problems, ...checkTerms(book).filter((problem) => !problems.some((other) => samePlace(problem, other)))];
}

function samePlace(a: CellProblem, b: CellProblem): boolean {
  return a.tab === b.tab && a.row === b.row && a.column === b.column;
}

type Known = ReadonlySet<string> | null;

function unknown(problems: CellProblem[], place: Place, name: string | undefined, known: Known, tab: string): boolean {
  if (known === null || name === undefined || name === '' || known.has(foldName(name))) return false;
  problems.push({ ...place, found: `"${name}"`, allowed: `a name that stands in the tab ${tab}` });
  return true;
}

/** Folded line to the client that it belongs to; `null` where the tabs were not read. */
function clientsOfLines(book: WorkbookContents): ReadonlyMap<string, string> | null {
  if (book.sows === undefined || book.sowLines === undefined) return null;
  const clientOfSow = new Map(book.sows.rows.map((row) => [foldName(row.sow), row.client]));
  const found = new Map<string, string>();
  for (const row of book.sowLines.rows) {
    const client = clientOfSow.get(foldName(row.sow));
    if (client !== undefined) found.set(foldName(row.line), client);
  }
  return found;
}
