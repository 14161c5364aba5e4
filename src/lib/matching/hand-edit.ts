import type { ChooseLine } from './choose-line.ts';
import { type DecidableRow, decide, type RowChange, type RowStatus } from './decide.ts';
import { withoutBlocking } from './flags.ts';

/** What a person typed into a row, and what stood there before where that is known. */
export interface HandEdit {
  /** The row as it is now, with what was typed; `status` null: a word that is none. */
  readonly row: Omit<DecidableRow, 'status'> & { readonly status: RowStatus | null };
  readonly edited: 'SOW line' | 'Status' | 'both';
  /** The word in Status before the edit; null where it is not known (pasted ranges). */
  readonly statusBefore: RowStatus | null;
  /** The line before the edit; null where it is not known. */
  readonly lineBefore: string | null;
  /** It stands on an invoice that was pushed. */
  readonly billed: boolean;
}

/** What is to be written into the row, and what Activity says. `problem`: why what was typed cannot be. */
export interface HandChange {
  readonly what: string;
  readonly change: RowChange;
  /** Empty: nobody has decided, so that matching may ask again. */
  readonly decided: boolean;
  readonly problem: string | null;
}

/**
 * A hand change of SOW line or Status is a decision.
 * - A line typed on a row that waits approves it; on a billed row it moves it, and the next invoice carries the difference (as it does for `excluded`); an excluded
 *   row stays excluded. An emptied line makes the row wait.
 * - Status `approved` (or `auto`) approves the line that stands there, `excluded` excludes, `flagged` makes the row wait, `new` asks
 *   the models again.
 * - What cannot be (an unknown line, approving without a line, another status for a billed row, `invoiced` by hand) leaves the row
 *   waiting with the reason in its cell, or billed as it was. A line that cannot be gives way to the one before it.
 */
export function handEdit(edit: HandEdit, choose: ChooseLine): HandChange {
  const { row } = edit;
  if (edit.billed) return onBilled(edit, choose);
  if (edit.edited === 'SOW line') {
    const before = row.status ?? 'flagged';
    if (row.sowLine === '') return wait(row, 'Line taken away', null);
    return typedLine(edit, before === 'excluded' ? 'excluded' : 'approved', choose);
  }
  switch (row.status) {
    case 'auto':
    case 'approved': {
      const outcome = decide({ ...row, status: 'flagged' }, { action: 'accept' }, choose, []);
      if (outcome.kind === 'change')
        return { what: 'Approved by hand', change: outcome.change, decided: true, problem: null };
      return wait(row, 'Approved by hand', outcome.kind === 'problem' ? outcome.problem : null);
    }
    case 'excluded':
      return {
        what: 'Excluded by hand',
        change: { status: 'excluded', sowLine: row.sowLine, flags: withoutBlocking(row.flags) },
        decided: true,
        problem: null,
      };
    case 'new':
      return {
        what: 'Set to new by hand',
        change: { status: 'new', sowLine: row.sowLine, flags: '' },
        decided: false,
        problem: null,
      };
    case 'flagged':
      return wait(row, 'Reopened by hand', null);
    case 'invoiced':
    case null: {
      const problem =
        row.status === null
          ? 'Status must be new, auto, flagged, approved or excluded.'
          : 'Status becomes invoiced by pushing an invoice, not by hand.';
      const status = edit.statusBefore === null || edit.statusBefore === 'invoiced' ? 'flagged' : edit.statusBefore;
      return {
        what: 'Status typed by hand',
        change: { status, sowLine: row.sowLine, flags: row.flags },
        decided: true,
        problem,
      };
    }
  }
}

function onBilled(edit: HandEdit, choose: ChooseLine): HandChange {
  const { row } = edit;
  const stay: RowChange = { status: 'invoiced', sowLine: row.sowLine, flags: row.flags };
  if (edit.edited === 'Status' && row.status === 'excluded') {
    const outcome = decide({ ...row, status: 'invoiced' }, { action: 'exclude' }, choose, []);
    if (outcome.kind === 'change') return { what: outcome.what, change: outcome.change, decided: true, problem: null };
  }
  if (edit.edited === 'Status') {
    const problem =
      row.status === 'invoiced' ? null : 'It is already billed; void that invoice first to change its Status.';
    return { what: 'Status typed by hand', change: stay, decided: true, problem };
  }
  const outcome = decide({ ...row, status: 'invoiced' }, { action: 'line', line: row.sowLine }, choose, []);
  if (outcome.kind === 'change') return { what: outcome.what, change: outcome.change, decided: true, problem: null };
  return {
    what: 'Line typed by hand',
    change: { ...stay, sowLine: edit.lineBefore ?? row.sowLine },
    decided: true,
    problem: outcome.kind === 'problem' ? outcome.problem : null,
  };
}

function typedLine(edit: HandEdit, status: 'approved' | 'excluded', choose: ChooseLine): HandChange {
  const { row } = edit;
  const chosen = choose(row, row.sowLine);
  if (!chosen.ok) return wait({ ...row, sowLine: edit.lineBefore ?? '' }, 'Line typed by hand', chosen.problem);
  const change: RowChange = { status, sowLine: chosen.line, flags: withoutBlocking(row.flags) };
  return { what: 'Line typed by hand', change, decided: true, problem: null };
}

function wait(row: HandEdit['row'], what: string, problem: string | null): HandChange {
  return { what, change: { status: 'flagged', sowLine: row.sowLine, flags: row.flags }, decided: true, problem };
}
