import type { Line } from '../contract.ts';
import { lineWork, type MonthWork, putHours } from '../month-work.ts';

/** Hours on lines that bill no hours (milestone, fixed monthly, non-billable) are recorded. */
export function recordHours(work: MonthWork, line: Line): void {
  for (const entry of lineWork(work, line).entries) putHours(entry, 'recorded', entry.hours);
}
