/** The calendar at the edge: instants to the local time of a zone and back. */
export interface LocalTimes {
  /** `YYYY-MM-DDTHH:MM` in the zone. */
  of(ms: number): string;
  /** The instant of a local time `YYYY-MM-DDTHH:MM`. */
  instant(localTime: string): number;
}

const PATTERN = "yyyy-MM-dd'T'HH:mm";

/** By Apps Script's own calendar, since `Intl` may lack zones there. */
export function localTimes(timeZone: string): LocalTimes {
  return {
    of: (ms) => Utilities.formatDate(new Date(ms), timeZone, PATTERN),
    instant: (localTime) => Utilities.parseDate(localTime, timeZone, PATTERN).getTime(),
  };
}
