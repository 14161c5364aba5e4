import { type Area, type Book, type Cell, sheetOf } from './book.ts';
import { displayText, isDateFormat } from './display.ts';
import { fromSerial } from './serial.ts';
import { plainStyle, type StyleKey } from './style.ts';

const styleDefaults: Readonly<Partial<Record<StyleKey, unknown>>> = {
  numberFormat: '0.###############',
  note: '',
  fontWeight: 'normal',
  background: '#ffffff',
};

/** A grid made of the cells of an area. */
export function gridOf<T>(book: Book, area: Area, of: (cell: Cell | undefined) => T): T[][] {
  const [id, top, left, rows, columns] = area;
  const sheet = sheetOf(book, id);
  const grid: T[][] = [];
  for (let i = 0; i < rows; i += 1) {
    const cells = sheet.rows[top - 1 + i];
    const row: T[] = [];
    for (let j = 0; j < columns; j += 1) row.push(of(cells?.[left - 1 + j]));
    grid.push(row);
  }
  return grid;
}

/** Values of an area; dates as epoch milliseconds, their places listed in `d` as row, column, row, column, … */
export function readValues(book: Book, area: Area): { v: unknown[][]; d: number[] } {
  const d: number[] = [];
  const v = gridOf<unknown>(book, area, (cell) => cell?.value ?? '');
  const [id, top, left] = area;
  const sheet = sheetOf(book, id);
  v.forEach((row, i) => {
    row.forEach((value, j) => {
      if (typeof value !== 'number') return;
      const cell = sheet.rows[top - 1 + i]?.[left - 1 + j];
      if (!isDateFormat(cell?.style.numberFormat)) return;
      row[j] = fromSerial(value, book.timeZone);
      d.push(i, j);
    });
  });
  return { v, d };
}

/** The texts that the cells of an area show. */
export function readDisplay(book: Book, area: Area): string[][] {
  return gridOf(book, area, (cell) => (cell ? displayText(cell.value, cell.style.numberFormat) : ''));
}

/** Formulas of an area, '' where there is none. */
export function readFormulas(book: Book, area: Area): string[][] {
  return gridOf(book, area, (cell) => cell?.formula ?? '');
}

/** One part of the style of each cell, as it was set, or Google's default. */
export function readStyles(book: Book, area: Area, key: StyleKey): unknown[][] {
  return gridOf(book, area, (cell) => (cell?.style ?? plainStyle)[key] ?? styleDefaults[key] ?? '');
}

/** Whether any cell of an area holds a formula. */
export function holdsFormula(book: Book, area: Area): boolean {
  const [id, top, left, rows, columns] = area;
  const sheet = sheetOf(book, id);
  if (sheet.formulas === 0) return false;
  return sheet.rows
    .slice(top - 1, top - 1 + rows)
    .some((cells) =>
      cells.slice(left - 1, left - 1 + columns).some((cell) => cell !== undefined && cell.formula !== ''),
    );
}
