import type { Day, LineTerms, Month, SowTerms } from '../../src/lib/billing/model.ts';

export const monthOf = (day: Day): Month => day.slice(0, 7);

export function addMonths(month: Month, count: number): Month {
  const index = monthIndex(month) + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export const monthsBetween = (from: Month, to: Month): number => monthIndex(to) - monthIndex(from);

export function daysInMonth(month: Month): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  if (number === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(number) ? 30 : 31;
}

export const lastDay = (month: Month): Day => `${month}-${daysInMonth(month)}`;

/** A line is active within its own dates and within its SOW's. */
export function lineDates(line: LineTerms, sow: SowTerms): { starts: Day | null; ends: Day | null } {
  const starts = [line.starts || '', sow.starts || ''].sort().at(-1) ?? '';
  const ends = [line.ends || '9999-12-31', sow.ends || '9999-12-31'].sort()[0] ?? '';
  return { starts: starts === '' ? null : starts, ends };
}

/** Counted day by day: on how many days of the month the line is active. */
export function activeDays(line: LineTerms, sow: SowTerms, month: Month): number {
  if (sow.active === false) return 0;
  const { starts, ends } = lineDates(line, sow);
  let count = 0;
  for (let day = 1; day <= daysInMonth(month); day += 1) {
    const today = `${month}-${String(day).padStart(2, '0')}`;
    if ((starts === null || starts <= today) && (ends === null || today <= ends)) count += 1;
  }
  return count;
}

function monthIndex(month: Month): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return year * 12 + number - 1;
}
