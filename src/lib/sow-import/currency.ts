import { plainText } from './stands.ts';

/** An amount of the text that is in another currency than the client's, as the text writes it; empty where there is none. */
export function foreignAmount(text: string, currency: string): string {
  const own = currency.trim().toUpperCase() || 'USD';
  const plain = plainText(text);
  for (const [found, before = '', after = ''] of plain.matchAll(AMOUNT)) {
    const sign = (before || after).toUpperCase();
    const known = SIGNS[sign];
    if (known === undefined ? sign !== own : !known.includes(own)) return found.trim().replace(/[.,]$/, '');
  }
  return '';
}

const CODES = 'USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|SEK|NOK|DKK|PLN|INR|SGD|HKD|MXN';
const AMOUNT = new RegExp(`(${CODES}|[$€£¥])\\s?\\d[\\d.,]*|\\d[\\d.,]*\\s?(${CODES}|[€£¥])(?![\\p{L}])`, 'gu');

/** Whose sign it is; a dollar sign may be any of them. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
};
