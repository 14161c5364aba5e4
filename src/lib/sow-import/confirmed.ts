import { isDay } from '../calendar.ts';
import { foldName } from '../workbook/cell.ts';
import { keyOf, type RowOf, rates, type sowLines, type sows } from '../workbook/tables.ts';
import { BLANK_LINE, BLANK_RATE, BLANK_SOW, FIELDS, type FieldKind } from './fields.ts';
import type { CellValue, ConfirmedRow, SowTab } from './model.ts';
import type { StandingRows } from './propose.ts';

/** Rows as they are to stand in the tabs. */
export interface SowRows {
  readonly sows: readonly RowOf<typeof sows>[];
  readonly sowLines: readonly RowOf<typeof sowLines>[];
  readonly rates: readonly RowOf<typeof rates>[];
}

/**
 * The confirmed cells put into the rows that stand, or into blank ones; nothing else of a standing row changes. The SOW itself gets a
 * row in any case, since its lines and its text belong to one.
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
): { readonly rows: SowRows; readonly problems: readonly string[] } {
  const { client, sow, rows, document } = ask;
  const problems: string[] = [];
  const cellsOf = (tab: SowTab) =>
    rows.filter((row) => row.tab === tab).map((row) => ({ key: row.key, cells: checked(row, problems) }));
  const own = cellsOf('SOWs').find(({ key }) => foldName(key) === foldName(sow))?.cells ?? {};
  const sowNow = standing.SOWs.find((row) => foldName(String(row['sow'])) === foldName(sow));
  const sowRow = { ...BLANK_SOW, sow, client, ...sowNow, ...own, ...(document === '' ? {} : { document }) };
  const lineRows = cellsOf('SOW lines').map(({ key, cells }) => {
    const now = standing['SOW lines'].find((row) => foldName(String(row['line'])) === foldName(key));
    return { ...BLANK_LINE, line: key, sow, ...now, ...cells };
  });
  const rateRows = cellsOf('Rates').map(({ key, cells }) => {
    const now = standing.Rates.find((row) => foldName(keyOf(rates, { ...BLANK_RATE, ...row })) === foldName(key));
    return { ...BLANK_RATE, ...now, ...cells };
  });
  for (const row of rateRows) {
    if (row.rateCard === '' || row.rate === null)
      problems.push('A row of Rates needs the name of its card and a rate.');
  }
  return { rows: { sows: [sowRow], sowLines: lineRows, rates: rateRows }, problems };
}

/** Cells as their columns take them. */
function checked({ tab, key, cells }: ConfirmedRow, problems: string[]): Readonly<Record<string, CellValue | null>> {
  const taken: Record<string, CellValue | null> = {};
  if (key.trim() === '') problems.push(`A row of ${tab} has no name.`);
  for (const [property, value] of Object.entries(cells)) {
    const field = FIELDS[tab].find((one) => one.property === property);
    if (field === undefined) problems.push(`${tab}, ${key}: there is no column for ${property}.`);
    else if (value === '' && field.kind.kind !== 'choice') taken[property] = field.kind.kind === 'number' ? null : '';
    else if (value !== '') {
      if (fits(field.kind, value)) taken[property] = value;
      else problems.push(`${tab}, ${key}: ${field.header} cannot be ${String(value).slice(0, 60)}.`);
    }
  }
  return taken;
}

function fits(kind: FieldKind, value: CellValue): boolean {
  switch (kind.kind) {
    case 'choice':
      return kind.among.includes(String(value));
    case 'day':
      return typeof value === 'string' && isDay(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0;
    case 'number or card':
      return typeof value === 'string' || (Number.isFinite(value) && value >= 0);
    default:
      return typeof value === 'string' && value.length <= 5_000;
  }
}
