import * as z from 'zod/mini';
import type { Job, JobKind } from '../../lib/jobs/model.ts';
import { MAX_VALUE_CHARACTERS, type PropertyBag } from '../properties.ts';

/** What is remembered of jobs between executions, in the document's properties (one value each, under 9 KB). */
export interface JobStore {
  /** The job that is active, or the last one that was. */
  load(): Job | null;
  save(job: Job): void;
  /** A person's wish to stop, heard by the execution that has the lock. */
  askToCancel(jobId: string, who: string): void;
  cancelAsked(jobId: string): string | null;
  /** Puts work in line that came due while another job was active, or made way for one; what stands in line already keeps its place. */
  queue(next: QueuedJob): void;
  /** What is in line, in its order. */
  queued(): readonly QueuedJob[];
  dropQueued(which: Pick<QueuedJob, 'kind' | 'period'>): void;
  /** The last month-end that was done, for the trigger's health. */
  rememberDone(done: DoneMonth): void;
  lastDone(): DoneMonth | null;
}

export interface QueuedJob {
  readonly kind: JobKind;
  readonly period: string;
  /** Email of the person in whose name it will run. */
  readonly by: string;
  /** Since when it is in line. */
  readonly sinceMs: number;
}

export interface DoneMonth {
  readonly period: string;
  readonly atMs: number;
}

export function createJobStore(properties: PropertyBag): JobStore {
  const read = <S extends z.ZodMiniType>(key: string, schema: S): z.output<S> | null => {
    const text = properties.get(key);
    if (text === null) return null;
    try {
      const result = z.safeParse(schema, JSON.parse(text));
      return result.success ? result.data : null;
    } catch {
      return null;
    }
  };
  const queued = (): readonly QueuedJob[] => read(QUEUE, z.array(queuedSchema)) ?? [];
  return {
    load: () => read(JOB, jobSchema),
    save: (job) => properties.set(JOB, fitting(job)),
    askToCancel: (jobId, who) => properties.set(CANCEL, JSON.stringify({ jobId, who })),
    cancelAsked: (jobId) => {
      const asked = read(CANCEL, cancelSchema);
      return asked !== null && asked.jobId === jobId ? asked.who : null;
    },
    queue: (next) => {
      const line = queued();
      if (!line.some((one) => isSame(one, next))) properties.set(QUEUE, JSON.stringify([...line, next]));
    },
    queued,
    dropQueued: (which) => {
      const left = queued().filter((one) => !isSame(one, which));
      if (left.length === 0) properties.remove(QUEUE);
      else properties.set(QUEUE, JSON.stringify(left));
    },
    rememberDone: (done) => properties.set(DONE, JSON.stringify(done)),
    lastDone: () => read(DONE, doneSchema),
  };
}

const JOB = 'job';
const CANCEL = 'job.cancel';
const QUEUE = 'job.queue';
const DONE = 'job.lastDone';

/** Is it the same work? */
export function isSame(one: Pick<QueuedJob, 'kind' | 'period'>, other: Pick<QueuedJob, 'kind' | 'period'>): boolean {
  return one.kind === other.kind && one.period === other.period;
}

/** The message gives way, so that only a cursor could be too long, and that is a mistake of a step. */
function fitting(job: Job): string {
  const progress = job.progress.slice(0, 300);
  for (const message of shorterAndShorter(job.message)) {
    const text = JSON.stringify({ ...job, message, progress });
    if (text.length <= MAX_VALUE_CHARACTERS) return text;
  }
  throw new Error('The state of the job is too long to be stored.');
}

/** A message whole, then with fewer and fewer of its lines and how many are left out, and at last its beginning. */
function* shorterAndShorter(message: string): Generator<string> {
  yield message;
  const lines = message.split('\n');
  const hidden = /^And (\d+) more\.$/.exec(lines[lines.length - 1] ?? '')?.[1];
  if (hidden !== undefined) lines.pop();
  for (let kept = lines.length - 1; kept > 0; kept -= 1) {
    yield [...lines.slice(0, kept), `And ${lines.length - kept + Number(hidden ?? 0)} more.`].join('\n');
  }
  yield message.slice(0, 2_000);
}

const kind = z.enum(['month-end', 'push', 'sync']);
const usage = z.object({
  harvestRequests: z.number(),
  claudeRequests: z.number(),
  quickbooksRequests: z.number(),
  inputTokens: z.number(),
  cachedTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
});
const jobSchema = z.object({
  id: z.string(),
  kind,
  period: z.string(),
  state: z.enum(['running', 'waiting', 'blocked', 'done', 'failed', 'cancelled']),
  startedBy: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.nullable(z.number()),
  stepIndex: z.number(),
  cursor: z.nullable(z.string()),
  failures: z.number(),
  waits: z.number(),
  executions: z.number(),
  progress: z.string(),
  doneCount: z.nullable(z.number()),
  totalCount: z.nullable(z.number()),
  message: z.string(),
  nextAtMs: z.nullable(z.number()),
  usage,
});
const cancelSchema = z.object({ jobId: z.string(), who: z.string() });
const queuedSchema = z.object({ kind, period: z.string(), by: z.string(), sinceMs: z.number() });
const doneSchema = z.object({ period: z.string(), atMs: z.number() });
