import type { AnswerFault } from './model/write-answer.ts';

/**
 * Faults of this service's own kind, for any request that it answers with a message:
 * - `answer: missing ref`, `duplicate ref`, `unasked ref`, `unknown line`: the list of answers is wrong in that way (its first answer)
 * - `answer: case drift`: refs come in the other letter case
 * - `answer: invalid JSON`: the text ends too early, and still `end_turn`
 * - `answer: refusal`: status 200 with stop_reason `refusal`
 * - `answer: cut`: stop_reason `max_tokens` in the middle of the text
 * - `answer: empty`: no text block at all
 * - `answer: thinking first`: a thinking block stands first, also where the model would not think
 * - `spend limit`: status 400, the organisation's own limit
 * - `monthly cap`: status 429 without a time to wait
 */
export const ownFaults = [
  'answer: missing ref',
  'answer: duplicate ref',
  'answer: unasked ref',
  'answer: unknown line',
  'answer: case drift',
  'answer: invalid JSON',
  'answer: refusal',
  'answer: cut',
  'answer: empty',
  'answer: thinking first',
  'spend limit',
  'monthly cap',
] as const;

const inAnswers: readonly AnswerFault[] = ['missing ref', 'duplicate ref', 'unasked ref', 'unknown line', 'case drift'];

/** Those of the faults that change the list of answers. */
export function answerFaults(faults: readonly string[]): readonly AnswerFault[] {
  return inAnswers.filter((name) => faults.includes(`answer: ${name}`));
}
