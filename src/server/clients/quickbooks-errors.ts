import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { HttpAnswer } from '../http.ts';
import { retryAfterMs } from '../retry-after.ts';
import { parseJson, textAt } from './decode.ts';

/**
 * The error in an answer, or null when it is a success. A 200 may hold a Fault; a 401 spells everything in lower case; a gateway
 * sends HTML. The details of a 401 may hold the token and are never read.
 */
export function quickBooksError(answer: HttpAnswer, nowMs: number): ServiceError | null {
  if (answer.transportFailed) {
    return new ServiceError({
      service: 'QuickBooks',
      kind: 'unavailable',
      message: `QuickBooks did not answer (${answer.reason}).`,
    });
  }
  const { status } = answer;
  const body = parseJson(answer.text);
  const upper = textAt(body, 'Fault', 'type') !== '' || textAt(body, 'Fault', 'Error', 0, 'Message') !== '';
  if (status === 200 && !upper) {
    return body === null ? badBody(answer) : null;
  }
  const first = upper ? (['Fault', 'Error', 0] as const) : (['fault', 'error', 0] as const);
  const code = textAt(body, ...first, 'code').replace(/^0+(?=\d)/, '');
  const faultType = textAt(body, upper ? 'Fault' : 'fault', 'type');
  const wait = retryAfterMs(answer.headers, nowMs);
  const requestId = answer.headers['intuit_tid'];
  const facts = {
    service: 'QuickBooks',
    status,
    code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(wait === null ? {} : { retryAfterMs: wait }),
  } as const;

  if (status === 401 || /^authentication/i.test(faultType)) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      message: 'QuickBooks no longer accepts the connection. Press Connect QuickBooks in the sidebar.',
    });
  }
  if (status === 403 || /^authoriza/i.test(faultType)) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      message: `QuickBooks does not let this connection use the company${support(requestId)}. Press Connect QuickBooks in the sidebar and choose the right company.`,
    });
  }
  if (status === 429 || code === '3001') {
    return new ServiceError({ ...facts, kind: 'rateLimited', message: 'QuickBooks asks to wait: too many requests.' });
  }
  if (status === 408 || status >= 500 || /^system/i.test(faultType) || /^service/i.test(faultType)) {
    return new ServiceError({
      ...facts,
      kind: 'unavailable',
      message: `QuickBooks is not available (status ${status})${support(requestId)}.`,
    });
  }
  // An error that QuickBooks itself did not write comes from something before it.
  if (!upper && code === '') {
    return new ServiceError({
      ...facts,
      kind: 'unavailable',
      message: `QuickBooks is not available (status ${status})${support(requestId)}.`,
    });
  }
  const message = textAt(body, ...first, 'Message');
  const detail = textAt(body, ...first, 'Detail');
  const element = textAt(body, ...first, 'element');
  return new ServiceError({
    ...facts,
    kind: 'rejected',
    message: `QuickBooks refused it: ${sentence(detail === '' ? message : detail)}${element === '' ? '' : ` Field: ${element}.`}${support(requestId, ' ')}`,
    detail: detail.slice(0, 500),
  });
}

function badBody(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}): ServiceError {
  const requestId = answer.headers['intuit_tid'];
  return new ServiceError({
    service: 'QuickBooks',
    kind: 'badResponse',
    status: answer.status,
    message: `QuickBooks answered with something that could not be read${support(requestId)}.`,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

function sentence(text: string): string {
  const short = text.replace(/\s+/g, ' ').trim().slice(0, 300);
  if (short === '') return 'no reason was given.';
  return /[.!?]$/.test(short) ? short : `${short}.`;
}

/** Intuit's support finds a request by this number. */
function support(requestId: string | undefined, before = ' '): string {
  return requestId === undefined ? '' : `${before}(intuit_tid ${requestId})`;
}
