/** What a person said about a row that changed after it was billed. */
export type Answer = 'ignore' | 'bill difference';

/** The text of column Answered: the answer and the state that it was given for. */
export function answeredText(answer: Answer, fingerprint: string): string {
  return `${answer} ${fingerprint}`;
}

/** The answer given for just this state of the source; null when none was, or when it was for another state. */
export function answerFor(answered: string, fingerprint: string): Answer | null {
  if (answered === answeredText('ignore', fingerprint)) return 'ignore';
  if (answered === answeredText('bill difference', fingerprint)) return 'bill difference';
  return null;
}
