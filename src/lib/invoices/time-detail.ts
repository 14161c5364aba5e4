/** What a client may read about an entry. */
export interface EntryNote {
  readonly date: string;
  readonly person: string;
  /** Decimal hours; null for an expense. */
  readonly hours: number | null;
  readonly notes: string;
}

/**
 * A line's description followed by its entries, one to a line, as far as they fit: `2026-10-05 Ana Ruiz 1.5 h: Final review`. When
 * they do not all fit the last line says how many were left out. Keys that are unknown are passed over.
 */
export function describeEntries(
  description: string,
  keys: readonly string[],
  entries: ReadonlyMap<string, EntryNote>,
  limit: number,
): string {
  const known = keys.flatMap((key) => {
    const entry = entries.get(key);
    return entry === undefined || entry.hours === null ? [] : [oneLine(entry)];
  });
  if (known.length === 0) return description.slice(0, limit);
  const all = [description, ...known].join('\n');
  if (all.length <= limit) return all;
  let text = description.slice(0, limit - ROOM_FOR_REST);
  let shown = 0;
  for (const line of known) {
    if (text.length + 1 + line.length > limit - ROOM_FOR_REST) break;
    text += `\n${line}`;
    shown += 1;
  }
  return `${text}\n… and ${known.length - shown} more`;
}

const ROOM_FOR_REST = 30;

function oneLine(entry: EntryNote): string {
  const notes = entry.notes.replace(/\s+/g, ' ').trim();
  return `${entry.date} ${entry.person} ${entry.hours} h${notes === '' ? '' : `: ${notes}`}`;
}
