import { checkShape } from './check-shape.ts';
import type { Company } from './company.ts';
import { type FaultItem, missing, notFound, QuickBooksFault, refuse, stale, unsupported } from './faults.ts';
import { type JsonObject, textAt } from './json.ts';
import { isListKind, listRow } from './name-lists.ts';
import { createSale, deletePayment, deleteSale, sendSale, updateSale, voidSale } from './sales-operations.ts';
import { type EntityName, SHAPES } from './shapes.ts';
import type { Stored } from './store.ts';
import { viewOne } from './view.ts';

export interface WriteOptions {
  /** `operation` of the address or of a batch item. */
  readonly operation: string | undefined;
  /** Words of `include`, in lower case: allowduplicatedocnum, void. */
  readonly include: readonly string[];
}

export function readEntity(company: Company, kind: EntityName, id: string): JsonObject {
  const only = kind === 'CompanyInfo' || kind === 'Preferences';
  const row = company.store.find(kind, only ? '1' : id);
  if (row !== undefined) return viewOne(company, row);
  throw /^\d+$/.test(id) || only ? notFound() : refuse('2030', `Invalid ID : ${id}`, 'Id');
}

/** POST of an entity: create without Id, update with one; `operation=delete` and `operation=void` besides. */
export function writeEntity(company: Company, kind: EntityName, body: JsonObject, options: WriteOptions): JsonObject {
  checkAccess(company);
  const operation = options.operation?.toLowerCase();
  if (operation === 'delete') return removed(company, kind, current(company, kind, body));
  if (operation === 'void' || options.include.includes('void')) return voided(company, kind, body);
  if (!['create', 'update', undefined].includes(operation)) throw unsupported(operation ?? '');
  const isUpdate = textAt(body, 'Id') !== undefined && operation !== 'create';
  if (operation === 'update' && !isUpdate) throw new QuickBooksFault([missing('Id')]);
  const previous = isUpdate ? current(company, kind, body) : undefined;
  const problems = [...checkShape(body, SHAPES[kind]), ...missingParts(kind, body, previous)];
  if (problems.length > 0) throw new QuickBooksFault(problems);
  return viewOne(company, saved(company, kind, body, previous, options));
}

/** POST /invoice/{id}/send: mails it; to `sendTo`, else to the BillEmail. */
export function sendEntity(company: Company, kind: EntityName, id: string, sendTo: string | undefined): JsonObject {
  const row = company.store.find(kind, id);
  if (row === undefined) throw notFound();
  if (kind !== 'Invoice' && kind !== 'Estimate') throw unsupported('send');
  return viewOne(company, sendSale(company, row, sendTo));
}

function saved(
  company: Company,
  kind: EntityName,
  body: JsonObject,
  previous: Stored | undefined,
  options: WriteOptions,
): Stored {
  const { store } = company;
  const sparse = body['sparse'] === true;
  if (kind === 'Invoice' || kind === 'Estimate') {
    const allowsDuplicates = options.include.includes('allowduplicatedocnum');
    if (previous === undefined) return createSale(company, kind, body, { allowsDuplicates });
    return updateSale(company, previous, body, { allowsDuplicates, sparse });
  }
  const whole = sparse && previous !== undefined ? { ...previous.entity, ...body } : body;
  const plain: JsonObject = { ...whole, sparse: false };
  if (isListKind(kind)) {
    const row = listRow(company, kind, plain, previous);
    return previous === undefined ? store.insert(kind, row) : store.replace(previous, row);
  }
  if (kind === 'Attachable') return previous === undefined ? store.insert(kind, plain) : store.replace(previous, plain);
  if ((kind === 'Preferences' || kind === 'CompanyInfo') && previous !== undefined)
    return store.replace(previous, plain);
  throw unsupported(`${previous === undefined ? 'create' : 'update'} of ${kind}`);
}

function removed(company: Company, kind: EntityName, row: Stored): JsonObject {
  const isSale = kind === 'Invoice' || kind === 'Estimate';
  if (!isSale && kind !== 'Payment' && kind !== 'Attachable') throw unsupported(`delete of ${kind}`);
  if (isSale) deleteSale(company, row);
  else if (kind === 'Payment') deletePayment(company, row);
  else company.store.remove(row);
  return { domain: 'QBO', status: 'Deleted', Id: row.id };
}

function voided(company: Company, kind: EntityName, body: JsonObject): JsonObject {
  if (kind !== 'Invoice') throw unsupported(`void of ${kind}`);
  return viewOne(company, voidSale(company, current(company, kind, body)));
}

function checkAccess(company: Company): void {
  if (company.access === 'not writable')
    throw refuse('6190', 'The subscription has ended; the company cannot be changed');
  if (company.access === 'no permission') throw refuse('5020', 'You do not have permission to perform this operation');
}

/** The row that a body with Id and SyncToken means; refuses an old token (5010). */
function current(company: Company, kind: EntityName, body: JsonObject): Stored {
  const id = textAt(body, 'Id');
  const token = textAt(body, 'SyncToken');
  const absent = [...(id === undefined ? [missing('Id')] : []), ...(token === undefined ? [missing('SyncToken')] : [])];
  if (absent.length > 0) throw new QuickBooksFault(absent);
  const row = company.store.find(kind, id ?? '');
  if (row === undefined) throw notFound();
  if (row.entity['SyncToken'] !== token) throw stale();
  return row;
}

function missingParts(kind: EntityName, body: JsonObject, previous: Stored | undefined): FaultItem[] {
  if (kind !== 'Invoice' && kind !== 'Estimate') return [];
  if (previous !== undefined && body['sparse'] === true) return [];
  return ['CustomerRef', 'Line'].filter((key) => body[key] === undefined || body[key] === null).map(missing);
}
