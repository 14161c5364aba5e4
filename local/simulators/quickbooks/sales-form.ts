import { type Company, hasManyCurrencies, isInUs, prefs } from './company.ts';
import { transactionCurrency } from './currency.ts';
import { docNumber } from './doc-number.ts';
import { dueDate } from './due-date.ts';
import { business, item, missing, QuickBooksFault, refuse } from './faults.ts';
import { type JsonObject, numberAt, objectAt, objectsAt, refValue, textAt } from './json.ts';
import { extended, sum } from './money.ts';
import { balanceOf, paidOn, paymentLinks } from './payments.ts';
import { namedRef, referred, refTo } from './references.ts';
import { type SalesLines, salesLines } from './sales-lines.ts';
import type { Stored } from './store.ts';
import { totalTax } from './tax.ts';
import { dayIn } from './zone-time.ts';

export type SalesKind = 'Invoice' | 'Estimate';

export interface SalesFormRequest {
  readonly kind: SalesKind;
  /** The whole entity that is wanted, without what QuickBooks itself works out. */
  readonly body: JsonObject;
  readonly previous: Stored | undefined;
  /** `include=allowduplicatedocnum`. */
  readonly allowsDuplicates: boolean;
  /** Rows of a world file may lie in closed books and may be of customers that are inactive by now. */
  readonly isHistory?: boolean;
}

/** Works out an invoice or estimate as QuickBooks would store it, or throws what QuickBooks refuses. Stores nothing. */
export function salesForm(company: Company, request: SalesFormRequest): JsonObject {
  const { kind, body, previous } = request;
  const customer = customerOf(company, request);
  const day = textAt(body, 'TxnDate')?.slice(0, 10) ?? dayIn(company.clock.now(), company.timeZone);
  if (request.isHistory !== true && kind === 'Invoice') {
    checkBooksAreOpen(company, day, textAt(previous?.entity, 'TxnDate'));
  }
  checkTaxCalculation(company, body);
  checkMail(body);
  const currency = transactionCurrency(company, body, customer.entity);
  const lines = salesLines(company, body, customer.entity['Taxable'] === true);
  const tax = totalTax(company, body, lines.lines, customer.entity);
  const total = sum([lines.subtotal, tax]);
  if (total < 0 && company.assumptions.totalMustNotBeNegative) {
    throw business('Transaction amount must be 0 or greater.');
  }
  const term = referred(company, 'Term', body, 'SalesTermRef');
  const number = docNumber(company, kind, body, previous, request.allowsDuplicates);
  const head: JsonObject = {
    ...body,
    ...currency,
    CustomerRef: refTo(customer),
    ...(number === undefined ? {} : { DocNumber: number }),
    TxnDate: day,
    ...(term === undefined ? {} : { SalesTermRef: refTo(term) }),
    ...trackedRefs(company, body),
    Line: lines.lines,
    EmailStatus: textAt(body, 'EmailStatus') ?? 'NotSet',
    PrintStatus: textAt(body, 'PrintStatus') ?? 'NotSet',
    TxnTaxDetail: { ...objectAt(body, 'TxnTaxDetail'), TotalTax: tax },
    ApplyTaxAfterDiscount: body['ApplyTaxAfterDiscount'] === true,
    CustomField: objectsAt(body, 'CustomField'),
    TotalAmt: total,
    ...homeAmount(company, 'HomeTotalAmt', total, numberAt(currency, 'ExchangeRate')),
  };
  if (number === undefined) delete head['DocNumber'];
  return kind === 'Estimate' ? estimateOf(body, head) : invoiceOf(company, request, head, term, lines);
}

function estimateOf(body: JsonObject, head: JsonObject): JsonObject {
  return { ...head, TxnStatus: textAt(body, 'TxnStatus') ?? 'Pending', LinkedTxn: objectsAt(body, 'LinkedTxn') };
}

function invoiceOf(
  company: Company,
  request: SalesFormRequest,
  head: JsonObject,
  term: Stored | undefined,
  lines: SalesLines,
): JsonObject {
  const { body, previous } = request;
  const total = numberAt(head, 'TotalAmt') ?? lines.subtotal;
  const deposit = depositOf(company, body);
  const paid = previous === undefined ? 0 : paidOn(company, previous.id);
  const balance = balanceOf(total, deposit, paid);
  if (balance < 0 && paid > 0 && company.assumptions.paymentsMustBeUnlinked) {
    throw business('The amount of the invoice is less than the payments that are linked to it.');
  }
  const links = [
    ...writableLinks(company, body, previous === undefined),
    ...(previous === undefined ? [] : paymentLinks(company, previous.id)),
  ];
  return {
    ...head,
    DueDate: textAt(body, 'DueDate')?.slice(0, 10) ?? dueDate(textAt(head, 'TxnDate') ?? '', term?.entity),
    LinkedTxn: links,
    AllowIPNPayment: body['AllowIPNPayment'] === true,
    AllowOnlinePayment: body['AllowOnlinePayment'] === true,
    AllowOnlineCreditCardPayment: body['AllowOnlineCreditCardPayment'] === true,
    AllowOnlineACHPayment: body['AllowOnlineACHPayment'] === true,
    Balance: balance,
    ...homeAmount(company, 'HomeBalance', balance, numberAt(head, 'ExchangeRate')),
    ...(previous?.entity['DeliveryInfo'] === undefined ? {} : { DeliveryInfo: previous.entity['DeliveryInfo'] }),
  };
}

function customerOf(company: Company, request: SalesFormRequest): Stored {
  const id = refValue(request.body, 'CustomerRef') ?? '';
  const kept = request.isHistory === true ? company.store.find('Customer', id) : undefined;
  const customer = kept ?? referred(company, 'Customer', request.body, 'CustomerRef');
  if (customer === undefined) throw refuse('2500', 'Invalid Reference Id : CustomerRef has no value', 'CustomerRef');
  return customer;
}

/** Refuses a change of the books in a closed period (6200; 6210 where they are closed with a password). Estimates are not in the books. */
export function checkBooksAreOpen(company: Company, ...days: readonly (string | undefined)[]): void {
  const closed = textAt(prefs(company, 'AccountingInfoPrefs'), 'BookCloseDate');
  if (closed === undefined || closed === '') return;
  const inside = days.find((day) => day !== undefined && day <= closed);
  if (inside === undefined) return;
  const detail = `The account period has closed and the account books cannot be updated through the QBO Services API. Closing date: ${closed}`;
  throw refuse(company.closedWithPassword ? '6210' : '6200', detail, 'TxnDate');
}

function checkTaxCalculation(company: Company, body: JsonObject): void {
  if (isInUs(company) || !company.assumptions.needsGlobalTaxCalculationAbroad) return;
  if (textAt(body, 'GlobalTaxCalculation') === undefined) throw new QuickBooksFault([missing('GlobalTaxCalculation')]);
}

function checkMail(body: JsonObject): void {
  const address = textAt(objectAt(body, 'BillEmail'), 'Address') ?? '';
  if (body['EmailStatus'] === 'NeedToSend' && address === '') {
    throw new QuickBooksFault([item('6420', 'An email address is required to send the transaction', 'BillEmail')]);
  }
}

function trackedRefs(company: Company, body: JsonObject): JsonObject {
  const accounting = prefs(company, 'AccountingInfoPrefs');
  const refs: JsonObject = {};
  const need = (key: string, isOn: boolean): void => {
    if (refValue(body, key) !== undefined && !isOn && company.assumptions.refusesFeaturesThatAreOff) {
      throw refuse('5030', `Feature Not Supported : ${key} is not turned on in this company`, key);
    }
  };
  need('ClassRef', accounting['ClassTrackingPerTxn'] === true);
  need('DepartmentRef', accounting['TrackDepartments'] === true);
  const classRef = namedRef(company, 'Class', body, 'ClassRef');
  const department = namedRef(company, 'Department', body, 'DepartmentRef');
  if (classRef !== undefined) refs['ClassRef'] = classRef;
  if (department !== undefined) refs['DepartmentRef'] = department;
  return refs;
}

function depositOf(company: Company, body: JsonObject): number {
  const deposit = numberAt(body, 'Deposit') ?? 0;
  const isOn = prefs(company, 'SalesFormsPrefs')['AllowDeposit'] === true;
  if (deposit !== 0 && !isOn && company.assumptions.refusesFeaturesThatAreOff) {
    throw refuse('5030', 'Feature Not Supported : deposits are turned off', 'Deposit');
  }
  return deposit;
}

/** One estimate may be linked, and is passed over when it is closed or rejected; payments and charges are linked in the user interface only. */
function writableLinks(company: Company, body: JsonObject, isNew: boolean): JsonObject[] {
  const links = objectsAt(body, 'LinkedTxn').filter((link) => link['TxnType'] !== 'Payment');
  return links.filter((link) => {
    const id = textAt(link, 'TxnId') ?? '';
    const estimate = link['TxnType'] === 'Estimate' ? company.store.find('Estimate', id) : undefined;
    if (estimate === undefined || links.length > 1) {
      const what = `${textAt(link, 'TxnType') ?? ''} ${id}`;
      throw refuse('620', `The specified transaction cannot be linked: ${what}`, 'LinkedTxn');
    }
    return !isNew || !['Closed', 'Rejected'].includes(textAt(estimate.entity, 'TxnStatus') ?? '');
  });
}

function homeAmount(company: Company, key: string, amount: number, rate: number | undefined): JsonObject {
  return hasManyCurrencies(company) ? { [key]: extended(amount, rate ?? 1) } : {};
}
