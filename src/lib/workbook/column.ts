import type { Cell, CellToWrite } from './cell.ts';

/** Whose column it is: `machine` (written by the product, protected with a warning), `person` (never updated by the product), `both`. */
export type Owner = 'machine' | 'person' | 'both';

/** Where the drop-down of a column comes from: fixed words, or the names in a column of another tab. */
export type DropDown =
  | { readonly from: 'words'; readonly words: readonly string[] }
  | { readonly from: 'tab'; readonly tab: string; readonly header: string };

/** What reading a cell gives: its value, or what would have been allowed. */
export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly allowed: string };

/** One column of a table: header, meaning, looks, and the way from a cell to a value and back. */
export interface Column<T> {
  readonly header: string;
  /** Kind of value in words, for the documentation. */
  readonly kind: string;
  /** What the column is for; becomes the note on the header. */
  readonly about: string;
  readonly owner: Owner;
  /** An empty cell is a problem. */
  readonly required: boolean;
  /** Number format of the cells; empty: automatic. */
  readonly format: string;
  /** Width in pixels. */
  readonly width: number;
  readonly dropDown: DropDown | null;
  /** A text too long for a cell is cut with a visible mark (`cut`) or refused. */
  readonly tooLong: 'cut' | 'refuse';
  decode(cell: Cell): Decoded<T>;
  encode(value: T): CellToWrite;
}
