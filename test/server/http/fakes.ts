/** Small stand-ins for what the door and the clients are given: a clock that only moves when told, and a network that is a function. */
import type { Clock } from '../../../src/server/clock.ts';
import { createHttp, type Http, type HttpAnswer, type HttpRequest, type Transport } from '../../../src/server/http.ts';

export const START = 1_793_500_000_000;

export interface FakeClock extends Clock {
  readonly slept: number[];
  advance(ms: number): void;
}

export function fakeClock(): FakeClock {
  let now = START;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface Network extends Transport {
  readonly sent: HttpRequest[];
  /** How many went side by side, per send. */
  readonly waves: number[];
}

/** A network that answers by a function; `nth` counts all requests from 1. */
export function network(answer: (request: HttpRequest, nth: number) => HttpAnswer): Network {
  const sent: HttpRequest[] = [];
  const waves: number[] = [];
  const send = (request: HttpRequest): HttpAnswer => {
    sent.push(request);
    return answer(request, sent.length);
  };
  return {
    sent,
    waves,
    send: (request) => {
      waves.push(1);
      return send(request);
    },
    sendAll: (requests) => {
      waves.push(requests.length);
      return requests.map(send);
    },
  };
}

export const NO_ANSWER: HttpAnswer = { transportFailed: true, reason: 'Address unavailable: (address)' };

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers, text: JSON.stringify(body) };
}

/** A door with enough time, for tests of clients. */
export function door(net: Transport, clock: Clock = fakeClock()): Http {
  return createHttp({ transport: net, clock, deadlineMs: START + 270_000, usage: { request: () => undefined } });
}
