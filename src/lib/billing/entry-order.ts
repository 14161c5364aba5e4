import type { Day } from './model.ts';
import { compareText } from './names.ts';

/** The place of an entry or expense among the others: by date, then by the source's id as a number, then by the part of a split. */
export interface Place {
  readonly date: Day;
  /** The id as a number; `null` where it is text, or too long for an exact number. */
  readonly number: number | null;
  /** The digits of the id without leading zeros; `null` where the id is text. */
  readonly digits: string | null;
  readonly id: string;
  readonly part: number;
  readonly key: string;
}

const longestExact = 15;

/** Reads `harvest:1001#2`, `import:any text`. Ids that are no number come after those that are, by their text. */
export function placeOf(key: string, date: Day): Place {
  const start = key.indexOf(':') + 1;
  const mark = key.lastIndexOf('#');
  const isSplit = mark > start && allDigits(key, mark + 1);
  const id = isSplit ? key.slice(start, mark) : key.slice(start);
  const part = isSplit ? Number(key.slice(mark + 1)) : 0;
  const digits = allDigits(id, 0) ? id.replace(/^0+(?=\d)/, '') : null;
  const number = digits !== null && digits.length <= longestExact ? Number(digits) : null;
  return { date, number, digits, id, part, key };
}

/** Sorts by `placeOf`. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return compareIds(a, b) || a.part - b.part || compareText(a.key, b.key);
}

function compareIds(a: Place, b: Place): number {
  if (a.number !== null && b.number !== null) return a.number - b.number;
  if (a.digits !== null && b.digits !== null) {
    return a.digits.length - b.digits.length || compareText(a.digits, b.digits);
  }
  if (a.digits !== null) return -1;
  return b.digits !== null ? 1 : compareText(a.id, b.id);
}

function allDigits(text: string, from: number): boolean {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return text.length > from;
}
