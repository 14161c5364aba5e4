import { isDay } from '../calendar.ts';

/** A text as passages are compared in it: white space, emphasis marks and curly quotes aside, letters as they are. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[*_`]+/g, '')
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a passage stands in a document; a passage of no words stands nowhere. */
export function standsIn(passage: string, document: string): boolean {
  const wanted = plainText(passage);
  return /[\p{L}\p{N}]/u.test(wanted) && plainText(document).includes(wanted);
}

/** Whether a number is stated in a text, in digits (`16,000`, `16.000,00`) or as a word up to ninety-nine. Nothing is computed. */
export function statesNumber(text: string, value: number): boolean {
  return numbersIn(text).has(value);
}

/** Every number that a text states. */
export function numbersIn(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const plain = plainText(text).replace(/(?<=\d)['’](?=\d{3})/g, ',');
  for (const [token] of plain.matchAll(/\d+(?:[.,]\d+)*/g)) {
    if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(token)) found.add(Number(token.replace(/,/g, '')));
    else if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(token)) {
      found.add(Number(token.replace(/\./g, '').replace(',', '.')));
      if (/^\d+\.\d+$/.test(token)) found.add(Number(token));
    } else if (/^\d+,\d+$/.test(token)) found.add(Number(token.replace(',', '.')));
    else if (/^\d+(?:\.\d+)?$/.test(token)) found.add(Number(token));
    else for (const part of token.split(/[.,]/)) found.add(Number(part));
  }
  const words = plain.toLowerCase().match(/\p{L}+/gu) ?? [];
  words.forEach((word, index) => {
    const units = UNITS.indexOf(word);
    if (units >= 0) found.add(units);
    const tens = TENS.indexOf(word);
    if (tens < 0) return;
    const after = UNITS.indexOf(words[index + 1] ?? '');
    found.add((tens + 2) * 10 + (after > 0 && after < 10 ? after : 0));
  });
  return found;
}

/** A number as a document writes it: currency signs, `%`, units after it and thousands separators aside; null: not one number. */
export function readNumber(said: string): number | null {
  const numbers = [...numbersIn(said)];
  const [only] = numbers;
  return numbers.length === 1 && only !== undefined ? only : null;
}

/** Whether a day is stated in a text: `9 October 2026`, `October 9th, 2026`, `2026-10-09`, `10/9/2026`, `9.10.2026`. */
export function statesDay(text: string, day: string): boolean {
  if (!isDay(day)) return false;
  const [year = '', month = 0, dayOfMonth = 0] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8))];
  const plain = plainText(text).toLowerCase();
  if (plain.includes(day)) return true;
  const name = MONTHS[month - 1] ?? '';
  const monthName = `(?:${name}|${name.slice(0, 3)}|${name.slice(0, 4)})\\.?`;
  const nth = `0?${dayOfMonth}(?:st|nd|rd|th)?`;
  // In a range the year may stand only at its end: "3 August to 30 October 2026".
  const later = `(?:,? (?:of )?|\\D{0,12}(?:to|until|through|-|–) .{0,24}?)${year}`;
  const digits = [`0?${month}[/.-]0?${dayOfMonth}`, `0?${dayOfMonth}[/.-]0?${month}`].map(
    (pair) => `${pair}[/.-](?:${year}|${year.slice(2)})`,
  );
  return [`${nth} (?:of )?${monthName}${later}`, `${monthName} ${nth}${later}`, ...digits].some((pattern) =>
    new RegExp(`(?<![\\d])${pattern}(?!\\d)`).test(plain),
  );
}

const UNITS: readonly string[] =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS: readonly string[] = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
/** Folded, January first. */
export const MONTHS: readonly string[] =
  'january february march april may june july august september october november december'.split(' ');
