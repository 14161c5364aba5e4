import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { cellName } from './a1.ts';
import {
  type Area,
  type Book,
  type Cell,
  cellAt,
  changed,
  looksChanged,
  type Scalar,
  type SheetState,
  sheetOf,
  touch,
} from './book.ts';
import { toSerial } from './serial.ts';
import { plainStyle, restyled, type Style, type StyleKey } from './style.ts';
import { parseTyped, type Typed } from './typed.ts';
import { satisfies } from './validate.ts';

/** A value as a script or a person gives it. */
export type Input = string | number | boolean | null | { readonly $date: number };

/** Refuses texts that are longer than a cell may hold. */
export function checkLength(input: unknown): void {
  if (typeof input === 'string' && input.length > limits.cellCharacters) {
    throw new Refusal('Your input contains more than the maximum of 50000 characters in a single cell.');
  }
}

/**
 * Writes a grid of values as if each were typed. A value that a rejecting rule forbids refuses the whole write.
 * `year` completes dates typed without one.
 */
export function writeValues(book: Book, area: Area, values: readonly (readonly Input[])[], year: number): void {
  const [id, top, left] = area;
  const sheet = sheetOf(book, id);
  const parsed = values.map((row, i) =>
    row.map((input, j) => {
      const cell = cellAt(sheet, top + i, left + j);
      const style = cell?.style ?? plainStyle;
      const typed = interpret(input, style, book.timeZone, year);
      refuseInvalid(book, style, typed, top + i, left + j);
      return typed;
    }),
  );
  parsed.forEach((row, i) => {
    row.forEach((typed, j) => {
      store(sheet, top + i, left + j, typed);
    });
  });
  changed(book, sheet);
}

/** Writes formulas; an empty text clears the cell. */
export function writeFormulas(book: Book, area: Area, formulas: readonly (readonly string[])[]): void {
  const [id, top, left] = area;
  const sheet = sheetOf(book, id);
  formulas.forEach((row, i) => {
    row.forEach((text, j) => {
      const formula = text === '' || text.startsWith('=') ? text : `=${text}`;
      store(sheet, top + i, left + j, { value: '', formula });
    });
  });
  changed(book, sheet);
}

/** Clears contents, formats or validations of an area. */
export function clearArea(book: Book, area: Area, parts: readonly string[]): void {
  const [id, top, left, rows, columns] = area;
  const sheet = sheetOf(book, id);
  for (let row = top; row < top + Math.min(rows, sheet.rows.length - top + 1); row += 1) {
    for (let column = left; column < left + columns; column += 1) {
      const cell = cellAt(sheet, row, column);
      if (cell) clearCell(sheet, cell, parts);
    }
  }
  changed(book, sheet);
}

/** Sets one part of the style of every cell of an area; `valueAt` gives it by row and column from zero. */
export function writeStyles(
  book: Book,
  area: Area,
  key: StyleKey,
  valueAt: (row: number, column: number) => unknown,
): void {
  const [id, top, left, rows, columns] = area;
  const sheet = sheetOf(book, id);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      const value = valueAt(i, j);
      const known = cellAt(sheet, top + i, left + j);
      if (!known && (value === null || value === '')) continue;
      const cell = known ?? touch(sheet, top + i, left + j);
      cell.style = restyled(cell.style, key, value);
    }
  }
  looksChanged(book);
}

/** What an input becomes in a cell of this style. */
export function interpret(input: Input, style: Style, timeZone: string, year: number): Typed {
  if (input === null) return { value: '', formula: '' };
  if (typeof input === 'string') return parseTyped(input, style.numberFormat, year);
  if (typeof input === 'object') {
    const value = toSerial(input.$date, timeZone);
    return { value, formula: '', format: Number.isInteger(value) ? 'm/d/yyyy' : 'm/d/yyyy h:mm:ss' };
  }
  return { value: input, formula: '' };
}

/** Puts an interpreted input into a cell; the format that came with it is taken on by a cell without one. */
export function store(sheet: SheetState, row: number, column: number, typed: Typed): void {
  if (typed.value === '' && typed.formula === '' && cellAt(sheet, row, column) === undefined) return;
  const cell = touch(sheet, row, column);
  if (cell.formula !== '') sheet.formulas -= 1;
  if (typed.formula !== '') sheet.formulas += 1;
  cell.formula = typed.formula;
  cell.value = typed.value;
  if (typed.format !== undefined && cell.style.numberFormat === undefined) {
    cell.style = restyled(cell.style, 'numberFormat', typed.format);
  }
}

function refuseInvalid(book: Book, style: Style, typed: Typed, row: number, column: number): void {
  const rule = style.rule;
  if (!rule || rule.allowInvalid || typed.formula !== '') return;
  const format = style.numberFormat ?? typed.format;
  const shown = format === undefined ? style : { ...style, numberFormat: format };
  if (satisfies(book, rule, typed.value as Scalar, shown)) return;
  throw new Refusal(
    `The data you entered in cell ${cellName(row, column)} violates the data validation rules set on this cell.`,
  );
}

function clearCell(sheet: SheetState, cell: Cell, parts: readonly string[]): void {
  if (parts.includes('content')) {
    if (cell.formula !== '') sheet.formulas -= 1;
    cell.formula = '';
    cell.value = '';
  }
  if (parts.includes('format')) {
    const { note, rule } = cell.style;
    cell.style = restyled(restyled(plainStyle, 'note', note ?? null), 'rule', rule ?? null);
  }
  if (parts.includes('validation')) cell.style = restyled(cell.style, 'rule', null);
}
