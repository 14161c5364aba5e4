import { isDay } from '../calendar.ts';
import type { DateOrder } from './model.ts';

/**
 * A date: `2026-07-01`, `1.7.2026`, or with slashes in the order that was chosen. Without a choice one that could be read two ways is
 * `ambiguous`; null: it cannot be read.
 */
export function readDay(text: string, order: DateOrder | undefined): string | 'ambiguous' | null {
  if (isDay(text)) return text;
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [, first = '', second = '', year = ''] = slashed ?? dotted ?? [];
  const day = (month: string, date: string) => {
    const read = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    return isDay(read) ? read : null;
  };
  const [monthFirst, dayFirst] = [day(first, second), day(second, first)];
  if (slashed === null || order === 'day first') return dayFirst;
  if (order === 'month first') return monthFirst;
  if (monthFirst !== null && dayFirst !== null && monthFirst !== dayFirst) return 'ambiguous';
  return monthFirst ?? dayFirst;
}

/** Hours: `1.5`, `1,5`, `1:30`, `1.5 h`; empty is 0. Null: it cannot be read, or is more than a day has. */
export function readHours(text: string): number | null {
  const clock = /^(\d+):([0-5]\d)$/.exec(text);
  const plain = text.replace(/\s*h(?:ours?)?$/i, '').replace(',', '.');
  const hours = clock === null ? Number(plain) : Number(clock[1]) + Number(clock[2]) / 60;
  return Number.isFinite(hours) && Math.abs(hours) <= 24 ? hours : null;
}

/** Row numbers in few characters: `2, 5-9, 12`. */
export function rowNumbers(rows: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === row - 1) last[1] = row;
    else runs.push([row, row]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
