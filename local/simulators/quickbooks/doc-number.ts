import { type Company, prefs } from './company.ts';
import { duplicateNumber } from './faults.ts';
import { type JsonObject, textAt } from './json.ts';
import type { Stored } from './store.ts';

const FIRST_NUMBER = 1001;

/**
 * The number of an invoice or estimate. With CustomTxnNumbers on it is what was sent, or none; with it off, what was sent or the next one.
 * `AUTO_GENERATE` asks for the next one. A number that another one of the kind carries is refused (6140) unless duplicates are allowed.
 */
export function docNumber(
  company: Company,
  kind: 'Invoice' | 'Estimate',
  body: JsonObject,
  previous: Stored | undefined,
  allowsDuplicates: boolean,
): string | undefined {
  const sent = textAt(body, 'DocNumber');
  if (sent === 'AUTO_GENERATE') return nextNumber(company, kind);
  if (sent === undefined || sent === '') {
    if (prefs(company, 'SalesFormsPrefs')['CustomTxnNumbers'] === true) return undefined;
    return textAt(previous?.entity, 'DocNumber') ?? nextNumber(company, kind);
  }
  if (allowsDuplicates || company.allowDuplicateNumbers) return sent;
  const other = company.store
    .all(kind)
    .find((row) => textAt(row.entity, 'DocNumber') === sent && row.id !== previous?.id);
  if (other !== undefined) throw duplicateNumber(sent, kind, other.id);
  return sent;
}

function nextNumber(company: Company, kind: 'Invoice' | 'Estimate'): string {
  const numbers = company.store
    .all(kind)
    .map((row) => textAt(row.entity, 'DocNumber') ?? '')
    .filter((text) => /^\d{1,15}$/.test(text))
    .map(Number);
  return String(Math.max(FIRST_NUMBER - 1, ...numbers) + 1);
}
