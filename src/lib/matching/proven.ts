import { moreToProve } from './error-bound.ts';
import { ACCEPT_NOTHING, type Evidence } from './threshold.ts';

/** What the sentence on the Dashboard needs to know. */
export interface ProofFacts {
  readonly evidence: Evidence;
  /** Setting *Target error rate*, a share. */
  readonly target: number;
  /** Setting *Audit sample*. */
  readonly auditSample: number;
  /** The threshold follows the checked rows. */
  readonly automatic: boolean;
  /** Drawn rows that nobody has decided yet. */
  readonly waiting: number;
}

/**
 * Says what is proven about rows that were accepted without a person, in the words of the people who answer for it: "0 wrong in 60
 * checked: under 4.9 % of the hours with 95 % certainty; 239 more without a mistake prove 1 %."
 */
export function provenSentence(facts: ProofFacts): string {
  return [found(facts), accepting(facts), waiting(facts)].filter((part) => part !== '').join(' ');
}

function found({ evidence, target, auditSample }: ProofFacts): string {
  const { checked, wrong, weighed, bound, proven } = evidence;
  if (checked === 0) {
    return auditSample > 0
      ? `Nothing is proven yet: of each month's accepted rows ${auditSample} are shown to you for checking, and what you decide about them counts.`
      : 'Nothing is proven: the setting Audit sample is 0, so no accepted row is checked.';
  }
  const so = `${count(wrong)} wrong in ${count(checked)} checked: under ${percent(bound)} of the hours with 95 % certainty`;
  if (proven) return `${so}. The target of ${percent(target)} is proven.`;
  return `${so}; ${count(moreToProve(weighed.wrong, weighed.checked, target))} more without a mistake prove ${percent(target)}.`;
}

function accepting({ evidence, automatic }: ProofFacts): string {
  if (evidence.threshold >= ACCEPT_NOTHING)
    return automatic
      ? 'Too many checked rows were wrong, so nothing that rests on the models is accepted without a person.'
      : '';
  return `Accepted from a score of ${evidence.threshold} on${automatic ? '' : ', as set by hand'}.`;
}

function waiting({ waiting: many }: ProofFacts): string {
  return many === 0 ? '' : `${count(many)} drawn for checking ${many === 1 ? 'waits' : 'wait'} in the review.`;
}

/** Rounded up, so that a bound never looks better than it is. */
function percent(share: number): string {
  const per = share * 100;
  const decimals = per >= 9.95 ? 0 : per >= 0.995 ? 1 : 2;
  const shown = Math.ceil(per * 10 ** decimals - 1e-9) / 10 ** decimals;
  return `${shown} %`;
}

function count(many: number): string {
  return String(many).replace(/\B(?=(\d{3})+$)/g, ',');
}
