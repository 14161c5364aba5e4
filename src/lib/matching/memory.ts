import { foldName } from '../workbook/cell.ts';
import { isInstructionLike } from './instruction-like.ts';
import type { MatchItem } from './model.ts';
import { isVague, normalNote } from './notes.ts';
import { tellingWords } from './words.ts';

/** A row that a person has decided. */
export interface DecidedRow {
  readonly item: MatchItem;
  /** Key of the line; empty: excluded. */
  readonly line: string;
}

/** What was decided about the same work earlier. */
export interface Remembered {
  readonly line: string;
  /** The earliest of those rows, for the reason. */
  readonly from: MatchItem;
}

/** Looks up what people decided about the same work; null where they did not, or not always the same. */
export type Memory = (item: MatchItem) => Remembered | null;

/** A person decided the row and it has a line: approved, or billed since; or it was excluded by hand. */
export function isDecided(row: { readonly status: string; readonly decidedBy: string }): boolean {
  return row.decidedBy !== '' && ['approved', 'invoiced', 'excluded'].includes(row.status);
}

/**
 * Remembers decisions by client, project, task and note. Only what all decisions agree on is remembered: as soon as the same note went
 * to two lines, or was excluded once, the note does not tell, and the models are asked. A note of fewer than two telling words
 * ("Meeting", "emails") is never remembered, since it says the same about different work; parts of a split entry are not either.
 */
export function memoryOf(decided: readonly DecidedRow[]): Memory {
  const known = new Map<string, Remembered | null>();
  for (const { item, line } of decided) {
    if (item.key.includes('#') || !tells(item.notes)) continue;
    const place = placeOf(item);
    const before = known.get(place);
    if (before === null) continue;
    const agrees = line !== '' && (before === undefined || foldName(before.line) === foldName(line));
    if (!agrees) known.set(place, null);
    else if (before === undefined || isEarlier(item, before.from)) known.set(place, { line, from: item });
  }
  return (item) => {
    if (known.size === 0) return null;
    const found = known.get(placeOf(item)) ?? null;
    return found !== null && !isInstructionLike(item.notes) ? found : null;
  };
}

/** Words that a note needs to say what the work was. */
const TELLING = 2;

function tells(notes: string): boolean {
  return tellingWords(notes).size >= TELLING && !isVague(notes);
}

function placeOf(item: MatchItem): string {
  const { table, client, project, task, notes } = item;
  return JSON.stringify([table, foldName(client), foldName(project), foldName(task), normalNote(notes)]);
}

/** The order of two rows by day, then by key: it stays the same as rows are added. */
function isEarlier(a: MatchItem, b: MatchItem): boolean {
  return a.date < b.date || (a.date === b.date && a.key < b.key);
}
