import type { EntryTable } from '../calls.ts';
import { foldName } from '../workbook/cell.ts';
import type { MatchLine, MatchSow } from './model.ts';

/** Finds the line that a person names, or says why it cannot be taken. */
export type ChooseLine = (
  row: { readonly table: EntryTable; readonly client: string },
  line: string,
) => { readonly ok: true; readonly line: string } | { readonly ok: false; readonly problem: string };

/**
 * A person may choose any line of the same client, also one that is not open on the day, as long as it takes what the row is: time
 * or an expense. The answer gives the key as the tab spells it.
 */
export function chooseLine(sows: readonly MatchSow[], lines: readonly MatchLine[]): ChooseLine {
  const lineOf = new Map(lines.map((line) => [foldName(line.line), line]));
  const clientOf = new Map(sows.map((sow) => [foldName(sow.sow), sow.client]));
  return (row, named) => {
    const line = lineOf.get(foldName(named));
    if (line === undefined) return { ok: false, problem: `There is no line "${named}" in the tab SOW lines.` };
    const client = clientOf.get(foldName(line.sow));
    if (client === undefined || foldName(client) !== foldName(row.client)) {
      return { ok: false, problem: `${line.line} is a line of ${client ?? 'no client'}, not of ${row.client}.` };
    }
    if (line.billing === 'expense' && row.table === 'time') {
      return { ok: false, problem: `${line.line} takes expenses only; choose a line for time.` };
    }
    if (line.billing !== 'expense' && row.table === 'expense') {
      return { ok: false, problem: `${line.line} takes no expenses; choose a line whose Billing is expense.` };
    }
    return { ok: true, line: line.line };
  };
}
