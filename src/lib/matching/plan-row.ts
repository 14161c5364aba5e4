import { askedMark } from './asked.ts';
import { type Candidates, findCandidates, type SowBook } from './candidates.ts';
import { foreignFlags } from './flags.ts';
import type { Memory } from './memory.ts';
import type { MatchItem, Opinion, Opinions, SecondOpinionOn, Verdict } from './model.ts';
import { rowFlags, type Surroundings } from './row-flags.ts';
import { verdictFromMemory, verdictOn, verdictWithoutModel } from './verdict.ts';

/** A row of Time entries or Expenses as matching finds it. */
export interface MatchRow {
  readonly item: MatchItem;
  readonly status: string;
  readonly decidedBy: string;
  /** The cell SOW line. */
  readonly line: string;
  /** The cell Flags. */
  readonly flags: string;
  /** What is kept with the row: the mark of the last question and what was answered. */
  readonly asked: string;
  readonly opinions: Opinions | null;
}

/** What holds for all rows of a run. */
export interface MatchRules {
  readonly book: SowBook;
  readonly firstModel: string;
  readonly secondModel: string;
  readonly secondOpinionOn: SecondOpinionOn;
  /** 0 to 1 */
  readonly threshold: number;
  /** Id of the job; what another job got no answer to is asked again. */
  readonly job: string;
  /** The mark of a SOW's stored text; empty where there is none. */
  readonly sowTextMark: (sow: string) => string;
  /** What people decided about the same work earlier. */
  readonly memory: Memory;
}

/** What is to be done with a row. */
export type RowPlan =
  /** It is not matching's to touch. */
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'judge';
      readonly verdict: Verdict;
      /** It rests on what the models said. */
      readonly byModels: boolean;
    }
  | {
      readonly kind: 'ask';
      readonly mark: string;
      readonly candidates: Candidates;
      readonly models: readonly string[];
      /** Opinions on the same question that still count. */
      readonly known: Opinions | null;
    };

/**
 * Matching may write the row: it is new, or nobody has decided about it yet. A row that a person reopened has their name in Decided
 * by and waits for them.
 */
export function isOpen(row: Pick<MatchRow, 'status' | 'decidedBy'>): boolean {
  return row.status === 'new' || ((row.status === 'flagged' || row.status === 'auto') && row.decidedBy === '');
}

/**
 * Decides about one row: leave it, write a verdict, or ask which models. The same question is never put to the same model twice, so
 * planning again after the answers were stored leads to the verdict.
 */
export function planRow(row: MatchRow, rules: MatchRules, around: Surroundings): RowPlan {
  if (!isOpen(row)) return { kind: 'leave' };
  const candidates = findCandidates(row.item, rules.book);
  const flags = [...rowFlags(row.item, candidates, around), ...foreignFlags(row.flags)];
  const sure = verdictWithoutModel(row.item, candidates, flags) ?? fromMemory(row, candidates, flags, rules.memory);
  if (sure !== null) return { kind: 'judge', verdict: sure, byModels: false };

  const sows = [...new Set(candidates.lines.map((line) => line.sow))];
  const mark = askedMark(row.item, candidates.lines, sows.map(rules.sowTextMark));
  const known = row.asked === mark ? usable(row.opinions, rules) : null;
  const standing = sows.some((sow) => around.isCut?.(sow)) ? [...flags, 'SOW text cut'] : flags;
  const models = modelsToAsk(known, rules, standing);
  if (models.length === 0 && known !== null) {
    return { kind: 'judge', verdict: verdictOn(known, standing, rules.threshold), byModels: true };
  }
  // What was accepted stays accepted when lines or models change, as long as its line may still be chosen.
  if (row.status === 'auto' && candidates.lines.some((line) => line.line === row.line)) return { kind: 'leave' };
  return { kind: 'ask', mark, candidates, models, known };
}

function fromMemory(row: MatchRow, candidates: Candidates, flags: readonly string[], memory: Memory): Verdict | null {
  const remembered = memory(row.item);
  return remembered === null ? null : verdictFromMemory(remembered, candidates, flags);
}

/** The second opinion is asked for in this firm, of another model. */
export function asksSecond(rules: MatchRules): boolean {
  return rules.secondOpinionOn !== 'off' && rules.secondModel !== rules.firstModel;
}

function modelsToAsk(known: Opinions | null, rules: MatchRules, flags: readonly string[]): readonly string[] {
  const { firstModel, secondModel } = rules;
  if (known === null) {
    return asksSecond(rules) && rules.secondOpinionOn === 'every row' ? [firstModel, secondModel] : [firstModel];
  }
  if (known.second !== undefined || !asksSecond(rules)) return [];
  const doubtful = verdictOn(known, flags, rules.threshold).status === 'flagged';
  return rules.secondOpinionOn === 'every row' || doubtful ? [secondModel] : [];
}

/** Of the stored opinions those of the models that are set now. A second one does not count while no second one is wanted. */
function usable(opinions: Opinions | null, rules: MatchRules): Opinions | null {
  if (opinions === null || !counts(opinions.first, rules.firstModel, rules.job)) return null;
  const { prompt, first, second } = opinions;
  const keep = second !== undefined && asksSecond(rules) && counts(second, rules.secondModel, rules.job);
  return keep ? { prompt, first, second } : { prompt, first };
}

function counts(opinion: Opinion, model: string, job: string): boolean {
  return opinion.model === model && (opinion.kind === 'answer' || opinion.job === job);
}
