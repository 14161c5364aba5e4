import { redraft } from '../../drafting/redraft.ts';
import type { Step } from '../step.ts';

/** Drafts the invoices of the period, and those of other periods that still stand as drafts, all anew. */
export const draftStep: Step = (ctx) => {
  const { plans, changes, problems } = redraft({
    workbook: ctx.workbook,
    settings: ctx.settings,
    period: ctx.period,
  });
  if (problems.length > 0) {
    return { kind: 'blocked', problem: `Correct these, then run again:\n${[...new Set(problems)].join('\n')}` };
  }
  const drafts = plans.flatMap((plan) => plan.drafts);
  const held = drafts.filter((draft) => draft.status === 'held').length;
  for (const { invoice, before, after } of changes) {
    ctx.log({
      what: after === null ? 'Draft removed' : before === null ? 'Draft made' : 'Draft changed',
      where: invoice,
      before: before === null ? '' : String(before),
      after: after === null ? '' : String(after),
    });
  }
  ctx.progress(`Drafted ${drafts.length} invoices${held === 0 ? '' : `, ${held} held`}`, drafts.length, drafts.length);
  return { kind: 'done' };
};
