import { type Company, hasManyCurrencies, homeCurrency } from './company.ts';
import { currencyRef, isCurrency } from './currency.ts';
import { business, duplicateName, type FaultItem, item, missing, QuickBooksFault, refuse } from './faults.ts';
import { isObject, type JsonObject, numberAt, objectAt, refValue, textAt } from './json.ts';
import { nameOf, referred } from './references.ts';
import type { EntityName } from './shapes.ts';
import type { Stored } from './store.ts';

/** Lists of names that the API can add to; tax codes and rates come about elsewhere in QuickBooks. */
export type ListKind = 'Account' | 'Class' | 'Customer' | 'Department' | 'Item' | 'Term';

const DELETED = ' (deleted)';

export function isListKind(kind: EntityName): kind is ListKind {
  return ['Account', 'Class', 'Customer', 'Department', 'Item', 'Term'].includes(kind);
}

/** Works out a row of a list as QuickBooks would store it, or throws what QuickBooks refuses. Stores nothing. */
export function listRow(company: Company, kind: ListKind, body: JsonObject, previous: Stored | undefined): JsonObject {
  const plain = withoutHead(body);
  const named = kind === 'Customer' ? withDisplayName(plain) : plain;
  const nameKey = kind === 'Customer' ? 'DisplayName' : 'Name';
  const name = textAt(named, nameKey) ?? '';
  const problems = [...nameProblems(kind, nameKey, name), ...ownProblems(kind, named)];
  if (problems.length > 0) throw new QuickBooksFault(problems);
  const isActive = named['Active'] !== false;
  const shownName = activeName(name, isActive, previous);
  const parent = kind === 'Term' || kind === 'Account' ? undefined : referred(company, kind, named, 'ParentRef');
  const full = parent === undefined ? shownName : `${nameOf(parent.entity)}:${shownName}`;
  const twin = company.store.all(kind).find((row) => row.id !== previous?.id && isSame(nameOf(row.entity), full));
  if (twin !== undefined) throw duplicateName(twin.id);
  const row: JsonObject = { ...named, [nameKey]: shownName, Active: isActive };
  if (kind !== 'Term') row['FullyQualifiedName'] = full;
  if (kind === 'Customer') Object.assign(row, customerParts(company, named, parent, previous));
  if (kind === 'Item') row['Type'] = textAt(named, 'Type') ?? 'Service';
  if (kind === 'Term') row['Type'] = numberAt(named, 'DayOfMonthDue') === undefined ? 'STANDARD' : 'DATE_DRIVEN';
  return row;
}

function withoutHead(body: JsonObject): JsonObject {
  const head = ['Id', 'SyncToken', 'MetaData', 'domain', 'sparse', 'status'];
  return Object.fromEntries(Object.entries(body).filter(([key, value]) => !head.includes(key) && value !== null));
}

/** Without a display name QuickBooks makes one from the parts of the name, else from the company's name. */
function withDisplayName(body: JsonObject): JsonObject {
  if (textAt(body, 'DisplayName') !== undefined) return body;
  const parts = ['Title', 'GivenName', 'MiddleName', 'FamilyName', 'Suffix'].map((key) => textAt(body, key) ?? '');
  const made = parts.filter((part) => part !== '').join(' ') || (textAt(body, 'CompanyName') ?? '');
  return made === '' ? body : { ...body, DisplayName: made };
}

function nameProblems(kind: ListKind, key: string, name: string): FaultItem[] {
  if (name.trim() === '') return [missing(key)];
  const forbidden = kind === 'Account' ? /[:"\t\n]/ : /[:\t\n]/;
  return forbidden.test(name)
    ? [item('2040', `The name has invalid characters. The name cannot contain : or a tab or a new line`, key)]
    : [];
}

function ownProblems(kind: ListKind, body: JsonObject): FaultItem[] {
  const problems: FaultItem[] = [];
  const email = textAt(objectAt(body, 'PrimaryEmailAddr'), 'Address');
  if (kind === 'Customer' && email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    problems.push(item('2210', `Email Address does not conform to required format: ${email}`, 'PrimaryEmailAddr'));
  }
  const sellable = ['Service', 'NonInventory', 'Inventory'].includes(textAt(body, 'Type') ?? 'Service');
  if (kind === 'Item' && sellable && refValue(body, 'IncomeAccountRef') === undefined) {
    problems.push(missing('IncomeAccountRef'));
  }
  if (kind === 'Account' && textAt(body, 'AccountType') === undefined && textAt(body, 'AccountSubType') === undefined) {
    problems.push(missing('AccountType'));
  }
  if (kind === 'Term') problems.push(...termProblems(body));
  return problems;
}

function termProblems(body: JsonObject): FaultItem[] {
  const days = numberAt(body, 'DueDays');
  const dayOfMonth = numberAt(body, 'DayOfMonthDue');
  if (days === undefined && dayOfMonth === undefined) return [missing('DueDays')];
  const isFine = (value: number | undefined, from: number, to: number): boolean =>
    value === undefined || (Number.isInteger(value) && value >= from && value <= to);
  if (!isFine(days, 0, 999)) return [item('2110', `Invalid Number : ${days}`, 'DueDays')];
  return isFine(dayOfMonth, 1, 31) ? [] : [item('2110', `Invalid Number : ${dayOfMonth}`, 'DayOfMonthDue')];
}

/** A row that is made inactive is called "… (deleted)" from then on, until it is made active again. */
function activeName(name: string, isActive: boolean, previous: Stored | undefined): string {
  const plain = name.endsWith(DELETED) ? name.slice(0, -DELETED.length) : name;
  const wasActive = previous === undefined || previous.entity['Active'] !== false;
  if (isActive) return wasActive ? name : plain;
  return `${plain}${DELETED}`;
}

function customerParts(
  company: Company,
  body: JsonObject,
  parent: Stored | undefined,
  previous: Stored | undefined,
): JsonObject {
  const home = homeCurrency(company);
  const sent = refValue(body, 'CurrencyRef');
  const before = refValue(previous?.entity, 'CurrencyRef');
  if (sent !== undefined && !isCurrency(sent)) throw refuse('2220', `Invalid Currency : ${sent}`, 'CurrencyRef');
  if (sent !== undefined && sent !== home && !hasManyCurrencies(company)) {
    throw business('Multi currency should be enabled to perform this operation');
  }
  if (sent !== undefined && before !== undefined && sent !== before) {
    throw business('The currency of a customer cannot be changed');
  }
  const { Balance: _balance, BalanceWithJobs: _withJobs, ...rest } = body;
  const level = numberAt(isObject(parent?.entity) ? parent.entity : undefined, 'Level') ?? -1;
  return {
    ...(rest['PrintOnCheckName'] === undefined ? { PrintOnCheckName: textAt(body, 'DisplayName') ?? '' } : {}),
    CurrencyRef: currencyRef(sent ?? before ?? home),
    Taxable: body['Taxable'] === true,
    Job: parent !== undefined,
    ...(parent === undefined ? {} : { Level: level + 1 }),
    BillWithParent: body['BillWithParent'] === true,
    PreferredDeliveryMethod: textAt(body, 'PreferredDeliveryMethod') ?? 'None',
  };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
