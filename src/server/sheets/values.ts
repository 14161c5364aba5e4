import type { Cell, CellToWrite } from '../../lib/workbook/cell.ts';
import type { Zone } from './zone.ts';

/** What the spreadsheet service takes for a cell. */
export type SheetValue = string | number | boolean | Date;

/** A cell as pure code sees it. The day of a date is worked out only when it is asked for. */
export function toCell(value: unknown, zone: Zone): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!isDate(value)) return value === null || value === undefined ? '' : String(value);
  return {
    get day() {
      return zone.dayOf(value);
    },
    ms: value.getTime(),
  };
}

/**
 * What to hand to `setValues`. All text gets a leading apostrophe, which the spreadsheet takes as "this is text": nothing that
 * came from outside becomes a formula, a date or a number.
 */
export function toSheetValue(cell: CellToWrite, zone: Zone): SheetValue {
  if (typeof cell === 'string') return cell === '' ? '' : `'${cell}`;
  if (typeof cell === 'number') return cell;
  return 'day' in cell ? zone.midnightOf(cell.day) : new Date(cell.ms);
}

/** What to hand to `setValues` to write a cell back as it stands (not for cells with a formula). */
export function sameAgain(value: unknown): SheetValue {
  if (typeof value === 'string') return value === '' ? '' : `'${value}`;
  if (typeof value === 'number' || typeof value === 'boolean' || isDate(value)) return value;
  return '';
}

/** Tells whether a cell holds already what is to be written; moments are the same within a second. */
export function holds(value: unknown, cell: CellToWrite, zone: Zone): boolean {
  if (typeof cell === 'string' || typeof cell === 'number') return value === cell;
  if (!isDate(value)) return false;
  return 'day' in cell ? zone.dayOf(value) === cell.day : Math.abs(value.getTime() - cell.ms) < 1000;
}

function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}
