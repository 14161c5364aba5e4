/** The one-time trigger that goes on with a job. There is never more than one (Apps Script allows 20 triggers in all). */
export interface Continuation {
  /** Makes one without looking: the first call of a run that nobody watches. What is left over is cleared with the others. */
  arm(afterMs: number): void;
  /** Makes one when there is none: before work, so that an execution that is killed is gone on with. */
  ensure(afterMs: number): void;
  /** Sets when to go on, in place of what was set before. */
  set(afterMs: number): void;
  clear(): void;
}

/** Apps Script fires a one-time trigger no sooner than this in practice. */
const SOONEST_MS = 60_000;

/** A trigger may be set this far ahead; a longer wait is looked at again then. */
const FARTHEST_MS = 24 * 60 * 60_000;

/** @param handler name of the entry point that it calls */
export function createContinuation(handler: string): Continuation {
  const existing = () => ScriptApp.getProjectTriggers().filter((trigger) => trigger.getHandlerFunction() === handler);
  const create = (afterMs: number): void => {
    ScriptApp.newTrigger(handler)
      .timeBased()
      .after(Math.min(FARTHEST_MS, Math.max(SOONEST_MS, Math.round(afterMs))))
      .create();
  };
  const clear = (): void => {
    for (const trigger of existing()) ScriptApp.deleteTrigger(trigger);
  };
  return {
    arm: create,
    ensure: (afterMs) => {
      if (existing().length === 0) create(afterMs);
    },
    set: (afterMs) => {
      const old = existing();
      // The new one first: an execution that is killed in between leaves two, never none.
      create(afterMs);
      for (const trigger of old) ScriptApp.deleteTrigger(trigger);
    },
    clear,
  };
}
