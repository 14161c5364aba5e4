import type { Company } from '../company.ts';
import { refuse } from '../faults.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { type EntityName, entityNamed, SHAPES } from '../shapes.ts';
import { view } from '../view.ts';
import { type Condition, parseQuery, type Query, type QueryValue } from './parse.ts';

/** Kinds of which inactive rows are hidden unless the query asks for them. */
const WITH_ACTIVE: ReadonlySet<EntityName> = new Set<EntityName>([
  'Account',
  'Class',
  'Customer',
  'Department',
  'Item',
  'TaxCode',
  'TaxRate',
  'Term',
]);

/** Answers a query: the members of `QueryResponse`; none where no row fits. */
export function runQuery(company: Company, text: string): JsonObject {
  const query = parseQuery(text);
  const kind = entityNamed(query.entity);
  if (kind === undefined) throw invalid(`Invalid context declaration: ${query.entity}`);
  checkProperties(company, kind, query);
  const rows = view(company, kind, company.store.all(kind)).filter((row) => fits(company, kind, row, query.where));
  if (query.isCount) return { totalCount: rows.length };
  const ordered = sorted(rows, query.orderBy);
  const from = query.startPosition - 1;
  const page = ordered.slice(from, from + query.maxResults).map((row) => projected(row, query.properties));
  if (page.length === 0) return {};
  return { [kind]: page, startPosition: query.startPosition, maxResults: page.length, totalCount: rows.length };
}

function checkProperties(company: Company, kind: EntityName, query: Query): void {
  const named = [
    ...(query.properties ?? []),
    ...query.where.map((each) => each.property),
    ...query.orderBy.map((each) => each.property),
  ];
  for (const property of named) {
    if (!isProperty(kind, property)) throw invalid(`Property ${property} not found for Entity ${kind}`);
  }
  for (const { property } of query.where) {
    if (company.assumptions.notQueryable.includes(property)) throw invalid(`property '${property}' is not queryable`);
  }
  if (query.maxResults > LIMITS.maxResults) {
    throw invalid(`value ${query.maxResults} is too large. Max allowed value is ${LIMITS.maxResults}.`);
  }
  if (query.startPosition < 1) throw invalid(`value ${query.startPosition} is too small. Min allowed value is 1.`);
}

function isProperty(kind: EntityName, property: string): boolean {
  const [first = '', second] = property.split('.');
  const check = Object.hasOwn(SHAPES[kind], first)
    ? (SHAPES[kind] as Readonly<Record<string, unknown>>)[first]
    : undefined;
  if (check === undefined) return false;
  if (second === undefined) return true;
  return first !== 'MetaData' || second === 'CreateTime' || second === 'LastUpdatedTime';
}

function fits(company: Company, kind: EntityName, row: JsonObject, where: readonly Condition[]): boolean {
  const asksForActive = where.some((condition) => condition.property === 'Active');
  if (WITH_ACTIVE.has(kind) && !asksForActive && row['Active'] === false) return false;
  return where.every((condition) => meets(company, propertyOf(row, condition.property), condition));
}

function meets(company: Company, actual: Json | undefined, condition: Condition): boolean {
  if (condition.operator === 'LIKE') {
    return typeof actual === 'string' && isLike(actual, String(condition.values[0] ?? ''));
  }
  if (condition.operator === 'IN') return condition.values.some((value) => compare(company, actual, value) === 0);
  const [wanted] = condition.values;
  const order = wanted === undefined ? null : compare(company, actual, wanted);
  if (order === null) return false;
  switch (condition.operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
  }
}

/** Below, equal or above; null where the two cannot be compared or nothing is there. */
function compare(company: Company, actual: Json | undefined, wanted: QueryValue): number | null {
  if (actual === undefined || actual === null) return null;
  if (typeof wanted === 'boolean') return typeof actual === 'boolean' ? Number(actual) - Number(wanted) : null;
  if (typeof actual === 'number') return Number.isNaN(Number(wanted)) ? null : actual - Number(wanted);
  if (typeof actual !== 'string') return null;
  if (isTime(actual)) return Number.isNaN(Date.parse(wanted)) ? null : Date.parse(actual) - Date.parse(wanted);
  if (/^\d+$/.test(actual) && /^\d+$/.test(wanted) && actual !== wanted) return Number(actual) - Number(wanted) || 1;
  const fold = (text: string): string => (company.assumptions.comparesWithoutCase ? text.toLowerCase() : text);
  return fold(actual) === fold(wanted) ? 0 : fold(actual) < fold(wanted) ? -1 : 1;
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text);
}

function isLike(actual: string, pattern: string): boolean {
  const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`, 'i').test(actual);
}

/** The value of a property; of a reference its id, of an object with one address or value that one. */
function propertyOf(row: JsonObject, property: string): Json | undefined {
  const [first = '', second] = property.split('.');
  const value = row[first];
  if (!isObject(value)) return value;
  if (second !== undefined) return value[second];
  return value['value'] ?? value['Address'] ?? value['FreeFormNumber'];
}

function sorted(rows: readonly JsonObject[], orderBy: Query['orderBy']): readonly JsonObject[] {
  if (orderBy.length === 0) return rows;
  return [...rows].sort((one, other) => {
    for (const { property, descending } of orderBy) {
      const order = rank(propertyOf(one, property), propertyOf(other, property));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

function rank(one: Json | undefined, other: Json | undefined): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [first, second] = [String(one ?? ''), String(other ?? '')];
  if (/^\d+$/.test(first) && /^\d+$/.test(second)) return Number(first) - Number(second);
  return first < second ? -1 : first > second ? 1 : 0;
}

function projected(row: JsonObject, properties: readonly string[] | null): JsonObject {
  if (properties === null) return row;
  const wanted = new Set(properties.map((property) => property.split('.')[0] ?? ''));
  return Object.fromEntries(
    Object.entries(row).filter(([key]) => wanted.has(key) || key === 'domain' || key === 'sparse'),
  );
}

function invalid(text: string): Error {
  return refuse('4001', `QueryValidationError: ${text}`);
}
