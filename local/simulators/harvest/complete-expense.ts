import { assigned, nestedAssignment } from './complete-assignment.ts';
import { stamps } from './complete-parts.ts';
import { flag, given, idOf, number, text } from './read-field.ts';
import { currencyOf, reference } from './references.ts';
import type { WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/** An expense with every field. Its cost is in the client's currency. */
export function completeExpense(record: WireRecord, store: HarvestStore): WireRecord {
  const project = store.find('projects', idOf(record['project']));
  const client = reference('clients', given(record, 'client', project?.['client']), store);
  const shownProject = reference('projects', record['project'], store);
  const category = reference('expense_categories', record['expense_category'], store);
  const assignment = assigned('user_assignments', project, store.find('users', idOf(record['user'])), store);
  const categoryRecord = store.find('expense_categories', idOf(category));
  return {
    id: record['id'],
    client: client === null ? null : { ...client, currency: currencyOf(store.find('clients', idOf(client)), store) },
    project: shownProject === null ? null : { ...shownProject, code: text(project, 'code') },
    expense_category:
      category === null
        ? null
        : {
            ...category,
            unit_price: number(categoryRecord, 'unit_price'),
            unit_name: text(categoryRecord, 'unit_name'),
          },
    user: reference('users', record['user'], store),
    user_assignment: given(record, 'user_assignment', nestedAssignment('user_assignments', assignment, store)),
    receipt: given(record, 'receipt', null),
    invoice: given(record, 'invoice', null),
    notes: given(record, 'notes', null),
    units: given(record, 'units', 1),
    total_cost: record['total_cost'],
    billable: flag(record, 'billable', flag(project, 'is_billable', true)),
    is_closed: flag(record, 'is_closed', false),
    is_locked: flag(record, 'is_locked', false),
    is_billed: flag(record, 'is_billed', false),
    locked_reason: given(record, 'locked_reason', null),
    spent_date: record['spent_date'],
    ...(record['approval_status'] === undefined ? {} : { approval_status: record['approval_status'] }),
    ...stamps(record, `${text(record, 'spent_date') ?? '2026-01-05'}T22:00:00Z`),
  };
}
