import type { Judgement } from './judge.ts';
import type { AskedEntry, Prompt } from './read-prompt.ts';

/** What the model is to say about entries with these notes; line null: no line fits. */
export interface FixedAnswer {
  readonly notes: string;
  readonly line: string | null;
  readonly confidence: number;
  /** What any model but the first says, where it differs. */
  readonly second?: { readonly line: string | null; readonly confidence: number } | undefined;
}

/** Looks up what the scenario wants said about an entry; null where it says nothing. */
export type FixedAnswers = (entry: AskedEntry, prompt: Prompt, isFirstModel: boolean) => Judgement | null;

/** Notes are compared without regard to blanks at the ends and between words; a cut note (ending in …) by its beginning. */
export function createFixedAnswers(answers: readonly FixedAnswer[]): FixedAnswers {
  const byNotes = new Map(answers.map((answer) => [squeezed(answer.notes), answer]));
  return (entry, prompt, isFirstModel) => {
    const note = squeezed(entry.note);
    const found = byNotes.get(note) ?? (note.endsWith('…') ? cutMatch(note, answers) : undefined);
    if (found === undefined) return null;
    const said = isFirstModel ? found : (found.second ?? found);
    const wanted = said.line?.trim().toLowerCase();
    const line = prompt.lines.find(({ key }) => key.trim().toLowerCase() === wanted);
    if (wanted === undefined || line === undefined) {
      return { line: 'NONE', confidence: said.confidence, reason: 'No line fits this work' };
    }
    return { line: line.ref, confidence: said.confidence, reason: `The note fits ${line.title || line.key}` };
  };
}

function cutMatch(note: string, answers: readonly FixedAnswer[]): FixedAnswer | undefined {
  const beginning = note.slice(0, -1);
  return answers.find((answer) => beginning.length > 100 && squeezed(answer.notes).startsWith(beginning));
}

function squeezed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
