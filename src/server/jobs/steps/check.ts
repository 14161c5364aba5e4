import { tooEarly } from '../../../lib/jobs/view.ts';
import { problemSentence } from '../../../lib/workbook/problem.ts';
import { allTables } from '../../../lib/workbook/tables.ts';
import type { Workbook } from '../../sheets/workbook.ts';
import type { Step } from '../step.ts';

/** Problems that are spelled out; a person mends these first and runs again. */
const SHOWN = 50;

/** Looks at every tab before anything is pulled or billed, and reports all problems of all tabs together. */
export const checkStep: Step = (context) => {
  context.progress('Checking the tabs');
  const early = tooEarly(context.period, context.settings.firstPeriod);
  if (early !== null) return { kind: 'blocked', problem: early };
  const problems = problemSentences(context.workbook);
  return problems.length === 0 ? { kind: 'done' } : { kind: 'blocked', problem: problems.join('\n') };
};

/** A sentence per problem of any tab, the first fifty and then how many more. */
export function problemSentences(workbook: Workbook): readonly string[] {
  const sentences = [...new Set(workbook.problemsOf(allTables).map(problemSentence))];
  const more = sentences.length - SHOWN;
  return more > 0 ? [...sentences.slice(0, SHOWN), `And ${more} more.`] : sentences;
}
