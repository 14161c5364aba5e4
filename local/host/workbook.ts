import { zoneOf } from '../google/zone.ts';
import { Refusal } from './refusal.ts';
import { cellName, letters } from './sheet/a1.ts';
import { type Area, cellAt, changed, extent, newSheet, type Scalar, type SheetState } from './sheet/book.ts';
import { displayText, isDateFormat } from './sheet/display.ts';
import { serialText } from './sheet/serial.ts';
import { deleteRows, insertColumns, insertRows, moveColumn, sortRows } from './sheet/structure.ts';
import { plainStyle } from './sheet/style.ts';
import { choicesOf } from './sheet/validate.ts';
import { checkLength, clearArea, type Input, writeValues } from './sheet/write.ts';
import type { Execution, Site } from './types.ts';

/** A value of a row as a world or a result holds it. */
export type RowValue = string | number | boolean;

/** One cell for the page. */
export interface CellView {
  /** What it shows. */
  readonly text: string;
  /** What is in it: numbers and truth values as such, a date as `YYYY-MM-DD` (with `THH:MM:SS` when it has a time). */
  readonly value: RowValue;
  readonly formula: string;
  readonly format: string;
  readonly note: string;
  /** What the drop-down offers, or null. */
  readonly choices: readonly string[] | null;
  readonly checkbox: boolean;
  readonly background: string;
  readonly color: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly align: string;
  readonly wrap: boolean;
  /** `warning`: an edit asks first. */
  readonly protected: '' | 'warning' | 'locked';
}

/** Part of a tab for the page. */
export interface TabView {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** Pixels of each column. */
  readonly widths: readonly number[];
  readonly hiddenColumns: readonly number[];
  /** Changes whenever the spreadsheet changes. */
  readonly version: number;
  readonly fromRow: number;
  /** The cells from `fromRow` on, each row `maxColumns` or less wide. */
  readonly cells: readonly (readonly CellView[])[];
  readonly charts: readonly { readonly data: Readonly<Record<string, unknown>>; readonly ranges: readonly Area[] }[];
  readonly conditional: readonly {
    readonly data: Readonly<Record<string, unknown>>;
    readonly ranges: readonly Area[];
  }[];
}

/** What a person, a test or the page does with the spreadsheet. Rows and columns count from one. */
export interface Workbook {
  readonly sheets: () => readonly {
    readonly name: string;
    readonly hidden: boolean;
    readonly rows: number;
    readonly columns: number;
    readonly tabColor: string | null;
  }[];
  /** Rows below the header, as header to value (without a header the column's letter, where it holds something); numbers as numbers, dates as `YYYY-MM-DD` (or ISO local text with a time), empty as ''. */
  readonly rows: (tab: string) => readonly Readonly<Record<string, RowValue>>[];
  readonly view: (tab: string, fromRow?: number, toRow?: number) => TabView;
  /** Types into one cell; refused by a rejecting rule. Then onEdit runs; its executions are given. */
  readonly typeInCell: (
    tab: string,
    row: number,
    column: number,
    text: string,
    user?: string,
  ) => Promise<readonly Execution[]>;
  /** Types into the cells of the rows that match, found by headers; as often as needed. */
  readonly edit: (
    tab: string,
    where: Readonly<Record<string, RowValue>>,
    set: Readonly<Record<string, RowValue>>,
    user?: string,
  ) => Promise<readonly Execution[]>;
  readonly sort: (tab: string, header: string, ascending?: boolean) => void;
  readonly insertColumn: (tab: string, before: number, header?: string) => void;
  readonly moveColumn: (tab: string, from: number, to: number) => void;
  readonly insertRow: (tab: string, before: number) => void;
  readonly deleteRow: (tab: string, row: number) => void;
  readonly renameSheet: (tab: string, name: string) => void;
  readonly deleteSheet: (tab: string) => void;
  /**
   * Replaces the rows below the header: numbers and truth values as they are, a text `YYYY-MM-DD` as a date, other texts as
   * texts. Makes the tab when it is absent, and adds headers that are absent.
   */
  readonly setRows: (tab: string, rows: readonly Readonly<Record<string, unknown>>[]) => void;
  /** Changes whenever anything in the spreadsheet changes. */
  readonly version: () => number;
}

/** What a person changed. */
export interface Edit {
  readonly area: Area;
  readonly value: string | undefined;
  readonly oldValue: string | undefined;
}

/** The workbook of a site; `edited` runs what an edit triggers. */
export function workbookOf(site: Site, edited: (edit: Edit, user: string) => Promise<readonly Execution[]>): Workbook {
  const byName = (tab: string): SheetState => {
    const sheet = site.book.sheets.find((each) => each.name === tab);
    if (!sheet) throw new Error(`There is no tab "${tab}".`);
    return sheet;
  };
  const headers = (sheet: SheetState): string[] => {
    const { columns } = extent(sheet);
    return Array.from({ length: columns }, (_, index) => String(cellAt(sheet, 1, index + 1)?.value ?? ''));
  };
  const columnOf = (sheet: SheetState, header: string): number => {
    const found = headers(sheet).indexOf(header);
    if (found < 0) throw new Error(`The tab "${sheet.name}" has no column "${header}".`);
    return found + 1;
  };
  const calculateAll = (sheet: SheetState): void => {
    if (sheet.formulas > 0) site.calculate([sheet.id, 1, 1, sheet.maxRows, sheet.maxColumns]);
  };
  const year = (): number => new Date(zoneOf(site.book.timeZone).toLocalMs(site.clock.now())).getUTCFullYear();

  const rows: Workbook['rows'] = (tab) => {
    const sheet = byName(tab);
    calculateAll(sheet);
    const names = headers(sheet);
    const last = extent(sheet).rows;
    const found: Record<string, RowValue>[] = [];
    for (let row = 2; row <= last; row += 1) {
      const record: Record<string, RowValue> = {};
      names.forEach((name, index) => {
        const value = valueText(sheet, row, index + 1);
        if (name !== '') record[name] = value;
        else if (value !== '') record[letters(index + 1)] = value;
      });
      if (Object.values(record).some((value) => value !== '')) found.push(record);
    }
    return found;
  };

  const typeInCell: Workbook['typeInCell'] = async (tab, row, column, text, user = site.options.user) => {
    const sheet = byName(tab);
    if (row < 1 || column < 1 || row > sheet.maxRows || column > sheet.maxColumns) {
      throw new Error(`The tab "${tab}" has no cell ${cellName(row, column)}.`);
    }
    const area: Area = [sheet.id, row, column, 1, 1];
    checkLength(text);
    const old = cellAt(sheet, row, column)?.value ?? '';
    if (text === '') clearArea(site.book, area, ['content']);
    else writeValues(site.book, area, [[text]], year());
    site.book.activeSheet = sheet.id;
    site.book.activeRange = area;
    const now = cellAt(sheet, row, column)?.value ?? '';
    return edited(
      { area, value: now === '' ? undefined : String(now), oldValue: old === '' ? undefined : String(old) },
      user,
    );
  };

  return {
    sheets: () =>
      site.book.sheets.map((sheet) => ({
        name: sheet.name,
        hidden: sheet.hidden,
        tabColor: sheet.tabColor,
        ...extent(sheet),
      })),
    rows,
    view(tab, fromRow = 1, toRow = Number.MAX_SAFE_INTEGER) {
      const sheet = byName(tab);
      calculateAll(sheet);
      return viewOf(site, sheet, fromRow, toRow);
    },
    typeInCell,
    async edit(tab, where, set, user) {
      const sheet = byName(tab);
      calculateAll(sheet);
      const conditions = Object.entries(where).map(([header, value]) => ({ column: columnOf(sheet, header), value }));
      const matching: number[] = [];
      for (let row = 2; row <= extent(sheet).rows; row += 1) {
        if (conditions.every(({ column, value }) => valueText(sheet, row, column) === value)) matching.push(row);
      }
      if (matching.length === 0) throw new Error(`No row of the tab "${tab}" matches ${JSON.stringify(where)}.`);
      const done: Execution[] = [];
      for (const row of matching) {
        for (const [header, value] of Object.entries(set)) {
          const text = typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
          done.push(...(await typeInCell(tab, row, columnOf(sheet, header), text, user)));
        }
      }
      return done;
    },
    sort(tab, header, ascending = true) {
      const sheet = byName(tab);
      const frozen = sheet.frozenRows;
      // A person sorts the data below the header, frozen or not.
      sheet.frozenRows = Math.max(1, frozen);
      sortRows(site.book, sheet, columnOf(sheet, header), ascending);
      sheet.frozenRows = frozen;
    },
    insertColumn(tab, before, header) {
      const sheet = byName(tab);
      insertColumns(site.book, sheet, before, 1);
      if (header !== undefined) writeValues(site.book, [sheet.id, 1, before, 1, 1], [[`'${header}`]], year());
    },
    moveColumn: (tab, from, to) => moveColumn(site.book, byName(tab), from, to),
    insertRow: (tab, before) => insertRows(site.book, byName(tab), before, 1),
    deleteRow: (tab, row) => deleteRows(site.book, byName(tab), row, 1),
    renameSheet(tab, name) {
      const sheet = byName(tab);
      sheet.name = name;
      changed(site.book, sheet);
    },
    deleteSheet(tab) {
      const sheet = byName(tab);
      if (site.book.sheets.length === 1) throw new Refusal("You can't remove all the sheets in a document.");
      site.book.sheets = site.book.sheets.filter((each) => each !== sheet);
      site.book.version += 1;
    },
    setRows(tab, records) {
      let sheet = site.book.sheets.find((each) => each.name === tab);
      if (!sheet) {
        sheet = newSheet(site.book, tab);
        site.book.sheets.push(sheet);
      }
      replaceRows(site, sheet, headers(sheet), records, year());
    },
    version: () => site.book.version,
  };
}

function replaceRows(
  site: Site,
  sheet: SheetState,
  known: readonly string[],
  records: readonly Readonly<Record<string, unknown>>[],
  year: number,
): void {
  const names = [...known];
  for (const record of records) for (const key of Object.keys(record)) if (!names.includes(key)) names.push(key);
  if (names.length === 0) return;
  if (names.length > sheet.maxColumns)
    insertColumns(site.book, sheet, sheet.maxColumns + 1, names.length - sheet.maxColumns);
  if (records.length + 1 > sheet.maxRows)
    insertRows(site.book, sheet, sheet.maxRows + 1, records.length + 1 - sheet.maxRows);
  const added = names.slice(known.length);
  if (added.length > 0) {
    writeValues(site.book, [sheet.id, 1, known.length + 1, 1, added.length], [added.map((name) => `'${name}`)], year);
  }
  clearArea(site.book, [sheet.id, 2, 1, Math.max(1, sheet.maxRows - 1), names.length], ['content']);
  if (records.length === 0) return;
  const values = records.map((record) => names.map((name) => inputOf(record[name])));
  writeValues(site.book, [sheet.id, 2, 1, values.length, names.length], values, year);
}

function inputOf(value: unknown): Input {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  return text === '' ? null : `'${text}`;
}

function valueText(sheet: SheetState, row: number, column: number): RowValue {
  const cell = cellAt(sheet, row, column);
  if (!cell) return '';
  if (typeof cell.value === 'number' && isDateFormat(cell.style.numberFormat)) return serialText(cell.value);
  return cell.value as Scalar;
}

function viewOf(site: Site, sheet: SheetState, fromRow: number, toRow: number): TabView {
  const size = extent(sheet);
  const last = Math.min(toRow, Math.max(size.rows, 1));
  const cells: CellView[][] = [];
  for (let row = fromRow; row <= last; row += 1) {
    const line: CellView[] = [];
    for (let column = 1; column <= Math.max(1, size.columns); column += 1)
      line.push(cellView(site, sheet, row, column));
    cells.push(line);
  }
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    rows: size.rows,
    columns: size.columns,
    maxRows: sheet.maxRows,
    maxColumns: sheet.maxColumns,
    frozenRows: sheet.frozenRows,
    frozenColumns: sheet.frozenColumns,
    widths: Array.from({ length: Math.max(1, size.columns) }, (_, index) => sheet.widths.get(index + 1) ?? 100),
    hiddenColumns: [...sheet.hiddenColumns],
    version: site.book.version,
    fromRow,
    cells,
    charts: sheet.charts,
    conditional: sheet.conditional,
  };
}

function cellView(site: Site, sheet: SheetState, row: number, column: number): CellView {
  const cell = cellAt(sheet, row, column);
  const style = cell?.style ?? plainStyle;
  const value = cell?.value ?? '';
  const choices = style.rule ? (choicesOf(site.book, style.rule) ?? null) : null;
  return {
    text: displayText(value, style.numberFormat),
    value: valueText(sheet, row, column),
    formula: cell?.formula ?? '',
    format: style.numberFormat ?? '',
    note: style.note ?? '',
    choices,
    checkbox: style.rule?.kind === 'CHECKBOX',
    background: style.background ?? '',
    color: style.fontColor ?? '',
    bold: style.fontWeight === 'bold',
    italic: style.fontStyle === 'italic',
    align: style.horizontalAlignment ?? '',
    wrap: style.wrap === 'WRAP',
    protected: protectionAt(sheet, row, column),
  };
}

function protectionAt(sheet: SheetState, row: number, column: number): CellView['protected'] {
  const found = sheet.protections.filter(
    ({ area: [, top, left, rows, columns], wholeSheet }) =>
      wholeSheet || (row >= top && row < top + rows && column >= left && column < left + columns),
  );
  if (found.length === 0) return '';
  return found.some((each) => !each.warningOnly) ? 'locked' : 'warning';
}
