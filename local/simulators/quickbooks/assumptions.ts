/**
 * What this simulator does where no documentation and no recording says what QuickBooks does. None of it is a fact:
 * each is one observer's practice or memory, kept here under a name of its own so that a test can switch it and nobody takes it for one.
 */
export interface Assumptions {
  /** Milliseconds that an authorization code can be redeemed. */
  readonly codeLivesMs: number;
  /** A refused request with a requestid is worked on anew when it comes again; only what succeeded is replayed. */
  readonly replaysFailures: boolean;
  /** A requestid that comes again is answered with the first result. Documented, but not for how long; switched off, none is known any more. */
  readonly replaysRequests: boolean;
  /** Without `Accept: application/json` (or format=json) the answer is XML. */
  readonly answersXmlWithoutAccept: boolean;
  /** A JSON operation with another Content-Type is answered with 415. */
  readonly refusesOtherContentTypes: boolean;
  /** An amount with more than two decimals is refused, although the format of amounts (10.5) has room for five. */
  readonly amountsHaveTwoDecimals: boolean;
  /** An item of type Category or Group cannot stand on a sales line. */
  readonly categoriesCannotBeSold: boolean;
  /** ClassRef, DepartmentRef, Deposit and discounts are refused (5030) while their preference is off. */
  readonly refusesFeaturesThatAreOff: boolean;
  /** The invoice's currency must be the customer's. */
  readonly currencyMustMatchCustomer: boolean;
  /** A total below zero is refused. */
  readonly totalMustNotBeNegative: boolean;
  /** An invoice with a payment cannot be deleted, or brought below what is paid, before the payment is unlinked. */
  readonly paymentsMustBeUnlinked: boolean;
  /** A company outside the US must say GlobalTaxCalculation. */
  readonly needsGlobalTaxCalculationAbroad: boolean;
  /** US: a line without TaxCodeRef comes back with TAX or NON, by item and customer. */
  readonly fillsTaxCode: boolean;
  /** What void puts before the private note. */
  readonly voidedNote: string;
  /** Fields of a transaction that a query cannot ask for. */
  readonly notQueryable: readonly string[];
  /** Texts in a query are compared without regard to letter case. */
  readonly comparesWithoutCase: boolean;
  /** How far back change data capture looks, in days, and how many objects it returns. */
  readonly cdcDays: number;
  readonly cdcObjects: number;
  /** Largest attachment in bytes. */
  readonly uploadBytes: number;
}

export const assumedFromMemory: Assumptions = {
  codeLivesMs: 10 * 60_000,
  replaysFailures: false,
  replaysRequests: true,
  answersXmlWithoutAccept: true,
  refusesOtherContentTypes: true,
  amountsHaveTwoDecimals: true,
  categoriesCannotBeSold: true,
  refusesFeaturesThatAreOff: true,
  currencyMustMatchCustomer: true,
  totalMustNotBeNegative: true,
  paymentsMustBeUnlinked: true,
  needsGlobalTaxCalculationAbroad: false,
  fillsTaxCode: true,
  voidedNote: 'Voided',
  notQueryable: ['PrivateNote', 'CustomerMemo', 'Line', 'BillEmail', 'LinkedTxn'],
  comparesWithoutCase: true,
  cdcDays: 30,
  cdcObjects: 1000,
  uploadBytes: 100 * 1024 * 1024,
};
