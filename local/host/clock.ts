/** The clock that executions, triggers and simulators share. */
export interface HostClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves forward to a moment; a moment that is past changes nothing. */
  advanceTo(ms: number): void;
  /** Moves forward by some milliseconds. */
  advance(ms: number): void;
}

/** A clock that moves only when it is told. */
export function simulatedClock(startMs: number): HostClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advanceTo(ms) {
      if (ms > nowMs) nowMs = ms;
    },
    advance(ms) {
      if (ms > 0) nowMs += ms;
    },
  };
}

/** This machine's clock, which may only be put forward. */
export function realClock(): HostClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advanceTo(ms) {
      ahead = Math.max(ahead, ms - Date.now());
    },
    advance(ms) {
      if (ms > 0) ahead += ms;
    },
  };
}
