/** Where things stand in the grid, in pixels. */
import type { Grid, GridCell } from '../protocol.ts';

export interface Place {
  readonly row: number;
  readonly column: number;
}

export const ROW_PX = 24;
export const HEAD_PX = 24;
export const NUMBERS_PX = 46;
const DEFAULT_WIDTH_PX = 100;

/** Lengths are texts: a bare number in a style has no unit. */
export function px(length: number): string {
  return `${length}px`;
}

export function widthsOf(grid: Grid): readonly number[] {
  return Array.from({ length: grid.columnCount }, (_, at) => grid.widths[at] ?? DEFAULT_WIDTH_PX);
}

/** Distance of a column's left edge from the row numbers. */
export function leftOf(widths: readonly number[], column: number): number {
  return widths.slice(0, column - 1).reduce((sum, one) => sum + one, 0);
}

/** How far a text may run over the empty cells to its right, as in Sheets; numbers and drop-downs stay in their cell. */
export function roomFor(cells: readonly GridCell[], at: number, widths: readonly number[]): number {
  let room = widths[at] ?? DEFAULT_WIDTH_PX;
  const cell = cells[at];
  if (!cell || cell.right || cell.choices) return room;
  for (let next = at + 1; next < cells.length && isBlank(cells[next]); next += 1)
    room += widths[next] ?? DEFAULT_WIDTH_PX;
  return room;
}

function isBlank(cell: GridCell | undefined): boolean {
  return cell !== undefined && cell.text === '' && cell.choices === null;
}

/** A, B … Z, AA … */
export function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
