import { createAnthropic } from '@ai-sdk/anthropic';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, jsonSchema, Output } from 'ai';
import { describe, expect, it } from 'vitest';
import { answerSchema, lines, notes, question, start, textOf } from './ask.ts';

type Refs = {
  readonly answers: readonly { readonly ref: string; readonly line: string; readonly confidence: number }[];
};

describe("Anthropic's own client can use the Claude simulator", () => {
  it('asks with a schema and reads thinking, text and usage', async () => {
    const claude = await start();
    const client = new Anthropic({ apiKey: 'right-key', baseURL: claude.url });
    const message = await client.messages.create(question() as Anthropic.MessageCreateParamsNonStreaming);
    expect(message.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    expect(message.stop_reason).toBe('end_turn');
    expect(message._request_id).toMatch(/^req_/);
    expect(message.usage.output_tokens).toBeGreaterThan(message.usage.output_tokens_details?.thinking_tokens ?? 0);
    const { answers } = JSON.parse(textOf(message)) as Refs;
    expect(answers.map(({ ref, line }) => [ref, line])).toEqual([
      ['E01', 'L02'],
      ['E02', 'L03'],
      ['E03', 'NONE'],
      ['E04', 'L01'],
    ]);
    expect(claude.log[0]?.headers).toMatchObject({
      authorization: 'Bearer right-key',
      'anthropic-version': '2026-10-21',
    });
  });

  it('counts tokens, lists models and reads one', async () => {
    const claude = await start();
    const client = new Anthropic({ apiKey: 'right-key', baseURL: claude.url });
    const { max_tokens: _most, ...countable } = question();
    const count = await client.messages.countTokens(countable as Anthropic.MessageCountTokensParams);
    expect(count.input_tokens).toBeGreaterThan(200);
    const ids: string[] = [];
    for await (const model of client.models.list({ limit: 4 })) ids.push(model.id);
    expect(ids).toContain('claude-sonnet-5-5');
    const haiku = await client.models.retrieve('claude-haiku-5-5');
    expect(haiku.capabilities?.thinking.types.disabled.supported).toBe(true);
    expect(haiku.capabilities?.structured_outputs.supported).toBe(true);
  });

  it('repeats a request by itself when the API is overloaded', async () => {
    const faults = [{ service: 'claude', request: 'POST /messages', nth: 1, fault: 'status 529' }];
    const claude = await start({ faults });
    const client = new Anthropic({ apiKey: 'right-key', baseURL: claude.url });
    const message = await client.messages.create(question() as Anthropic.MessageCreateParamsNonStreaming);
    expect(message.stop_reason).toBe('end_turn');
    expect(claude.log.map(({ status }) => status)).toEqual([529, 200]);
  });

  it.each([
    ['a wrong key', { apiKey: 'wrong' }, {}, Anthropic.AuthenticationError],
    ['an unknown model', {}, { model: 'claude-nobody' }, Anthropic.NotFoundError],
    [
      'a schema it cannot take',
      {},
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      Anthropic.BadRequestError,
    ],
  ])('meets %s as its own kind of error', async (_case, options, changes, kind) => {
    const claude = await start();
    const client = new Anthropic({ apiKey: 'right-key', baseURL: claude.url, maxRetries: 0, ...options });
    const asked = client.messages.create(question(changes) as Anthropic.MessageCreateParamsNonStreaming);
    await expect(asked).rejects.toBeInstanceOf(kind);
  });

  it('makes a batch, waits and reads its results in another order', async () => {
    const claude = await start();
    const client = new Anthropic({ apiKey: 'right-key', baseURL: claude.url });
    const good = question() as Anthropic.MessageCreateParamsNonStreaming;
    const bad = question({
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
    }) as typeof good;
    const batch = await client.messages.batches.create({
      requests: [
        { custom_id: 'one', params: good },
        { custom_id: 'two', params: bad },
        { custom_id: 'three', params: good },
      ],
    });
    expect(batch).toMatchObject({ processing_status: 'in_progress', results_url: null });
    expect(batch.request_counts).toEqual({ processing: 3, succeeded: 0, errored: 0, canceled: 0, expired: 0 });
    claude.time.now += 180_000;
    const ended = await client.messages.batches.retrieve(batch.id);
    expect(ended.request_counts).toEqual({ processing: 0, succeeded: 2, errored: 1, canceled: 0, expired: 0 });
    const results: string[] = [];
    for await (const line of await client.messages.batches.results(batch.id))
      results.push(`${line.custom_id} ${line.result.type}`);
    expect(results).toEqual(['two errored', 'one succeeded', 'three succeeded']);
    expect((await client.messages.batches.list()).data.map(({ id }) => id)).toEqual([batch.id]);
    expect(await client.messages.batches.delete(batch.id)).toEqual({ id: batch.id, type: 'message_batch_deleted' });
    await expect(client.messages.batches.retrieve(batch.id)).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });

  it('cancels a batch', async () => {
    const claude = await start();
    const client = new Anthropic({ apiKey: 'right-key', baseURL: claude.url });
    const params = question() as Anthropic.MessageCreateParamsNonStreaming;
    const batch = await client.messages.batches.create({ requests: [{ custom_id: 'one', params }] });
    await expect(client.messages.batches.delete(batch.id)).rejects.toBeInstanceOf(Anthropic.BadRequestError);
    expect((await client.messages.batches.cancel(batch.id)).processing_status).toBe('canceling');
    claude.time.now += 15_000;
    const ended = await client.messages.batches.retrieve(batch.id);
    expect([ended.processing_status, ended.request_counts.canceled]).toEqual(['ended', 1]);
  });
});

describe('a client of other people can use the Claude simulator', () => {
  it('@ai-sdk/anthropic sends the older version with x-api-key, and gets an object by the schema', async () => {
    const claude = await start();
    const model = createAnthropic({ baseURL: `${claude.url}/v1`, apiKey: 'right-key' })('claude-haiku-5-5');
    const { output, usage } = await generateText({
      model,
      output: Output.object({ schema: jsonSchema<Refs>(answerSchema as Parameters<typeof jsonSchema>[0]) }),
      prompt: JSON.stringify({ lines, entries: [{ ref: 'E01', note: notes[0] }] }),
    });
    expect(output.answers).toMatchObject([{ ref: 'E01', line: 'L02' }]);
    expect(usage.outputTokens).toBeGreaterThan(10);
    expect(claude.log[0]?.headers).toMatchObject({ 'x-api-key': 'right-key', 'anthropic-version': '2023-06-01' });
  });

  it('@ai-sdk/anthropic reads plain text', async () => {
    const claude = await start();
    const model = createAnthropic({ baseURL: `${claude.url}/v1`, apiKey: 'right-key' })('claude-sonnet-5-5');
    const { text, finishReason } = await generateText({ model, prompt: 'Hello' });
    expect([text.length > 0, finishReason]).toEqual([true, 'stop']);
  });
});
