import { type CheckedAnswer, readAnswer } from './answer.ts';
import type { Chunk } from './chunks.ts';

/** What became of a request, as far as it concerns its rows: an answer to read, or none (refused, or cut off). */
export type ChunkOutcome = { readonly kind: 'answer'; readonly text: string } | { readonly kind: 'refused' | 'cut' };

/** Answers by the key of the row, and what is left to ask. */
export interface Settled {
  readonly answers: ReadonlyMap<string, CheckedAnswer>;
  /** To be asked once more: only what is missing; a refused or cut request in two halves. */
  readonly again: readonly Chunk[];
}

/** Reads the outcome of one request. */
export function settle(chunk: Chunk, outcome: ChunkOutcome): Settled {
  if (outcome.kind !== 'answer') return { answers: new Map(), again: halves(chunk) };
  const read = readAnswer(outcome.text, chunk.table.lines, chunk.questions);
  const answers = new Map<string, CheckedAnswer>();
  const missing = chunk.questions.filter((question, index) => {
    const answer = read[index] ?? null;
    if (answer !== null) answers.set(question.item.key, answer);
    return answer === null;
  });
  return { answers, again: missing.length === 0 ? [] : [{ ...chunk, questions: missing }] };
}

/** A request of one row cannot be halved; it is asked again as it is. */
function halves(chunk: Chunk): readonly Chunk[] {
  const middle = Math.ceil(chunk.questions.length / 2);
  return [chunk.questions.slice(0, middle), chunk.questions.slice(middle)]
    .filter((questions) => questions.length > 0)
    .map((questions) => ({ ...chunk, questions }));
}
