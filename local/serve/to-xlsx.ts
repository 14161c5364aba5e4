/** The workbook as .xlsx: values, formulas with their results, formats, notes, drop-downs, frozen header, hidden tabs. */
import { type Cell, type DataValidation, type WriteSheet, writeXlsx } from 'hucre';
import type { CellView, TabView, Workbook } from '../host/host.ts';

const PIXELS_PER_CHARACTER = 7;

/** The bytes of the workbook as an Excel file. */
export async function toXlsx(workbook: Workbook): Promise<Uint8Array> {
  return writeXlsx({ sheets: workbook.sheets().map((sheet) => sheetOf(workbook.view(sheet.name))) });
}

function sheetOf(view: TabView): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  view.cells.forEach((line, row) => {
    line.forEach((cell, column) => {
      const written = cellOf(cell);
      if (written) cells.set(`${row},${column}`, written);
    });
  });
  return {
    name: view.name,
    hidden: view.hidden,
    columns: view.widths.map((pixels) => ({ width: pixels / PIXELS_PER_CHARACTER })),
    rows: view.cells.map((line) => line.map((cell) => plainValue(cell))),
    cells,
    freezePane: { rows: view.frozenRows, columns: view.frozenColumns },
    dataValidations: validationsOf(view),
  };
}

/** What a cell has besides its value; null where it has nothing. */
function cellOf(cell: CellView): Partial<Cell> | null {
  const style = {
    ...(cell.format === '' ? {} : { numFmt: cell.format }),
    ...(cell.bold || cell.color !== ''
      ? { font: { bold: cell.bold, ...(cell.color === '' ? {} : { color: { rgb: rgb(cell.color) } }) } }
      : {}),
    ...(cell.background === ''
      ? {}
      : { fill: { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb: rgb(cell.background) } } }),
    ...(cell.wrap ? { alignment: { wrapText: true } } : {}),
  };
  if (Object.keys(style).length === 0 && cell.formula === '' && cell.note === '') return null;
  return {
    value: plainValue(cell),
    style,
    ...(cell.formula === '' ? {} : { formula: cell.formula.replace(/^=/, ''), formulaResult: plainValue(cell) }),
    ...(cell.note === '' ? {} : { comment: { text: cell.note } }),
  };
}

/** Dates go out as the serial numbers that spreadsheets keep, so no zone can move them. */
function plainValue(cell: CellView): string | number | boolean | null {
  if (cell.value === '') return null;
  if (typeof cell.value !== 'string') return cell.value;
  const moment = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?$/.exec(cell.value);
  if (!moment || cell.format === '' || cell.format === '@') return cell.value;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = moment
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (Date.UTC(year, month - 1, day, hour, minute, second) - Date.UTC(1899, 11, 30)) / 86_400_000;
}

/** One drop-down per column: the choices of its first data row, down to the last row. */
function validationsOf(view: TabView): DataValidation[] {
  const first = view.cells[1] ?? [];
  return first.flatMap((cell, column): DataValidation[] => {
    if (!cell.choices || cell.choices.length === 0 || cell.choices.join(',').length > 250) return [];
    const letter = letters(column + 1);
    return [
      {
        type: 'list',
        values: [...cell.choices],
        allowBlank: true,
        errorStyle: 'warning',
        range: `${letter}2:${letter}${Math.max(2, view.rows)}`,
      },
    ];
  });
}

function rgb(color: string): string {
  return color.replace('#', '').toUpperCase();
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
