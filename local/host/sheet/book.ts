import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { plainStyle, type Style } from './style.ts';

/** What a cell can hold; '' is empty, a date is the number of days since 1899-12-30. */
export type Scalar = string | number | boolean;

/** One cell. `formula` is '' where there is none; then `value` is what was entered, else what the formula gave last. */
export interface Cell {
  value: Scalar;
  formula: string;
  style: Style;
}

/** Rows of a sheet; absent cells are empty and plain. */
export type Rows = (Cell | undefined)[][];

/** A rectangle: sheet id, first row, first column, rows, columns, all from one. */
export type Area = readonly [sheet: number, row: number, column: number, rows: number, columns: number];

export interface ProtectionState {
  readonly id: number;
  readonly wholeSheet: boolean;
  area: Area;
  description: string;
  warningOnly: boolean;
}

export interface ChartState {
  data: Readonly<Record<string, unknown>> & { readonly id: number };
  ranges: readonly Area[];
}

export interface ConditionalState {
  readonly data: Readonly<Record<string, unknown>>;
  readonly ranges: readonly Area[];
}

export interface SheetState {
  readonly id: number;
  name: string;
  hidden: boolean;
  rows: Rows;
  maxRows: number;
  maxColumns: number;
  frozenRows: number;
  frozenColumns: number;
  tabColor: string | null;
  widths: Map<number, number>;
  hiddenColumns: Set<number>;
  protections: ProtectionState[];
  charts: ChartState[];
  conditional: ConditionalState[];
  /** Counts the changes of values and structure. */
  version: number;
  formulas: number;
}

/** The spreadsheet. */
export interface Book {
  readonly id: string;
  name: string;
  readonly timeZone: string;
  readonly locale: string;
  sheets: SheetState[];
  activeSheet: number;
  activeRange: Area | null;
  namedRanges: Map<string, Area>;
  nextId: number;
  /** Counts every change; the page asks for it. */
  version: number;
  /** Counts changes of looks, of whichever sheet. */
  looks: number;
}

/** A spreadsheet with one empty sheet, as Google makes it. */
export function newBook(id: string, timeZone: string): Book {
  const book: Book = {
    id,
    name: 'Untitled spreadsheet',
    timeZone,
    locale: 'en_US',
    sheets: [],
    activeSheet: 0,
    activeRange: null,
    namedRanges: new Map(),
    nextId: 1,
    version: 0,
    looks: 0,
  };
  const first = newSheet(book, 'Sheet1', 0);
  book.sheets.push(first);
  return book;
}

/** An empty sheet that is not in the book yet. */
export function newSheet(book: Book, name: string, id = freshId(book)): SheetState {
  return {
    id,
    name,
    hidden: false,
    rows: [],
    maxRows: limits.newSheetRows,
    maxColumns: limits.newSheetColumns,
    frozenRows: 0,
    frozenColumns: 0,
    tabColor: null,
    widths: new Map(),
    hiddenColumns: new Set(),
    protections: [],
    charts: [],
    conditional: [],
    version: 0,
    formulas: 0,
  };
}

/** A number that nothing in this book has. */
export function freshId(book: Book): number {
  book.nextId += 1;
  return book.nextId;
}

/** The sheet of an id; refused when it is gone. */
export function sheetOf(book: Book, id: number): SheetState {
  const sheet = book.sheets.find((each) => each.id === id);
  if (!sheet) throw new Refusal(`Sheet ${id} not found`);
  return sheet;
}

/** The cell at row and column (from one), or undefined when it is empty and plain. */
export function cellAt(sheet: SheetState, row: number, column: number): Cell | undefined {
  return sheet.rows[row - 1]?.[column - 1];
}

/** The cell at row and column, made when absent. */
export function touch(sheet: SheetState, row: number, column: number): Cell {
  let cells = sheet.rows[row - 1];
  if (!cells) {
    while (sheet.rows.length < row) sheet.rows.push([]);
    cells = sheet.rows[row - 1] ?? [];
  }
  const known = cells[column - 1];
  if (known) return known;
  const made: Cell = { value: '', formula: '', style: plainStyle };
  while (cells.length < column - 1) cells.push(undefined);
  cells[column - 1] = made;
  return made;
}

/** Last row and column that hold a value or formula; 0 when none does. */
export function extent(sheet: SheetState): { rows: number; columns: number } {
  let rows = 0;
  let columns = 0;
  sheet.rows.forEach((cells, index) => {
    for (let column = cells.length; column > 0; column -= 1) {
      const cell = cells[column - 1];
      if (cell && (cell.value !== '' || cell.formula !== '')) {
        rows = index + 1;
        columns = Math.max(columns, column);
        break;
      }
    }
  });
  return { rows, columns };
}

/** Notes that only looks changed, so that formulas need not be worked out again. */
export function looksChanged(book: Book): void {
  book.looks += 1;
  book.version += 1;
}

/** Notes that values or structure changed. */
export function changed(book: Book, sheet: SheetState): void {
  sheet.version += 1;
  book.version += 1;
}
