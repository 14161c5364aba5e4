import type { SimulatorClock } from '../http/types.ts';
import { invalid, type Refusal, refusal } from './errors.ts';
import type { MakeId } from './ids.ts';
import { isObject, type JsonObject } from './json.ts';

/** Assumption: a batch ends two simulated minutes after it was made, and a canceled one ten seconds after that. */
const batchMs = 120_000;
const cancelMs = 10_000;
const dayMs = 86_400_000;
const mostRequests = 100_000;

/** Answers one request of a batch: `{ type: 'succeeded', message }` or `{ type: 'errored', error }`. */
export type RunOne = (params: unknown) => unknown;

interface Batch {
  readonly id: string;
  readonly requests: readonly { readonly customId: string; readonly params: unknown }[];
  readonly createdAt: number;
  readonly version: string;
  cancelAt: number | null;
  results: readonly { readonly custom_id: string; readonly result: unknown }[] | null;
}

/** Message batches on the simulated clock: work is done when somebody looks after the time is up. */
export interface Batches {
  create(body: unknown, origin: string, version: string): unknown | Refusal;
  get(id: string, origin: string): unknown | Refusal;
  list(query: URLSearchParams, origin: string): unknown;
  cancel(id: string, origin: string): unknown | Refusal;
  remove(id: string): unknown | Refusal;
  /** JSON lines in another order than the requests. */
  results(id: string): string | Refusal;
}

/** `runOne` is given the version the batch was made under. */
export function createBatches(clock: SimulatorClock, makeId: MakeId, runOne: (version: string) => RunOne): Batches {
  const batches = new Map<string, Batch>();
  const endOf = (batch: Batch): number =>
    batch.cancelAt === null
      ? batch.createdAt + batchMs
      : Math.min(batch.createdAt + batchMs, batch.cancelAt + cancelMs);
  const finish = (batch: Batch): void => {
    if (batch.results !== null || clock.now() < endOf(batch)) return;
    const isCanceled = batch.cancelAt !== null && batch.cancelAt < batch.createdAt + batchMs;
    const run = runOne(batch.version);
    const inOrder = batch.requests.map(({ customId, params }) => ({
      custom_id: customId,
      result: isCanceled ? { type: 'canceled' } : run(params),
    }));
    batch.results = shuffled(inOrder);
  };
  const find = (id: string): Batch | Refusal => {
    const batch = batches.get(id);
    if (batch === undefined) return refusal(404, `Could not find batch ${id}`);
    finish(batch);
    return batch;
  };
  const describe = (batch: Batch, origin: string): unknown => {
    const { results } = batch;
    const ended = results !== null;
    const counted = (type: string): number =>
      (results ?? []).filter(({ result }) => isObject(result) && result['type'] === type).length;
    return {
      id: batch.id,
      type: 'message_batch',
      processing_status: ended ? 'ended' : batch.cancelAt === null ? 'in_progress' : 'canceling',
      request_counts: {
        processing: ended ? 0 : batch.requests.length,
        succeeded: counted('succeeded'),
        errored: counted('errored'),
        canceled: counted('canceled'),
        expired: 0,
      },
      created_at: iso(batch.createdAt),
      expires_at: iso(batch.createdAt + dayMs),
      ended_at: ended ? iso(endOf(batch)) : null,
      cancel_initiated_at: batch.cancelAt === null ? null : iso(batch.cancelAt),
      archived_at: null,
      results_url: ended ? `${origin}/v1/messages/batches/${batch.id}/results` : null,
    };
  };
  return {
    create(body, origin, version) {
      const requests = readRequests(body);
      if ('status' in requests) return requests;
      const batch: Batch = {
        id: makeId('msgbatch'),
        requests: requests.list,
        createdAt: clock.now(),
        version,
        cancelAt: null,
        results: null,
      };
      batches.set(batch.id, batch);
      return describe(batch, origin);
    },
    get(id, origin) {
      const batch = find(id);
      return 'status' in batch ? batch : describe(batch, origin);
    },
    list(query, origin) {
      const all = [...batches.keys()].reverse();
      const after = query.get('after_id');
      const from = after === null ? 0 : all.indexOf(after) + 1;
      const page = all.slice(from, from + Number(query.get('limit') ?? 20));
      const data = page.map(find).flatMap((batch) => ('status' in batch ? [] : [describe(batch, origin)]));
      return {
        data,
        has_more: from + page.length < all.length,
        first_id: page[0] ?? null,
        last_id: page.at(-1) ?? null,
      };
    },
    cancel(id, origin) {
      const batch = find(id);
      if ('status' in batch) return batch;
      if (batch.results !== null) return invalid('Batch cannot be canceled because it has already ended.');
      batch.cancelAt ??= clock.now();
      return describe(batch, origin);
    },
    remove(id) {
      const batch = find(id);
      if ('status' in batch) return batch;
      if (batch.results === null) return invalid('Batch cannot be deleted before it has ended.');
      batches.delete(id);
      return { id, type: 'message_batch_deleted' };
    },
    results(id) {
      const batch = find(id);
      if ('status' in batch) return batch;
      if (batch.results === null) return refusal(404, `Batch ${id} has no available results.`);
      return batch.results.map((line) => `${JSON.stringify(line)}\n`).join('');
    },
  };
}

function readRequests(body: unknown): { readonly list: Batch['requests'] } | Refusal {
  const requests = isObject(body) ? body['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) return invalid('requests: Field required');
  if (requests.length > mostRequests) return refusal(413, `A batch may hold at most ${mostRequests} requests.`);
  const seen = new Set<string>();
  const list: { customId: string; params: unknown }[] = [];
  for (const [index, request] of requests.entries()) {
    const customId = isObject(request) ? (request as JsonObject)['custom_id'] : undefined;
    if (typeof customId !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(customId)) {
      return invalid(`requests.${index}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'`);
    }
    if (seen.has(customId)) return invalid(`requests.${index}.custom_id: '${customId}' is not unique in this batch`);
    seen.add(customId);
    list.push({ customId, params: isObject(request) ? request['params'] : undefined });
  }
  return { list };
}

/** Another order, always the same one: results come in any order. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  const odd = items.filter((_, index) => index % 2 === 1).reverse();
  return [...odd, ...items.filter((_, index) => index % 2 === 0)];
}

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
