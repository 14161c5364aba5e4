/**
 * The next free number of an invoice of a period, `2026-10-001` and so on: never one of `taken`, and always over the highest of that
 * period, so that a number is not used twice even when its invoice was voided. At most 21 characters, QuickBooks' limit.
 */
export function nextDocNumber(period: string, taken: Iterable<string>): string {
  let highest = 0;
  for (const number of taken) {
    const match = /^(\d{4}-\d{2})-(\d{3,})$/.exec(number.trim());
    if (match?.[1] === period) highest = Math.max(highest, Number(match[2]));
  }
  return `${period}-${String(highest + 1).padStart(3, '0')}`;
}

/**
 * The request id of a try: the same approval with the same number always has the same one, so that QuickBooks answers a repeat with
 * the first result; another number makes it another request. At most 50 characters, QuickBooks' limit.
 */
export function requestIdOf(mark: string, docNumber: string): string {
  return `tti-${mark}-${docNumber === '' ? 'auto' : docNumber}`.slice(0, 50);
}
