import { assigned, nestedAssignment } from './complete-assignment.ts';
import { stamps } from './complete-parts.ts';
import { flag, given, idOf, number, text } from './read-field.ts';
import { reference } from './references.ts';
import type { WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';

/** A time entry with every field. The rate is the record's own, or the one that the project's `bill_by` points to. */
export function completeTimeEntry(record: WireRecord, store: HarvestStore, nowMs: number): WireRecord {
  const project = store.find('projects', idOf(record['project']));
  const task = store.find('tasks', idOf(record['task']));
  const user = store.find('users', idOf(record['user']));
  const taskAssignment = assigned('task_assignments', project, task, store);
  const userAssignment = assigned('user_assignments', project, user, store);
  const taskBills = flag(taskAssignment, 'billable', flag(task, 'billable_by_default', true));
  const billable = flag(record, 'billable', flag(project, 'is_billable', true) && taskBills);
  const hours = currentHours(record, nowMs);
  const rate = billable ? resolvedRate(project, taskAssignment, task, userAssignment, user) : null;
  return {
    id: record['id'],
    spent_date: record['spent_date'],
    user: reference('users', record['user'], store),
    user_assignment: given(record, 'user_assignment', nestedAssignment('user_assignments', userAssignment, store)),
    client: reference('clients', given(record, 'client', project?.['client']), store),
    project: reference('projects', record['project'], store),
    task: reference('tasks', record['task'], store),
    task_assignment: given(record, 'task_assignment', nestedAssignment('task_assignments', taskAssignment, store)),
    external_reference: given(record, 'external_reference', null),
    invoice: given(record, 'invoice', null),
    hours,
    hours_without_timer: given(record, 'hours_without_timer', hours),
    rounded_hours: given(record, 'rounded_hours', hours),
    notes: given(record, 'notes', null),
    is_locked: flag(record, 'is_locked', false),
    locked_reason: given(record, 'locked_reason', null),
    is_closed: flag(record, 'is_closed', false),
    is_billed: flag(record, 'is_billed', false),
    timer_started_at: given(record, 'timer_started_at', null),
    started_time: given(record, 'started_time', null),
    ended_time: given(record, 'ended_time', null),
    is_running: flag(record, 'is_running', false),
    billable,
    budgeted: flag(record, 'budgeted', false),
    billable_rate: given(record, 'billable_rate', rate),
    cost_rate: given(record, 'cost_rate', number(user, 'cost_rate')),
    ...(record['approval_status'] === undefined ? {} : { approval_status: record['approval_status'] }),
    ...stamps(record, `${text(record, 'spent_date') ?? '2026-01-05'}T22:00:00Z`),
  };
}

/** Hours now: of a running timer that was started here, what it had before plus what has passed since. */
function currentHours(record: WireRecord, nowMs: number): number {
  const fixed = number(record, 'hours');
  if (fixed !== null) return fixed;
  const started = Date.parse(text(record, 'timer_started_at') ?? '');
  const passed = Number.isNaN(started) ? 0 : Math.max(0, nowMs - started) / 3_600_000;
  return Math.round(((number(record, 'hours_without_timer') ?? 0) + passed) * 100) / 100;
}

function resolvedRate(
  project: WireRecord | undefined,
  taskAssignment: WireRecord | undefined,
  task: WireRecord | undefined,
  userAssignment: WireRecord | undefined,
  user: WireRecord | undefined,
): number | null {
  switch (text(project, 'bill_by')) {
    case 'Project':
      return number(project, 'hourly_rate');
    case 'Tasks':
      return number(taskAssignment, 'hourly_rate') ?? number(task, 'default_hourly_rate');
    case 'People':
      return number(userAssignment, 'hourly_rate') ?? number(user, 'default_hourly_rate');
    default:
      return null;
  }
}
