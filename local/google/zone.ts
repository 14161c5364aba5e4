const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A calendar moment without a zone; `month` counts from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** Offsets from UTC of one IANA time zone. */
export interface Zone {
  readonly name: string;
  /** Minutes to add to UTC at this moment (New York in summer: -240). */
  readonly offsetMinutes: (utcMs: number) => number;
  /** The clock on the wall there, as milliseconds since 1970 of a day without zones. */
  readonly toLocalMs: (utcMs: number) => number;
  /** The moment at which the wall clock shows this; a time that is skipped moves forward, one that occurs twice is the first. */
  readonly toUtcMs: (localMs: number) => number;
}

const zones = new Map<string, Zone>();

/** The zone of this IANA name. Throws when there is none. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const made = makeZone(name);
  zones.set(name, made);
  return made;
}

/** Splits milliseconds of a wall clock into calendar parts. */
export function localTime(localMs: number): LocalTime {
  const date = new Date(localMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

function makeZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  // Offsets change on a quarter of an hour at the finest, so one look-up serves the whole quarter.
  const cache = new Map<number, number>();
  const offsetMinutes = (utcMs: number): number => {
    if (!Number.isFinite(utcMs)) return 0;
    const quarter = Math.floor(utcMs / (15 * MINUTE_MS));
    const cached = cache.get(quarter);
    if (cached !== undefined) return cached;
    const offset = measure(format, quarter * 15 * MINUTE_MS);
    cache.set(quarter, offset);
    return offset;
  };
  const toLocalMs = (utcMs: number) => utcMs + offsetMinutes(utcMs) * MINUTE_MS;
  const toUtcMs = (localMs: number): number => {
    const before = offsetMinutes(localMs - 26 * HOUR_MS);
    const after = offsetMinutes(localMs + 26 * HOUR_MS);
    const early = localMs - before * MINUTE_MS;
    if (before === after || offsetMinutes(early) === before) return early;
    const late = localMs - after * MINUTE_MS;
    return offsetMinutes(late) === after ? late : early;
  };
  return { name, offsetMinutes, toLocalMs, toUtcMs };
}

function measure(format: Intl.DateTimeFormat, utcMs: number): number {
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(utcMs)) parts[part.type] = part.value;
  const number = (key: string) => Number(parts[key] ?? '0');
  const year = parts['era'] === 'BC' ? 1 - number('year') : number('year');
  const local = new Date(0);
  local.setUTCFullYear(year, number('month') - 1, number('day'));
  local.setUTCHours(number('hour'), number('minute'), number('second'));
  return Math.round((local.getTime() - utcMs) / 1000) / 60;
}
