import { expect, test } from 'vitest';
import { createClaudeClient } from '../../../src/server/clients/claude.ts';
import type { ClaudeRequestBody } from '../../../src/server/clients/claude-model.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/server/http.ts';
import { door, json, NO_ANSWER, network, START } from '../http/fakes.ts';

const USAGE = { input_tokens: 10, cache_creation_input_tokens: null, cache_read_input_tokens: 5, output_tokens: 7 };
const message = (more: object) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-haiku-5-5',
  content: [
    { type: 'thinking', thinking: 'Let me see', signature: 's' },
    { type: 'text', text: '{"a":' },
    { type: 'text', text: '1}' },
  ],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: USAGE,
  ...more,
});

function body(sow: string, entries: string): ClaudeRequestBody {
  return {
    model: 'claude-haiku-5-5',
    max_tokens: 1000,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: sow, cache_control: { type: 'ephemeral' } },
          { type: 'text', text: entries },
        ],
      },
    ],
  };
}

function clientOf(answer: (request: HttpRequest, nth: number) => HttpAnswer) {
  const net = network(answer);
  const used: string[] = [];
  const client = createClaudeClient({
    http: door(net),
    key: 'sk-secret',
    nowMs: () => START,
    usage: {
      tokens: (model, usage) =>
        used.push(`${model} ${usage.input}+${usage.cacheWrite}+${usage.cacheRead}>${usage.output}`),
    },
  });
  return { net, client, used };
}

const ONE = [body('SOW', 'entries')];

test('the text blocks are the answer, a thinking block before them is not', () => {
  const { client, used, net } = clientOf(() => json(message({})));
  expect(client.messages(ONE)).toMatchObject([{ kind: 'answer', text: '{"a":1}', stopReason: 'end_turn' }]);
  expect(used).toEqual(['claude-haiku-5-5 10+0+5>7']);
  expect(net.sent[0]?.headers).toMatchObject({ 'x-api-key': 'sk-secret', 'anthropic-version': '2026-10-21' });
});

test.each([
  [
    'a refusal',
    { stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'bio', explanation: null } },
    'refused',
  ],
  ['an answer that was cut', { stop_reason: 'max_tokens' }, 'cut'],
  ['a full context', { stop_reason: 'model_context_window_exceeded' }, 'cut'],
  ['a pause', { stop_reason: 'pause_turn' }, 'cut'],
] as const)('%s is an outcome, and its tokens are counted', (_, more, kind) => {
  const { client, used } = clientOf(() => json(message(more)));
  expect(client.messages(ONE)[0]?.kind).toBe(kind);
  expect(used.length).toBe(1);
});

test('the first of each cacheable beginning goes before those that read its cache', () => {
  const { client, net } = clientOf(() => json(message({})));
  const bodies = [body('A', '1'), body('A', '2'), body('B', '1'), body('A', '3'), body('B', '2'), body('C', '1')];
  expect(client.messages(bodies).length).toBe(6);
  expect(net.waves).toEqual([3, 3]);
  const order = net.sent.map((request) =>
    JSON.parse(request.body ?? '')
      .messages[0].content.map((c: { text: string }) => c.text)
      .join(''),
  );
  expect(order).toEqual(['A1', 'B1', 'C1', 'A2', 'A3', 'B2']);
});

test('waves are bounded, and what is in the cache already needs no first', () => {
  const { client, net } = clientOf(() => json(message({})));
  client.messages(Array.from({ length: 50 }, (_, i) => body('A', String(i))));
  expect(net.waves).toEqual([1, 40, 9]);
  client.messages(Array.from({ length: 26 }, (_, i) => body('A', String(i))));
  expect(net.waves).toEqual([1, 40, 9, 26]);
});

test('answers stand in the order of the questions, whatever the order of asking', () => {
  const { client } = clientOf((request) =>
    json(message({ content: [{ type: 'text', text: JSON.parse(request.body ?? '').messages[0].content[1].text }] })),
  );
  const bodies = [body('A', '1'), body('A', '2'), body('B', '3'), body('A', '4')];
  expect(client.messages(bodies).map((outcome) => (outcome.kind === 'answer' ? outcome.text : ''))).toEqual([
    '1',
    '2',
    '3',
    '4',
  ]);
});

test('a wrong key is found by the first few', () => {
  const { client, net } = clientOf(() =>
    json({ type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }, 401),
  );
  const outcomes = client.messages([body('A', '1'), body('A', '2'), body('B', '1')]);
  expect(outcomes.length).toBe(3);
  expect(outcomes.every((outcome) => outcome.kind === 'failed' && outcome.error.kind === 'auth')).toBe(true);
  expect(net.sent.length).toBe(2);
});

test('one request that is refused does not spoil the others', () => {
  const { client } = clientOf((_, nth) =>
    nth === 1
      ? json({ type: 'error', error: { type: 'invalid_request_error', message: 'Schema is too complex' } }, 400)
      : json(message({})),
  );
  expect(client.messages([body('A', '1'), body('B', '1')]).map((outcome) => outcome.kind)).toEqual([
    'failed',
    'answer',
  ]);
});

const error = (type: string, words: string, code?: string) => ({
  type: 'error',
  error: { type, message: words, ...(code === undefined ? {} : { details: { error_code: code } }) },
  request_id: 'req_1',
});

test.each([
  [
    'own spend limit',
    400,
    error(
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    'rateLimited',
    'until 2026-12-01',
  ],
  [
    'spend limit of a workspace',
    400,
    error('invalid_request_error', 'You have reached your specified workspace API usage limits.'),
    'rateLimited',
    'spend limit',
  ],
  [
    'monthly cap of the tier',
    429,
    error('rate_limit_error', 'x', 'enforced_spend_limit_reached'),
    'rateLimited',
    'spend limit',
  ],
  ['no credit', 402, error('billing_error', 'x'), 'auth', 'payment'],
  ['unknown model', 404, error('not_found_error', 'x'), 'rejected', 'claude-haiku-5-5'],
  ['overloaded', 529, error('overloaded_error', 'x'), 'unavailable', '529'],
  ['too large', 413, error('request_too_large', 'x'), 'rejected', '413'],
] as const)('%s', (_, status, answer, kind, words) => {
  const { client } = clientOf(() => json(answer, status, { 'request-id': 'req_1' }));
  const outcome = client.messages(ONE)[0];
  expect(outcome?.kind).toBe('failed');
  if (outcome?.kind !== 'failed') return;
  expect(outcome.error.kind).toBe(kind);
  expect(outcome.error.message).toContain(words);
  expect(outcome.error.requestId).toBe('req_1');
  expect(outcome.error.message).not.toContain('sk-secret');
});

test.each([
  [
    'of the account, with its day',
    400,
    'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    undefined,
    Date.UTC(2026, 11, 1),
  ],
  [
    'with a day that is over',
    400,
    'You have reached your specified API usage limits. You will regain access on 2020-01-01 at 00:00 UTC.',
    undefined,
    null,
  ],
  [
    'of a workspace, without a day',
    400,
    'You have reached your specified workspace API usage limits.',
    undefined,
    null,
  ],
  ['of the tier, until the next month', 429, 'x', 'enforced_spend_limit_reached', 'first of next month'],
  ['of the contract, until nobody knows when', 429, 'x', 'contract_spend_limit_reached', null],
] as const)('a spend limit %s', (_, status, words, code, until) => {
  const { client } = clientOf(() => json(error('rate_limit_error', words, code), status));
  const outcome = client.messages(ONE)[0];
  if (outcome?.kind !== 'failed') throw new Error('it should fail');
  const now = new Date(START);
  const day = until === 'first of next month' ? Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) : until;
  expect(outcome.error.code).toBe('spend_limit');
  expect(outcome.error.retryAfterMs).toBe(day === null ? null : day - START);
});

test('a spent budget is asked once', () => {
  const { client, net } = clientOf(() => json(error('rate_limit_error', 'x', 'enforced_spend_limit_reached'), 429));
  client.messages([body('A', '1'), body('A', '2')]);
  expect(net.sent.length).toBe(1);
});

test('no answer is an outcome too', () => {
  const { client } = clientOf(() => NO_ANSWER);
  expect(client.messages(ONE)).toMatchObject([{ kind: 'failed', error: { kind: 'unavailable' } }]);
});

test('the test of the key lists the models', () => {
  const { client } = clientOf(() => json({ data: [{ type: 'model', id: 'claude-haiku-5-5' }], has_more: false }));
  expect(client.models()).toEqual(['claude-haiku-5-5']);
});
