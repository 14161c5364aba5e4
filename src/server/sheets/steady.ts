import { TableError } from '../../lib/workbook/problem.ts';

/**
 * Does a piece of spreadsheet work, and again after a moment when the service itself was not well. The error can come after
 * the write took effect, so the work must be one that may be done twice. The service's messages are in the language of the
 * user, so every error that the service throws counts; what the workbook itself lacks (TableError) is not tried again.
 */
export function steady<T>(work: () => T): T {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (attempt === 3 || !isOfTheService(error)) throw error;
      Utilities.sleep(1000 * attempt);
    }
  }
}

function isOfTheService(error: unknown): boolean {
  if (error instanceof TableError || !(error instanceof Error)) return false;
  return error.name === 'Exception' || error.message.includes('Spreadsheets');
}
