import type { Check, Shape } from './check-shape.ts';

/** Property names, lengths and enumerations of Intuit's entity reference and XSD (Finance.xsd). */

const text: Check = { kind: 'text' };
const upTo = (max: number): Check => ({ kind: 'text', max });
const number: Check = { kind: 'number' };
const amount: Check = { kind: 'amount' };
const bool: Check = { kind: 'boolean' };
const day: Check = { kind: 'day' };
const ref: Check = { kind: 'ref' };
const anything: Check = { kind: 'anything' };
const oneOf = (...values: readonly string[]): Check => ({ kind: 'oneOf', values });
const object = (shape: Shape): Check => ({ kind: 'object', shape });
const list = (shape: Shape): Check => ({ kind: 'list', shape });

/** What every entity carries; read-only parts are accepted and overwritten. */
const common: Shape = {
  Id: { kind: 'anything' },
  SyncToken: anything,
  MetaData: anything,
  domain: text,
  sparse: bool,
  status: text,
};

const email = object({ Address: upTo(100) });
const address = object({
  Id: text,
  Line1: upTo(500),
  Line2: upTo(500),
  Line3: upTo(500),
  Line4: upTo(500),
  Line5: upTo(500),
  City: upTo(255),
  Country: upTo(255),
  CountryCode: text,
  CountrySubDivisionCode: upTo(255),
  PostalCode: upTo(30),
  Note: text,
  Lat: text,
  Long: text,
});
const phone = object({ FreeFormNumber: upTo(30) });

const salesItem: Shape = {
  ItemRef: ref,
  Qty: number,
  UnitPrice: number,
  ServiceDate: day,
  TaxCodeRef: ref,
  ClassRef: ref,
  DiscountRate: number,
  DiscountAmt: amount,
  MarkupInfo: object({ PriceLevelRef: ref, Percent: number }),
  ItemAccountRef: ref,
  TaxInclusiveAmt: amount,
  TaxClassificationRef: ref,
};

const lineHead: Shape = {
  Id: anything,
  LineNum: number,
  Description: upTo(4000),
  Amount: amount,
  LinkedTxn: list({ TxnId: anything, TxnType: text, TxnLineId: anything }),
  CustomExtensions: anything,
};

const soldLine: Shape = {
  ...lineHead,
  DetailType: oneOf('SalesItemLineDetail', 'DescriptionOnly'),
  SalesItemLineDetail: object(salesItem),
  DescriptionLineDetail: object({ ServiceDate: day, TaxCodeRef: ref }),
};

const line: Shape = {
  ...soldLine,
  DetailType: oneOf(
    'SalesItemLineDetail',
    'DescriptionOnly',
    'SubTotalLineDetail',
    'DiscountLineDetail',
    'GroupLineDetail',
  ),
  SubTotalLineDetail: object({ ItemRef: ref }),
  DiscountLineDetail: object({
    PercentBased: bool,
    DiscountPercent: number,
    DiscountAccountRef: ref,
    ClassRef: ref,
    TaxCodeRef: ref,
  }),
  GroupLineDetail: object({ GroupItemRef: ref, Quantity: number, Line: list(soldLine) }),
};

const salesForm: Shape = {
  ...common,
  CustomerRef: ref,
  Line: list(line),
  DocNumber: upTo(21),
  TxnDate: day,
  DueDate: day,
  SalesTermRef: ref,
  BillEmail: email,
  EmailStatus: oneOf('NotSet', 'NeedToSend', 'EmailSent'),
  PrintStatus: oneOf('NotSet', 'NeedToPrint', 'PrintComplete'),
  PrivateNote: upTo(4000),
  CustomerMemo: object({ value: upTo(1000) }),
  CurrencyRef: ref,
  ExchangeRate: number,
  ClassRef: ref,
  DepartmentRef: ref,
  ProjectRef: ref,
  GlobalTaxCalculation: oneOf('TaxExcluded', 'TaxInclusive', 'NotApplicable'),
  TxnTaxDetail: object({
    TxnTaxCodeRef: ref,
    TotalTax: amount,
    TaxLine: anything,
    UseAutomatedSalesTax: bool,
  }),
  ApplyTaxAfterDiscount: bool,
  CustomField: list({
    DefinitionId: anything,
    Name: text,
    Type: oneOf('StringType', 'BooleanType', 'NumberType', 'DateType'),
    StringValue: upTo(31),
  }),
  LinkedTxn: list({ TxnId: anything, TxnType: text, TxnLineId: anything }),
  BillAddr: address,
  ShipAddr: address,
  ShipFromAddr: address,
  ShipDate: day,
  ShipMethodRef: ref,
  TransactionLocationType: text,
  FreeFormAddress: bool,
  TotalAmt: number,
  HomeTotalAmt: number,
  TaxExemptionRef: anything,
  RecurDataRef: anything,
};

const invoice: Shape = {
  ...salesForm,
  Deposit: amount,
  DepositToAccountRef: ref,
  BillEmailCc: email,
  BillEmailBcc: email,
  TrackingNum: text,
  TxnSource: text,
  AllowOnlineACHPayment: bool,
  AllowOnlineCreditCardPayment: bool,
  AllowOnlinePayment: bool,
  AllowIPNPayment: bool,
  AllowOnlinePayPalPayment: bool,
  EInvoiceStatus: anything,
  Balance: number,
  HomeBalance: number,
  DeliveryInfo: anything,
  InvoiceLink: text,
  invoiceStatus: anything,
};

const estimate: Shape = {
  ...salesForm,
  TxnStatus: oneOf('Accepted', 'Closed', 'Pending', 'Rejected', 'Converted'),
  ExpirationDate: day,
  AcceptedBy: text,
  AcceptedDate: day,
};

const customer: Shape = {
  ...common,
  DisplayName: upTo(500),
  CompanyName: upTo(100),
  Title: upTo(16),
  GivenName: upTo(100),
  MiddleName: upTo(100),
  FamilyName: upTo(100),
  Suffix: upTo(16),
  PrintOnCheckName: upTo(110),
  PrimaryEmailAddr: email,
  PrimaryPhone: phone,
  AlternatePhone: phone,
  Mobile: phone,
  Fax: phone,
  WebAddr: object({ URI: upTo(1000) }),
  BillAddr: address,
  ShipAddr: address,
  CurrencyRef: ref,
  SalesTermRef: ref,
  DefaultTaxCodeRef: ref,
  PaymentMethodRef: ref,
  ARAccountRef: ref,
  CustomerTypeRef: ref,
  Taxable: bool,
  TaxExemptionReasonId: anything,
  Job: bool,
  IsProject: bool,
  ParentRef: ref,
  BillWithParent: bool,
  Level: number,
  FullyQualifiedName: text,
  PreferredDeliveryMethod: oneOf('Print', 'Email', 'None'),
  Balance: number,
  BalanceWithJobs: number,
  OpenBalanceDate: day,
  Notes: upTo(2000),
  Active: bool,
  ResaleNum: text,
  PrimaryTaxIdentifier: text,
  SecondaryTaxIdentifier: text,
  GSTIN: text,
  GSTRegistrationType: text,
  BusinessNumber: text,
  Source: text,
  V4IDPseudonym: text,
  ClientEntityId: text,
};

const itemShape: Shape = {
  ...common,
  Name: upTo(100),
  Type: oneOf('Service', 'NonInventory', 'Inventory', 'Group', 'Category'),
  Description: upTo(4000),
  UnitPrice: number,
  IncomeAccountRef: ref,
  ExpenseAccountRef: ref,
  AssetAccountRef: ref,
  PurchaseCost: number,
  PurchaseDesc: upTo(1000),
  Taxable: bool,
  SalesTaxIncluded: bool,
  PurchaseTaxIncluded: bool,
  SalesTaxCodeRef: ref,
  PurchaseTaxCodeRef: ref,
  TaxClassificationRef: ref,
  ClassRef: ref,
  PrefVendorRef: ref,
  ParentRef: ref,
  SubItem: bool,
  Level: number,
  Sku: upTo(100),
  Active: bool,
  FullyQualifiedName: text,
  TrackQtyOnHand: bool,
  QtyOnHand: number,
  InvStartDate: day,
  ReorderPoint: number,
  ItemCategoryType: text,
  ItemGroupDetail: anything,
  ServiceType: text,
  Source: text,
};

const named: Shape = { ...common, Name: upTo(100), Active: bool, FullyQualifiedName: text, ParentRef: ref };

const term: Shape = {
  ...common,
  Name: upTo(31),
  Active: bool,
  Type: oneOf('STANDARD', 'DATE_DRIVEN'),
  DueDays: number,
  DayOfMonthDue: number,
  DueNextMonthDays: number,
  DiscountPercent: number,
  DiscountDays: number,
  DiscountDayOfMonth: number,
};

const account: Shape = {
  ...named,
  AcctNum: upTo(20),
  Description: upTo(100),
  AccountType: text,
  AccountSubType: text,
  AccountAlias: text,
  Classification: text,
  SubAccount: bool,
  CurrencyRef: ref,
  CurrentBalance: number,
  CurrentBalanceWithSubAccounts: number,
  TaxCodeRef: ref,
  TxnLocationType: text,
};

const companyInfo: Shape = {
  ...common,
  CompanyName: upTo(1024),
  LegalName: upTo(1024),
  CompanyAddr: address,
  LegalAddr: address,
  CustomerCommunicationAddr: address,
  CustomerCommunicationEmailAddr: email,
  PrimaryPhone: phone,
  Email: email,
  WebAddr: object({ URI: text }),
  Country: text,
  SupportedLanguages: text,
  FiscalYearStartMonth: text,
  CompanyStartDate: text,
  EmployerId: text,
  NameValue: anything,
};

const preferences: Shape = {
  ...common,
  AccountingInfoPrefs: anything,
  ProductAndServicesPrefs: anything,
  SalesFormsPrefs: anything,
  EmailMessagesPrefs: anything,
  VendorAndPurchasesPrefs: anything,
  TimeTrackingPrefs: anything,
  TaxPrefs: anything,
  CurrencyPrefs: anything,
  ReportPrefs: anything,
  OtherPrefs: anything,
};

const attachable: Shape = {
  ...common,
  FileName: upTo(1000),
  Note: upTo(2000),
  Category: text,
  ContentType: upTo(100),
  PlaceName: upTo(2000),
  Lat: text,
  Long: text,
  Tag: upTo(2000),
  Size: number,
  AttachableRef: list({
    EntityRef: ref,
    IncludeOnSend: bool,
    LineInfo: anything,
    NoRefOnly: bool,
    Inactive: bool,
    CustomField: anything,
  }),
  FileAccessUri: text,
  TempDownloadUri: text,
  ThumbnailFileAccessUri: text,
  ThumbnailTempDownloadUri: text,
};

const payment: Shape = {
  ...common,
  CustomerRef: ref,
  TotalAmt: number,
  UnappliedAmt: number,
  TxnDate: day,
  CurrencyRef: ref,
  ExchangeRate: number,
  PrivateNote: upTo(4000),
  Line: anything,
};

/** Entities of this simulator, by the name that bodies and queries give them. */
export const SHAPES = {
  Account: account,
  Attachable: attachable,
  Class: { ...named, SubClass: bool },
  CompanyInfo: companyInfo,
  Customer: customer,
  Department: { ...named, SubDepartment: bool, Address: anything },
  Estimate: estimate,
  Invoice: invoice,
  Item: itemShape,
  Payment: payment,
  Preferences: preferences,
  TaxCode: {
    ...common,
    Name: upTo(100),
    Description: text,
    Active: bool,
    Taxable: bool,
    TaxGroup: bool,
    Hidden: bool,
    TaxCodeConfigType: text,
    SalesTaxRateList: anything,
    PurchaseTaxRateList: anything,
  },
  TaxRate: {
    ...common,
    Name: upTo(100),
    Description: text,
    Active: bool,
    RateValue: number,
    AgencyRef: ref,
    SpecialTaxType: text,
    DisplayType: text,
    EffectiveTaxRate: anything,
  },
  Term: term,
} as const satisfies Readonly<Record<string, Shape>>;

export type EntityName = keyof typeof SHAPES;

/** The entity that a name means, whatever its letter case, or undefined. */
export function entityNamed(name: string): EntityName | undefined {
  return ENTITY_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
}

export const ENTITY_NAMES: readonly EntityName[] = [
  'Account',
  'Attachable',
  'Class',
  'CompanyInfo',
  'Customer',
  'Department',
  'Estimate',
  'Invoice',
  'Item',
  'Payment',
  'Preferences',
  'TaxCode',
  'TaxRate',
  'Term',
];
