import * as z from 'zod/mini';
import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { UsageCounter } from '../../lib/jobs/usage.ts';
import type { TokenUsage } from '../../lib/prices.ts';
import type { Http, HttpAnswer, HttpRequest } from '../http.ts';
import { claudeError, everyoneMeets } from './claude-errors.ts';
import type { ClaudeClient, ClaudeOutcome, ClaudeRequestBody } from './claude-model.ts';
import { cacheableBeginning, wavesOf } from './claude-waves.ts';
import { decode } from './decode.ts';

export interface ClaudeDeps {
  readonly http: Http;
  readonly key: string;
  readonly usage: Pick<UsageCounter, 'tokens'>;
  readonly nowMs: () => number;
}

const BASE = 'https://api.anthropic.com/v1';

/**
 * The newer of the two versions that are served. It refuses what the current models ignore or do not take (temperature and its kin),
 * so a body that would not mean what it says is an error and not a surprise.
 */
const VERSION = '2026-10-21';

/** A client of the Messages API. `messages` reports errors as outcomes; `models` throws `ServiceError`. */
export function createClaudeClient(deps: ClaudeDeps): ClaudeClient {
  const headers = { 'x-api-key': deps.key, 'anthropic-version': VERSION, Accept: 'application/json' };
  const requestOf = (body: ClaudeRequestBody): HttpRequest => ({
    service: 'Claude',
    method: 'POST',
    url: `${BASE}/messages`,
    headers,
    body: JSON.stringify(body),
    // Asking twice changes nothing but the bill.
    repeatable: true,
  });

  const outcomeOf = (answer: HttpAnswer, body: ClaudeRequestBody): ClaudeOutcome => {
    if (answer.transportFailed || answer.status !== 200) {
      return { kind: 'failed', error: claudeError(answer, body.model, deps.nowMs()) };
    }
    try {
      const read = readMessage(answer.text, answer.headers['request-id']);
      deps.usage.tokens(body.model, read.usage);
      return read;
    } catch (error) {
      if (error instanceof ServiceError) return { kind: 'failed', error };
      throw error;
    }
  };

  const cached = new Set<string>();

  return {
    messages: (bodies) => {
      const outcomes = new Map<number, ClaudeOutcome>();
      let stop: ServiceError | null = null;
      for (const wave of wavesOf(bodies, cached)) {
        if (stop !== null) break;
        const asked = wave.flatMap((index) => {
          const body = bodies[index];
          return body === undefined ? [] : [{ index, body }];
        });
        const answers = deps.http.requestAll(asked.map((one) => requestOf(one.body)));
        asked.forEach(({ index, body }, i) => {
          const outcome = outcomeOf(answers[i] ?? { transportFailed: true, reason: 'no answer' }, body);
          outcomes.set(index, outcome);
          const beginning = cacheableBeginning(body);
          if (outcome.kind !== 'failed' && beginning !== null) cached.add(beginning);
          if (outcome.kind === 'failed' && everyoneMeets(outcome.error)) stop = outcome.error;
        });
      }
      return bodies.map((_, index) => outcomes.get(index) ?? { kind: 'failed', error: stop ?? notAsked() });
    },
    models: () => {
      const answer = deps.http.request({ service: 'Claude', method: 'GET', url: `${BASE}/models?limit=100`, headers });
      if (answer.transportFailed || answer.status !== 200) throw claudeError(answer, '', deps.nowMs());
      return decode('Claude', 'the list of models', modelList, answer.text).data.map((model) => model.id);
    },
  };
}

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

const tokens = z._default(z.nullish(z.number()), 0);
const message = z.object({
  model: z.string(),
  stop_reason: z.nullable(z.string()),
  stop_details: z.nullish(z.object({ category: z.nullish(z.string()), explanation: z.nullish(z.string()) })),
  content: z.array(z.object({ type: z.string(), text: z.optional(z.string()) })),
  usage: z.object({
    input_tokens: tokens,
    cache_creation_input_tokens: tokens,
    cache_read_input_tokens: tokens,
    output_tokens: tokens,
  }),
});

type Read = Exclude<ClaudeOutcome, { kind: 'failed' }>;

/** `stop_reason` decides what the content is worth before anything of it is read. */
function readMessage(text: string, requestId: string | undefined): Read {
  const read = decode('Claude', 'an answer', message, text, requestId);
  const usage: TokenUsage = {
    input: read.usage.input_tokens ?? 0,
    cacheWrite: read.usage.cache_creation_input_tokens ?? 0,
    cacheRead: read.usage.cache_read_input_tokens ?? 0,
    output: read.usage.output_tokens ?? 0,
  };
  const stopReason = read.stop_reason ?? '';
  const { model } = read;
  if (stopReason === 'refusal') {
    const why = read.stop_details?.explanation ?? read.stop_details?.category ?? 'no reason given';
    return { kind: 'refused', why, model, usage };
  }
  if (stopReason !== 'end_turn' && stopReason !== 'stop_sequence') return { kind: 'cut', stopReason, model, usage };
  // A thinking block may come first.
  const joined = read.content.flatMap((block) => (block.type === 'text' ? [block.text ?? ''] : [])).join('');
  return { kind: 'answer', text: joined, stopReason, model, usage };
}

function notAsked(): ServiceError {
  return new ServiceError({ service: 'Claude', kind: 'unavailable', message: 'Claude was not asked.' });
}
