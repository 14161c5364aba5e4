import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { type Area, type Book, type Cell, changed, type Rows, type SheetState } from './book.ts';
import { plainStyle, restyled } from './style.ts';

/** Inserts empty rows before `row` (from one); they take on the formats of the row above, as at Google. */
export function insertRows(book: Book, sheet: SheetState, row: number, count: number): void {
  need(count >= 1 && row >= 1 && row <= sheet.maxRows + 1, 'Those rows are out of bounds.');
  checkCells(book, count * sheet.maxColumns);
  if (row - 1 <= sheet.rows.length) {
    const above = sheet.rows[row - 2] ?? [];
    const fresh: Rows = Array.from({ length: count }, () => above.map(emptied));
    sheet.rows = [...sheet.rows.slice(0, row - 1), ...fresh, ...sheet.rows.slice(row - 1)];
  }
  sheet.maxRows += count;
  moveAreas(book, sheet, (area) => shifted(area, 1, row, count));
  changed(book, sheet);
}

/** Deletes rows. */
export function deleteRows(book: Book, sheet: SheetState, row: number, count: number): void {
  need(count >= 1 && row >= 1 && row + count - 1 <= sheet.maxRows, 'Those rows are out of bounds.');
  need(count < sheet.maxRows, 'Sorry, it is not possible to delete all the rows on the sheet.');
  need(
    sheet.maxRows - count > sheet.frozenRows || row > sheet.frozenRows,
    'Sorry, it is not possible to delete all non-frozen rows.',
  );
  sheet.rows.splice(row - 1, count);
  sheet.maxRows -= count;
  recount(sheet);
  moveAreas(book, sheet, (area) => shrunk(area, 1, row, count));
  changed(book, sheet);
}

/** Inserts empty columns before `column`; they take on the formats of the column to the left. */
export function insertColumns(book: Book, sheet: SheetState, column: number, count: number): void {
  need(count >= 1 && column >= 1 && column <= sheet.maxColumns + 1, 'Those columns are out of bounds.');
  need(sheet.maxColumns + count <= limits.columns, `A sheet can have at most ${limits.columns} columns.`);
  checkCells(book, count * sheet.maxRows);
  sheet.rows = sheet.rows.map((cells) => {
    if (cells.length < column - 1) return cells;
    const fresh = Array.from({ length: count }, () => emptied(cells[column - 2]));
    return [...cells.slice(0, column - 1), ...fresh, ...cells.slice(column - 1)];
  });
  sheet.maxColumns += count;
  moveColumnFacts(sheet, (at) => (at >= column ? at + count : at));
  moveAreas(book, sheet, (area) => shifted(area, 2, column, count));
  changed(book, sheet);
}

/** Deletes columns. */
export function deleteColumns(book: Book, sheet: SheetState, column: number, count: number): void {
  need(count >= 1 && column >= 1 && column + count - 1 <= sheet.maxColumns, 'Those columns are out of bounds.');
  need(count < sheet.maxColumns, 'Sorry, it is not possible to delete all the columns on the sheet.');
  for (const cells of sheet.rows) cells.splice(column - 1, count);
  sheet.maxColumns -= count;
  recount(sheet);
  moveColumnFacts(sheet, (at) => (at < column ? at : at < column + count ? 0 : at - count));
  moveAreas(book, sheet, (area) => shrunk(area, 2, column, count));
  changed(book, sheet);
}

/** Moves one column to another place, both from one, counted before the move. */
export function moveColumn(book: Book, sheet: SheetState, from: number, to: number): void {
  for (const cells of sheet.rows) {
    while (cells.length < Math.max(from, to)) cells.push(undefined);
    const [moved] = cells.splice(from - 1, 1);
    cells.splice(to - 1, 0, moved);
  }
  const place = (at: number): number => {
    if (at === from) return to;
    if (from < at && at <= to) return at - 1;
    if (to <= at && at < from) return at + 1;
    return at;
  };
  moveColumnFacts(sheet, place);
  moveAreas(book, sheet, (area) => (area[4] === 1 ? [area[0], area[1], place(area[2]), area[3], 1] : area));
  changed(book, sheet);
}

/** Sorts the rows below the frozen ones by one column: numbers, then texts, then truth values, empty cells last. */
export function sortRows(book: Book, sheet: SheetState, column: number, ascending: boolean): void {
  need(column >= 1 && column <= sheet.maxColumns, 'Those columns are out of bounds.');
  const head = sheet.rows.slice(0, sheet.frozenRows);
  const body = sheet.rows.slice(sheet.frozenRows);
  const rank = (cell: Cell | undefined): number =>
    cell === undefined || cell.value === ''
      ? 3
      : typeof cell.value === 'number'
        ? 0
        : typeof cell.value === 'string'
          ? 1
          : 2;
  body.sort((a, b) => {
    const left = a[column - 1];
    const right = b[column - 1];
    const ranks = rank(left) - rank(right);
    if (rank(left) === 3 || rank(right) === 3) return ranks;
    const order = ranks !== 0 ? ranks : compare(left?.value ?? '', right?.value ?? '');
    return ascending ? order : -order;
  });
  sheet.rows = [...head, ...body];
  changed(book, sheet);
}

/** Refuses growth beyond ten million cells. */
export function checkCells(book: Book, more: number): void {
  const cells = book.sheets.reduce((sum, sheet) => sum + sheet.maxRows * sheet.maxColumns, 0);
  need(
    cells + more <= limits.cells,
    `This action would increase the number of cells in the workbook above the limit of ${limits.cells} cells.`,
  );
}

function compare(a: Cell['value'], b: Cell['value']): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en', { sensitivity: 'base' });
  return Number(a) - Number(b);
}

function emptied(cell: Cell | undefined): Cell | undefined {
  if (!cell || cell.style === plainStyle) return undefined;
  return { value: '', formula: '', style: restyled(cell.style, 'note', null) };
}

function recount(sheet: SheetState): void {
  sheet.formulas = sheet.rows.reduce(
    (sum, cells) => sum + cells.reduce((count, cell) => count + (cell && cell.formula !== '' ? 1 : 0), 0),
    0,
  );
}

function moveColumnFacts(sheet: SheetState, place: (column: number) => number): void {
  sheet.widths = new Map(
    [...sheet.widths].map(([at, width]): [number, number] => [place(at), width]).filter(([at]) => at > 0),
  );
  sheet.hiddenColumns = new Set([...sheet.hiddenColumns].map(place).filter((at) => at > 0));
}

function moveAreas(book: Book, sheet: SheetState, move: (area: Area) => Area | undefined): void {
  const own = (area: Area): Area | undefined => (area[0] === sheet.id ? move(area) : area);
  sheet.protections = sheet.protections.filter((each) => {
    const area = own(each.area);
    if (area) each.area = area;
    return area !== undefined;
  });
  for (const each of book.sheets) {
    each.conditional = each.conditional.map((rule) => ({
      ...rule,
      ranges: rule.ranges.map(own).filter((area) => area !== undefined),
    }));
    for (const chart of each.charts) chart.ranges = chart.ranges.map(own).filter((area) => area !== undefined);
  }
  for (const [name, area] of book.namedRanges) {
    const moved = own(area);
    if (moved) book.namedRanges.set(name, moved);
    else book.namedRanges.delete(name);
  }
}

/** The area after `count` lines were inserted before `at`; `axis` 1 is rows, 2 is columns. */
function shifted(area: Area, axis: 1 | 2, at: number, count: number): Area {
  const [id, row, column, rows, columns] = area;
  const start = axis === 1 ? row : column;
  const size = axis === 1 ? rows : columns;
  const newStart = start >= at ? start + count : start;
  const newSize = start < at && at < start + size ? size + count : size;
  return axis === 1 ? [id, newStart, column, newSize, columns] : [id, row, newStart, rows, newSize];
}

function shrunk(area: Area, axis: 1 | 2, at: number, count: number): Area | undefined {
  const [id, row, column, rows, columns] = area;
  const start = axis === 1 ? row : column;
  const end = start + (axis === 1 ? rows : columns);
  const newStart = start < at ? start : Math.max(at, start - count);
  const newEnd = end <= at ? end : Math.max(at, end - count);
  if (newEnd <= newStart) return undefined;
  return axis === 1 ? [id, newStart, column, newEnd - newStart, columns] : [id, row, newStart, rows, newEnd - newStart];
}

function need(condition: boolean, message: string): void {
  if (!condition) throw new Refusal(message);
}
