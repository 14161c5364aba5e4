import type { Day } from './model.ts';
import { compareText } from './names.ts';

/** The place of an entry or expense among the others: by date, then by the source's id as a number, then by the part of a split. */
export interface Place {
  readonly date: Day;
  /** The digits of the id without leading zeros; `null` where the id is text. */
  readonly digits: string | null;
  readonly id: string;
  readonly part: number;
  readonly key: string;
}

/** Reads `harvest:1001#2`, `import:any text`. Ids that are no number come after those that are, by their text. */
export function placeOf(key: string, date: Day): Place {
  const afterSource = key.slice(key.indexOf(':') + 1);
  const split = /^(.*)#(\d+)$/s.exec(afterSource);
  const id = split?.[1] ?? afterSource;
  const digits = /^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : null;
  return { date, digits, id, part: Number(split?.[2] ?? 0), key };
}

/** Sorts by `placeOf`. */
export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.date, b.date) || compareIds(a, b) || a.part - b.part || compareText(a.key, b.key);
}

function compareIds(a: Place, b: Place): number {
  if (a.digits !== null && b.digits !== null)
    return a.digits.length - b.digits.length || compareText(a.digits, b.digits);
  if (a.digits !== null) return -1;
  return b.digits !== null ? 1 : compareText(a.id, b.id);
}
