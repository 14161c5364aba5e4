import type { DecisionAction, EntryTable } from '../calls.ts';
import type { Answer } from '../pull/answered.ts';
import { baseKey, partOf } from '../pull/keys.ts';
import { CHANGED_FLAG } from '../pull/row-change.ts';
import type { ChooseLine } from './choose-line.ts';
import { isBlocking, readFlags, TO_CHECK, withoutBlocking, writeFlags } from './flags.ts';
import { type EntryPart, splitEntry } from './split.ts';

/** A row of Time entries or Expenses, as far as decisions look at it. */
export interface DecidableRow {
  readonly table: EntryTable;
  readonly key: string;
  readonly client: string;
  readonly status: RowStatus;
  readonly sowLine: string;
  readonly flags: string;
  readonly reason: string;
  readonly hours: number | null;
  readonly invoice: string;
}

export type Sibling = Pick<DecidableRow, 'key' | 'status'>;

export type RowStatus = 'new' | 'auto' | 'flagged' | 'approved' | 'excluded' | 'invoiced';

/** The columns that a decision writes. */
export interface RowChange {
  readonly status: RowStatus;
  readonly sowLine: string;
  readonly flags: string;
}

/** What a decision comes to. `what` goes to Activity. */
export type Outcome =
  | { readonly kind: 'change'; readonly what: string; readonly change: RowChange }
  /** The parts take the row's place, each approved. */
  | { readonly kind: 'split'; readonly what: string; readonly parts: readonly EntryPart[] }
  /** The parts of a split entry become one row again, which waits. */
  | { readonly kind: 'join'; readonly what: string; readonly flags: string }
  /** The change in the source is answered for as it stands now. */
  | {
      readonly kind: 'answer';
      readonly what: string;
      readonly answer: Answer;
      readonly flags: string;
    }
  | { readonly kind: 'problem'; readonly problem: string };

/**
 * Works out one decision of a person. Pure: nothing is written, and a decision that cannot be is a sentence.
 * What was billed stays billed: moved, excluded or split, the client's next invoice carries the difference.
 * @param siblings all rows of the same entry, the row itself included: more than one where it was split
 */
export function decide(
  row: DecidableRow,
  decision: DecisionAction,
  choose: ChooseLine,
  siblings: readonly Sibling[],
): Outcome {
  switch (decision.action) {
    case 'accept':
      return accept(row, choose);
    case 'line':
      return toLine(row, decision.line, choose);
    case 'exclude':
      return exclude(row);
    case 'split':
      return split(row, decision.parts, choose, siblings);
    case 'changed':
      return answerChange(row, decision.answer);
    case 'reopen':
      return reopen(row, decision.before, choose, siblings);
  }
}

function accept(row: DecidableRow, choose: ChooseLine): Outcome {
  if (row.status === 'invoiced') return billed(row, 'There is nothing to accept');
  if (row.sowLine === '') return problem(`${row.key} has no suggestion to accept; choose a line, or exclude it.`);
  return approve('Accepted', row, row.sowLine, choose);
}

function toLine(row: DecidableRow, line: string, choose: ChooseLine): Outcome {
  if (row.status !== 'invoiced') return approve('Line chosen', row, line, choose);
  const chosen = choose(row, line);
  if (!chosen.ok) return problem(chosen.problem);
  const change: RowChange = { status: 'invoiced', sowLine: chosen.line, flags: row.flags };
  return { kind: 'change', what: 'Moved to another line after billing', change };
}

function approve(what: string, row: DecidableRow, line: string, choose: ChooseLine): Outcome {
  const chosen = choose(row, line);
  if (!chosen.ok) return problem(chosen.problem);
  return {
    kind: 'change',
    what,
    change: { status: 'approved', sowLine: chosen.line, flags: withoutBlocking(row.flags) },
  };
}

function exclude(row: DecidableRow): Outcome {
  const change: RowChange = { status: 'excluded', sowLine: row.sowLine, flags: flagsAfter(row) };
  return { kind: 'change', what: row.status === 'invoiced' ? 'Excluded after billing' : 'Excluded', change };
}

function split(
  row: DecidableRow,
  parts: readonly { readonly line: string; readonly hours: number }[],
  choose: ChooseLine,
  siblings: readonly Sibling[],
): Outcome {
  if (row.table === 'expense') return problem(`${row.key} is an expense; only time entries can be split.`);
  const lines: { line: string; hours: number }[] = [];
  for (const part of parts) {
    const chosen = choose(row, part.line);
    if (!chosen.ok) return problem(chosen.problem);
    lines.push({ line: chosen.line, hours: part.hours });
  }
  const done = splitEntry(
    row,
    lines,
    siblings.map((one) => one.key),
  );
  return done.ok
    ? { kind: 'split', what: row.status === 'invoiced' ? 'Split after billing' : 'Split', parts: done.parts }
    : problem(done.problem);
}

function answerChange(row: DecidableRow, answer: Answer): Outcome {
  const flags = readFlags(row.flags);
  if (!flags.includes(CHANGED_FLAG))
    return problem(`${row.key} has no change after invoicing that waits for an answer.`);
  return {
    kind: 'answer',
    what: answer === 'ignore' ? 'Change after invoicing ignored' : 'Change after invoicing to be billed',
    answer,
    flags: writeFlags(flags.filter((flag) => flag !== CHANGED_FLAG)),
  };
}

/** @param before what the row said before the decision that is taken back; only flags and lines that there are count */
function reopen(
  row: DecidableRow,
  before: { readonly line: string; readonly flags: readonly string[] } | undefined,
  choose: ChooseLine,
  siblings: readonly Sibling[],
): Outcome {
  if (row.status === 'invoiced') return billed(row, 'Void that invoice first to reopen it');
  if (isPartOfSplit(row, siblings)) {
    const done = siblings.find((one) => one.status === 'invoiced');
    if (done !== undefined) return problem(`${row.key} cannot be joined again: ${done.key} is already billed.`);
    return { kind: 'join', what: 'Split undone', flags: writeFlags(before?.flags.filter(isBlocking) ?? []) };
  }
  const line = before === undefined ? row.sowLine : before.line;
  const chosen = line === '' ? null : choose(row, line);
  const sowLine = chosen === null ? '' : chosen.ok ? chosen.line : row.sowLine;
  const flags = before === undefined ? row.flags : flagsAgain(row.flags, before.flags.filter(isBlocking));
  return { kind: 'change', what: 'Reopened', change: { status: 'flagged', sowLine, flags } };
}

/** The flags that stood before a decision. A row to check says no more than that again. */
function flagsAgain(now: string, blocking: readonly string[]): string {
  const left = readFlags(now).filter((flag) => flag !== 'audit sample' || !blocking.includes(TO_CHECK));
  return writeFlags([...blocking, ...left]);
}

/** An excluded row no longer waits for an answer about a change in the source. */
function flagsAfter(row: DecidableRow): string {
  return writeFlags(readFlags(withoutBlocking(row.flags)).filter((flag) => flag !== CHANGED_FLAG));
}

/** A further row of an entry that moved to another client has a number too, but the whole entry stands beside it. */
function isPartOfSplit(row: DecidableRow, siblings: readonly Sibling[]): boolean {
  return row.table === 'time' && partOf(row.key) > 0 && !siblings.some((one) => one.key === baseKey(row.key));
}

function billed(row: DecidableRow, hint: string): Outcome {
  return problem(`${row.key} is already billed${row.invoice === '' ? '' : ` on ${row.invoice}`}. ${hint}.`);
}

function problem(sentence: string): Outcome {
  return { kind: 'problem', problem: sentence };
}
