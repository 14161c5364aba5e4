import { jsonReply } from '../http/reply.ts';
import type { SimulatorReply, SimulatorRequest } from '../http/types.ts';
import { completeCompany } from './complete.ts';
import { harvestErrors } from './errors.ts';
import { filtered, knownFilters } from './filters.ts';
import { pageOf } from './paging.ts';
import { idOf, number, text } from './read-field.ts';
import type { ListName, WireRecord } from './shapes.ts';
import { hideRates } from './viewer.ts';
import {
  changeTimeEntry,
  createTimeEntry,
  deleteExternalReference,
  deleteTimeEntry,
  turnTimer,
  type WriteContext,
} from './write-time-entry.ts';

/** Answers an authorised request to `/v2/…`. */
export function route(request: SimulatorRequest, context: WriteContext): SimulatorReply {
  const [version, list, id, part, ...more] = request.path.split('/').filter((segment) => segment !== '');
  if (version !== 'v2' || list === undefined || more.length > 0) return harvestErrors.notFound();
  if (list === 'time_entries' && request.method !== 'GET') return writeTimeEntry(request, id, part, context);
  if (request.method !== 'GET') return harvestErrors.notFound();
  if (list === 'company' && id === undefined) return company(context);
  if (list === 'users' && id === 'me' && part === undefined) return one('users', context.viewer.user, context);
  if (!isList(list)) return harvestErrors.notFound();
  if (id === undefined) return listReply(list, context.store.all(list), request, context);
  if (list === 'task_assignments' || list === 'user_assignments') return harvestErrors.notFound();
  const record = context.store.find(list, Number(id));
  if (record === undefined || !isVisible(list, record, context)) return harvestErrors.notFound();
  if (part === undefined) return one(list, record, context);
  return list === 'projects' ? assignmentsOf(record, part, request, context) : harvestErrors.notFound();
}

/** Lists in pages only; the others have cursors too. */
const pagedOnly: readonly string[] = ['time_entries', 'expenses'];

function listReply(
  list: ListName,
  records: readonly WireRecord[],
  request: SimulatorRequest,
  context: WriteContext,
  style: 'page' | 'cursor' = pagedOnly.includes(list) ? 'page' : 'cursor',
): SimulatorReply {
  const visible = records.filter((record) => isVisible(list, record, context));
  const full = visible.map((record) => hideRates(context.complete(list, record), context.viewer));
  const left = filtered(full, knownFilters[list], request.query);
  if (typeof left === 'string') return harvestErrors.invalid(left);
  const page = pageOf({
    collection: list,
    records: [...left].sort(pagedOnly.includes(list) ? newestFirst : highestIdFirst),
    style,
    query: request.query,
    address: `${request.origin}${request.path}`,
  });
  if (page.kind === 'invalid') return harvestErrors.invalid(page.message);
  return jsonReply(200, page.body, { seconds: pageSeconds(page.rows) });
}

/** Assumption: 0.1 s for any answer, and half a second for a full page of 2,000 records. */
function pageSeconds(rows: number): number {
  return Math.round((0.1 + 0.4 * (rows / 2000)) * 1000) / 1000;
}

function one(list: ListName, record: WireRecord, context: WriteContext): SimulatorReply {
  const full = context.complete(list, record);
  return jsonReply(200, hideRates(full, context.viewer), { seconds: pageSeconds(1) });
}

function company(context: WriteContext): SimulatorReply {
  if (!context.viewer.isAdministrator) return harvestErrors.forbidden();
  return jsonReply(200, completeCompany(context.store.company), { seconds: pageSeconds(1) });
}

function assignmentsOf(
  project: WireRecord,
  part: string,
  request: SimulatorRequest,
  context: WriteContext,
): SimulatorReply {
  if (part !== 'task_assignments' && part !== 'user_assignments') return harvestErrors.notFound();
  const records = context.store.all(part).filter((record) => idOf(record['project']) === idOf(project));
  return listReply(part, records, request, context, 'page');
}

function writeTimeEntry(
  request: SimulatorRequest,
  id: string | undefined,
  part: string | undefined,
  context: WriteContext,
): SimulatorReply {
  if (id === undefined) return request.method === 'POST' ? createTimeEntry(request, context) : harvestErrors.notFound();
  const record = context.store.find('time_entries', Number(id));
  if (record === undefined || !context.viewer.sees(record)) return harvestErrors.notFound();
  if (request.method === 'PATCH' && part === undefined) return changeTimeEntry(record, request, context);
  if (request.method === 'PATCH' && (part === 'restart' || part === 'stop')) return turnTimer(record, part, context);
  if (request.method === 'DELETE' && part === undefined) return deleteTimeEntry(record, context);
  if (request.method === 'DELETE' && part === 'external_reference') return deleteExternalReference(record, context);
  return harvestErrors.notFound();
}

function isVisible(list: ListName, record: WireRecord, context: WriteContext): boolean {
  return !pagedOnly.includes(list) || context.viewer.sees(record);
}

function isList(name: string): name is ListName {
  return Object.hasOwn(knownFilters, name);
}

function newestFirst(a: WireRecord, b: WireRecord): number {
  const dayA = text(a, 'spent_date') ?? '';
  const dayB = text(b, 'spent_date') ?? '';
  if (dayA !== dayB) return dayA < dayB ? 1 : -1;
  return highestIdFirst(a, b);
}

function highestIdFirst(a: WireRecord, b: WireRecord): number {
  return (number(b, 'id') ?? 0) - (number(a, 'id') ?? 0);
}
