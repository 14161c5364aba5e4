import type { EntryTable } from '../calls.ts';
import { foldName } from '../workbook/cell.ts';
import { normalNote } from './notes.ts';
import { likeness, tellingWords } from './words.ts';

/** What decides whether two rows are alike. */
export interface Comparable {
  readonly table: EntryTable;
  readonly client: string;
  readonly project: string;
  /** The suggestion; empty: none. */
  readonly line: string;
  readonly notes: string;
}

/** Words in both over words in either, from which on two notes count as near-equal. */
const NEAR = 0.6;

/**
 * Names the group of each row: rows of the same table, client, project and suggestion whose notes use near-equal words are alike, and
 * one decision may settle them all. A row joins the first group whose first row it is near to.
 */
export function groupsOf(rows: readonly Comparable[]): readonly string[] {
  const places = new Map<string, { readonly name: string; readonly words: ReadonlySet<string> }[]>();
  let made = 0;
  return rows.map((row) => {
    const place = JSON.stringify([row.table, foldName(row.client), foldName(row.project), row.line]);
    const groups = places.get(place) ?? [];
    places.set(place, groups);
    const words = wordsOf(row.notes);
    const near = groups.find((group) => likeness(group.words, words) >= NEAR);
    if (near !== undefined) return near.name;
    made += 1;
    const name = `g${made}`;
    groups.push({ name, words });
    return name;
  });
}

/** A note without telling words ("HD-2207", "?") is only like itself. */
function wordsOf(notes: string): ReadonlySet<string> {
  const words = tellingWords(notes);
  return words.size > 0 ? words : new Set([normalNote(notes)]);
}
