/** One error of a Fault envelope, as the wire spells it. */
export interface FaultItem {
  readonly Message: string;
  readonly Detail: string;
  readonly code: string;
  readonly element?: string;
}

export type FaultType = 'ValidationFault' | 'SystemFault' | 'AuthorizationFault' | 'SERVICE';

/** A refusal of the data API; the request changed nothing. */
export class QuickBooksFault extends Error {
  readonly items: readonly FaultItem[];
  readonly status: number;
  readonly type: FaultType;

  constructor(items: readonly FaultItem[], status = 400, type: FaultType = 'ValidationFault') {
    super(items.map((item) => `${item.code} ${item.Detail}`).join('; '));
    this.name = 'QuickBooksFault';
    this.items = items;
    this.status = status;
    this.type = type;
  }
}

/**
 * The codes in use here and their messages; the codes stand on Intuit's page of error codes, texts without a recording are in its style.
 * Codes of that page that nothing here answers with, because nothing says when QuickBooks does: 600, 2070, 2100, 2290, 6041, 6160, 6230,
 * 6250, 6430, 6450.
 */
const MESSAGES = {
  '500': 'Unsupported Operation',
  '610': 'Object Not Found',
  '620': 'Transaction Id cannot be linked',
  '1040': 'Batch size exceeds the limit',
  '2010': 'Request has invalid or unsupported property',
  '2020': 'Required param missing, need to supply the required value for the API',
  '2030': 'Invalid ID',
  '2040': 'Invalid characters in the request',
  '2050': 'String length is either shorter or longer than supported by specification',
  '2060': 'Invalid Date',
  '2110': 'Invalid Decimal',
  '2130': 'Invalid Request Id Format',
  '2170': 'Invalid Enumeration',
  '2210': 'Invalid Email Address',
  '2220': 'Invalid Currency',
  '2250': 'Required line is missing',
  '2500': 'Invalid Reference Id',
  '3001': 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
  '3100': 'message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403',
  '4000': 'Error parsing query',
  '4001': 'Invalid query',
  '5010': 'Stale Object Error',
  '5020': 'Permission Denied Error',
  '5030': 'Feature not supported',
  '6000': 'A business validation error has occurred while processing your request',
  '6030': 'Invalid attachment size',
  '6070': 'Amount calculation incorrect in the request.',
  '6090': 'Discount amount or percent is missing',
  '6100': 'Invalid Line TaxCode in the request',
  '6140': 'Duplicate Document Number Error',
  '6190': 'Invalid Company Status',
  '6200': 'Account Period Closed, Cannot Update Through Services API',
  '6210': 'Account Period Closed, Cannot Update Through Services API',
  '6240': 'Duplicate Name Exists Error',
  '6420': 'Email address is required',
  '10000': 'An application error has occurred while processing your request',
} as const;

export type FaultCode = keyof typeof MESSAGES;

/** One error with its code's message. */
export function item(code: FaultCode, detail: string, element?: string): FaultItem {
  return { Message: MESSAGES[code], Detail: detail, code, ...(element === undefined ? {} : { element }) };
}

/** A refusal for one reason, HTTP 400. */
export function refuse(code: FaultCode, detail: string, element?: string): QuickBooksFault {
  return new QuickBooksFault([item(code, detail, element)]);
}

/** Texts below are those of recordings. */
export function missing(name: string): FaultItem {
  return item('2020', `Required parameter ${name} is missing in the request`, name);
}

export function tooLong(name: string, max: number, length: number): FaultItem {
  const detail = `String length specified does not match the supported length. Min:0 Max:${max} supported. Supplied length:${length}`;
  return item('2050', detail, name);
}

export function notFound(): QuickBooksFault {
  const detail =
    "Object Not Found : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.";
  return refuse('610', detail, '');
}

export function stale(): QuickBooksFault {
  const detail =
    'Stale Object Error : You and somebody else were working on this at the same time. Somebody else finished before you did, so your work was not saved.';
  return refuse('5010', detail, '');
}

export function business(text: string): QuickBooksFault {
  return refuse('6000', `Business Validation Error: ${text}`, '');
}

export function duplicateNumber(docNumber: string, type: string, id: string): QuickBooksFault {
  const detail = `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${docNumber} is assigned to TxnType=${type} with TxnId=${id}`;
  return refuse('6140', detail, '');
}

export function duplicateName(id: string): QuickBooksFault {
  return refuse('6240', `The name supplied already exists. : Id=${id}`);
}

export function unsupported(what: string): QuickBooksFault {
  return refuse('500', `Operation ${what} is not supported.`);
}
