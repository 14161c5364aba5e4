import { currencyOfCountry, currencyRef } from './currency.ts';
import { isObject, type JsonObject, objectAt, refValue, textAt } from './json.ts';

/** What the company is called and where it is, where the file does not say. */
export function companyInfoOf(given: JsonObject): JsonObject {
  const name = textAt(given, 'CompanyName') ?? 'Sample Company';
  return {
    CompanyName: name,
    LegalName: name,
    Country: 'US',
    FiscalYearStartMonth: 'January',
    SupportedLanguages: 'en',
    NameValue: [],
    ...given,
  };
}

/**
 * Preferences: those of the file over the usual ones, group by group. Invoice numbers are the caller's (CustomTxnNumbers).
 * The home currency is the country's; several currencies are on as soon as a customer of the file has another one.
 */
export function preferencesOf(company: JsonObject, given: JsonObject, customers: readonly JsonObject[]): JsonObject {
  const usual: JsonObject = {
    AccountingInfoPrefs: {
      ClassTrackingPerTxn: false,
      ClassTrackingPerTxnLine: false,
      TrackDepartments: false,
      CustomerTerminology: 'Customers',
    },
    SalesFormsPrefs: {
      CustomTxnNumbers: true,
      AllowDeposit: true,
      AllowDiscount: true,
      AllowEstimates: true,
      AllowServiceDate: true,
      UsingProgressInvoicing: false,
      DelayedCharges: false,
      ETransactionPaymentEnabled: false,
      CustomField: [],
    },
    CurrencyPrefs: {
      MultiCurrencyEnabled: false,
      HomeCurrency: currencyRef(currencyOfCountry(textAt(company, 'Country'))),
    },
    TaxPrefs: { UsingSalesTax: false, PartnerTaxEnabled: false },
    ProductAndServicesPrefs: { ForSales: true, ForPurchase: true, QuantityWithPriceAndRate: true },
    TimeTrackingPrefs: {
      UseServices: true,
      BillCustomers: true,
      ShowBillRateToAll: false,
      WorkWeekStartDate: 'Monday',
    },
  };
  const groups = new Set([...Object.keys(usual), ...Object.keys(given)]);
  const merged: JsonObject = {};
  for (const group of groups) merged[group] = mergedGroup(usual[group], given[group]);
  const currencies = objectAt(merged, 'CurrencyPrefs') ?? {};
  const home = refValue(currencies, 'HomeCurrency');
  const isForeign = customers.some((customer) => ![undefined, home].includes(refValue(customer, 'CurrencyRef')));
  if (isForeign) merged['CurrencyPrefs'] = { ...currencies, MultiCurrencyEnabled: true };
  return merged;
}

/** Rows that every company has, unless the file has one of that name. */
export const USUAL_ROWS = {
  Account: [
    { Name: 'Services', AccountType: 'Income', AccountSubType: 'ServiceFeeIncome', Classification: 'Revenue' },
    { Name: 'Accounts Receivable (A/R)', AccountType: 'Accounts Receivable', Classification: 'Asset' },
    {
      Name: 'Discounts given',
      AccountType: 'Income',
      AccountSubType: 'DiscountsRefundsGiven',
      Classification: 'Revenue',
    },
  ],
  Term: [
    { Name: 'Due on receipt', DueDays: 0 },
    { Name: 'Net 30', DueDays: 30 },
  ],
  TaxCode: [
    { Name: 'TAX', Description: 'Taxable', Taxable: true },
    { Name: 'NON', Description: 'Not taxable', Taxable: false },
  ],
  Item: [
    { Name: 'Services', Type: 'Service' },
    { Name: 'Hours', Type: 'Service' },
  ],
} as const;

function mergedGroup(usual: unknown, given: unknown): JsonObject {
  return { ...(isObject(usual) ? usual : {}), ...(isObject(given) ? given : {}) };
}
