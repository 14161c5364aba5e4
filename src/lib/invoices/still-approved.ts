import type { ExpenseRow, TimeRow } from '../pull/model.ts';
import { sameName } from '../workbook/cell.ts';
import type { ApprovedInvoice } from './approved.ts';

/**
 * Tells what was decided otherwise since an invoice was approved: rows of it that are gone, stand on another line or are no longer to be
 * billed. Pushed all the same, it would bill what nobody wants billed any more. Null when it still holds.
 */
export function decidedOtherwise(
  record: ApprovedInvoice,
  time: ReadonlyMap<string, TimeRow>,
  expenses: ReadonlyMap<string, ExpenseRow>,
): string | null {
  const changed = [
    ...record.draft.entryResults
      .filter(({ key, becomesInvoiced }) => becomesInvoiced && !holds(time.get(key), record.entries[key]?.line ?? null))
      .map(({ key }) => key),
    ...record.draft.expenseResults
      .filter(
        ({ key, becomesInvoiced }) => becomesInvoiced && !holds(expenses.get(key), record.expenses[key]?.line ?? null),
      )
      .map(({ key }) => key),
  ];
  if (changed.length === 0) return null;
  const shown = changed.slice(0, 5).join(', ');
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  return `After it was approved, ${shown}${more} changed. Press Push once more to have it worked out anew, look at it, and approve it again.`;
}

function holds(row: Pick<TimeRow, 'status' | 'sowLine'> | undefined, line: string | null): boolean {
  if (row === undefined) return false;
  if (row.status === 'invoiced') return true;
  return (row.status === 'auto' || row.status === 'approved') && sameName(row.sowLine, line ?? '');
}
