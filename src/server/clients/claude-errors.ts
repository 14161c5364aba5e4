import { addMonths, firstDayOf, isDay, monthOf } from '../../lib/calendar.ts';
import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { HttpAnswer } from '../http.ts';
import { retryAfterMs } from '../retry-after.ts';
import { parseJson, textAt } from './decode.ts';

/** Code of an own, an organisation's or a tier's spend limit: nothing helps but time or a higher limit. */
export const SPEND_LIMIT = 'spend_limit';

/** The monthly cap of a tier. */
const TIER_CAP = 'enforced_spend_limit_reached';

/** Turns an answer that is none into an error; reads type and code only, the text just where nothing else tells cases apart. */
export function claudeError(answer: HttpAnswer, model: string, nowMs: number): ServiceError {
  if (answer.transportFailed) {
    return new ServiceError({
      service: 'Claude',
      kind: 'unavailable',
      message: `Claude did not answer (${answer.reason}).`,
    });
  }
  const { status } = answer;
  const body = parseJson(answer.text);
  const type = textAt(body, 'error', 'type');
  const words = textAt(body, 'error', 'message');
  const detailCode = textAt(body, 'error', 'details', 'error_code');
  const wait = retryAfterMs(answer.headers, nowMs);
  const requestId = answer.headers['request-id'] ?? textAt(body, 'request_id');
  const facts = {
    service: 'Claude',
    status,
    ...(requestId === '' ? {} : { requestId }),
    ...(wait === null ? {} : { retryAfterMs: wait }),
  } as const;

  if (isSpendLimit(status, words, detailCode, wait)) {
    const until = regainedOn(words, detailCode, nowMs);
    return new ServiceError({
      ...facts,
      ...(until === null ? {} : { retryAfterMs: Date.parse(until) - nowMs }),
      kind: 'rateLimited',
      code: SPEND_LIMIT,
      message: `The spend limit of the Claude account is reached${until === null ? '' : ` until ${until}`}. Raise it in the Claude console, then press Go on now; otherwise it is looked at every six hours and goes on when it is back.`,
    });
  }
  if (status === 401) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      code: type,
      message:
        'Claude does not accept the key. Make a new one in the Claude console and press Connect Claude in the sidebar.',
    });
  }
  if (status === 402 || (status === 400 && /credit balance/i.test(words))) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      code: type,
      message:
        'The Claude account has no credit left or a payment failed. Settle it in the Claude console, then press Go on now.',
    });
  }
  if (status === 403) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      code: type,
      message:
        'This Claude key may not do that. Use a key of a workspace that may use the chosen models and press Connect Claude in the sidebar.',
    });
  }
  if (status === 404) {
    return new ServiceError({
      ...facts,
      kind: 'rejected',
      code: type,
      message: `Claude does not know the model "${model}". Change Classification model or Second opinion model in Settings.`,
    });
  }
  if (status === 429) {
    return new ServiceError({
      ...facts,
      kind: 'rateLimited',
      code: type,
      message: 'Claude asks to wait: too many requests.',
    });
  }
  if (status === 408 || status >= 499) {
    return new ServiceError({
      ...facts,
      kind: 'unavailable',
      code: type,
      message: `Claude is not available (status ${status}).`,
    });
  }
  return new ServiceError({
    ...facts,
    kind: 'rejected',
    code: type,
    message: `Claude refused a request (status ${status}${type === '' ? '' : `, ${type}`}).`,
    detail: words.slice(0, 300),
  });
}

/** Would the next request meet the same error? Then it is not worth asking. */
export function everyoneMeets(error: ServiceError): boolean {
  return error.kind === 'auth' || error.kind === 'rateLimited';
}

/** Own limits come as 400 and only their words tell; a tier's cap as 429 without a wait, with a code (docs on rate limits). */
function isSpendLimit(status: number, words: string, detailCode: string, wait: number | null): boolean {
  if (status === 400) return /^You have reached your specified .*usage limits/i.test(words);
  return status === 429 && wait === null && (detailCode === TIER_CAP || detailCode === 'contract_spend_limit_reached');
}

/**
 * The day on which a spent budget is back, `YYYY-MM-DD`, from 00:00 UTC: named by an own limit, the 1st of the next month for a tier's cap.
 * Null where nobody says, or where the day named is over.
 */
function regainedOn(words: string, detailCode: string, nowMs: number): string | null {
  const now = new Date(nowMs).toISOString();
  const named = / on (\d{4}-\d{2}-\d{2})/.exec(words)?.[1];
  const day = named ?? (detailCode === TIER_CAP ? firstDayOf(addMonths(monthOf(now), 1)) : null);
  return day !== null && isDay(day) && day > now.slice(0, 10) ? day : null;
}
