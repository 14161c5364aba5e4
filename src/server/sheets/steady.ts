/**
 * Does a piece of spreadsheet work, and again after a moment when the service itself was not well. The error can come after
 * the write took effect, so the work must be one that may be done twice.
 */
export function steady<T>(work: () => T): T {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (attempt === 3 || !isPassing(error)) throw error;
      Utilities.sleep(1000 * attempt);
    }
  }
}

function isPassing(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return /Service (error: )?Spreadsheets|try again/i.test(message);
}
