import type { Column } from '../workbook/column.ts';
import type { RowOf, TableDef } from '../workbook/define.ts';
import { rates, sowLines, sows } from '../workbook/tables/terms.ts';
import {
  billingWords,
  feeTimingWords,
  overageWords,
  overCapWords,
  tieringWords,
  tiersCountWords,
} from '../workbook/words.ts';
import type { SowTab } from './model.ts';

/** How a value of the proposal is read and checked against the document. */
export type FieldKind =
  /** Stands as it is. */
  | { readonly kind: 'words' }
  /** Must stand in a quoted sentence word for word. */
  | { readonly kind: 'copied' }
  | { readonly kind: 'number' }
  /** A number, or the name of a rate card. */
  | { readonly kind: 'number or card' }
  | { readonly kind: 'day' }
  | { readonly kind: 'choice'; readonly among: readonly string[] };

export interface Field {
  readonly property: string;
  readonly header: string;
  readonly kind: FieldKind;
}

/** The cells that a document can fill, tab by tab, in the order in which they are shown. */
export const FIELDS: Readonly<Record<SowTab, readonly Field[]>> = {
  SOWs: [
    field(sows, 'title', { kind: 'words' }),
    field(sows, 'poNumber', { kind: 'copied' }),
    field(sows, 'starts', { kind: 'day' }),
    field(sows, 'ends', { kind: 'day' }),
    field(sows, 'cap', { kind: 'number' }),
    field(sows, 'overCap', { kind: 'choice', among: overCapWords }),
    field(sows, 'discountPercent', { kind: 'number' }),
  ],
  'SOW lines': [
    field(sowLines, 'title', { kind: 'words' }),
    field(sowLines, 'description', { kind: 'words' }),
    field(sowLines, 'billing', { kind: 'choice', among: billingWords }),
    field(sowLines, 'rate', { kind: 'number or card' }),
    field(sowLines, 'fee', { kind: 'number' }),
    field(sowLines, 'feeTiming', { kind: 'choice', among: feeTimingWords }),
    field(sowLines, 'includedHours', { kind: 'number' }),
    field(sowLines, 'includedAmount', { kind: 'number' }),
    field(sowLines, 'overage', { kind: 'choice', among: overageWords }),
    field(sowLines, 'rolloverMonths', { kind: 'number' }),
    field(sowLines, 'capHours', { kind: 'number' }),
    field(sowLines, 'capAmount', { kind: 'number' }),
    field(sowLines, 'minimum', { kind: 'number' }),
    field(sowLines, 'markupPercent', { kind: 'number' }),
    field(sowLines, 'starts', { kind: 'day' }),
    field(sowLines, 'ends', { kind: 'day' }),
  ],
  Rates: [
    field(rates, 'rateCard', { kind: 'words' }),
    field(rates, 'person', { kind: 'copied' }),
    field(rates, 'role', { kind: 'copied' }),
    field(rates, 'task', { kind: 'copied' }),
    field(rates, 'fromHours', { kind: 'number' }),
    field(rates, 'tiersCount', { kind: 'choice', among: tiersCountWords }),
    field(rates, 'tiering', { kind: 'choice', among: tieringWords }),
    field(rates, 'rate', { kind: 'number' }),
    field(rates, 'fromDate', { kind: 'day' }),
  ],
};

type Row = Readonly<Record<string, unknown>>;

export const TABLES: Readonly<Record<SowTab, TableDef>> = { SOWs: sows, 'SOW lines': sowLines, Rates: rates };

/** What names a row, and the client and SOW that it belongs to: not cells of an import but where it goes. */
const PLACE: Readonly<Record<SowTab, readonly string[]>> = {
  SOWs: ['sow', 'client'],
  'SOW lines': ['line', 'sow'],
  Rates: [],
};

/** The column of a cell that a person may fill in or change in an import; undefined where there is none. */
export function editableColumn(tab: SowTab, property: string): Column<unknown> | undefined {
  const { columns } = TABLES[tab];
  const column = Object.hasOwn(columns, property) ? columns[property] : undefined;
  return column?.owner === 'person' && !PLACE[tab].includes(property) ? column : undefined;
}

/** A row of each tab in which nothing is filled in. */
export const BLANK_SOW: RowOf<typeof sows> = {
  sow: '',
  client: '',
  projects: '',
  title: '',
  poNumber: '',
  starts: '',
  ends: '',
  roundHours: '',
  cap: null,
  overCap: 'hold',
  discountPercent: null,
  document: '',
  active: true,
};

export const BLANK_LINE: RowOf<typeof sowLines> = {
  line: '',
  sow: '',
  title: '',
  description: '',
  billing: 'hourly',
  rate: '',
  fee: null,
  feeTiming: 'in arrears',
  includedHours: null,
  includedAmount: null,
  retainer: '',
  overage: 'bill',
  rolloverMonths: null,
  rolloverCap: null,
  completedOn: '',
  capHours: null,
  capAmount: null,
  overCap: 'hold',
  minimum: null,
  markupPercent: null,
  prorate: false,
  billedBeforeHours: null,
  billedBeforeAmount: null,
  quickBooksItem: '',
  starts: '',
  ends: '',
};

export const BLANK_RATE: RowOf<typeof rates> = {
  rateCard: '',
  person: '',
  role: '',
  task: '',
  fromHours: null,
  tiersCount: 'month',
  tiering: 'graduated',
  rate: null,
  fromDate: '',
};

export const BLANKS: Readonly<Record<SowTab, Row>> = { SOWs: BLANK_SOW, 'SOW lines': BLANK_LINE, Rates: BLANK_RATE };

/** The value of a cell as the proposal shows it: empty text where there is none. */
export function shownCell(row: Row, property: string): string | number {
  const value = row[property];
  return typeof value === 'string' || typeof value === 'number' ? value : '';
}

function field(
  table: { readonly columns: Readonly<Record<string, { readonly header: string }>> },
  property: string,
  kind: FieldKind,
): Field {
  return { property, header: table.columns[property]?.header ?? property, kind };
}
