/** Calendar sums on days (`YYYY-MM-DD`) and months (`YYYY-MM`) as text. Both compare in time order with `<`. */

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The month a day lies in. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Whether the text is a month `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isMonth(text.slice(0, 7))) return false;
  const dayOfMonth = Number(text.slice(8));
  return dayOfMonth >= 1 && dayOfMonth <= daysIn(text.slice(0, 7));
}

/** The month so many months later (negative: earlier). */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  const year = Math.floor(index / 12);
  return `${String(year).padStart(4, '0')}-${String(index - year * 12 + 1).padStart(2, '0')}`;
}

/** All months from the first to the last, both included; none where the last comes first. */
export function monthsFrom(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function daysIn(month: string): number {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  if (number === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return number === 4 || number === 6 || number === 9 || number === 11 ? 30 : 31;
}

export function firstDayOf(month: string): string {
  return `${month}-01`;
}

export function lastDayOf(month: string): string {
  return `${month}-${daysIn(month)}`;
}

/** `October 2026`. */
export function monthName(month: string): string {
  return `${monthNames[Number(month.slice(5, 7)) - 1] ?? month} ${month.slice(0, 4)}`;
}

/** How many days of the month lie from `starts` to `ends`, both ends counted; empty ends are open. */
export function activeDays(month: string, starts: string, ends: string): number {
  const from = starts !== '' && starts > firstDayOf(month) ? starts : firstDayOf(month);
  const to = ends !== '' && ends < lastDayOf(month) ? ends : lastDayOf(month);
  return from > to ? 0 : Number(to.slice(8)) - Number(from.slice(8)) + 1;
}
