/** A note as it is compared with others: without case, punctuation, signs that cannot be seen, and doubled blanks. */
export function normalNote(note: string): string {
  // Most notes are plain; for them the same comes out five times sooner.
  if (PLAIN.test(note)) {
    return note
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  }
  return note
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** The note says nothing that a line could be chosen by: fewer than two letters or digits, or only words that stand for anything. */
export function isVague(note: string): boolean {
  const normal = normalNote(note);
  if (normal.replace(/ /g, '').length < 2) return true;
  return EMPTY_PHRASES.has(normal) || normal.split(' ').every((word) => EMPTY_WORDS.has(word));
}

const PLAIN = /^[\t\n\r -~]*$/;

const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'misc',
  'various',
  'stuff',
  'tbd',
  'todo',
  'na',
  'asdf',
  'ditto',
  'etc',
  'xx',
  'xxx',
]);
const EMPTY_PHRASES: ReadonlySet<string> = new Set([
  'n a',
  'see above',
  'as above',
  'same as above',
  'to do',
  'no note',
  'none',
]);
