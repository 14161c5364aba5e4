import { describe, expect, it } from 'vitest';
import { plain, post, question, rightHeaders, start, textOf } from './ask.ts';

const fault = (name: string) => [{ service: 'claude', request: 'POST /messages', nth: 1, fault: name }];
const answers = (text: string) => (JSON.parse(text) as { answers: { ref: string; line: string }[] }).answers;

describe("faults answer in the API's own words", () => {
  it.each<[string, number, string, string | null]>([
    ['status 400', 400, 'invalid_request_error', null],
    ['status 401', 401, 'authentication_error', null],
    ['status 402', 402, 'billing_error', null],
    ['status 403', 403, 'permission_error', null],
    ['status 404', 404, 'not_found_error', null],
    ['status 413', 413, 'request_too_large', null],
    ['status 429', 429, 'rate_limit_error', '20'],
    ['status 500', 500, 'api_error', null],
    ['status 504', 504, 'timeout_error', null],
    ['status 529', 529, 'overloaded_error', null],
    ['expire token', 401, 'authentication_error', null],
  ])('%s', async (name, status, type, wait) => {
    const { url } = await start({ faults: fault(name) });
    const answer = await post(url, '/v1/messages', plain());
    expect([answer.status, answer.json.error.type, answer.headers.get('retry-after')]).toEqual([status, type, wait]);
    expect(answer.json.request_id).toMatch(/^req_/);
  });

  it('status 503 is a page of the proxy in front', async () => {
    const { url } = await start({ faults: fault('status 503') });
    const answer = await post(url, '/v1/messages', plain());
    expect([answer.status, answer.json, answer.text]).toEqual([503, null, expect.stringContaining('<html>')]);
  });

  it("the organisation's own limit is a 400, the monthly cap a 429 without a time to wait", async () => {
    const own = await start({ faults: fault('spend limit') });
    const first = await post(own.url, '/v1/messages', plain());
    expect([first.status, first.json.error.message]).toEqual([
      400,
      expect.stringMatching(/^You have reached your specified API usage limits/),
    ]);
    const cap = await start({ faults: fault('monthly cap') });
    const second = await post(cap.url, '/v1/messages', plain());
    expect([second.status, second.headers.get('retry-after'), second.json.error.details]).toEqual([
      429,
      null,
      { error_code: 'enforced_spend_limit_reached' },
    ]);
  });
});

describe('answers that go wrong on purpose', () => {
  it.each<[string, (text: string) => unknown, unknown]>([
    ['answer: missing ref', (text) => answers(text).map(({ ref }) => ref), ['E02', 'E03', 'E04']],
    ['answer: duplicate ref', (text) => answers(text).map(({ ref }) => ref), ['E01', 'E02', 'E03', 'E04', 'E01']],
    ['answer: unasked ref', (text) => answers(text).at(-1)?.ref, 'E019'],
    ['answer: unknown line', (text) => answers(text)[0]?.line, 'L999'],
    [
      'answer: case drift',
      (text) => answers(text)[0],
      { ref: 'e01', line: 'l02', reason: expect.any(String), confidence: expect.any(Number) },
    ],
  ])('%s', async (name, look, expected) => {
    const { url } = await start({ faults: fault(name) });
    const { json } = await post(url, '/v1/messages', question());
    expect(look(textOf(json))).toEqual(expected);
    expect(json.stop_reason).toBe('end_turn');
  });

  it('invalid JSON, though the turn ended', async () => {
    const { url } = await start({ faults: fault('answer: invalid JSON') });
    const { json } = await post(url, '/v1/messages', question());
    expect(json.stop_reason).toBe('end_turn');
    expect(() => JSON.parse(textOf(json))).toThrow();
  });

  it('a refusal comes with status 200', async () => {
    const { url } = await start({ faults: fault('answer: refusal') });
    const { status, json } = await post(url, '/v1/messages', question());
    expect([status, json.stop_reason, json.stop_details.type, textOf(json)]).toEqual([200, 'refusal', 'refusal', '']);
  });

  it('a cut answer, by fault or because max_tokens is too small', async () => {
    const cut = await start({ faults: fault('answer: cut') });
    const small = await start();
    for (const [server, body] of [
      [cut, question()],
      [small, question({ max_tokens: 250 })],
    ] as const) {
      const { json } = await post(server.url, '/v1/messages', body);
      expect(json.stop_reason).toBe('max_tokens');
      expect(() => JSON.parse(textOf(json))).toThrow();
      expect(json.usage.output_tokens).toBeLessThanOrEqual(8000);
    }
  });

  it('no text at all, and a thinking block where there would be none', async () => {
    const { url } = await start({
      faults: [
        ...fault('answer: empty'),
        {
          ...fault('answer: thinking first')[0],
          service: 'claude',
          request: 'POST /messages',
          nth: 2,
          fault: 'answer: thinking first',
        },
      ],
    });
    expect(textOf((await post(url, '/v1/messages', question())).json)).toBe('');
    const second = await post(url, '/v1/messages', question({ thinking: { type: 'disabled' } }));
    expect(second.json.content.map((block: { type: string }) => block.type)).toEqual(['thinking', 'text']);
    const third = await post(url, '/v1/messages', question({ thinking: { type: 'disabled' } }));
    expect(third.json.content.map((block: { type: string }) => block.type)).toEqual(['text']);
  });
});

describe('limits and costs', () => {
  it('every answer tells the limits, and what it costs on the simulated clock', async () => {
    const { url } = await start();
    const { headers, json } = await post(url, '/v1/messages', question());
    expect(headers.get('anthropic-ratelimit-requests-limit')).toBe('1000');
    expect(headers.get('anthropic-ratelimit-requests-remaining')).toBe('999');
    expect(headers.get('anthropic-ratelimit-input-tokens-remaining')).toBe('2000000');
    expect(headers.get('anthropic-ratelimit-output-tokens-reset')).toMatch(/^2026-11-01T06:00:0\dZ$/);
    expect(Number(headers.get('x-simulated-seconds'))).toBeCloseTo(2 + 0.012 * json.usage.output_tokens, 3);
  });

  it('over the limit the answer is 429 with the seconds to wait, and after them it goes on', async () => {
    const claude = await start({ limits: { requests: 2, inputTokens: 100_000, outputTokens: 100_000 } });
    const ask = () => post(claude.url, '/v1/messages', plain());
    await ask();
    await ask();
    const refused = await ask();
    expect([refused.status, refused.json.error.type, refused.headers.get('retry-after')]).toEqual([
      429,
      'rate_limit_error',
      '30',
    ]);
    claude.time.now += 30_000;
    expect((await ask()).status).toBe(200);
  });

  it('one model class does not use up the limit of another', async () => {
    const { url } = await start({ limits: { requests: 1, inputTokens: 100_000, outputTokens: 100_000 } });
    expect((await post(url, '/v1/messages', plain())).status).toBe(200);
    expect((await post(url, '/v1/messages', plain({ model: 'claude-sonnet-5-5' }))).status).toBe(200);
    expect((await post(url, '/v1/messages', plain())).status).toBe(429);
  });
});

describe('prompt caching', () => {
  const prompt = (end: string, size = 4000) =>
    plain({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'w'.repeat(size), cache_control: { type: 'ephemeral' } },
            { type: 'text', text: end },
          ],
        },
      ],
    });
  const usageOf = async (url: string, body: unknown) => {
    const { json } = await post(url, '/v1/messages', body);
    return [json.usage.cache_creation_input_tokens, json.usage.cache_read_input_tokens, json.usage.input_tokens];
  };

  it('a prefix is written once and read for five minutes after its last use', async () => {
    const claude = await start();
    expect(await usageOf(claude.url, prompt('a'))).toEqual([1151, 0, 1]);
    expect(await usageOf(claude.url, prompt('b'))).toEqual([1151, 0, 1]);
    for (const minutes of [4, 4, 4]) {
      claude.time.now += minutes * 60_000;
      expect(await usageOf(claude.url, prompt('c'))).toEqual([0, 1151, 1]);
    }
    claude.time.now += 5 * 60_000;
    expect(await usageOf(claude.url, prompt('d'))).toEqual([1151, 0, 1]);
  });

  it('below the minimum nothing is cached, silently; another model or schema has a prefix of its own', async () => {
    const claude = await start();
    expect(await usageOf(claude.url, prompt('a', 1000))).toEqual([0, 0, 295]);
    await usageOf(claude.url, prompt('a'));
    claude.time.now += 1000;
    expect((await usageOf(claude.url, { ...prompt('a'), model: 'claude-sonnet-5-5' }))[1]).toBe(0);
    const withSchema = { ...prompt('a'), output_config: question().output_config };
    expect((await usageOf(claude.url, withSchema))[1]).toBe(0);
  });

  it('a breakpoint on the whole request caches up to its end', async () => {
    const claude = await start();
    const body = {
      ...plain({ messages: [{ role: 'user', content: 'w'.repeat(4000) }] }),
      cache_control: { type: 'ephemeral', ttl: '1h' },
    };
    const { json } = await post(claude.url, '/v1/messages', body, rightHeaders);
    expect(json.usage.cache_creation).toEqual({ ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 1151 });
    claude.time.now += 59 * 60_000;
    expect((await usageOf(claude.url, body))[1]).toBe(1151);
  });
});
