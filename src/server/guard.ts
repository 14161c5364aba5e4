/** Mutual exclusion between executions. */
export interface Guard {
  /** Runs the work alone; without the lock within `waitMs` the work is not run. Releases even when the work throws. */
  tryRun<T>(waitMs: number, work: () => T): { readonly ran: true; readonly value: T } | { readonly ran: false };
}

/** For everything that writes the workbook: one at a time in a spreadsheet. */
export function documentGuard(): Guard {
  const lock: GoogleAppsScript.Lock.Lock | null = LockService.getDocumentLock();
  return guardOf(lock ?? LockService.getScriptLock());
}

/** For renewing a token; another lock than the document's, which a running job holds while it needs a token. */
export function scriptGuard(): Guard {
  return guardOf(LockService.getScriptLock());
}

function guardOf(lock: GoogleAppsScript.Lock.Lock): Guard {
  return {
    tryRun: (waitMs, work) => {
      if (!lock.tryLock(waitMs)) return { ran: false };
      try {
        return { ran: true, value: work() };
      } finally {
        lock.releaseLock();
      }
    },
  };
}
