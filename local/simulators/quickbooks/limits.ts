/** Limits of QuickBooks Online, each with where it is documented. */
export const LIMITS = {
  /** "Limits and throttles": requests per minute and company. */
  requestsPerMinute: 500,
  /** "Limits and throttles": requests per second, company and app. */
  requestsPerSecond: 10,
  /** "Limits and throttles": batch requests per minute, company and app. */
  batchesPerMinute: 40,
  /** "Limits and throttles" and "Batch": items of a batch. */
  batchItems: 30,
  /** "Data queries": rows of one page, and rows when MAXRESULTS is left out. */
  maxResults: 1000,
  defaultResults: 100,
  /** Intuit's note on the RequestID parameter (2015): characters of a requestid, of one for a batch, and of a bId beside it. */
  requestId: 50,
  batchRequestId: 36,
  batchItemId: 10,
  /** OAuth: an access token lives an hour; a refresh token 101 days unused, replaced about every 24 hours, five years at most. */
  accessTokenMs: 3_600_000,
  refreshIdleMs: 8_726_400_000,
  refreshRotatesAfterMs: 24 * 3_600_000,
  refreshHardMs: 5 * 365 * 24 * 3_600_000,
} as const;

/** Says whether one more request may pass at `now`, and counts it when it may. */
export interface Throttle {
  passes(now: number, batch: boolean): boolean;
}

/** Sliding windows over the clock it is told; what is refused is not counted. */
export function createThrottle(): Throttle {
  let requests: number[] = [];
  let batches: number[] = [];
  return {
    passes(now, batch) {
      requests = requests.filter((at) => at > now - 60_000);
      batches = batches.filter((at) => at > now - 60_000);
      const inLastSecond = requests.filter((at) => at > now - 1000).length;
      if (requests.length >= LIMITS.requestsPerMinute || inLastSecond >= LIMITS.requestsPerSecond) return false;
      if (batch && batches.length >= LIMITS.batchesPerMinute) return false;
      requests.push(now);
      if (batch) batches.push(now);
      return true;
    },
  };
}
