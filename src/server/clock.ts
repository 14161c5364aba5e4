/** Time as an argument: milliseconds since 1970, and waiting. */
export interface Clock {
  now(): number;
  sleep(ms: number): void;
}

/** Apps Script's clock. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms) => Utilities.sleep(ms),
  };
}
