import { decimalsOf } from './check-shape.ts';
import { type Company, isInUs, prefs } from './company.ts';
import { business, item, missing, QuickBooksFault, refuse } from './faults.ts';
import { isObject, type JsonObject, numberAt, objectAt, objectsAt, refValue, textAt } from './json.ts';
import { extended, share, shown, sum } from './money.ts';
import { namedRef, referred, refTo } from './references.ts';

/** Lines as they are stored, and what they come to before tax. */
export interface SalesLines {
  readonly lines: JsonObject[];
  readonly subtotal: number;
}

/**
 * Checks the lines of an invoice or estimate and brings them into the form in which they are kept.
 * A subtotal line that comes in is dropped: QuickBooks works it out and appends it to what it returns.
 * @param customerIsTaxable decides the tax code of a line that has none (US)
 */
export function salesLines(company: Company, body: JsonObject, customerIsTaxable: boolean): SalesLines {
  const given = objectsAt(body, 'Line');
  if (!given.some((line) => line['DetailType'] !== 'DescriptionOnly')) {
    throw refuse('2250', 'Required line is missing : at least one sales item line is needed', 'Line');
  }
  const sold = given
    .filter((line) => line['DetailType'] !== 'SubTotalLineDetail' && line['DetailType'] !== 'DiscountLineDetail')
    .map((line) => storedLine(company, line, customerIsTaxable));
  const beforeDiscount = sum(sold.map((line) => numberAt(line, 'Amount') ?? 0));
  const discounts = given
    .filter((line) => line['DetailType'] === 'DiscountLineDetail')
    .map((line) => discountLine(company, line, beforeDiscount));
  return {
    lines: numbered([...sold, ...discounts]),
    subtotal: sum([beforeDiscount, ...discounts.map((line) => -(numberAt(line, 'Amount') ?? 0))]),
  };
}

/** What QuickBooks appends to the lines of every transaction that it returns: without Id and LineNum. */
export function subTotalLine(lines: readonly JsonObject[]): JsonObject {
  const amounts = lines
    .filter((line) => line['DetailType'] !== 'DiscountLineDetail')
    .map((line) => numberAt(line, 'Amount') ?? 0);
  return { Amount: sum(amounts), DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} };
}

function storedLine(company: Company, line: JsonObject, taxable: boolean): JsonObject {
  if (line['DetailType'] === 'GroupLineDetail') return groupLine(company, line, taxable);
  const detail = objectAt(line, 'SalesItemLineDetail');
  if (line['DetailType'] === undefined) throw new QuickBooksFault([missing('Line.DetailType')]);
  if (line['DetailType'] === 'DescriptionOnly')
    return documentation(line, objectAt(line, 'DescriptionLineDetail') ?? {});
  if (detail === undefined || refValue(detail, 'ItemRef') === undefined) return documentation(line, {});
  return soldLine(company, line, detail, taxable);
}

function soldLine(company: Company, line: JsonObject, detail: JsonObject, taxable: boolean): JsonObject {
  const amount = numberAt(line, 'Amount');
  if (amount === undefined) throw new QuickBooksFault([missing('Line.Amount')]);
  checkDecimals(company, amount);
  const quantity = numberAt(detail, 'Qty');
  const price = numberAt(detail, 'UnitPrice');
  if (quantity !== undefined && price !== undefined && extended(quantity, price) !== amount) {
    const detailText = `Amount is not equal to UnitPrice * Qty. Supplied value:${shown(amount)}`;
    throw refuse('6070', detailText, 'Line.Amount');
  }
  const sold = referred(company, 'Item', detail, 'ItemRef');
  if (sold === undefined) throw new QuickBooksFault([missing('ItemRef')]);
  const type = textAt(sold.entity, 'Type') ?? 'Service';
  if (company.assumptions.categoriesCannotBeSold && ['Category', 'Group'].includes(type)) {
    throw business(`An item of type ${type} cannot be sold on a line: ${textAt(sold.entity, 'Name')}`);
  }
  const classRef = lineClass(company, detail);
  const taxCode = lineTaxCode(company, detail, taxable && sold.entity['Taxable'] === true);
  return {
    ...line,
    Amount: amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: {
      ...detail,
      ItemRef: refTo(sold),
      ...(classRef === undefined ? {} : { ClassRef: classRef }),
      ...(taxCode === undefined ? {} : { TaxCodeRef: taxCode }),
    },
  };
}

/** A line without an item: QuickBooks keeps its words and ignores its amount. */
function documentation(line: JsonObject, detail: JsonObject): JsonObject {
  const { Amount: _amount, SalesItemLineDetail: _sold, ...rest } = line;
  return { ...rest, DetailType: 'DescriptionOnly', DescriptionLineDetail: detail };
}

function groupLine(company: Company, line: JsonObject, taxable: boolean): JsonObject {
  const detail = objectAt(line, 'GroupLineDetail') ?? {};
  const bundle = referred(company, 'Item', detail, 'GroupItemRef');
  if (bundle === undefined) throw new QuickBooksFault([missing('GroupItemRef')]);
  const inner = objectsAt(detail, 'Line').map((each) => storedLine(company, each, taxable));
  return {
    ...line,
    Amount: sum(inner.map((each) => numberAt(each, 'Amount') ?? 0)),
    GroupLineDetail: { ...detail, GroupItemRef: refTo(bundle), Line: inner },
  };
}

function discountLine(company: Company, line: JsonObject, subtotal: number): JsonObject {
  if (company.assumptions.refusesFeaturesThatAreOff && prefs(company, 'SalesFormsPrefs')['AllowDiscount'] !== true) {
    throw refuse('5030', 'Feature Not Supported : discounts are turned off', 'DiscountLineDetail');
  }
  const detail = objectAt(line, 'DiscountLineDetail') ?? {};
  const percent = detail['PercentBased'] === true ? numberAt(detail, 'DiscountPercent') : undefined;
  const amount = percent === undefined ? numberAt(line, 'Amount') : share(subtotal, percent);
  if (amount === undefined) {
    throw refuse('6090', 'The discount line must have either an amount or a percent', 'DiscountLineDetail');
  }
  const account = namedRef(company, 'Account', detail, 'DiscountAccountRef');
  return {
    ...line,
    Amount: amount,
    DiscountLineDetail: { ...detail, ...(account === undefined ? {} : { DiscountAccountRef: account }) },
  };
}

function lineClass(company: Company, detail: JsonObject): JsonObject | undefined {
  if (refValue(detail, 'ClassRef') === undefined) return undefined;
  const isOn = prefs(company, 'AccountingInfoPrefs')['ClassTrackingPerTxnLine'] === true;
  if (!isOn && company.assumptions.refusesFeaturesThatAreOff) {
    throw refuse('5030', 'Feature Not Supported : classes on lines are turned off', 'ClassRef');
  }
  return namedRef(company, 'Class', detail, 'ClassRef');
}

function lineTaxCode(company: Company, detail: JsonObject, taxable: boolean): JsonObject | undefined {
  const code = refValue(detail, 'TaxCodeRef');
  if (!isInUs(company)) return namedRef(company, 'TaxCode', detail, 'TaxCodeRef');
  if (code === undefined) {
    return company.assumptions.fillsTaxCode ? { value: taxable ? 'TAX' : 'NON' } : undefined;
  }
  if (code !== 'TAX' && code !== 'NON') {
    throw refuse('6100', `Invalid Line TaxCode : ${code} is not TAX or NON`, 'TaxCodeRef');
  }
  return { value: code };
}

function checkDecimals(company: Company, amount: number): void {
  if (company.assumptions.amountsHaveTwoDecimals && decimalsOf(amount) > 2) {
    throw new QuickBooksFault([item('2110', `Invalid Number : ${amount}`, 'Line.Amount')]);
  }
}

/** Ids and numbers are given where they are missing; those that came with the body are kept. */
function numbered(lines: readonly JsonObject[]): JsonObject[] {
  const used = new Set(lines.map((line) => textAt(line, 'Id')));
  let last = 0;
  const nextId = (): string => {
    do last += 1;
    while (used.has(String(last)));
    return String(last);
  };
  return lines.filter(isObject).map((line, index) => ({
    ...line,
    Id: textAt(line, 'Id') ?? nextId(),
    LineNum: numberAt(line, 'LineNum') ?? index + 1,
  }));
}
