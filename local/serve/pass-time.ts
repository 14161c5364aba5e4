/** Lets waiting work go on: nobody here sits out the minutes until its trigger fires. */
import type { Session } from '../world/session.ts';

const LOOK_EVERY_MS = 500;

/**
 * While nobody has asked the script for anything for `quietMs`, and a trigger for one time is set, the simulated clock goes on to that
 * moment and the trigger fires. `lastAsked` tells when somebody asked last, by `performance.now()`; infinite while the script is busy.
 *
 * @returns what ends it
 */
export function passTime(session: Session, lastAsked: () => number, quietMs = 1_000): () => void {
  let firing = false;
  const timer = setInterval(async () => {
    if (firing || performance.now() - lastAsked() < quietMs) return;
    const due = session.host
      .triggers()
      .flatMap(({ kind, nextFire }) => (kind === 'once' && nextFire !== null ? [nextFire] : []));
    if (due.length === 0) return;
    firing = true;
    try {
      await session.host.runDueTriggers({ until: Math.max(session.host.clock.now(), Math.min(...due)) });
    } finally {
      firing = false;
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
