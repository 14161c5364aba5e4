import { addMonths, isDay, lastDayOf, monthOf } from '../calendar.ts';
import { MONTHS, plainText } from './stands.ts';

/** A date as a text writes it, with the days that it may mean: two where day and month could be either way round. */
export interface WrittenDate {
  readonly words: string;
  readonly days: readonly string[];
  /** Words before it say that something holds from then on. */
  readonly begins: boolean;
}

/** The dates with a year that a text holds: `9 October 2026`, `October 9th, 2026`, `2026-10-09`, `10/9/2026`, `9.10.2026`. */
export function datesIn(text: string): readonly WrittenDate[] {
  const plain = plainText(text);
  const name = MONTHS.map((month) => `${month}|${month.slice(0, 4)}|${month.slice(0, 3)}`).join('|');
  const shapes = [
    '(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})',
    `(?<d>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<n>${name})\\.?,? (?<y>\\d{4})`,
    `(?<n>${name})\\.? (?<d>\\d{1,2})(?:st|nd|rd|th)?,? (?<y>\\d{4})`,
    '(?<a>\\d{1,2})[/.](?<b>\\d{1,2})[/.](?<y>\\d{4})',
  ];
  return shapes.flatMap((shape) =>
    [...plain.matchAll(new RegExp(`(?<![\\d\\p{L}])${shape}(?!\\d)`, 'giu'))].flatMap((found): WrittenDate[] => {
      const days = readings(found.groups ?? {});
      const before = plain.slice(0, found.index);
      return days.length === 0 ? [] : [{ words: found[0], days, begins: BEGINS.test(before) }];
    }),
  );
}

/** The day before a day. */
export function dayBefore(day: string): string {
  const number = Number(day.slice(8));
  if (number > 1) return `${monthOf(day)}-${String(number - 1).padStart(2, '0')}`;
  return lastDayOf(addMonths(monthOf(day), -1));
}

const BEGINS = /\b(?:from|since|as of|as from|effective|starting|beginning|commencing|with effect from)(?: on)? $/i;

function readings(groups: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { y = '', m = '', d = '', n, a, b } = groups;
  const day = (month: string, date: string) => `${y}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const pairs =
    a !== undefined && b !== undefined
      ? [day(a, b), day(b, a)]
      : [day(n === undefined ? m : String(MONTHS.findIndex((one) => one.startsWith(n.toLowerCase())) + 1), d)];
  return [...new Set(pairs.filter(isDay))];
}
