import { Refusal } from '../refusal.ts';
import type { Area, Book, SheetState } from './book.ts';

/** A1 letters of a column that counts from one. */
export function letters(column: number): string {
  let text = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

/** `B7` of row 7 and column 2. */
export function cellName(row: number, column: number): string {
  return `${letters(column)}${row}`;
}

/** The area that an A1 text names (`B2`, `B2:C9`, `B:C`, `2:3`, `'My tab'!B2`); refused when it names none. */
export function parseA1(book: Book, text: string, home: SheetState): Area {
  const bang = text.lastIndexOf('!');
  const sheet = bang < 0 ? home : namedSheet(book, text.slice(0, bang));
  const [from = '', to = from] = text.slice(bang + 1).split(':');
  const first = corner(from);
  const last = corner(to);
  if (!first || !last) throw new Refusal('Range not found');
  const top = first.row ?? 1;
  const left = first.column ?? 1;
  const bottom = last.row ?? sheet.maxRows;
  const right = last.column ?? sheet.maxColumns;
  if (bottom > sheet.maxRows || right > sheet.maxColumns) throw new Refusal(`Range ${text} exceeds grid limits.`);
  const row = Math.min(top, bottom);
  const column = Math.min(left, right);
  return [sheet.id, row, column, Math.abs(bottom - top) + 1, Math.abs(right - left) + 1];
}

function namedSheet(book: Book, text: string): SheetState {
  const name = text.startsWith("'") ? text.slice(1, -1).replace(/''/g, "'") : text;
  const sheet = book.sheets.find((each) => each.name === name);
  if (!sheet) throw new Refusal('Range not found');
  return sheet;
}

function corner(text: string): { row?: number; column?: number } | undefined {
  const found = /^\$?([A-Z]*)\$?(\d*)$/i.exec(text);
  if (!found || text === '') return undefined;
  const column = [...(found[1] ?? '').toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { ...(found[2] ? { row: Number(found[2]) } : {}), ...(column > 0 ? { column } : {}) };
}
