import type { CheckedBody } from '../check-body.ts';
import { isObject } from '../json.ts';
import { answerAboutDocument } from './answer-document.ts';
import { fillSchema } from './fill-schema.ts';
import { createFixedAnswers, type FixedAnswer } from './fixed-answers.ts';
import { createJudge, type Memory } from './judge.ts';
import { readPrompt } from './read-prompt.ts';
import { type AnswerFault, writeAnswers } from './write-answer.ts';

/** The text that the model answers with, and about how many items it was asked. */
export interface StandInAnswer {
  readonly text: string;
  readonly items: number;
}

/** Answers requests in place of a language model. */
export type StandIn = (checked: CheckedBody, faults: readonly AnswerFault[]) => StandInAnswer;

/**
 * A stand-in for the language model. It knows what its request says and the scenario's fixed answers, and nothing else; entries without
 * a fixed answer are judged by the words they share with the lines. It is a weak reader with honest doubts, not Claude.
 *
 * @param pagesOf the text of each page of a PDF; without it, PDFs are blank to it
 * @param firstModel id of the model that is asked first; any other reads the SOW's text too and gives the `second` of fixed answers
 */
export function createStandIn(
  answers: readonly FixedAnswer[],
  firstModel: string,
  pagesOf: (pdfBase64: string) => readonly string[] = () => [''],
): StandIn {
  const fixed = createFixedAnswers(answers);
  const memory: Memory = new Map();
  return (checked, faults) => {
    const schema = checked.schema ?? toolSchema(checked);
    if (schema === null) return { text: 'I am a stand-in without a language model. Ask with a schema.', items: 1 };
    const about = answerAboutDocument(checked.body, schema, pagesOf);
    if (about !== null) return { text: JSON.stringify(about), items: 20 };
    const prompt = readPrompt(checked.body);
    const isFirst = checked.model.id === firstModel || checked.modelId === firstModel;
    const judge = createJudge(prompt, { readsSow: !isFirst }, memory);
    const said = prompt.entries.map((entry) => ({
      ref: entry.ref,
      ...(fixed(entry, prompt, isFirst) ?? judge(entry)),
    }));
    const value = said.length === 0 ? null : writeAnswers(schema, said, faults);
    return {
      text: JSON.stringify(value ?? fillSchema(schema, schema, () => undefined)),
      items: Math.max(1, said.length),
    };
  };
}

function toolSchema(checked: CheckedBody): Readonly<Record<string, unknown>> | null {
  const schema = checked.forcedTool?.['input_schema'];
  return isObject(schema) ? schema : null;
}
