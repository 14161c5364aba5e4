import type { Candidates } from './candidates.ts';
import type { Flag } from './flags.ts';
import { isInstructionLike } from './instruction-like.ts';
import type { MatchItem } from './model.ts';
import { isVague } from './notes.ts';

/** What is known about a row's surroundings. */
export interface Surroundings {
  /** An earlier row says the same. */
  readonly duplicate: boolean;
  /** Its client's month was pushed already. */
  readonly late: boolean;
  /** The models see only a part of the text of a SOW that it may belong to, by the SOW's name. */
  readonly isCut?: (sow: string) => boolean;
  /** The setting *Long entry hours*. */
  readonly longEntryHours: number;
}

/** The flags that need no model. An expense may go without a note, since its category tells; time may not. */
export function rowFlags(item: MatchItem, candidates: Candidates, around: Surroundings): readonly Flag[] {
  const flags: Flag[] = [];
  if (candidates.lines.length === 0) flags.push('no candidate');
  else if (!candidates.projectInSow) flags.push('project not in SOW');
  // With one line to choose from the verdict says so itself, with that line.
  if (item.table === 'expense' && !item.billable && candidates.lines.length > 1) flags.push('marked not billable');
  if (item.table === 'time' && isVague(item.notes)) flags.push('note too vague');
  if (item.hours !== null && item.hours >= around.longEntryHours) flags.push('long entry');
  if (item.hours !== null && item.hours < 0) flags.push('negative hours');
  if (around.duplicate) flags.push('possible duplicate');
  if (isInstructionLike(item.notes)) flags.push('instruction-like text');
  if (around.late) flags.push('late');
  return flags;
}
