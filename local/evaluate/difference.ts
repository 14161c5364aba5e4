/** Compares JSON values. */
import { isRecord } from './fields.ts';

/** Where two JSON values differ first, in words; null where they are equal. The order of fields plays no part. */
export function firstDifference(recorded: unknown, now: unknown, path = ''): string | null {
  if (isRecord(recorded) && isRecord(now)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
      const found = firstDifference(recorded[key], now[key], path === '' ? key : `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (Array.isArray(recorded) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(recorded.length, now.length); index += 1) {
      const found = firstDifference(recorded[index], now[index], `${path}[${index}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (recorded === now) return null;
  if (typeof recorded === 'string' && typeof now === 'string') {
    let at = 0;
    while (at < recorded.length && recorded[at] === now[at]) at += 1;
    return `${path}, from character ${at}: ${quoted(recorded, at)} recorded, ${quoted(now, at)} now`;
  }
  return `${path || 'the whole'} differs`;
}

/** The same text for equal JSON values, whatever their blanks and the order of their fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    isRecord(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
}

function quoted(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
}
