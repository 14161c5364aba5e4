import { describe, expect, it } from 'vitest';
import { plain, post, question, rightHeaders, start } from './ask.ts';

const object = (properties: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>> = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...rest,
});
const one = (schema: unknown) => object({ value: schema });
const many = (count: number, of: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, of]));
const older = { ...rightHeaders, 'anthropic-version': '2023-06-01' };
const sonnet = 'claude-sonnet-5-5';
const tools = [{ name: 'pick', input_schema: { type: 'object' } }];
const cached = (text: string) => ({ type: 'text', text, cache_control: { type: 'ephemeral' } });

describe('who asks, and under which version', () => {
  it.each([
    ['no key', { 'anthropic-version': '2026-10-21' }, 401, 'authentication_error'],
    ['a wrong key', { ...rightHeaders, 'x-api-key': 'wrong' }, 401, 'authentication_error'],
    [
      'a wrong bearer token',
      { 'anthropic-version': '2026-10-21', authorization: 'Bearer wrong' },
      401,
      'authentication_error',
    ],
    [
      'both ways of signing at once',
      { ...rightHeaders, authorization: 'Bearer right-key' },
      401,
      'authentication_error',
    ],
    ['no version', { 'x-api-key': 'right-key' }, 400, 'invalid_request_error'],
    ['an unknown version', { ...rightHeaders, 'anthropic-version': '2024-01-01' }, 400, 'invalid_request_error'],
  ])('%s', async (_case, headers, status, type) => {
    const { url } = await start();
    const answer = await post(url, '/v1/messages', plain(), headers);
    expect([answer.status, answer.json.type, answer.json.error.type]).toEqual([status, 'error', type]);
    expect(answer.json.request_id).toBe(answer.headers.get('request-id'));
  });

  it('either way of signing is accepted', async () => {
    const { url } = await start();
    const bearer = { 'anthropic-version': '2023-06-01', authorization: 'Bearer right-key' };
    expect((await post(url, '/v1/messages', plain(), bearer)).status).toBe(200);
    expect((await post(url, '/v1/messages', plain(), rightHeaders)).status).toBe(200);
  });
});

describe('bodies that are refused', () => {
  it.each<[string, unknown, number, string, Readonly<Record<string, string>>?]>([
    ['no JSON', 'hello', 400, 'not valid JSON'],
    ['no model', plain({ model: undefined }), 400, 'model: Field required'],
    ['no max_tokens', plain({ max_tokens: undefined }), 400, 'max_tokens: Field required'],
    ['no messages', plain({ messages: undefined }), 400, 'messages: Field required'],
    ['a field it does not know', plain({ mood: 'good' }), 400, 'mood: Extra inputs are not permitted'],
    ['an unknown model', plain({ model: 'claude-nobody' }), 404, 'model: claude-nobody'],
    ['more than the model can write', plain({ max_tokens: 128_001 }), 400, '128001 > 128000'],
    ['temperature, even at its default', plain({ temperature: 1 }), 400, 'temperature'],
    ['top_p', plain({ top_p: 0.99 }), 400, 'top_p'],
    ['top_k', plain({ top_k: 5 }), 400, 'top_k'],
    ['temperature 0 under the older version', plain({ temperature: 0 }), 400, 'temperature', older],
    [
      'both sampling parameters under the older version',
      plain({ temperature: 1, top_p: 0.99 }),
      400,
      'cannot both',
      older,
    ],
    [
      'thinking enabled',
      plain({ thinking: { type: 'enabled', budget_tokens: 2000 } }),
      400,
      '"thinking.type.enabled" is not supported for this model.',
    ],
    ['thinking between tools on Haiku', plain({ thinking: { type: 'between_tools' } }), 400, 'between_tools'],
    [
      'thinking disabled on Sonnet',
      plain({ model: sonnet, thinking: { type: 'disabled' } }),
      400,
      '"thinking.type.disabled" is not supported for this model.',
    ],
    ['thinking disabled on Opus', plain({ model: 'claude-opus-5-5', thinking: { type: 'disabled' } }), 400, 'disabled'],
    [
      'thinking disabled with much effort',
      plain({ thinking: { type: 'disabled' }, output_config: { effort: 'max' } }),
      400,
      'effort',
    ],
    ['an effort that is none', plain({ output_config: { effort: 'huge' } }), 400, 'output_config.effort'],
    [
      'a forced tool on Sonnet',
      plain({ model: sonnet, tools, tool_choice: { type: 'tool', name: 'pick' } }),
      400,
      'tool_choice: type "tool" and "any" are not supported for this model.',
    ],
    [
      'any forced tool on Opus',
      plain({ model: 'claude-opus-5-5', tools, tool_choice: { type: 'any' } }),
      400,
      'tool_choice',
    ],
    [
      'a tool that is not there',
      plain({ tools, tool_choice: { type: 'tool', name: 'drop' } }),
      400,
      "Tool 'drop' not found",
    ],
    [
      'an answer begun for the model',
      plain({
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: '{' },
        ],
      }),
      400,
      'prefill',
    ],
    ['a first turn that is not the user', plain({ messages: [{ role: 'assistant', content: 'Hi' }] }), 400, 'user'],
    [
      'an empty text',
      plain({ messages: [{ role: 'user', content: [{ type: 'text', text: ' ' }] }] }),
      400,
      'non-whitespace',
    ],
    [
      'a document in an assistant turn',
      plain({
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: [{ type: 'document', source: {} }] },
          { role: 'user', content: 'b' },
        ],
      }),
      400,
      'document',
    ],
    [
      'citations on a user text',
      plain({ messages: [{ role: 'user', content: [{ type: 'text', text: 'a', citations: [{}] }] }] }),
      400,
      'citations',
    ],
    [
      'five cache breakpoints',
      plain({ messages: [{ role: 'user', content: ['a', 'b', 'c', 'd', 'e'].map(cached) }] }),
      400,
      'maximum of 4',
    ],
    ['a format of another type', plain({ output_config: { format: { type: 'json_object' } } }), 400, 'json_schema'],
    ['a stream', plain({ stream: true }), 400, 'not provided by this simulator'],
    ['nothing to write, with a format', question({ max_tokens: 0 }), 400, 'max_tokens: 0'],
  ])('%s', async (_case, body, status, message, headers = rightHeaders) => {
    const { url } = await start();
    const answer = await post(url, '/v1/messages', body, headers);
    expect([answer.status, answer.json.error.message]).toEqual([status, expect.stringContaining(message)]);
  });

  it('citations together with a format', async () => {
    const { url } = await start();
    const document = {
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: 'A' },
      citations: { enabled: true },
    };
    const body = question({ messages: [{ role: 'user', content: [document, { type: 'text', text: 'b' }] }] });
    expect((await post(url, '/v1/messages', body)).status).toBe(400);
  });

  it('more than 32 MB', async () => {
    const { url } = await start();
    const answer = await post(
      url,
      '/v1/messages',
      plain({ messages: [{ role: 'user', content: 'x'.repeat(34_000_000) }] }),
    );
    expect([answer.status, answer.json.error.type]).toEqual([413, 'request_too_large']);
  });

  it('what other versions and models allow is allowed', async () => {
    const { url } = await start();
    const bodies: [unknown, Readonly<Record<string, string>>][] = [
      [plain({ temperature: 1 }), older],
      [plain({ top_p: 0.99 }), older],
      [plain({ model: 'claude-haiku-4-5', temperature: 0.2 }), older],
      [plain({ model: sonnet, thinking: { type: 'between_tools' } }), rightHeaders],
      [plain({ thinking: { type: 'disabled' } }), rightHeaders],
      [
        plain({ model: 'claude-haiku-4-5', max_tokens: 3000, thinking: { type: 'enabled', budget_tokens: 1024 } }),
        rightHeaders,
      ],
      [plain({ max_tokens: 0 }), rightHeaders],
      [
        plain({
          messages: [
            { role: 'user', content: 'a' },
            { role: 'system', content: 'b' },
          ],
        }),
        rightHeaders,
      ],
    ];
    for (const [body, headers] of bodies) {
      const answer = await post(url, '/v1/messages', body, headers);
      expect(`${answer.status} ${answer.json.error?.message ?? ''}`).toBe('200 ');
    }
  });
});

describe('schemas that structured outputs refuse', () => {
  it.each<[string, unknown, string]>([
    ['an object open to more', { type: 'object', properties: {} }, 'additionalProperties'],
    ['an inner object open to more', one({ type: 'object', properties: {} }), 'additionalProperties'],
    ['an object in a list open to more', one({ type: 'array', items: { type: 'object' } }), 'additionalProperties'],
    ...['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum'].map((word): [string, unknown, string] => [
      word,
      one({ type: 'number', [word]: 1 }),
      word,
    ]),
    ...['minLength', 'maxLength'].map((word): [string, unknown, string] => [
      word,
      one({ type: 'string', [word]: 1 }),
      word,
    ]),
    ...['maxItems', 'uniqueItems'].map((word): [string, unknown, string] => [
      word,
      one({ type: 'array', [word]: 1 }),
      word,
    ]),
    ['minItems 2', one({ type: 'array', minItems: 2 }), 'minItems'],
    ['oneOf', one({ oneOf: [{ type: 'string' }] }), 'oneOf'],
    ['an enum of objects', one({ enum: [{ a: 1 }] }), 'enum'],
    ['an enum of 180 values', one({ enum: Array.from({ length: 180 }, (_, index) => `L${index}`) }), 'too complex'],
    ['an external reference', one({ $ref: 'https://example.com/schema.json' }), 'External'],
    ['a reference to nowhere', one({ $ref: '#/$defs/nobody' }), 'resolved'],
    [
      'a schema that contains itself',
      object({ a: { $ref: '#/$defs/a' } }, { $defs: { a: one({ $ref: '#/$defs/a' }) } }),
      'Recursive',
    ],
    [
      'allOf with a reference',
      object({ a: { allOf: [{ $ref: '#/$defs/a' }] } }, { $defs: { a: { type: 'string' } } }),
      'allOf',
    ],
    ['a text format it does not know', one({ type: 'string', format: 'phone' }), 'format'],
    ['a pattern that looks ahead', one({ type: 'string', pattern: '(?=a)b' }), 'pattern'],
    ['a pattern with a word boundary', one({ type: 'string', pattern: '\\bL' }), 'pattern'],
    ['25 optional properties', object(many(25, { type: 'string' }), { required: [] }), 'optional'],
    ['17 properties of several types', object(many(17, { type: ['string', 'null'] })), 'union'],
    ['a required property that is not there', object({ a: { type: 'string' } }, { required: ['b'] }), "'b'"],
    ['no type', one({}), 'type'],
  ])('%s', async (_case, schema, message) => {
    const { url } = await start();
    const answer = await post(url, '/v1/messages', question({}, schema));
    expect([answer.status, answer.json?.error?.message]).toEqual([400, expect.stringContaining(message)]);
  });

  it('what is documented as supported passes', async () => {
    const { url } = await start();
    const schema = object(
      {
        ...many(3, { type: ['string', 'null'] }),
        list: { type: 'array', minItems: 1, items: { $ref: '#/$defs/item' } },
        day: { type: 'string', format: 'date' },
        code: { type: 'string', pattern: '^L[0-9]+$' },
        kind: { enum: ['a', 1, null, true] },
        other: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
        fixed: { const: 'x' },
      },
      { $defs: { item: object({ name: { type: 'string', description: 'a name', default: 'x' } }) } },
    );
    const answer = await post(url, '/v1/messages', question({ messages: [{ role: 'user', content: 'Hi' }] }, schema));
    expect(answer.status).toBe(200);
    const text = answer.json.content.find((block: { type: string }) => block.type === 'text').text;
    expect(JSON.parse(text)).toMatchObject({
      p0: '',
      list: [{ name: '' }],
      day: '2026-01-01',
      kind: 'a',
      other: 0,
      fixed: 'x',
    });
  });
});

describe('batches that are refused', () => {
  it.each([
    ['no requests', {}],
    ['a custom_id with a space', { requests: [{ custom_id: 'a b', params: plain() }] }],
    [
      'a custom_id twice',
      {
        requests: [
          { custom_id: 'a', params: plain() },
          { custom_id: 'a', params: plain() },
        ],
      },
    ],
  ])('%s', async (_case, body) => {
    const { url } = await start();
    expect((await post(url, '/v1/messages/batches', body)).status).toBe(400);
  });

  it('an unknown batch, and the results of one that runs', async () => {
    const { url } = await start();
    const { json } = await post(url, '/v1/messages/batches', { requests: [{ custom_id: 'a', params: plain() }] });
    for (const path of ['/v1/messages/batches/msgbatch_x', `/v1/messages/batches/${json.id}/results`, '/v1/nothing']) {
      expect((await fetch(`${url}${path}`, { headers: rightHeaders })).status).toBe(404);
    }
  });
});
