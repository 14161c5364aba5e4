import type { Company } from './company.ts';
import { notFound, refuse } from './faults.ts';
import { type JsonObject, objectAt, textAt } from './json.ts';
import type { EntityName } from './shapes.ts';
import type { Stored } from './store.ts';

/** What a reference points at; refuses an unknown id (2500) and a row that is inactive (610). */
export function referred(company: Company, kind: EntityName, holder: JsonObject, key: string): Stored | undefined {
  const id = textAt(objectAt(holder, key), 'value');
  if (id === undefined) return undefined;
  const row = company.store.find(kind, id);
  if (row === undefined) throw refuse('2500', `Invalid Reference Id : ${kind} element id ${id} not found`, key);
  if (row.entity['Active'] === false) throw notFound();
  return row;
}

/** The same reference with the name that QuickBooks gives it; `undefined` where there is none. */
export function namedRef(company: Company, kind: EntityName, holder: JsonObject, key: string): JsonObject | undefined {
  const row = referred(company, kind, holder, key);
  return row === undefined ? undefined : refTo(row);
}

export function refTo(row: Stored): JsonObject {
  return { value: row.id, name: nameOf(row.entity) };
}

/** The name that a row goes by in references and in duplicate checks. */
export function nameOf(entity: JsonObject): string {
  return textAt(entity, 'FullyQualifiedName') ?? textAt(entity, 'DisplayName') ?? textAt(entity, 'Name') ?? '';
}
