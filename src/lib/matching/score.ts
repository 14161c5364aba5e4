import type { Opinion } from './model.ts';

/** How sure two models are together: one number from 0 to 1, and whether they disagree. */
export interface Score {
  readonly score: number;
  readonly disagree: boolean;
}

/**
 * One number from both confidences and their agreement: the lower confidence where both name the same line (or both none), 0 where
 * they differ. With one opinion its own confidence.
 */
export function scoreOf(first: AnswerOpinion, second: AnswerOpinion | null): Score {
  if (second === null) return { score: first.confidence, disagree: false };
  if (first.line !== second.line) return { score: 0, disagree: true };
  return { score: Math.min(first.confidence, second.confidence), disagree: false };
}

export type AnswerOpinion = Extract<Opinion, { readonly kind: 'answer' }>;
