/** When a scenario begins, on the simulated clock. */
import type { World } from './format.ts';
import { atOf } from './local-time.ts';

const DAY_MS = 86_400_000;

/**
 * An hour before its first moment: the `at` of the first step that has one, or else six in the morning of the 1st after
 * the first month that is run, or after First period.
 */
export function startOf(world: World, timeZone: string): number {
  const first = world.steps[0];
  const at = world.steps.find((step) => step.at !== undefined)?.at;
  if (at !== undefined) return atOf(at, timeZone) - (first?.at === at ? DAY_MS / 24 : DAY_MS);
  const run = world.steps.find((step) => step.do === 'month-end');
  const settings = world.workbook?.['Settings'];
  const firstPeriod = Array.isArray(settings) ? undefined : settings?.['First period'];
  const period = (run?.do === 'month-end' ? run.period : undefined) ?? (isMonth(firstPeriod) ? firstPeriod : '2026-10');
  return atOf(dayAfter(period), timeZone) - DAY_MS / 24;
}

/** Six in the morning of the 1st of the month after `period`, as local text. */
export function dayAfter(period: string): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return `${next}-01T06:00:00`;
}

function isMonth(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}$/.test(value);
}
