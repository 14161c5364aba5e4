/** When a connection to QuickBooks ends, in ms; null where Intuit did not say. */
export interface ConnectionEnds {
  /** About 100 days after it was last renewed; every use renews it. */
  readonly refreshExpiresAtMs: number;
  /** Five years after consent, whatever is done. */
  readonly hardExpiresAtMs: number | null;
}

const DAY_MS = 86_400_000;

/** A month is enough for whoever looks once a month; the end after five years needs the person who may give consent. */
const ANNOUNCED_DAYS = { idle: 31, hard: 62 } as const;

/** What to say ahead of the end of a connection, as a sentence with what to press; null while it is far off. */
export function connectionEnd(ends: ConnectionEnds, nowMs: number): string | null {
  const hard = ends.hardExpiresAtMs === null ? null : daysUntil(ends.hardExpiresAtMs, nowMs);
  const idle = daysUntil(ends.refreshExpiresAtMs, nowMs);
  if (idle < 0 || (hard !== null && hard < 0)) return 'The connection has ended. Press Connect QuickBooks.';
  if (hard !== null && hard <= ANNOUNCED_DAYS.hard) {
    return `Intuit ends this connection ${inDays(hard)}, five years after it was made. Press Connect QuickBooks before then.`;
  }
  if (idle <= ANNOUNCED_DAYS.idle) {
    return `QuickBooks forgets this connection ${inDays(idle)} unless it is used. Press Test to keep it.`;
  }
  return null;
}

function daysUntil(ms: number, nowMs: number): number {
  return Math.floor((ms - nowMs) / DAY_MS);
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'in a day' : `in ${days} days`;
}
