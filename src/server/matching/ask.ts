import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { CheckedAnswer } from '../../lib/matching/answer.ts';
import type { Chunk } from '../../lib/matching/chunks.ts';
import type { Opinion } from '../../lib/matching/model.ts';
import { matchRequest, type PastDecision } from '../../lib/matching/prompt.ts';
import { settle } from '../../lib/matching/settle.ts';
import type { ClaudeClient, ClaudeOutcome } from '../clients/claude-model.ts';

/** What the models said, by table and key of the row, then by model. */
export type Asked = ReadonlyMap<string, ReadonlyMap<string, Opinion>>;

export interface AskResult {
  readonly asked: Asked;
  /** Why some rows have no opinion yet; they are asked again when the job goes on. */
  readonly failure: ServiceError | null;
}

/** Names a row in `Asked`. */
export function askedKey(table: 'time' | 'expense', key: string): string {
  return `${table} ${key}`;
}

/**
 * Puts requests to the models, and what they left out once more. What is missing then is an opinion of kind `unanswered`. A failure
 * of the service takes nothing away from the answers that did come.
 * @param pastFor past decisions to learn from, for the rows of a request
 * @param job its id, kept with what was not answered
 */
export function askModels(
  claude: ClaudeClient,
  chunks: readonly Chunk[],
  pastFor: (chunk: Chunk) => readonly PastDecision[],
  job: string,
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

  let failure: ServiceError | null = null;
  let pending = chunks;
  for (let round = 1; round <= ROUNDS && pending.length > 0 && failure === null; round++) {
    const again: Chunk[] = [];
    const outcomes = claude.messages(
      pending.map((chunk) => matchRequest(chunk.model, chunk.table, pastFor(chunk), chunk.questions)),
    );
    pending.forEach((chunk, index) => {
      const outcome = outcomes[index] ?? noOutcome();
      if (outcome.kind === 'failed') {
        if (concernsOnlyIt(outcome.error, chunk, pending, outcomes)) giveUp(chunk);
        else failure ??= outcome.error;
        return;
      }
      const settled = settle(chunk, outcome);
      for (const [key, answer] of settled.answers) keep(chunk, key, opinionOf(chunk.model, answer));
      again.push(...settled.again);
    });
    if (round === ROUNDS) again.forEach(giveUp);
    pending = again;
  }
  return { asked, failure };
}

/** Everything is asked once, and what is missing once more. */
const ROUNDS = 2;

function opinionOf(model: string, { line, confidence, reason }: CheckedAnswer): Opinion {
  return { kind: 'answer', model, line, confidence, reason };
}

/** Refused for what is in it, while the same model took another request: the rest of the month goes on without it. */
function concernsOnlyIt(
  error: ServiceError,
  chunk: Chunk,
  chunks: readonly Chunk[],
  outcomes: readonly ClaudeOutcome[],
): boolean {
  return (
    error.kind === 'rejected' &&
    chunks.some((other, at) => other.model === chunk.model && outcomes[at]?.kind !== 'failed')
  );
}

function noOutcome(): ClaudeOutcome {
  return {
    kind: 'failed',
    error: new ServiceError({ service: 'Claude', kind: 'unavailable', message: 'Claude did not answer.' }),
  };
}
