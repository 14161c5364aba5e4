import { jsonReply } from '../http/reply.ts';
import { startServer } from '../http/start-server.ts';
import type {
  ScenarioFault,
  SimulatorClock,
  SimulatorReply,
  SimulatorRequest,
  SimulatorServer,
} from '../http/types.ts';
import { createBatches } from './batches.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { checkHeaders, type Version } from './check-headers.ts';
import { composeMessage } from './compose-message.ts';
import { errorBody, errorReply, invalid, type Refusal, refusal, statusReply } from './errors.ts';
import { createIds } from './ids.ts';
import { isObject, parseJson } from './json.ts';
import type { FixedAnswer } from './model/fixed-answers.ts';
import { createPdfReader } from './model/read-pdf.ts';
import { createStandIn } from './model/stand-in.ts';
import { findModel, modelInfo, models } from './models.ts';
import { answerFaults, ownFaults } from './own-faults.ts';
import { createPromptCache, type InputUsage } from './prompt-cache.ts';
import { createRateLimits, type Limits } from './rate-limits.ts';
import { inputTokens } from './tokens.ts';

export interface ClaudeOptions {
  readonly clock: SimulatorClock;
  readonly faults?: readonly ScenarioFault[];
  /** The only key that is accepted; any when left out. */
  readonly apiKey?: string;
  /** What the model says about entries with certain notes; others it judges by itself. */
  readonly answers?: readonly FixedAnswer[];
  /** Id of the model that is asked first; any other gives the second opinion. */
  readonly firstModel: string;
  /** Per minute and model class; the Start tier when left out. */
  readonly limits?: Limits;
  /** The address that links in answers start with; the server's own when left out. */
  readonly publicUrl?: string;
}

const mostBytes = { message: 32 * 1024 * 1024, batch: 256 * 1024 * 1024 } as const;

/** Assumption: an answer takes two seconds and 12 ms for each token of it; other calls 0.3 s. */
const seconds = { answer: 2, perToken: 0.012, other: 0.3 } as const;

/** Starts a Claude API whose model is a stand-in: Messages, token counting, models and batches, with errors, limits and faults. */
export async function createClaude(options: ClaudeOptions): Promise<SimulatorServer> {
  const makeId = createIds();
  const cache = createPromptCache(options.clock);
  const limits = createRateLimits(options.clock, options.limits);
  const pdfs = createPdfReader();
  const standIn = createStandIn(options.answers ?? [], options.firstModel, pdfs.pagesOf);
  const batches = createBatches(options.clock, makeId, (version) => (params) => {
    const checked = checkBody(params, version as Version, 'batch');
    if ('status' in checked) return { type: 'errored', error: errorBody(checked, makeId('req')) };
    return { type: 'succeeded', message: compose(checked, cache(checked), 'batch', []).message };
  });

  const compose = (checked: CheckedBody, usage: InputUsage, tier: 'standard' | 'batch', faults: readonly string[]) => {
    const { text, items } = standIn(checked, answerFaults(faults));
    return composeMessage({ id: makeId('msg'), checked, usage, text, items, tier, faults });
  };

  const message = (request: SimulatorRequest, version: Version, requestId: string): SimulatorReply => {
    const limited = limitFault(request.ownFaults);
    if (limited !== null) return errorReply(limited, requestId);
    const checked = checkBody(parseJson(request.body.toString('utf8')), version, 'message');
    if ('status' in checked) return errorReply(checked, requestId);
    const asked = inputTokens(checked.body);
    if (asked > checked.model.maxInput) {
      return errorReply(invalid(`prompt is too long: ${asked} tokens > ${checked.model.maxInput} maximum`), requestId);
    }
    const usage = cache(checked);
    const wait = limits.take(checked.model, usage.input + usage.written5m + usage.written1h);
    const headers = limits.headers(checked.model);
    if (wait !== null) return withHeaders(errorReply(wait, requestId), headers);
    const composed = compose(checked, usage, 'standard', request.ownFaults);
    limits.spend(checked.model, composed.outputTokens);
    return jsonReply(200, composed.message, {
      headers: { ...headers, 'request-id': requestId, 'anthropic-workspace-id': 'wrkspc_simulated' },
      seconds: Math.round((seconds.answer + seconds.perToken * composed.outputTokens) * 1000) / 1000,
    });
  };

  return startServer({
    name: 'claude',
    clock: options.clock,
    faults: options.faults ?? [],
    ownFaults,
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    errors: {
      status: (status) => statusReply(status, makeId('req')),
      expiredToken: () => errorReply(refusal(401, 'invalid x-api-key'), makeId('req')),
    },
    handle(request) {
      const requestId = makeId('req');
      const version = checkHeaders(request, options.apiKey);
      if (typeof version !== 'string') return errorReply(version, requestId);
      const limit = request.path.startsWith('/v1/messages/batches') ? mostBytes.batch : mostBytes.message;
      if (request.body.length > limit) return errorReply(refusal(413), requestId);
      if (request.method === 'POST' && request.path === '/v1/messages') {
        const body = request.body.includes('application/pdf') ? parseJson(request.body.toString('utf8')) : null;
        const answer = () => message(request, version, requestId);
        return isObject(body) ? pdfs.read(body).then(answer) : answer();
      }
      return answerOther(request, version, requestId, batches);
    },
  });
}

function answerOther(
  request: SimulatorRequest,
  version: Version,
  requestId: string,
  batches: ReturnType<typeof createBatches>,
): SimulatorReply {
  const give = (value: unknown): SimulatorReply =>
    isRefusal(value)
      ? errorReply(value, requestId)
      : jsonReply(200, value, { headers: { 'request-id': requestId }, seconds: seconds.other });
  const body = (): unknown => parseJson(request.body.toString('utf8'));
  const { origin } = request;
  const [, collection = '', id, action] = request.path
    .replace('/messages/batches', '/batches')
    .split('/')
    .filter(Boolean);
  switch (
    `${request.method} ${collection}${id === undefined ? '' : '/id'}${action === undefined ? '' : `/${action}`}`
  ) {
    case 'GET models':
      return give(modelPage(request.query));
    case 'GET models/id': {
      const model = findModel(decodeURIComponent(id ?? ''));
      return give(model === undefined ? refusal(404, `model: ${id}`) : modelInfo(model));
    }
    case 'POST messages/id': {
      if (id !== 'count_tokens') return give(refusal(404));
      const checked = checkBody(body(), version, 'count');
      return give('status' in checked ? checked : { input_tokens: inputTokens(checked.body) });
    }
    case 'POST batches':
      return give(batches.create(body(), origin, version));
    case 'GET batches':
      return give(batches.list(request.query, origin));
    case 'GET batches/id':
      return give(batches.get(id ?? '', origin));
    case 'DELETE batches/id':
      return give(batches.remove(id ?? ''));
    case 'POST batches/id/cancel':
      return give(batches.cancel(id ?? '', origin));
    case 'GET batches/id/results': {
      const results = batches.results(id ?? '');
      if (typeof results !== 'string') return give(results);
      const headers = { 'content-type': 'application/x-jsonl', 'request-id': requestId };
      return { status: 200, headers, body: results, seconds: seconds.other };
    }
    default:
      return give(refusal(404));
  }
}

function modelPage(query: URLSearchParams): unknown {
  const after = query.get('after_id');
  const from = after === null ? 0 : models.findIndex((model) => model.id === after) + 1;
  const page = models.slice(from, from + Number(query.get('limit') ?? 20));
  return {
    data: page.map(modelInfo),
    has_more: from + page.length < models.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

function limitFault(faults: readonly string[]): Refusal | null {
  if (faults.includes('spend limit')) {
    return invalid(
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    );
  }
  if (!faults.includes('monthly cap')) return null;
  return {
    ...refusal(429, 'Your organization has reached its monthly spend limit.'),
    errorCode: 'enforced_spend_limit_reached',
  };
}

function withHeaders(reply: SimulatorReply, headers: Readonly<Record<string, string>>): SimulatorReply {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'status' in value &&
    typeof value.status === 'number' &&
    'message' in value
  );
}
