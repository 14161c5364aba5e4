import type { ClaudeOutcome } from '../clients/claude-model.ts';

/** The text of an answer; throws a sentence where there is none. @param what "the PDF", "the document" */
export function answerText(outcome: ClaudeOutcome | undefined, what: string): string {
  if (outcome === undefined) throw new Error('Claude was not asked. Try again.');
  switch (outcome.kind) {
    case 'answer':
      return outcome.text;
    case 'refused':
      throw new Error(`Claude refused to read ${what}. Nothing was written; fill in the tabs by hand.`);
    case 'cut':
      throw new Error(
        `Claude's answer about ${what} was too long and broke off. Nothing was written; paste its text instead, in parts.`,
      );
    case 'failed':
      if (outcome.error.kind !== 'unavailable') throw outcome.error;
      throw new Error(
        `${outcome.error.message} Nothing was written. Try again in a few minutes${what === 'the PDF' ? ', or paste its text' : ''}.`,
      );
  }
}
