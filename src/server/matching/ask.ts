import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { CheckedAnswer } from '../../lib/matching/answer.ts';
import type { Chunk } from '../../lib/matching/chunks.ts';
import type { Opinion } from '../../lib/matching/model.ts';
import { matchRequest, type PastDecision } from '../../lib/matching/prompt.ts';
import { settle } from '../../lib/matching/settle.ts';
import type { ClaudeClient, ClaudeOutcome, ClaudeRequestBody } from '../clients/claude-model.ts';

/** What the models said, by table and key of the row, then by model. */
export type Asked = ReadonlyMap<string, ReadonlyMap<string, Opinion>>;

export interface AskResult {
  readonly asked: Asked;
  /** Why some rows have no opinion yet; they are asked again when the job goes on. */
  readonly failure: ServiceError | null;
  /** Requests that failed by themselves, so far without end. */
  readonly strikes: Strikes;
}

/**
 * How many times in a row a request failed while Claude answered others, by its model and first row. 0: there was no answer, and no other
 * one to tell by; the next time Claude is asked something small first.
 */
export type Strikes = ReadonlyMap<string, number>;

/** Names a row in `Asked`. */
export function askedKey(table: 'time' | 'expense', key: string): string {
  return `${table} ${key}`;
}

/**
 * Puts requests to the models, and what they left out once more. What is missing then is an opinion of kind `unanswered`. A failure
 * of the service takes nothing away from the answers that did come. A request that fails again and again while Claude answers others
 * is given up: its rows are `unanswered`, and the rest of the month goes on.
 * @param pastFor past decisions to learn from, for the rows of a request
 * @param job its id, kept with what was not answered
 * @param before the strikes that were given back the last time
 */
export function askModels(
  claude: ClaudeClient,
  chunks: readonly Chunk[],
  pastFor: (chunk: Chunk) => readonly PastDecision[],
  job: string,
  before: Strikes = new Map(),
): AskResult {
  const asked = new Map<string, Map<string, Opinion>>();
  const keep = (chunk: Chunk, key: string, opinion: Opinion): void => {
    const table = chunk.questions[0]?.item.table ?? 'time';
    const opinions = asked.get(askedKey(table, key)) ?? new Map<string, Opinion>();
    opinions.set(chunk.model, opinion);
    asked.set(askedKey(table, key), opinions);
  };
  const giveUp = (chunk: Chunk): void => {
    for (const { item } of chunk.questions) keep(chunk, item.key, { kind: 'unanswered', model: chunk.model, job });
  };

  const strikes = new Map<string, number>();
  const works = serviceCheck(claude);
  let struck: ServiceError | null = null;
  let failure: ServiceError | null = null;
  let pending = chunks;
  for (let round = 1; round <= ROUNDS && pending.length > 0 && failure === null; round++) {
    const again: Chunk[] = [];
    const failed: Failed[] = [];
    const silent = round === 1 ? silentModel(pending, before, works) : null;
    if (silent !== null) return { asked, failure: silent, strikes: before };
    const outcomes = claude.messages(
      pending.map((chunk) => matchRequest(chunk.model, chunk.table, pastFor(chunk), chunk.questions)),
    );
    pending.forEach((chunk, index) => {
      const outcome = outcomes[index] ?? noOutcome();
      if (outcome.kind === 'failed') {
        failed.push({ chunk, error: outcome.error });
        return;
      }
      works.seen(chunk.model);
      const settled = settle(chunk, outcome);
      for (const [key, answer] of settled.answers) keep(chunk, key, opinionOf(chunk.model, answer));
      again.push(...settled.again);
    });
    const few = failed.filter(({ error }) => isTrouble(error)).length <= MOST_BY_THEMSELVES;
    for (const { chunk, error } of failed) {
      const name = requestName(chunk);
      const times = before.get(name) ?? 0;
      if (error.kind === 'rejected' && works.answered(chunk.model)) giveUp(chunk);
      else if (failure !== null || !few || !isTrouble(error)) failure ??= error;
      else if (isHanging(error) && !works.answered(chunk.model)) {
        strikes.set(name, times);
        failure = error;
      } else if (works.now(chunk.model) !== null) failure = error;
      else if (times + 1 >= STRIKES) giveUp(chunk);
      else {
        strikes.set(name, times + 1);
        struck ??= error;
      }
    }
    if (round === ROUNDS) again.forEach(giveUp);
    pending = again;
  }
  return { asked, failure: failure ?? struck, strikes };
}

/** Everything is asked once, and what is missing once more. */
const ROUNDS = 2;

/** So many times in a row, some minutes apart where nothing else is left to do, and a request that alone fails is given up. */
const STRIKES = 4;

/** Where more fail at once, it is the service and not what is in them. */
const MOST_BY_THEMSELVES = 8;

interface Failed {
  readonly chunk: Chunk;
  readonly error: ServiceError;
}

/** Not readable or not served, which may lie in the request or in the service; an overload lies in the service. */
function isTrouble(error: ServiceError): boolean {
  return error.kind === 'badResponse' || (error.kind === 'unavailable' && error.status !== OVERLOADED);
}

const OVERLOADED = 529;

type Check = ReturnType<typeof serviceCheck>;

/** Whether Claude answers: seen by other answers of the model, else by a question of three words, asked once. */
function serviceCheck(claude: ClaudeClient) {
  const found = new Map<string, ServiceError | null>();
  const ask = (model: string): ServiceError | null => {
    const [outcome = noOutcome()] = claude.messages([smallRequest(model)]);
    return outcome.kind === 'failed' ? outcome.error : null;
  };
  return {
    seen: (model: string): void => {
      found.set(model, null);
    },
    answered: (model: string): boolean => found.get(model) === null,
    /** Why it does not answer; null: it does. */
    now: (model: string): ServiceError | null => {
      const known = found.get(model);
      if (known !== undefined) return known;
      const why = ask(model);
      found.set(model, why);
      return why;
    },
  };
}

/** No answer at all: a question more, by itself, may hang as well and cost a minute. */
function isHanging({ kind, status }: ServiceError): boolean {
  return kind === 'unavailable' && status === 0;
}

/**
 * Why a model does not answer of which a request failed the last time; null where there is none, or it answers something small by now. Asked
 * first: a long request that hangs costs a minute, and would tell nothing by itself.
 */
function silentModel(chunks: readonly Chunk[], before: Strikes, works: Check): ServiceError | null {
  const doubted = chunks.filter((chunk) => before.has(requestName(chunk))).map(({ model }) => model);
  return doubted.map(works.now).find((why) => why !== null) ?? null;
}

function smallRequest(model: string): ClaudeRequestBody {
  return { model, max_tokens: 100, messages: [{ role: 'user', content: 'Answer with yes.' }] };
}

/** Names a request as long as its first row is not answered. */
function requestName({ model, questions }: Chunk): string {
  const item = questions[0]?.item;
  return `${model} ${item?.table ?? ''} ${item?.key ?? ''}`;
}

function opinionOf(model: string, { line, confidence, reason }: CheckedAnswer): Opinion {
  return { kind: 'answer', model, line, confidence, reason };
}

function noOutcome(): ClaudeOutcome {
  return {
    kind: 'failed',
    error: new ServiceError({ service: 'Claude', kind: 'unavailable', message: 'Claude did not answer.' }),
  };
}
