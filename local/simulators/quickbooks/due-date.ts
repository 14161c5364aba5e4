import { type JsonObject, numberAt } from './json.ts';
import { addDays, dayOfMonth } from './zone-time.ts';

/** When a transaction of that day is due under a term; without a term on the same day. */
export function dueDate(day: string, term: JsonObject | undefined): string {
  const plain = day.slice(0, 10);
  if (term === undefined) return plain;
  const dayDue = numberAt(term, 'DayOfMonthDue');
  if (dayDue === undefined) return addDays(plain, numberAt(term, 'DueDays') ?? 0);
  const thisMonth = dayOfMonth(plain, 0, dayDue);
  const reached = addDays(plain, numberAt(term, 'DueNextMonthDays') ?? 0);
  return thisMonth >= plain && thisMonth >= reached ? thisMonth : dayOfMonth(plain, 1, dayDue);
}
