import { type Cell, isBlank, showCell } from '../workbook/cell.ts';
import type { Column, Decoded } from '../workbook/column.ts';
import { problemSentence } from '../workbook/problem.ts';
import type { CellValue } from './model.ts';

/**
 * Reads what a person typed as the spreadsheet would read it in that column: text where the column takes text, else a number
 * (`16,000`, `$125`; `10%` is 0.1). What is no number to anybody is no value of a number column.
 */
export function decodeTyped(column: Column<unknown>, typed: string): Decoded<unknown> {
  const asText = column.decode(typed);
  return asText.ok || isBlank(typed) ? asText : column.decode(typedNumber(typed));
}

/** The value of a cell as it goes over the wire and stands in an input: a day as its text, yes and no as words. */
export function cellOf(column: Column<unknown>, value: unknown): CellValue {
  const cell = column.encode(value);
  if (typeof cell === 'object') return 'day' in cell ? cell.day : '';
  return cell;
}

/** What is wrong with a cell of an import, in the words that the tab's own cell would get. @param row its key */
export function cellSentence(tab: string, row: string, column: Column<unknown>, found: Cell, allowed: string): string {
  const place = row === '' ? tab : `${tab}, ${row}`;
  return problemSentence({ tab: place, row: null, column: column.header, found: showCell(found), allowed });
}

function typedNumber(typed: string): number {
  const found = /^([-+]?)[$\u20ac\u00a3]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%?)$/.exec(typed.trim());
  if (found === null) return Number.NaN;
  const [, sign = '', whole = '', decimals = '', percent = ''] = found;
  const number = Number(`${sign}${whole.replace(/,/g, '')}${decimals}`);
  return percent === '' ? number : number / 100;
}
