import { foldName } from '../workbook/cell.ts';
import type { MatchItem } from './model.ts';
import { normalNote } from './notes.ts';

/**
 * Keys of the rows that say the same as an earlier one: same person, day, client, project, task, hours (or cost) and note. Of each
 * such set the earliest by the source's id is not in the answer. Parts of a split entry are alike on purpose and are left out.
 * All items must be of the same table.
 */
export function possibleDuplicates(items: readonly MatchItem[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const later = new Set<string>();
  for (const item of [...items].sort((a, b) => compareKeys(a.key, b.key))) {
    if (item.key.includes('#')) continue;
    const content = contentOf(item);
    if (seen.has(content)) later.add(item.key);
    seen.add(content);
  }
  return later;
}

/** In the order of the source: ids as numbers where both are, else as text. */
export function compareKeys(a: string, b: string): number {
  const [left, right] = [idOf(a), idOf(b)];
  if (left !== null && right !== null && left !== right) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}

function contentOf(item: MatchItem): string {
  const names = [item.person, item.client, item.project, item.task].map(foldName);
  return JSON.stringify([item.date, ...names, item.hours, item.cost, normalNote(item.notes)]);
}

function idOf(key: string): number | null {
  const digits = /:(\d+)(?:#\d+)?$/.exec(key)?.[1];
  return digits === undefined ? null : Number(digits);
}
