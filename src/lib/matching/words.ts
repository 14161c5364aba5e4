import { normalNote } from './notes.ts';

/**
 * The words that tell what a text is about, each once: at least three letters, no numbers, no filling words, cut to a stem, so that
 * "reviewing" and "reviews" are alike.
 */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = normalNote(text)
    .split(' ')
    .filter((word) => word.length >= 3 && !/\d/.test(word) && !FILLING.has(word));
  return new Set(words.map(stem));
}

/** How alike two sets of words are: those in both over those in either, 0 to 1. Two empty sets are alike. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  const either = a.size + b.size - both;
  return either === 0 ? 1 : both / either;
}

function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ings?|ed|es|s)$/, '') : word.replace(/s$/, '');
}

const FILLING: ReadonlySet<string> = new Set(
  'and the for with from into this that then than are was were has have had will not our their its his her per via all any new out off but about after before over under more also und der die das mit von les des pour avec por para con los las'.split(
    ' ',
  ),
);
