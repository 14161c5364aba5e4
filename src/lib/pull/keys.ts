/** The source's own entry behind a row: `harvest:1001` for `harvest:1001#2`. */
export function baseKey(key: string): string {
  const mark = key.indexOf('#');
  return mark < 0 ? key : key.slice(0, mark);
}

/** 0 for a whole entry, 2 for `harvest:1001#2`. */
export function partOf(key: string): number {
  const mark = key.indexOf('#');
  const part = mark < 0 ? 0 : Number(key.slice(mark + 1));
  return Number.isFinite(part) ? part : 0;
}

/** Key of a row in Entry records. */
export function recordKey(table: 'time' | 'expense', key: string): string {
  return `${table} ${key}`;
}
