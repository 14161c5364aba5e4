import { jsonReply } from '../http/reply.ts';
import type { SimulatorReply, SimulatorRequest } from '../http/types.ts';
import { isDay } from './check-data.ts';
import { completeTimeEntry } from './complete-time-entry.ts';
import { harvestErrors } from './errors.ts';
import { flag, idOf, isRecord, number, text } from './read-field.ts';
import type { ListName, WireRecord } from './shapes.ts';
import type { HarvestStore } from './store.ts';
import { hideRates, type Viewer } from './viewer.ts';

/** What a write needs. */
export interface WriteContext {
  readonly store: HarvestStore;
  readonly viewer: Viewer;
  readonly nowMs: number;
  /** The record with every field that the API returns. */
  complete(list: ListName, record: WireRecord): WireRecord;
}

/** The fields that may be written; `is_billed` and `billable` are not among them and are passed over. */
const writable = [
  'project_id',
  'task_id',
  'user_id',
  'spent_date',
  'started_time',
  'ended_time',
  'hours',
  'notes',
  'external_reference',
];

/** POST /time_entries: without hours and ended_time a timer starts. */
export function createTimeEntry(request: SimulatorRequest, context: WriteContext): SimulatorReply {
  const sent = sentFields(request);
  if (sent === null) return harvestErrors.badBody();
  const missing = [
    ['project_id', "Project can't be blank"],
    ['task_id', "Task can't be blank"],
    ['spent_date', "Spent date can't be blank"],
  ].flatMap(([field, message]) => (field !== undefined && blank(sent[field]) ? [message] : []));
  if (missing.length > 0) return harvestErrors.invalid(missing.join(', '));
  const owner = blank(sent['user_id']) ? idOf(context.viewer.user) : Number(sent['user_id']);
  if (owner !== idOf(context.viewer.user) && !context.viewer.isAdministrator) return harvestErrors.forbidden();
  const id = context.store.nextId('time_entries');
  const created = iso(context.nowMs);
  const timer = blank(sent['hours']) && blank(sent['ended_time']);
  const start = timer
    ? { is_running: true, timer_started_at: created, hours_without_timer: 0 }
    : { hours: Number(sent['hours'] ?? 0) };
  const record = { id, user: { id: owner }, created_at: created, ...start };
  return save(record, { ...sent, user_id: owner }, context, 201);
}

/** PATCH /time_entries/{id}. */
export function changeTimeEntry(record: WireRecord, request: SimulatorRequest, context: WriteContext): SimulatorReply {
  const sent = sentFields(request);
  if (sent === null) return harvestErrors.badBody();
  return save(record, sent, context, 200);
}

/** PATCH /time_entries/{id}/restart and /stop. */
export function turnTimer(record: WireRecord, verb: string, context: WriteContext): SimulatorReply {
  const runs = flag(record, 'is_running', false);
  if (verb === 'restart' && runs) return harvestErrors.invalid('This time entry is already running.');
  if (verb === 'stop' && !runs) return harvestErrors.invalid('This time entry is not running.');
  const hours = number(completeTimeEntry(record, context.store, context.nowMs), 'hours') ?? 0;
  const { hours: _hours, rounded_hours: _rounded, hours_without_timer: _without, ...rest } = record;
  const turned =
    verb === 'stop'
      ? { ...rest, hours, is_running: false, timer_started_at: null }
      : { ...rest, hours_without_timer: hours, is_running: true, timer_started_at: iso(context.nowMs) };
  return keep(turned, context, 200);
}

/** DELETE /time_entries/{id}: approved entries only by an administrator. */
export function deleteTimeEntry(record: WireRecord, context: WriteContext): SimulatorReply {
  if (flag(record, 'is_closed', false) && !context.viewer.isAdministrator) return harvestErrors.forbidden();
  context.store.remove('time_entries', idOf(record) ?? 0);
  return jsonReply(200, {});
}

/** DELETE /time_entries/{id}/external_reference. */
export function deleteExternalReference(record: WireRecord, context: WriteContext): SimulatorReply {
  keep({ ...record, external_reference: null }, context, 200);
  return jsonReply(200, {});
}

function save(record: WireRecord, sent: WireRecord, context: WriteContext, status: number): SimulatorReply {
  const wrong = problems(sent, context.store);
  if (wrong.length > 0) return harvestErrors.invalid(wrong.join(', '));
  const { project_id, task_id, user_id, hours, ...plain } = Object.fromEntries(
    Object.entries(sent).filter(([field]) => writable.includes(field)),
  );
  const { rounded_hours: _rounded, hours_without_timer: _without, ...withoutDerived } = record;
  const base = blank(hours) ? record : { ...withoutDerived, hours: Number(hours) };
  const moved = blank(project_id) ? base : withoutKeys(base, ['client', 'user_assignment', 'task_assignment']);
  const changed = {
    ...moved,
    ...plain,
    ...(blank(project_id) ? {} : { project: { id: Number(project_id) } }),
    ...(blank(task_id) ? {} : { task: { id: Number(task_id) } }),
    ...(blank(user_id) ? {} : { user: { id: Number(user_id) } }),
  };
  return keep(changed, context, status);
}

function keep(record: WireRecord, context: WriteContext, status: number): SimulatorReply {
  const kept = { ...record, updated_at: iso(context.nowMs) };
  context.store.put('time_entries', kept);
  return jsonReply(status, hideRates(completeTimeEntry(kept, context.store, context.nowMs), context.viewer));
}

function problems(sent: WireRecord, store: HarvestStore): string[] {
  const wrong: string[] = [];
  const unknown = (field: string, list: 'projects' | 'tasks') =>
    !blank(sent[field]) && store.find(list, Number(sent[field])) === undefined;
  if (unknown('project_id', 'projects')) wrong.push('Project must exist');
  else if (unknown('task_id', 'tasks')) wrong.push('Task must exist');
  else if (!blank(sent['project_id']) && !blank(sent['task_id'])) {
    const assignment = store.assignment('task_assignments', Number(sent['project_id']), Number(sent['task_id']));
    if (assignment === undefined) wrong.push('Task is not assigned to this project');
  }
  if (!blank(sent['spent_date']) && !isDay(text(sent, 'spent_date') ?? '')) wrong.push('Spent date is invalid');
  if (!blank(sent['hours']) && !Number.isFinite(Number(sent['hours']))) wrong.push('Hours is not a number');
  return wrong;
}

/** The sent fields of a JSON or form body; null when it cannot be read. */
function sentFields(request: SimulatorRequest): WireRecord | null {
  const body = request.body.toString('utf8');
  if ((request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function withoutKeys(record: WireRecord, keys: readonly string[]): WireRecord {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function blank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `2026-10-31T17:00:00Z` */
export function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
