import { checkShape } from './check-shape.ts';
import { type Company, hasManyCurrencies } from './company.ts';
import { companyInfoOf, preferencesOf, USUAL_ROWS } from './company-defaults.ts';
import { QuickBooksFault } from './faults.ts';
import { copyOf, isObject, type JsonObject, numberAt, objectAt, objectsAt, refValue, textAt } from './json.ts';
import { isListKind, listRow } from './name-lists.ts';
import { nameOf } from './references.ts';
import { salesForm } from './sales-form.ts';
import { paySale, withoutReadOnly } from './sales-operations.ts';
import { type EntityName, SHAPES } from './shapes.ts';
import type { History } from './store.ts';

/** What is wrong with the records of a file, all of it: each finding begins with its place, e.g. `quickbooks.Customer[2].DisplayName`. */
export class QuickBooksDataError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(findings.join('\n'));
    this.name = 'QuickBooksDataError';
    this.findings = findings;
  }
}

/** In this order, so that what a row refers to is there before it. */
const LISTS = [
  'Account',
  'Class',
  'Department',
  'Term',
  'TaxRate',
  'TaxCode',
  'Item',
  'Customer',
  'Estimate',
  'Invoice',
] as const;

/** Which list a reference points into. */
const REFERS_TO: Readonly<Record<string, EntityName>> = {
  CustomerRef: 'Customer',
  ItemRef: 'Item',
  GroupItemRef: 'Item',
  SalesTermRef: 'Term',
  ClassRef: 'Class',
  DepartmentRef: 'Department',
  IncomeAccountRef: 'Account',
  ExpenseAccountRef: 'Account',
  DiscountAccountRef: 'Account',
  TaxRateRef: 'TaxRate',
  TxnTaxCodeRef: 'TaxCode',
  DefaultTaxCodeRef: 'TaxCode',
};

/** Rows that were always there. */
const LONG_AGO = Date.UTC(2020, 0, 1, 8);

/**
 * Fills an empty company with the records of a scenario file: entities as QuickBooks spells them, Id and all that it works out may be left out,
 * a reference may name a row instead of giving its id. Throws QuickBooksDataError with every finding.
 */
export function loadCompany(company: Company, data: unknown, preferences: JsonObject): void {
  const findings: string[] = [];
  const file = isObject(data) ? copyOf(data) : {};
  if (!isObject(data)) findings.push('quickbooks: expected an object of entities');
  const known: readonly string[] = ['CompanyInfo', 'Preferences', ...LISTS];
  for (const key of Object.keys(file)) {
    if (!known.includes(key)) findings.push(`quickbooks.${key}: unknown; known: ${known.join(', ')}`);
  }
  const info = single(file, 'CompanyInfo', findings);
  const given = single(file, 'Preferences', findings);
  const rows = new Map(LISTS.map((kind) => [kind, listOf(file, kind, findings)]));
  const past: History = { id: '1', createdAt: LONG_AGO };
  company.store.insert('CompanyInfo', companyInfoOf(info), past);
  const wanted = { ...given, ...preferences };
  company.store.insert('Preferences', preferencesOf(companyInfoOf(info), wanted, rows.get('Customer') ?? []), past);
  for (const kind of LISTS) {
    const all = [...(rows.get(kind) ?? []), ...usualRows(kind, rows.get(kind) ?? [])];
    for (const row of all) if (idOf(row) !== undefined) company.store.reserve(kind, idOf(row) ?? '');
    all.forEach((row, index) => {
      findings.push(...loadRow(company, kind, row, `quickbooks.${kind}[${index}]`));
    });
  }
  if (findings.length > 0) throw new QuickBooksDataError(findings);
}

function single(file: JsonObject, kind: 'CompanyInfo' | 'Preferences', findings: string[]): JsonObject {
  const given = file[kind] ?? {};
  if (!isObject(given)) {
    findings.push(`quickbooks.${kind}: expected an object`);
    return {};
  }
  findings.push(
    ...checkShape(given, SHAPES[kind]).map((each) => `quickbooks.${kind}.${each.element ?? ''}: ${each.Detail}`),
  );
  return given;
}

function listOf(file: JsonObject, kind: string, findings: string[]): JsonObject[] {
  const given = file[kind] ?? [];
  if (!Array.isArray(given)) findings.push(`quickbooks.${kind}: expected a list`);
  const list = Array.isArray(given) ? given : [];
  list.forEach((row, index) => {
    if (!isObject(row)) findings.push(`quickbooks.${kind}[${index}]: expected an object`);
  });
  return list.filter(isObject);
}

function usualRows(kind: EntityName, given: readonly JsonObject[]): JsonObject[] {
  const usual: readonly JsonObject[] = Object.hasOwn(USUAL_ROWS, kind)
    ? USUAL_ROWS[kind as keyof typeof USUAL_ROWS].map((row) => ({ ...row }))
    : [];
  const names = new Set(given.flatMap((row) => [textAt(row, 'Name')?.toLowerCase(), idOf(row)?.toLowerCase()]));
  return usual
    .filter((row) => !names.has(textAt(row, 'Name')?.toLowerCase()))
    .map((row) => (kind === 'TaxCode' ? { Id: textAt(row, 'Name') ?? '', ...row } : row));
}

/** Loads one row; returns what is wrong with it. */
function loadRow(company: Company, kind: (typeof LISTS)[number], row: JsonObject, path: string): string[] {
  const findings: string[] = [];
  resolveNames(company, row, path, findings);
  if (findings.length > 0) return findings;
  const problems = checkShape(row, SHAPES[kind]);
  if (problems.length > 0) return problems.map((each) => `${path}.${each.element ?? ''}: ${each.Detail}`);
  const id = idOf(row);
  if (id !== undefined && company.store.find(kind, id) !== undefined) return [`${path}.Id: "${id}" is there twice`];
  try {
    if (kind === 'Invoice' || kind === 'Estimate') return loadSale(company, kind, row, path);
    company.store.insert(kind, loadedRow(company, kind, row), historyOf(row, LONG_AGO));
    return [];
  } catch (error) {
    if (!(error instanceof QuickBooksFault)) throw error;
    return error.items.map((each) => `${path}${each.element ? `.${each.element}` : ''}: ${each.Detail}`);
  }
}

function loadedRow(company: Company, kind: EntityName, row: JsonObject): JsonObject {
  if (!isListKind(kind)) return { Active: true, ...row };
  return listRow(company, kind, { ...guessed(company, kind, row), ...row }, undefined);
}

/** What can be told from the rest: the days of "Net 45", the income account of an item. */
function guessed(company: Company, kind: EntityName, row: JsonObject): JsonObject {
  const name = textAt(row, 'Name') ?? '';
  if (kind === 'Term' && row['DayOfMonthDue'] === undefined) {
    const days = /\b(\d{1,3})\b/.exec(name)?.[1] ?? (/receipt/i.test(name) ? '0' : undefined);
    return days === undefined ? {} : { DueDays: Number(days) };
  }
  if (kind === 'Account') return { AccountType: 'Income' };
  const income = company.store.all('Account').find((account) => textAt(account.entity, 'AccountType') === 'Income');
  return kind === 'Item' && income !== undefined
    ? { IncomeAccountRef: { value: income.id, name: nameOf(income.entity) } }
    : {};
}

function loadSale(company: Company, kind: 'Invoice' | 'Estimate', row: JsonObject, path: string): string[] {
  const day = textAt(row, 'TxnDate');
  if (day === undefined) return [`${path}.TxnDate: is missing`];
  if (objectAt(row, 'CustomerRef') === undefined) return [`${path}.CustomerRef: is missing`];
  const at = Date.parse(`${day.slice(0, 10)}T17:00:00Z`);
  const customer = company.store.find('Customer', refValue(row, 'CustomerRef') ?? '')?.entity ?? {};
  const currency = hasManyCurrencies(company) ? { CurrencyRef: objectAt(customer, 'CurrencyRef') ?? {} } : {};
  const body = withoutReadOnly({ ...currency, ...row });
  const entity = salesForm(company, { kind, body, previous: undefined, allowsDuplicates: true, isHistory: true });
  const total = numberAt(entity, 'TotalAmt') ?? 0;
  const stated = numberAt(row, 'TotalAmt');
  if (stated !== undefined && stated !== total)
    return [`${path}.TotalAmt: says ${stated}, but the lines come to ${total}`];
  const stored = company.store.insert(kind, entity, historyOf(row, at));
  const open = numberAt(stored.entity, 'Balance') ?? 0;
  const paid = open - (numberAt(row, 'Balance') ?? open);
  if (kind === 'Invoice' && paid > 0) paySale(company, stored, Math.round(paid * 100) / 100, at);
  return [];
}

function historyOf(row: JsonObject, at: number): History {
  const meta = objectAt(row, 'MetaData') ?? {};
  const created = Date.parse(textAt(meta, 'CreateTime') ?? '');
  const updated = Date.parse(textAt(meta, 'LastUpdatedTime') ?? '');
  const createdAt = Number.isNaN(created) ? at : created;
  const id = idOf(row);
  return {
    createdAt,
    updatedAt: Number.isNaN(updated) ? createdAt : updated,
    syncToken: Number(textAt(row, 'SyncToken') ?? 0),
    ...(id === undefined ? {} : { id }),
  };
}

function idOf(row: JsonObject): string | undefined {
  return textAt(row, 'Id');
}

/** References by name get the id of the row of that name, at any depth. */
function resolveNames(company: Company, holder: JsonObject, path: string, findings: string[]): void {
  for (const [key, value] of Object.entries(holder)) {
    if (Array.isArray(value)) {
      objectsAt(holder, key).forEach((inner, index) => {
        resolveNames(company, inner, `${path}.${key}[${index}]`, findings);
      });
    } else if (isObject(value) && REFERS_TO[key] !== undefined && value['value'] === undefined) {
      const kind = REFERS_TO[key];
      const name = textAt(value, 'name') ?? '';
      const found = company.store.all(kind).find((row) => plainName(nameOf(row.entity)) === plainName(name));
      if (found === undefined) findings.push(`${path}.${key}: no ${kind} is called "${name}"`);
      else value['value'] = found.id;
    } else if (isObject(value)) resolveNames(company, value, `${path}.${key}`, findings);
  }
}

function plainName(name: string): string {
  return name.replace(/ \(deleted\)$/, '').toLowerCase();
}
