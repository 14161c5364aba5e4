import type { Assumptions } from './assumptions.ts';
import { type JsonObject, objectAt, refValue, textAt } from './json.ts';
import type { EntityName } from './shapes.ts';
import type { Store, Stored } from './store.ts';

/** A mail that QuickBooks would have sent to a customer. */
export interface SentMail {
  readonly kind: EntityName;
  readonly id: string;
  readonly docNumber: string;
  readonly to: string;
  readonly at: number;
}

/** A file that was uploaded. */
export interface UploadedFile {
  readonly attachableId: string;
  readonly bytes: Buffer;
}

/** One company and all that belongs to it. */
export interface Company {
  readonly realmId: string;
  readonly timeZone: string;
  readonly clock: { now(): number };
  readonly store: Store;
  readonly assumptions: Assumptions;
  /** The company lets two invoices carry one number (a setting of its own, besides `include=allowduplicatedocnum`). */
  readonly allowDuplicateNumbers: boolean;
  /** The books are closed with a password: 6210 instead of 6200. */
  readonly closedWithPassword: boolean;
  /** `not writable`: the subscription has ended (6190); `no permission`: the person may only read (5020). */
  readonly access: 'full' | 'not writable' | 'no permission';
  readonly sentMails: SentMail[];
  readonly files: UploadedFile[];
}

const ONLY = '1';

/** The one row of a kind that every company has once (CompanyInfo, Preferences). */
export function onlyRow(company: Company, kind: 'CompanyInfo' | 'Preferences'): Stored {
  const row = company.store.find(kind, ONLY);
  if (row === undefined) throw new Error(`The company has no ${kind}.`);
  return row;
}

/** One group of preferences, e.g. `SalesFormsPrefs`. */
export function prefs(company: Company, group: string): JsonObject {
  return objectAt(onlyRow(company, 'Preferences').entity, group) ?? {};
}

export function homeCurrency(company: Company): string {
  return refValue(prefs(company, 'CurrencyPrefs'), 'HomeCurrency') ?? 'USD';
}

export function hasManyCurrencies(company: Company): boolean {
  return prefs(company, 'CurrencyPrefs')['MultiCurrencyEnabled'] === true;
}

/** US companies know the line tax codes TAX and NON only. */
export function isInUs(company: Company): boolean {
  return isUs(textAt(onlyRow(company, 'CompanyInfo').entity, 'Country'));
}

export function isUs(country: string | undefined): boolean {
  return country === undefined || ['US', 'USA', ''].includes(country.toUpperCase());
}
