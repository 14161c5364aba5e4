import { type Company, hasManyCurrencies, homeCurrency } from './company.ts';
import { business, missing, QuickBooksFault, refuse } from './faults.ts';
import { type JsonObject, numberAt, refValue } from './json.ts';

const NAMES: Readonly<Record<string, string>> = {
  AUD: 'Australian Dollar',
  BRL: 'Brazilian Real',
  CAD: 'Canadian Dollar',
  CHF: 'Swiss Franc',
  EUR: 'Euro',
  GBP: 'British Pound Sterling',
  INR: 'Indian Rupee',
  JPY: 'Japanese Yen',
  MXN: 'Mexican Peso',
  NZD: 'New Zealand Dollar',
  SGD: 'Singapore Dollar',
  USD: 'United States Dollar',
  ZAR: 'South African Rand',
};

const OF_COUNTRY: Readonly<Record<string, string>> = {
  AU: 'AUD',
  AUS: 'AUD',
  CA: 'CAD',
  CAN: 'CAD',
  GB: 'GBP',
  GBR: 'GBP',
  UK: 'GBP',
  IN: 'INR',
  IND: 'INR',
  JP: 'JPY',
  JPN: 'JPY',
  NZ: 'NZD',
  NZL: 'NZD',
  SG: 'SGD',
  SGP: 'SGD',
  CH: 'CHF',
  CHE: 'CHF',
  MX: 'MXN',
  MEX: 'MXN',
  BR: 'BRL',
  BRA: 'BRL',
  ZA: 'ZAR',
  ZAF: 'ZAR',
  ...Object.fromEntries(
    [
      'DE',
      'DEU',
      'FR',
      'FRA',
      'IE',
      'IRL',
      'NL',
      'NLD',
      'ES',
      'ESP',
      'IT',
      'ITA',
      'AT',
      'AUT',
      'BE',
      'BEL',
      'FI',
      'FIN',
    ].map((country) => [country, 'EUR']),
  ),
};

/** The home currency of a company in that country (two- or three-letter code); US dollars where nothing else is known. */
export function currencyOfCountry(country: string | undefined): string {
  return OF_COUNTRY[(country ?? '').toUpperCase()] ?? 'USD';
}

export function currencyRef(code: string): JsonObject {
  return { value: code, name: NAMES[code] ?? code };
}

/** Three capital letters; QuickBooks knows the ISO list. */
export function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}

/**
 * Currency and rate of a transaction. With multicurrency on, CurrencyRef must be sent (2020), be a currency (2220) and be the customer's (6000);
 * with it off, only the home currency can be sent (6000).
 */
export function transactionCurrency(company: Company, body: JsonObject, customer: JsonObject): JsonObject {
  const home = homeCurrency(company);
  const sent = refValue(body, 'CurrencyRef');
  if (sent !== undefined && !isCurrency(sent)) throw refuse('2220', `Invalid Currency : ${sent}`, 'CurrencyRef');
  if (!hasManyCurrencies(company)) {
    if (sent !== undefined && sent !== home) {
      throw business('Multi currency should be enabled to perform this operation');
    }
    return { CurrencyRef: currencyRef(home) };
  }
  if (sent === undefined) throw new QuickBooksFault([missing('CurrencyRef')]);
  const wanted = refValue(customer, 'CurrencyRef') ?? home;
  if (company.assumptions.currencyMustMatchCustomer && sent !== wanted) {
    throw business(`The currency of the transaction (${sent}) is not the currency of the customer (${wanted})`);
  }
  return { CurrencyRef: currencyRef(sent), ExchangeRate: sent === home ? 1 : (numberAt(body, 'ExchangeRate') ?? 1) };
}
