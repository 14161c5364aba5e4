/**
 * A returned value as a page gets it: numbers, texts, booleans, null, arrays and plain objects pass; undefined and functions
 * become null; one Date anywhere makes the whole value null.
 */
export function pageValue(value: unknown): unknown {
  return holdsDate(value, 0) ? null : plain(value);
}

function holdsDate(value: unknown, depth: number): boolean {
  if (value instanceof Date) return true;
  if (typeof value !== 'object' || value === null || depth > 100) return false;
  return Object.values(value).some((each) => holdsDate(each, depth + 1));
}

function plain(value: unknown): unknown {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return null;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => [key, plain(each)]),
    );
  }
  return value;
}
