/** Days and moments in the time zone of a spreadsheet. */
export interface Zone {
  /** The calendar day of a moment, `YYYY-MM-DD`. */
  dayOf(date: Date): string;
  /** Midnight of a calendar day. */
  midnightOf(day: string): Date;
}

/** Days of a time zone by the platform's own calendar; every distinct value is worked out once. */
export function createZone(timeZone: string): Zone {
  const days = new Map<number, string>();
  const midnights = new Map<string, Date>();
  return {
    dayOf: (date) => {
      const known = days.get(date.getTime());
      if (known !== undefined) return known;
      const day = Utilities.formatDate(date, timeZone, 'yyyy-MM-dd');
      days.set(date.getTime(), day);
      return day;
    },
    midnightOf: (day) => {
      const known = midnights.get(day);
      if (known !== undefined) return known;
      const date = Utilities.parseDate(day, timeZone, 'yyyy-MM-dd');
      midnights.set(day, date);
      return date;
    },
  };
}
