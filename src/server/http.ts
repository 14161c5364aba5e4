/** The one door to the network. */

import { decideRetry, type RetryAnswer } from '../lib/jobs/retry.ts';
import type { ServiceName } from '../lib/jobs/service-error.ts';
import type { UsageCounter } from '../lib/jobs/usage.ts';
import type { Clock } from './clock.ts';
import { retryAfterMs } from './retry-after.ts';

export interface HttpRequest {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly contentType?: string;
  /** GETs are anyway; a POST only when doing it twice does no harm (an idempotency key, a question to a model). */
  readonly repeatable?: boolean;
}

/** Header names in lower case. `reason` never holds an address. */
export type HttpAnswer =
  | {
      readonly transportFailed?: false;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | { readonly transportFailed: true; readonly reason: string };

/** Sends once, without judging the answer; the pair that Apps Script's UrlFetchApp is behind. */
export interface Transport {
  send(request: HttpRequest): HttpAnswer;
  /** All side by side; answers in order. */
  sendAll(requests: readonly HttpRequest[]): readonly HttpAnswer[];
}

export interface Http {
  request(request: HttpRequest): HttpAnswer;
  requestAll(requests: readonly HttpRequest[]): readonly HttpAnswer[];
}

export interface HttpDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly usage: Pick<UsageCounter, 'request'>;
}

/** A door that tries again where that is right (`src/lib/jobs/retry.ts`) and counts every request. */
export function createHttp(deps: HttpDeps): Http {
  const requestAll = (requests: readonly HttpRequest[]): readonly HttpAnswer[] => {
    const answers: HttpAnswer[] = [];
    let open = requests.map((request, index) => ({ request, index }));
    for (let attempt = 1; open.length > 0; attempt += 1) {
      for (const { request } of open) deps.usage.request(request.service);
      const got = sendTogether(
        deps.transport,
        open.map((one) => one.request),
      );
      const again: typeof open = [];
      let pauseMs = 0;
      open.forEach((one, i) => {
        const answer = got[i] ?? { transportFailed: true, reason: 'no answer' };
        answers[one.index] = answer;
        const decision = decideRetry(
          { repeatable: isRepeatable(one.request), throttleWaitMs: THROTTLE_WAIT_MS[one.request.service] },
          facts(answer, deps.clock.now()),
          attempt,
          deps.deadlineMs - deps.clock.now(),
        );
        if (decision.kind !== 'again') return;
        again.push(one);
        pauseMs = Math.max(pauseMs, decision.afterMs);
      });
      if (again.length > 0 && pauseMs > 0) deps.clock.sleep(pauseMs);
      open = again;
    }
    return answers;
  };
  return {
    requestAll,
    request: (request) => requestAll([request])[0] ?? { transportFailed: true, reason: 'no answer' },
  };
}

/** Harvest counts in windows of 15 s, QuickBooks asks for 60 s; Claude's 429 without a wait means a spent budget or a ramp. */
const THROTTLE_WAIT_MS: Readonly<Record<ServiceName, number | null>> = {
  Harvest: 15_000,
  QuickBooks: 60_000,
  Claude: null,
};

function isRepeatable(request: HttpRequest): boolean {
  return request.method === 'GET' || request.repeatable === true;
}

function sendTogether(transport: Transport, requests: readonly HttpRequest[]): readonly HttpAnswer[] {
  const [only] = requests;
  return requests.length === 1 && only !== undefined ? [transport.send(only)] : transport.sendAll(requests);
}

function facts(answer: HttpAnswer, nowMs: number): RetryAnswer {
  if (answer.transportFailed) return { kind: 'none' };
  return {
    kind: 'answer',
    status: answer.status,
    retryAfterMs: retryAfterMs(answer.headers, nowMs),
    final:
      answer.headers['x-should-retry'] === 'false' || /"(enforced|contract)_spend_limit_reached"/.test(answer.text),
  };
}
