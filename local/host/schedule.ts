import { localTime, zoneOf } from '../google/zone.ts';
import { Refusal } from './refusal.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** What a ClockTriggerBuilder was told. */
export type ClockSpec = Readonly<Record<string, unknown>>;

/** Whether such a trigger fires once or again and again; refused when it says neither, or too much. */
export function kindOf(spec: ClockSpec): 'once' | 'recurring' {
  const once = ['after', 'at', 'atDate'].filter((key) => key in spec);
  const every = ['everyMinutes', 'everyHours', 'everyDays', 'everyWeeks', 'monthDay', 'weekDay'].filter(
    (key) => key in spec,
  );
  if (once.length > 1 || (once.length > 0 && every.length > 0)) {
    throw new Refusal('The clock trigger cannot have more than one schedule.');
  }
  const minutes = spec['everyMinutes'];
  if (minutes !== undefined && ![1, 5, 10, 15, 30].includes(Number(minutes))) {
    throw new Refusal('The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.');
  }
  const hours = spec['everyHours'];
  if (hours !== undefined && ![1, 2, 4, 6, 8, 12].includes(Number(hours))) {
    throw new Refusal('The value you passed to everyHours was invalid. It must be one of 1, 2, 4, 6, 8 or 12.');
  }
  const hour = spec['hour'];
  if (hour !== undefined && !(Number(hour) >= 0 && Number(hour) <= 23)) {
    throw new Refusal('The value you passed to atHour was invalid. It must be between 0 and 23.');
  }
  const day = spec['monthDay'];
  if (day !== undefined && !(Number(day) >= 1 && Number(day) <= 31)) {
    throw new Refusal('The value you passed to onMonthDay was invalid. It must be between 1 and 31.');
  }
  if (once.length === 0 && every.length === 0 && hour === undefined) {
    throw new Refusal('The clock trigger needs a schedule.');
  }
  return once.length > 0 ? 'once' : 'recurring';
}

/**
 * When a clock trigger fires next after a moment. Hours and days are those of its own zone or else the script's.
 * `minute` is the minute within the hour that Google chose for it; `nearMinute` overrides it.
 */
export function nextFire(spec: ClockSpec, scriptZone: string, afterMs: number, minute: number): number {
  const zoneName = typeof spec['timeZone'] === 'string' ? spec['timeZone'] : scriptZone;
  if ('after' in spec) return afterMs + Number(spec['after']);
  if ('at' in spec) return Number(spec['at']);
  const zone = zoneOf(zoneName);
  if ('atDate' in spec) {
    const [year = 1970, month = 1, day = 1] = (spec['atDate'] as readonly unknown[]).map(Number);
    return zone.toUtcMs(Date.UTC(year, month - 1, day));
  }
  if ('everyMinutes' in spec) return afterMs + Number(spec['everyMinutes']) * MINUTE_MS;
  if ('everyHours' in spec) return afterMs + Number(spec['everyHours']) * HOUR_MS;
  const hour = Number(spec['hour'] ?? 0);
  const at = hour * HOUR_MS + Number(spec['minute'] ?? minute) * MINUTE_MS;
  const today = Math.floor(zone.toLocalMs(afterMs) / DAY_MS) * DAY_MS;
  // A day without that date (February 30) is passed over, so look as far as a leap year needs.
  for (let day = 0; day < 1500; day += 1) {
    const localDay = today + day * DAY_MS;
    if (!onDay(spec, localDay, today)) continue;
    const fire = zone.toUtcMs(localDay + at);
    if (fire > afterMs) return fire;
  }
  throw new Refusal('The clock trigger would never run.');
}

function onDay(spec: ClockSpec, localDay: number, today: number): boolean {
  if ('monthDay' in spec) return localTime(localDay).day === Number(spec['monthDay']);
  if ('weekDay' in spec) return WEEK[new Date(localDay).getUTCDay()] === spec['weekDay'];
  if ('everyWeeks' in spec) return (localDay - today) % (7 * Number(spec['everyWeeks']) * DAY_MS) === 0;
  return (localDay - today) % (Number(spec['everyDays'] ?? 1) * DAY_MS) === 0 || localDay === today;
}
