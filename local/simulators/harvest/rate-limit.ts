import type { SimulatorClock } from '../http/types.ts';

/** Harvest's general limit: 100 requests in 15 seconds for each token. */
export const generalLimit = { requests: 100, windowMs: 15_000 } as const;

/** Counts one request of the token: null when it may pass, else the whole seconds to wait. */
export type RateLimit = (token: string) => number | null;

/** A sliding window on the simulated clock. Refused requests do not count. */
export function createRateLimit(clock: SimulatorClock, limit = generalLimit): RateLimit {
  const passed = new Map<string, number[]>();
  return (token) => {
    const now = clock.now();
    const recent = (passed.get(token) ?? []).filter((at) => at > now - limit.windowMs);
    passed.set(token, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= limit.requests) {
      return Math.max(1, Math.ceil((oldest + limit.windowMs - now) / 1000));
    }
    recent.push(now);
    return null;
  };
}
