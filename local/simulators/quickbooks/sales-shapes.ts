import type { Shape } from './check-shape.ts';
import {
  address,
  amount,
  anything,
  bool,
  common,
  day,
  email,
  list,
  number,
  object,
  oneOf,
  ref,
  text,
  upTo,
} from './shape-parts.ts';

/** Invoices, estimates and their lines: property names, lengths and enumerations of Intuit's entity reference and XSD (Finance.xsd). */

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

export const invoice: Shape = {
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

export const estimate: Shape = {
  ...salesForm,
  TxnStatus: oneOf('Accepted', 'Closed', 'Pending', 'Rejected', 'Converted'),
  ExpirationDate: day,
  AcceptedBy: text,
  AcceptedDate: day,
};
