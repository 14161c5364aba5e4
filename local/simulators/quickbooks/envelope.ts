import type { SimulatorReply, SimulatorRequest } from '../http/types.ts';
import type { Company } from './company.ts';
import { type FaultItem, type FaultType, item, type QuickBooksFault } from './faults.ts';
import type { Json, JsonObject } from './json.ts';
import { stampWithMs } from './zone-time.ts';

/** A reply of the data API before it is written: its status and members. */
export interface Envelope {
  readonly status: number;
  readonly members: JsonObject;
}

/** The members of a Fault, as it stands in an envelope or in an item of a batch. */
export function faultMembers(fault: QuickBooksFault): JsonObject {
  return { Error: fault.items.map((each) => ({ ...each }) as JsonObject), type: fault.type };
}

/** Writes an envelope as JSON, or as XML to whoever does not ask for JSON. */
export function written(company: Company, request: SimulatorRequest, envelope: Envelope): SimulatorReply {
  const time = stampWithMs(company.clock.now(), company.timeZone);
  if (company.assumptions.answersXmlWithoutAccept && !asksForJson(request)) {
    const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse xmlns="http://schema.intuit.com/finance/v3" time="${time}">${xml(envelope.members)}</IntuitResponse>`;
    return { status: envelope.status, headers: { 'content-type': 'application/xml;charset=UTF-8' }, body: text };
  }
  return {
    status: envelope.status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({ ...envelope.members, time }),
  };
}

/** The refusals that come before any work: another company (403), too many requests (429), an error of a fault rule. */
export function gatewayFault(items: readonly FaultItem[], type: FaultType, status: number): Envelope {
  return { status, members: { Fault: { Error: items.map((each) => ({ ...each }) as JsonObject), type } } };
}

export function throttled(): Envelope {
  const detail = 'The request limit was reached. Wait 60 seconds before you try again.';
  return gatewayFault([item('3001', detail)], 'SERVICE', 429);
}

export function otherCompany(): Envelope {
  const detail = 'The application is not authorized for this company.';
  return gatewayFault([item('3100', detail)], 'AuthorizationFault', 403);
}

/** 401 of the data API: unlike every other fault its keys begin with small letters. */
export function unauthorized(company: Company, code: '3200' | '3202', detail: string): SimulatorReply {
  const body = {
    warnings: null,
    intuitObject: null,
    fault: {
      error: [
        {
          message: `message=AuthenticationFailed; errorCode=00${code}; statusCode=401`,
          detail,
          code,
          element: null,
        },
      ],
      type: 'AUTHENTICATION',
    },
    report: null,
    queryResponse: null,
    batchItemResponse: [],
    attachableResponse: [],
    syncErrorResponse: null,
    requestId: null,
    time: company.clock.now(),
    status: null,
    cdcresponse: [],
  };
  return {
    status: 401,
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      'www-authenticate': 'Bearer realm="Intuit", error="invalid_token"',
    },
    body: JSON.stringify(body),
  };
}

function asksForJson(request: SimulatorRequest): boolean {
  return (request.headers['accept'] ?? '').includes('json') || request.query.get('format') === 'json';
}

function xml(value: Json): string {
  if (Array.isArray(value)) return value.map(xml).join('');
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return Object.entries(value)
    .flatMap(([key, inner]) => (Array.isArray(inner) ? inner : [inner]).map((one) => `<${key}>${xml(one)}</${key}>`))
    .join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
