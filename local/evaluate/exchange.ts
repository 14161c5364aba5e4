/** Stands in Claude's place for one evaluation: passes requests on to the stand-in, or answers them from recorded responses. */
import { createClaude } from '../simulators/claude/claude.ts';
import { findModel, models as knownModels } from '../simulators/claude/models.ts';
import { jsonReply } from '../simulators/http/reply.ts';
import { startServer } from '../simulators/http/start-server.ts';
import type { SimulatorReply, SimulatorRequest } from '../simulators/http/types.ts';
import type { Models } from './labelled-firm.ts';

/** The text of a response body for the text of a request body; null: there is none. */
export type Answerer = (body: string) => Promise<string | null>;

export interface Exchange {
  readonly url: string;
  /** Bodies of all requests for answers so far, in the order in which they came; rows that look alike can make two that are the same. */
  bodies(): readonly string[];
  close(): Promise<void>;
}

/** The same for every answer, so that no run takes another way because of it. */
const ANSWER_SECONDS = 2;

/** Starts the exchange; `now` is the simulated clock's business only and stands still. */
export async function openExchange(models: Models, answer: Answerer): Promise<Exchange> {
  const seen: string[] = [];
  const reply = async (request: SimulatorRequest): Promise<SimulatorReply> => {
    if (request.method === 'GET' && request.path === '/v1/models') return jsonReply(200, modelList(models));
    if (request.method !== 'POST' || request.path !== '/v1/messages') return jsonReply(404, notFound());
    const body = request.body.toString('utf8');
    seen.push(body);
    const text = await answer(body);
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: text ?? JSON.stringify(nothingSaid(body)),
      seconds: ANSWER_SECONDS,
    };
  };
  const server = await startServer({
    name: 'claude',
    clock: { now: () => 0 },
    faults: [],
    handle: reply,
    errors: { status: (status) => jsonReply(status, notFound()), expiredToken: () => jsonReply(401, notFound()) },
  });
  return { url: server.url, bodies: () => [...seen], close: () => server.close() };
}

export interface StandIn {
  readonly answer: Answerer;
  close(): Promise<void>;
}

/** The stand-in model behind the exchange. A model that it does not know is answered for by one that it does. */
export async function openStandIn(models: Models): Promise<StandIn> {
  const plenty = 1_000_000_000;
  // Time only tells which request came first: a cached beginning can be read by later ones.
  let ticks = 0;
  const claude = await createClaude({
    clock: { now: () => ticks },
    firstModel: knownName(models.first, 'claude-haiku-5-5'),
    limits: { requests: plenty, inputTokens: plenty, outputTokens: plenty },
  });
  return {
    async answer(text) {
      const body = JSON.parse(text) as { readonly model: string };
      const asked = knownName(body.model, body.model === models.first ? 'claude-haiku-5-5' : 'claude-sonnet-5-5');
      const response = await fetch(`${claude.url}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'none', 'anthropic-version': '2026-10-21' },
        body: asked === body.model ? text : JSON.stringify({ ...body, model: asked }),
      });
      ticks += 1;
      const said = (await response.json()) as Readonly<Record<string, unknown>>;
      if (response.status !== 200) throw new Error(`The stand-in refused a request: ${JSON.stringify(said)}`);
      return JSON.stringify({ ...said, model: body.model });
    },
    close: () => claude.close(),
  };
}

function knownName(model: string, otherwise: string): string {
  return findModel(model) === undefined ? otherwise : model;
}

function modelList(models: Models) {
  const ids = [...new Set([models.first, models.second, ...knownModels.map((model) => model.id)])];
  return { data: ids.map((id) => ({ type: 'model', id })), has_more: false, first_id: ids[0], last_id: ids.at(-1) };
}

/** A message that answers nothing: what was asked stays unanswered, and is flagged. */
function nothingSaid(body: string): unknown {
  const { model } = JSON.parse(body) as { readonly model: string };
  return {
    id: 'msg_unanswered',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: '{}' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 0, output_tokens: 0 },
  };
}

function notFound() {
  return { type: 'error', error: { type: 'not_found_error', message: 'Not found' } };
}
