import { htmlReply, jsonReply } from '../http/reply.ts';
import type { SimulatorReply } from '../http/types.ts';

/** A refusal in the API's terms; `check…` functions return one, or null when all is well. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly errorCode?: string;
  readonly retryAfter?: number;
}

const types: Readonly<Record<number, readonly [string, string]>> = {
  400: ['invalid_request_error', 'The request is not valid.'],
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'There is a problem with your payment.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'Not found'],
  409: ['conflict_error', 'The request conflicts with the state of the resource.'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', "This request would exceed your organization's rate limit."],
  500: ['api_error', 'Internal server error'],
  504: ['timeout_error', 'The request timed out.'],
  529: ['overloaded_error', 'Overloaded'],
};

/** A refusal with the error type that belongs to the status. */
export function refusal(status: number, message?: string): Refusal {
  const [type, text] = types[status] ?? ['api_error', 'Internal server error'];
  return { status, type, message: message ?? text };
}

/** Status 400 with the sentence. */
export function invalid(message: string): Refusal {
  return refusal(400, message);
}

/** The body of an error: the envelope, with the request's id. */
export function errorBody(problem: Refusal, requestId: string): unknown {
  const details = problem.errorCode === undefined ? {} : { details: { error_code: problem.errorCode } };
  return {
    type: 'error',
    error: { type: problem.type, message: problem.message, ...details },
    request_id: requestId,
  };
}

/** The answer to a refused request. */
export function errorReply(problem: Refusal, requestId: string): SimulatorReply {
  const wait: Record<string, string> =
    problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) };
  return jsonReply(problem.status, errorBody(problem, requestId), {
    headers: { 'request-id': requestId, ...wait },
    seconds: 0.3,
  });
}

/** The answer with a status that a fault asks for: the API's own error, or a proxy's page for a status that it does not use. */
export function statusReply(status: number, requestId: string): SimulatorReply {
  if (types[status] === undefined) {
    return htmlReply(status, status === 503 ? 'Service Unavailable' : 'Error', { 'request-id': requestId });
  }
  const problem = refusal(status);
  return errorReply(status === 429 ? { ...problem, retryAfter: 20 } : problem, requestId);
}
