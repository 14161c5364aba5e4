import { addMonths, monthOf } from '../calendar.ts';

/** The monthly trigger fires on this day of the month, in this hour of the spreadsheet's time zone. */
export const SCHEDULE_DAY = 1;
export const SCHEDULE_HOUR = 1;

/** A local time as `YYYY-MM-DDTHH:MM`; such texts compare in time order. */
export type LocalTime = string;

/** The month that is due for billing: the one before the month of today. */
export function previousMonth(now: LocalTime): string {
  return addMonths(monthOf(now), -1);
}

/** When the trigger fires next. */
export function nextRunAt(now: LocalTime): LocalTime {
  const thisMonth = runIn(monthOf(now));
  return now < thisMonth ? thisMonth : runIn(addMonths(monthOf(now), 1));
}

/**
 * Should last month's run have come by now? Google fires within the hour, some minutes early or late, and a long month continues a while:
 * six hours after the start it is overdue. Months before First period never are.
 */
export function isOverdue(now: LocalTime, firstPeriod: string, lastDonePeriod: string | null): boolean {
  const due = previousMonth(now);
  if (firstPeriod === '' || due < firstPeriod) return false;
  if (lastDonePeriod !== null && lastDonePeriod >= due) return false;
  return now >= `${monthOf(now)}-0${SCHEDULE_DAY}T0${SCHEDULE_HOUR + 6}:00`;
}

function runIn(month: string): LocalTime {
  return `${month}-0${SCHEDULE_DAY}T0${SCHEDULE_HOUR}:00`;
}
