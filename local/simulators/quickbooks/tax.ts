import type { Company } from './company.ts';
import { prefs } from './company.ts';
import { type JsonObject, numberAt, objectAt, objectsAt, refValue } from './json.ts';
import { share, sum } from './money.ts';

/**
 * The tax of a transaction: the total that was sent, else what the tax codes of the lines come to by the rates that the company holds.
 * US: `TAX` means the code that the transaction or the customer names. Without UsingSalesTax there is none.
 */
export function totalTax(
  company: Company,
  body: JsonObject,
  lines: readonly JsonObject[],
  customer: JsonObject,
): number {
  const sent = numberAt(objectAt(body, 'TxnTaxDetail'), 'TotalTax');
  if (sent !== undefined) return sent;
  if (prefs(company, 'TaxPrefs')['UsingSalesTax'] !== true) return 0;
  const wholeCode =
    refValue(objectAt(body, 'TxnTaxDetail'), 'TxnTaxCodeRef') ?? refValue(customer, 'DefaultTaxCodeRef');
  return sum(
    lines.map((line) => {
      const code = refValue(objectAt(line, 'SalesItemLineDetail'), 'TaxCodeRef');
      const meant = code === 'TAX' ? wholeCode : code;
      return share(numberAt(line, 'Amount') ?? 0, percentOf(company, meant));
    }),
  );
}

function percentOf(company: Company, code: string | undefined): number {
  const row = code === undefined ? undefined : company.store.find('TaxCode', code);
  const details = objectsAt(objectAt(row?.entity ?? {}, 'SalesTaxRateList') ?? {}, 'TaxRateDetail');
  return sum(
    details.map((detail) => {
      const rate = refValue(detail, 'TaxRateRef');
      return (rate === undefined ? undefined : numberAt(company.store.find('TaxRate', rate)?.entity, 'RateValue')) ?? 0;
    }),
  );
}
