import { foldName } from './cell.ts';
import { type NamedRow, namesIn, type Place, rowsOf } from './check-names.ts';
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
    upsideDown(problems, row);
  }
  for (const row of rowsOf('SOW lines', book.sowLines)) {
    unknown(problems, row.at('SOW'), row.values.sow, known.sows, 'SOWs');
    upsideDown(problems, row);
    checkLine(problems, row, book, known.cards);
  }
  for (const row of rowsOf('Rates', book.rates)) {
    if (row.values.tiering === 'volume' && row.values.tiersCount === 'SOW') {
      problems.push(row.at('Tiering', 'volume with Tiers count SOW', 'volume only with Tiers count month'));
    }
  }
  const owners = clientsOfLines(book);
  for (const row of [...rowsOf('Time entries', book.timeEntries), ...rowsOf('Expenses', book.expenses)]) {
    if (row.values.status === 'invoiced' || row.values.status === 'excluded') continue;
    if (unknown(problems, row.at('SOW line'), row.values.sowLine, known.lines, 'SOW lines')) continue;
    const owner = owners?.get(foldName(row.values.sowLine ?? ''));
    const client = row.values.client ?? '';
    if (owner !== undefined && client !== '' && foldName(owner) !== foldName(client)) {
      problems.push(row.at('SOW line', `"${row.values.sowLine}", a line of ${owner}`, `a line of ${client}, or empty`));
    }
  }
  return problems;
}

type Known = ReadonlySet<string> | null;

function unknown(problems: CellProblem[], place: Place, name: string | undefined, known: Known, tab: string): boolean {
  if (known === null || name === undefined || name === '' || known.has(foldName(name))) return false;
  problems.push({ ...place, found: `"${name}"`, allowed: `a name that stands in the tab ${tab}` });
  return true;
}

function upsideDown(problems: CellProblem[], row: NamedRow<{ readonly starts: string; readonly ends: string }>): void {
  const { starts, ends } = row.values;
  if (starts === undefined || ends === undefined || starts === '' || ends === '' || starts <= ends) return;
  problems.push(row.at('Ends', ends, `a day not before Starts (${starts})`));
}

type Lines = NonNullable<WorkbookContents['sowLines']>;
type Line = Lines['rows'][number];

function checkLine(problems: CellProblem[], row: NamedRow<Line>, book: WorkbookContents, cards: Known): void {
  const { billing, rate, retainer, overage, includedAmount } = row.values;
  if (typeof rate === 'string') unknown(problems, row.at('Rate'), rate, cards, 'Rates');
  if (billing === 'tiered' && (typeof rate === 'number' || rate === '')) {
    problems.push(
      row.at('Rate', rate === '' ? 'nothing' : String(rate), 'the name of a rate card, since the line is tiered'),
    );
  }
  if (billing === 'tiered' && typeof rate === 'string' && rate !== '') checkTierCard(problems, rate, row, book);
  if (billing === 'covered' && retainer !== undefined) checkRetainer(problems, row, retainer, book.sowLines);
  if (billing === 'retainer' && overage === 'carry' && typeof includedAmount === 'number') {
    problems.push(
      row.at('Overage', 'carry with an Included amount', 'bill, absorb or hold (carry goes with Included hours)'),
    );
  }
}

function checkRetainer(problems: CellProblem[], row: NamedRow<Line>, retainer: string, lines: Lines | undefined): void {
  const target = rowsOf('SOW lines', lines).find(({ values }) => foldName(values.line ?? '') === foldName(retainer));
  if (retainer !== '' && target !== undefined && (target.values.billing ?? 'retainer') === 'retainer') return;
  const found = retainer === '' ? 'nothing' : `"${retainer}"`;
  problems.push(row.at('Retainer', found, 'the Line of a retainer line, since this line is covered by one'));
}

function checkTierCard(problems: CellProblem[], card: string, line: NamedRow<Line>, book: WorkbookContents): void {
  for (const row of rowsOf('Rates', book.rates)) {
    if (foldName(row.values.rateCard ?? '') !== foldName(card)) continue;
    const columns = { Person: row.values.person, Role: row.values.role, Task: row.values.task };
    for (const [column, value] of Object.entries(columns)) {
      if (value === undefined || value === '') continue;
      const allowed = `nothing, since the tiered line ${line.values.line ?? ''} uses this card`;
      const problem = row.at(column, `"${value}"`, allowed);
      const same = problems.some(
        ({ tab, row: at, column: of }) => tab === 'Rates' && at === problem.row && of === column,
      );
      if (!same) problems.push(problem);
    }
  }
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
