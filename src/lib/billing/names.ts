/** Names compare without case and outer blanks. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Whether a cell holds nothing. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** Orders names without case; equal but for case: by code units, so that the order never depends on the rows' order. */
export function compareNames(a: string, b: string): number {
  return compareText(nameKey(a), nameKey(b)) || compareText(a, b);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
