import { afterEach, describe, expect, it } from 'vitest';
import { createFaultBook } from '../../../../local/simulators/http/fault-book.ts';
import { matchesRequest } from '../../../../local/simulators/http/match-request.ts';
import { jsonReply } from '../../../../local/simulators/http/reply.ts';
import { startServer } from '../../../../local/simulators/http/start-server.ts';
import type { FaultRule, SimulatorServer } from '../../../../local/simulators/http/types.ts';

const running: SimulatorServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function counting(faults: readonly FaultRule[]) {
  let work = 0;
  const server = await startServer({
    name: 'shop',
    clock: { now: () => 0 },
    faults,
    errors: {
      status: (status) =>
        jsonReply(status, { wrong: status }, status === 429 ? { headers: { 'retry-after': '7' } } : {}),
      expiredToken: () => jsonReply(401, { wrong: 'expired' }),
    },
    handle: () => {
      work += 1;
      return jsonReply(200, { done: 'a good deal of work' }, { seconds: 0.5 });
    },
  });
  running.push(server);
  return { server, work: () => work };
}

describe('a fault means the request whose method and end of path it names', () => {
  it.each([
    ['POST /invoice', 'POST', '/v3/company/1/invoice', '', true],
    ['POST /invoice', 'POST', '/v3/company/1/invoice', 'requestid=7', true],
    ['POST /invoice', 'GET', '/v3/company/1/invoice', '', false],
    ['GET /invoice', 'GET', '/v3/company/1/invoice/5', '', false],
    ['GET /invoice/*', 'GET', '/v3/company/1/invoice/5', '', true],
    ['GET /entries', 'GET', '/v2/time_entries', '', false],
    ['POST /messages', 'POST', '/v1/messages/batches', '', false],
    ['POST /invoice?operation=void', 'POST', '/v3/company/1/invoice', 'operation=void', true],
    ['POST /invoice?operation=void', 'POST', '/v3/company/1/invoice', '', false],
    ['* /v2/time_entries', 'DELETE', '/v2/time_entries', '', true],
  ])('%s and %s %s?%s: %s', (written, method, path, query, expected) => {
    expect(matchesRequest(written, method, path, new URLSearchParams(query))).toBe(expected);
  });

  it('a misspelt fault is refused instead of never happening', () => {
    const rule = { service: 'shop', request: 'GET /a', fault: 'status 5000' };
    expect(() => createFaultBook('shop', [rule])).toThrow('"status 5000" is not a fault of shop');
    expect(() => createFaultBook('shop', [{ ...rule, request: 'a' }])).toThrow('"a" is not a request');
  });
});

describe('what a fault does to the work and to the answer', () => {
  it('a timeout after commit does the work and gives no answer', async () => {
    const { server, work } = await counting([
      { service: 'shop', request: 'POST /a', nth: 1, fault: 'timeout after commit' },
    ]);
    await expect(fetch(`${server.url}/a`, { method: 'POST' })).rejects.toThrow();
    expect(work()).toBe(1);
    expect((await fetch(`${server.url}/a`, { method: 'POST' })).status).toBe(200);
  });

  it('a drop before commit gives no answer and does no work', async () => {
    const { server, work } = await counting([
      { service: 'shop', request: 'POST /a', nth: 2, fault: 'drop before commit' },
    ]);
    await fetch(`${server.url}/a`, { method: 'POST' });
    await expect(fetch(`${server.url}/a`, { method: 'POST' })).rejects.toThrow();
    expect(work()).toBe(1);
    expect(server.requests()).toBe(2);
    expect(server.log.at(1)?.status).toBeNull();
  });

  it("a status is the service's own error, without nth on every request", async () => {
    const { server, work } = await counting([{ service: 'shop', request: 'GET /a', fault: 'status 429' }]);
    for (const _ of [1, 2]) {
      const answer = await fetch(`${server.url}/a`);
      expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
        429,
        '7',
        { wrong: 429 },
      ]);
    }
    expect(work()).toBe(0);
  });

  it('a malformed body does the work and answers 200 with JSON cut short', async () => {
    const { server, work } = await counting([{ service: 'shop', request: 'GET /a', nth: 1, fault: 'malformed body' }]);
    const answer = await fetch(`${server.url}/a`);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(() => JSON.parse(text)).toThrow();
    expect(work()).toBe(1);
  });

  it('an expired token stays expired, and a new one works', async () => {
    const { server } = await counting([{ service: 'shop', request: 'GET /a', nth: 1, fault: 'expire token' }]);
    const ask = async (token: string) =>
      (await fetch(`${server.url}/a`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await ask('old'), await ask('old'), await ask('new')]).toEqual([401, 401, 200]);
  });

  it('faults of another service pass by, and the simulated cost is told', async () => {
    const { server } = await counting([{ service: 'bank', request: 'GET /a', fault: 'status 500' }]);
    const answer = await fetch(`${server.url}/a`);
    expect([answer.status, answer.headers.get('x-simulated-seconds')]).toEqual([200, '0.5']);
  });

  it('counts start anew once all connections are made', async () => {
    const { server } = await counting([{ service: 'shop', request: 'GET /a', nth: 2, fault: 'status 500' }]);
    await fetch(`${server.url}/a`);
    server.resetCounters();
    expect(server.requests()).toBe(0);
    expect((await fetch(`${server.url}/a`)).status).toBe(200);
    expect((await fetch(`${server.url}/a`)).status).toBe(500);
    server.addFault({ service: 'shop', request: 'GET /b', nth: 1, fault: 'status 404' });
    expect((await fetch(`${server.url}/b`)).status).toBe(404);
  });

  it('links start with the name that the world knows the service by', async () => {
    const server = await startServer({
      name: 'shop',
      clock: { now: () => 0 },
      faults: [],
      errors: { status: (status) => jsonReply(status, {}), expiredToken: () => jsonReply(401, {}) },
      handle: (request) => jsonReply(200, request.origin),
    });
    running.push(server);
    expect(await (await fetch(server.url)).json()).toBe(server.url);
    const forwarded = await fetch(server.url, { headers: { 'x-forwarded-host': 'api.example.com' } });
    expect(await forwarded.json()).toBe('https://api.example.com');
  });
});
