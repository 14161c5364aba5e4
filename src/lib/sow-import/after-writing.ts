import { foldName } from '../workbook/cell.ts';
import { checkWorkbook } from '../workbook/check.ts';
import type { TableContent } from '../workbook/decode.ts';
import { keyOf, type RowOf, type TableDef } from '../workbook/define.ts';
import { type CellProblem, problemSentence } from '../workbook/problem.ts';
import { rates, sowLines, sows } from '../workbook/tables/terms.ts';
import { rowsToWrite, type SowRows } from './confirmed.ts';
import type { ConfirmedRow, RowProblem, SowTab, TermsBook } from './model.ts';
import type { StandingRows } from './propose.ts';

/** What a person confirmed of an import. */
export interface ConfirmedImport {
  readonly client: string;
  readonly sow: string;
  readonly rows: readonly ConfirmedRow[];
  /** State of the stored text, for the column Document; empty: as it stands. */
  readonly document: string;
}

/**
 * The rows of an import as they are to stand, and all that is wrong with them: with their cells, and with the tabs as they would stand
 * after writing, by the very rules that *Status* and every run go by. What was wrong before is not reported again.
 */
export function checkImport(
  ask: ConfirmedImport,
  book: TermsBook,
): { readonly rows: SowRows; readonly problems: readonly RowProblem[] } {
  const { rows, problems } = rowsToWrite(ask, standingIn(book));
  return problems.length > 0 ? { rows, problems } : { rows, problems: problemsAfter(book, rows) };
}

export function standingIn({ sows: agreements, sowLines: lines, rates: cards }: TermsBook): StandingRows {
  return { SOWs: agreements.rows, 'SOW lines': lines.rows, Rates: cards.rows };
}

function problemsAfter(book: TermsBook, rows: SowRows): readonly RowProblem[] {
  const after = {
    ...book,
    sows: withRows(sows, book.sows, rows.sows),
    sowLines: withRows(sowLines, book.sowLines, rows.sowLines),
    rates: withRows(rates, book.rates, rows.rates),
  };
  const known = new Set(checkWorkbook(book).map(mark));
  const found = checkWorkbook(after).filter((problem) => !known.has(mark(problem)));
  return [
    ...unreadable(sows, book.sows, rows.sows),
    ...unreadable(sowLines, book.sowLines, rows.sowLines),
    ...unreadable(rates, book.rates, rows.rates),
    ...found.flatMap((problem): RowProblem[] => {
      const table = [sows, sowLines, rates].find(({ tab }) => tab === problem.tab);
      if (table === undefined) return [];
      const content = { SOWs: after.sows, 'SOW lines': after.sowLines, Rates: after.rates }[problem.tab as SowTab];
      const index = content.rowNumbers.indexOf(problem.row ?? -1);
      const row: Readonly<Record<string, unknown>> | undefined = content.rows[index];
      // Every row of a tab has all of its columns.
      const key = row === undefined ? '' : keyOf(table, row as RowOf<typeof table>);
      const place = key === '' ? problem.tab : `${problem.tab}, ${key}`;
      return [{ tab: problem.tab as SowTab, key, sentence: problemSentence({ ...problem, tab: place, row: null }) }];
    }),
  ];
}

/** The tab with these rows in place of those of the same keys, the others below. */
function withRows<D extends TableDef>(table: D, content: TableContent<D>, rows: readonly RowOf<D>[]): TableContent<D> {
  const given = new Map(rows.map((row) => [foldName(keyOf(table, row)), row]));
  const kept = content.rows.map((row) => {
    const key = foldName(keyOf(table, row));
    const taken = given.get(key) ?? row;
    given.delete(key);
    return taken;
  });
  const numbers = [...content.rowNumbers, ...content.incomplete.map(({ rowNumber }) => rowNumber)];
  const last = Math.max(1, ...numbers);
  const added = [...given.values()];
  return {
    ...content,
    rows: [...kept, ...added],
    rowNumbers: [...content.rowNumbers, ...added.map((_, index) => last + 1 + index)],
  };
}

/** Rows that stand there with a wrong cell: what else they say is unknown, so nothing is written over them. */
function unreadable<D extends TableDef>(
  table: D,
  content: TableContent<D>,
  rows: readonly RowOf<D>[],
): readonly RowProblem[] {
  const keys = new Map(
    content.incomplete.map(({ values, rowNumber }) => [foldName(keyOf(table, values as RowOf<D>)), rowNumber]),
  );
  return rows.flatMap((row) => {
    const key = keyOf(table, row);
    const at = keys.get(foldName(key));
    if (at === undefined) return [];
    const sentence = `Tab ${table.tab}, row ${at}: "${key}" stands there with a wrong cell. Mend it first; Status says what is wrong.`;
    return [{ tab: table.tab as SowTab, key, sentence }];
  });
}

function mark({ tab, row, column, found }: CellProblem): string {
  return JSON.stringify([tab, row, column, found]);
}
