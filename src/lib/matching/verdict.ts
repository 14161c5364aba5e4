import { foldName } from '../workbook/cell.ts';
import type { Candidates } from './candidates.ts';
import { isBlocking } from './flags.ts';
import type { Remembered } from './memory.ts';
import type { MatchItem, Opinions, Verdict } from './model.ts';
import { type AnswerOpinion, scoreOf } from './score.ts';

/**
 * The verdict on a row that no model is asked about, or null where one must be: a row without any candidate, and an expense whose
 * client has exactly one expense line for it. That is what a pass-through line is for, so it is taken without asking; only an
 * expense that its source marks as not billable waits for a person.
 * @param flags those that need no model, and those that stand for other reasons
 */
export function verdictWithoutModel(item: MatchItem, candidates: Candidates, flags: readonly string[]): Verdict | null {
  const [only, ...others] = candidates.lines;
  if (only === undefined) {
    const what = item.table === 'expense' ? 'expense line' : 'SOW line';
    const whose = `${item.client === '' ? 'this client' : item.client}${item.project === '' ? '' : `, project ${item.project},`}`;
    const reason = `No ${what} of ${whose} is open on ${item.date}.`;
    return { status: 'flagged', line: '', confidence: null, reason, flags };
  }
  if (item.table !== 'expense' || others.length > 0) return null;
  if (!item.billable) {
    const reason = 'The only expense line open for it, but the time source marks it as not billable.';
    return { status: 'flagged', line: only.line, confidence: null, reason, flags: [...flags, 'marked not billable'] };
  }
  const status = flags.some(isBlocking) ? 'flagged' : 'auto';
  return { status, line: only.line, confidence: 1, reason: 'The only expense line open for it.', flags };
}

/**
 * The verdict on work that a person decided earlier: the same line, as long as it is open for this row; null where it is not, and the
 * models are asked. Whatever else speaks against the row still stands, but not that its project is in no SOW: the person knew that.
 */
export function verdictFromMemory(
  remembered: Remembered,
  candidates: Candidates,
  flags: readonly string[],
): Verdict | null {
  const line = candidates.lines.find((one) => foldName(one.line) === foldName(remembered.line));
  if (line === undefined) return null;
  const left = flags.filter((flag) => flag !== 'project not in SOW');
  const { date, key } = remembered.from;
  return {
    status: left.some(isBlocking) ? 'flagged' : 'auto',
    line: line.line,
    confidence: 1,
    reason: `As decided for the same work on ${date} (${key}).`,
    flags: left,
  };
}

/**
 * The verdict on what the models said: accepted when the score reaches the threshold and no blocking flag stands. The suggestion is
 * the first model's line, or where it found none, the second's.
 * @param flags those that need no model, and those that stand for other reasons
 * @param threshold 0 to 1
 */
export function verdictOn(opinions: Opinions, flags: readonly string[], threshold: number): Verdict {
  const { first, second } = opinions;
  const given = [first, second].filter((one): one is AnswerOpinion => one?.kind === 'answer');
  const [one, other] = given;
  if (one === undefined || first.kind === 'unanswered' || second?.kind === 'unanswered') {
    const reason =
      one === undefined
        ? 'Claude gave no usable answer, asked twice.'
        : `${one.reason} (One model gave no usable answer.)`;
    return { status: 'flagged', line: one?.line ?? '', confidence: null, reason, flags: [...flags, 'not answered'] };
  }
  const { score, disagree } = scoreOf(one, other ?? null);
  const line = one.line !== '' || other === undefined ? one.line : other.line;
  const found = disagree
    ? ['models disagree']
    : line === ''
      ? ['no line fits']
      : score < threshold
        ? ['low confidence']
        : [];
  const all = [...flags, ...found];
  const reason = disagree && other !== undefined ? `${said(one)} Second opinion: ${said(other)}` : one.reason;
  return { status: all.some(isBlocking) ? 'flagged' : 'auto', line, confidence: score, reason, flags: all };
}

function said(opinion: AnswerOpinion): string {
  const reason = /[.!?…]$/.test(opinion.reason) ? opinion.reason : `${opinion.reason}.`;
  return `${opinion.line === '' ? 'no line fits' : opinion.line}: ${reason}`;
}
