import { zoneOf } from '../../google/zone.ts';

const DAY_MS = 86_400_000;
const EPOCH_DAYS = 25_569;

/** A moment as a spreadsheet's day number (days since 1899-12-30, on the wall clock of the zone). */
export function toSerial(utcMs: number, timeZone: string): number {
  return zoneOf(timeZone).toLocalMs(utcMs) / DAY_MS + EPOCH_DAYS;
}

/** The moment of a spreadsheet's day number. */
export function fromSerial(serial: number, timeZone: string): number {
  return zoneOf(timeZone).toUtcMs(Math.round((serial - EPOCH_DAYS) * DAY_MS));
}

/** The day number of a calendar day, `month` from 1. */
export function serialOfDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS + EPOCH_DAYS;
}

/** A day number as `YYYY-MM-DD`, or with a time `YYYY-MM-DDTHH:MM:SS`. */
export function serialText(serial: number): string {
  const text = new Date(Math.round(((serial - EPOCH_DAYS) * DAY_MS) / 1000) * 1000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
}
