import type { MatchItem } from '../../lib/matching/model.ts';
import type { ExpenseRow, TimeRow } from '../../lib/pull/model.ts';

/** A row of Time entries as matching looks at it. @param projectCode from its record; the tab shows only the name */
export function timeItem(row: TimeRow, projectCode: string): MatchItem {
  const { key, date, person, role, client, project, task, notes, hours, billable } = row;
  return {
    table: 'time',
    key,
    date,
    person,
    role,
    client,
    project,
    projectCode,
    task,
    notes,
    hours,
    cost: null,
    billable,
  };
}

/** A row of Expenses as matching looks at it. */
export function expenseItem(row: ExpenseRow, projectCode: string): MatchItem {
  const { key, date, person, client, project, category, notes, cost, billable } = row;
  return {
    table: 'expense',
    key,
    date,
    person,
    role: '',
    client,
    project,
    projectCode,
    task: category,
    notes,
    hours: null,
    cost,
    billable,
  };
}
