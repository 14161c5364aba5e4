import { expect, test } from 'vitest';
import { NO_USAGE } from '../../../src/lib/jobs/model.ts';
import { createUsageCounter } from '../../../src/lib/jobs/usage.ts';
import { createHttp, type HttpAnswer, type HttpRequest } from '../../../src/server/http.ts';
import { retryAfterMs } from '../../../src/server/retry-after.ts';
import { fakeClock, json, NO_ANSWER, network, START } from './fakes.ts';

const GET: HttpRequest = {
  service: 'Harvest',
  method: 'GET',
  url: 'https://api.harvestapp.com/v2/users/me',
  headers: {},
};
const POST: HttpRequest = {
  service: 'QuickBooks',
  method: 'POST',
  url: 'https://quickbooks.api.intuit.com/x',
  headers: {},
  body: '{}',
};

function setUp(answer: (request: HttpRequest, nth: number) => HttpAnswer, timeMs = 270_000) {
  const clock = fakeClock();
  const net = network(answer);
  const usage = createUsageCounter(NO_USAGE);
  const http = createHttp({ transport: net, clock, deadlineMs: START + timeMs, usage });
  return { clock, net, usage, http };
}

test('"Address unavailable" of a healthy service is gone after a second try', () => {
  const { http, net, usage } = setUp((_, nth) => (nth === 1 ? NO_ANSWER : json({ id: 1 })));
  expect(http.request(GET)).toMatchObject({ status: 200 });
  expect(net.sent.length).toBe(2);
  expect(usage.snapshot().harvestRequests).toBe(2);
});

test('a service that stays away is tried four times, with pauses, and then given back', () => {
  const { http, net, clock } = setUp(() => NO_ANSWER);
  expect(http.request(GET)).toEqual(NO_ANSWER);
  expect(net.sent.length).toBe(4);
  expect(clock.slept).toEqual([2_000, 4_000]);
});

test('a write without a key is sent once, whatever happens', () => {
  const { http, net } = setUp(() => NO_ANSWER);
  http.request(POST);
  expect(net.sent.length).toBe(1);
});

test('a write with a key is sent again', () => {
  const { http, net } = setUp((_, nth) => (nth === 1 ? NO_ANSWER : json({})));
  http.request({ ...POST, repeatable: true });
  expect(net.sent.length).toBe(2);
});

test('an HTML page of a gateway is handed on as text', () => {
  const { http } = setUp(() => ({ status: 503, headers: {}, text: '<html>Service Unavailable</html>' }));
  expect(http.request(GET)).toMatchObject({ status: 503, text: '<html>Service Unavailable</html>' });
});

test('Retry-After is slept through when there is time, and handed back when there is not', () => {
  const busy = (_: HttpRequest, nth: number) => (nth === 1 ? json({}, 429, { 'retry-after': '9' }) : json({}));
  const patient = setUp(busy);
  expect(patient.http.request(GET)).toMatchObject({ status: 200 });
  expect(patient.clock.slept).toEqual([9_000]);

  const hurried = setUp(busy, 9_000);
  expect(hurried.http.request(GET)).toMatchObject({ status: 429 });
  expect(hurried.clock.slept).toEqual([]);
});

test('side by side, only what failed is sent again and answers keep their places', () => {
  const requests = ['a', 'b', 'c'].map((name) => ({ ...GET, url: `https://api.harvestapp.com/v2/${name}` }));
  const { http, net } = setUp((request, nth) => (nth === 2 ? json({}, 502) : json({ was: request.url.slice(-1) })));
  const answers = http.requestAll(requests);
  expect(answers.map((answer) => (answer.transportFailed ? '' : JSON.parse(answer.text).was))).toEqual(['a', 'b', 'c']);
  expect(net.waves).toEqual([3, 1]);
});

test('a spent budget is not asked again', () => {
  const spent = {
    type: 'error',
    error: { type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } },
  };
  const { http, net } = setUp(() => json(spent, 429));
  http.request({ ...GET, service: 'Claude' });
  expect(net.sent.length).toBe(1);
});

test.each([
  ['seconds', { 'retry-after': '30' }, 30_000],
  ['milliseconds come first', { 'retry-after': '30', 'retry-after-ms': '1500' }, 1_500],
  ['a date', { 'retry-after': new Date(START + 5_000).toUTCString() }, 5_000],
  ['a date that is past', { 'retry-after': new Date(START - 5_000).toUTCString() }, 0],
  ['nothing', {}, null],
  ['nonsense', { 'retry-after': 'soon' }, null],
] as const)('Retry-After: %s', (_, headers, ms) => {
  expect(retryAfterMs(headers, START)).toBe(ms);
});
