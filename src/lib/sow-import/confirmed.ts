import { foldName } from '../workbook/cell.ts';
import { keyOf, type RowOf } from '../workbook/define.ts';
import { rates, type sowLines, type sows } from '../workbook/tables/terms.ts';
import { BLANK_LINE, BLANK_RATE, BLANK_SOW, editableColumn, TABLES } from './fields.ts';
import type { ConfirmedRow, RowProblem, SowTab } from './model.ts';
import type { StandingRows } from './propose.ts';
import { cellSentence } from './typed.ts';

/** Rows as they are to stand in the tabs. */
export interface SowRows {
  readonly sows: readonly RowOf<typeof sows>[];
  readonly sowLines: readonly RowOf<typeof sowLines>[];
  readonly rates: readonly RowOf<typeof rates>[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * The confirmed cells put into the rows that stand, or into blank ones; nothing else of a standing row changes. The SOW itself gets a
 * row in any case, since its lines and its text belong to one. Every cell is read as its column reads it, whatever was proposed.
 * @returns the rows, or a sentence for each cell that cannot be written: then nothing is
 */
export function rowsToWrite(
  ask: {
    readonly client: string;
    readonly sow: string;
    readonly rows: readonly ConfirmedRow[];
    readonly document: string;
  },
  standing: StandingRows,
): { readonly rows: SowRows; readonly problems: readonly RowProblem[] } {
  const { client, sow, rows, document } = ask;
  const problems: RowProblem[] = [];
  const wrong = (tab: SowTab, key: string, sentence: string) => problems.push({ tab, key, sentence });
  const seen = new Set<string>();
  const merge = <R extends Row>(tab: SowTab, blank: R, nameOf: (row: Row) => string): R[] =>
    rows.flatMap((row) => {
      if (row.tab !== tab) return [];
      const find = (key: string) => standing[tab].find((one) => foldName(nameOf(one)) === foldName(key));
      const cells = checked(row, problems);
      if (tab === 'SOWs' && foldName(row.key) !== foldName(sow))
        wrong(tab, row.key, `The SOW ${row.key} is not ${sow}.`);
      const now = find(row.key);
      const merged = { ...blank, ...now, ...cells };
      // The key of a rate is made of its cells, so it may have changed with them.
      const key = tab === 'Rates' ? nameOf(merged) : row.key;
      const taken = foldName(key) !== foldName(row.key) ? find(key) : row.isNew === true ? now : undefined;
      if (taken !== undefined && Object.entries(cells).some(([property, value]) => taken[property] !== value))
        wrong(
          tab,
          row.key,
          `Tab ${tab}: "${key}" stands there already, with other terms. Read the document again, or change it in the tab.`,
        );
      const name = `${tab} ${foldName(key)}`;
      if (seen.has(name)) wrong(tab, row.key, `Tab ${tab}: "${key}" would stand there twice.`);
      seen.add(name);
      for (const [property, column] of Object.entries(TABLES[tab].columns)) {
        if (editableColumn(tab, property) === undefined || property in cells) continue;
        const empty = merged[property] === '' || merged[property] === null ? column.decode('') : null;
        if (empty?.ok === false) wrong(tab, row.key, cellSentence(tab, key, column, '', empty.allowed));
      }
      return [{ ...merged, ...(tab === 'SOW lines' ? { line: now?.['line'] ?? row.key } : {}) }];
    });
  const [own] = merge<RowOf<typeof sows>>('SOWs', { ...BLANK_SOW, sow, client }, (row) => String(row['sow']));
  const sowNow = standing.SOWs.find((row) => foldName(String(row['sow'])) === foldName(sow));
  const sowRow = { ...BLANK_SOW, sow, client, ...sowNow, ...own, ...(document === '' ? {} : { document }) };
  return {
    rows: {
      sows: [sowRow],
      sowLines: merge<RowOf<typeof sowLines>>('SOW lines', { ...BLANK_LINE, sow }, (row) => String(row['line'])),
      rates: merge<RowOf<typeof rates>>('Rates', BLANK_RATE, (row) => keyOf(rates, { ...BLANK_RATE, ...row })),
    },
    problems,
  };
}

/** Cells as their columns take them. */
function checked({ tab, key, cells }: ConfirmedRow, problems: RowProblem[]): Row {
  const taken: Record<string, unknown> = {};
  const wrong = (sentence: string) => problems.push({ tab, key, sentence });
  if (key.trim() === '') wrong(`A row of ${tab} has no name.`);
  for (const [property, value] of Object.entries(cells)) {
    const column = editableColumn(tab, property);
    const read = column?.decode(value);
    if (column === undefined || read === undefined)
      wrong(`Tab ${tab}, ${key}: there is no column for ${property} that can be filled in here.`);
    else if (read.ok) taken[property] = read.value;
    else wrong(cellSentence(tab, key, column, value, read.allowed));
  }
  return taken;
}
