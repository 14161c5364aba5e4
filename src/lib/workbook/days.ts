import type { Cell } from './cell.ts';

/** The calendar day in a cell: that of a date cell, or of text `YYYY-MM-DD` that is a real day; `null` where there is none. */
export function dayOf(cell: Cell): string | null {
  if (typeof cell === 'object') return cell.day;
  if (typeof cell !== 'string') return null;
  const found = cell.trim();
  return isDay(found) ? found : null;
}

/** The calendar month in a cell: text `YYYY-MM`, or the month of a date in it; `null` where there is none. */
export function monthOf(cell: Cell): string | null {
  if (typeof cell === 'string' && /^\s*\d{4}-(0[1-9]|1[0-2])\s*$/.test(cell)) return cell.trim();
  return dayOf(cell)?.slice(0, 7) ?? null;
}

/** Tells whether a text is a real calendar day `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, dayInMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && dayInMonth >= 1 && dayInMonth <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
