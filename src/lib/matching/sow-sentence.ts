import { tellingWords } from './words.ts';

/** Finds the sentence of a SOW text that fits best. */
export type FindSentence = (note: string, line: { readonly line: string; readonly title: string }) => string | null;

/**
 * Prepares a SOW text for looking up sentences. The best sentence shares words with the note, and is better still where it names the
 * line or its title; without a shared word there is none. For showing beside a suggestion, never for deciding.
 */
export function sentencesOf(text: string): FindSentence {
  const sentences = cutIntoSentences(text).map((sentence) => ({ sentence, words: tellingWords(sentence) }));
  return (note, line) => {
    const wanted = tellingWords(note);
    const title = tellingWords(line.title);
    let best: string | null = null;
    let bestScore = 0;
    for (const { sentence, words } of sentences) {
      const ofNote = shared(wanted, words);
      if (ofNote === 0) continue;
      const named = sentence.includes(line.line) ? 1.5 : shared(title, words) > 0 ? 0.75 : 0;
      // Among equals the shorter sentence says it more clearly.
      const score = ofNote + named - sentence.length / 10_000;
      if (score > bestScore) [best, bestScore] = [sentence, score];
    }
    return best;
  };
}

function cutIntoSentences(text: string): readonly string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}*"“(])/u)
    .map((sentence) =>
      sentence
        .replace(/[*#|_`]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence.length >= 12)
    .map((sentence) => (sentence.length > SENTENCE_LIMIT ? `${sentence.slice(0, SENTENCE_LIMIT - 1)}…` : sentence));
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((word) => b.has(word)).length;
}

const SENTENCE_LIMIT = 400;
