import type { StepOutcome } from '../../../lib/jobs/model.ts';
import type { ServiceError } from '../../../lib/jobs/service-error.ts';
import { findCandidates } from '../../../lib/matching/candidates.ts';
import { type Chunk, chunksOf, lineTables } from '../../../lib/matching/chunks.ts';
import { examplesFrom } from '../../../lib/matching/examples.ts';
import type { Opinion, Opinions } from '../../../lib/matching/model.ts';
import type { RowPlan } from '../../../lib/matching/plan-row.ts';
import { type PastDecision, PROMPT_VERSION } from '../../../lib/matching/prompt.ts';
import { cutSows } from '../../../lib/matching/prompt-size.ts';
import { recordKey } from '../../../lib/pull/keys.ts';
import { entryRecords, expenses, timeEntries } from '../../../lib/workbook/tables.ts';
import { SPEND_LIMIT } from '../../clients/claude-errors.ts';
import type { ClaudeClient } from '../../clients/claude-model.ts';
import { type Asked, askedKey, askModels } from '../../matching/ask.ts';
import { sampled } from '../../matching/audits.ts';
import { type MatchBooks, readMatchBooks } from '../../matching/books.ts';
import { lessonsOf } from '../../matching/past.ts';
import { type PlannedRow, planRows } from '../../matching/plan.ts';
import { storeAudits, storeOpinions, storeVerdicts } from '../../matching/store.ts';
import type { Step, StepContext } from '../step.ts';
import { type MatchCursor, readCursor, writeCursor } from './match-cursor.ts';

/** Requests per chunk of this step: three rounds of the client's waves, about a minute and a half; a month of 1,600 entries needs about 100. */
const WAVE = 75;
/** Near the end of an execution, so that what is asked last still ends within it. */
const SMALL_WAVE = 25;
const SMALL_WAVE_BELOW_MS = 150_000;

/**
 * Matches time entries and expenses to SOW lines: all open rows from First period to the job's period, late ones of earlier months
 * too. Each chunk asks one wave of requests and keeps the answers in Entry records; when nothing is left to ask, or nothing more can be
 * asked, the verdicts are written. What is left to do shows in the tabs, so a chunk may be done twice; the cursor only counts.
 */
export const matchStep: Step = (ctx, cursor) => {
  const { waves, strikes: before } = readCursor(cursor);
  const books = readMatchBooks(ctx.workbook);
  const planned = plan(ctx, books);
  const wave = nextWave(ctx, books, planned);
  if (waves === 0) tellCutSows(ctx, wave);
  if (wave.length === 0) {
    const left = waves > 0 ? settleAnew(ctx) : settle(ctx, books, planned);
    return left === 0 ? { kind: 'done' } : more(ctx, { waves: waves + 1, strikes: before });
  }
  ctx.progress(progressText(planned), planned.length - leftToAsk(planned), planned.length);
  const claude = claudeOr(ctx, books, planned);
  const { asked, failure, strikes } = askModels(claude, wave, examplesFor(books), ctx.job.id, before);
  const opinions = merged(planned, asked);
  storeOpinions(ctx.workbook, opinions);
  const next = { waves: waves + 1, strikes };
  if (failure === null || (opinions.length > 0 && mayPass(failure))) return more(ctx, next);
  settleAnew(ctx);
  return { kind: 'hindered', error: failure, cursor: writeCursor(next) };
};

/** Worth another try at once where others were answered; what all requests would meet is not. */
function mayPass({ kind, code }: ServiceError): boolean {
  return kind === 'unavailable' || kind === 'badResponse' || (kind === 'rateLimited' && code !== SPEND_LIMIT);
}

type AskPlan = Extract<RowPlan, { readonly kind: 'ask' }>;

function nextWave(ctx: StepContext, books: MatchBooks, planned: readonly PlannedRow[]): readonly Chunk[] {
  const asks = planned.flatMap(({ item, plan }) =>
    plan.kind === 'ask' ? [{ item, candidates: plan.candidates.lines, models: plan.models }] : [],
  );
  if (asks.length === 0) return [];
  const rows = planned.map(({ item }) => ({ item, candidates: findCandidates(item, books.sows).lines }));
  const size = ctx.timeLeft() < SMALL_WAVE_BELOW_MS ? SMALL_WAVE : WAVE;
  return chunksOf(asks, lineTables(rows, books.sows, books.sowText)).slice(0, size);
}

/** Past decisions for the rows of a request; both models are shown the same. */
function examplesFor(books: MatchBooks): (chunk: Chunk) => readonly PastDecision[] {
  const find = examplesFrom(lessonsOf(books));
  const found = new Map<Chunk['questions'], readonly PastDecision[]>();
  return ({ table, questions }) => {
    const past = found.get(questions) ?? find(table, questions);
    found.set(questions, past);
    return past;
  };
}

/** Whoever wrote a very long SOW should know that the models do not see all of it. */
function tellCutSows(ctx: StepContext, wave: readonly Chunk[]): void {
  const tables = new Set(wave.map((chunk) => chunk.table));
  const sows = new Set([...tables].flatMap(cutSows));
  if (sows.size === 0) return;
  ctx.log({
    what: 'SOW text too long for the models',
    where: [...sows].join(', '),
    after: 'They read its beginning only. Put what matters of the rest into the Description of its lines.',
  });
}

/** The stored opinions with the new ones. A second opinion without a first is let go; both are asked again. */
function merged(planned: readonly PlannedRow[], asked: Asked) {
  return planned.flatMap(({ work, plan }) => {
    const answers = plan.kind === 'ask' ? asked.get(askedKey(work.table, work.row.key)) : undefined;
    if (plan.kind !== 'ask' || answers === undefined) return [];
    const opinions = withAnswers(plan, answers);
    return opinions === null ? [] : [{ work, mark: plan.mark, opinions }];
  });
}

function withAnswers(plan: AskPlan, answers: ReadonlyMap<string, Opinion>): Opinions | null {
  const { known, models } = plan;
  const given = models.map((model) => answers.get(model));
  const [first, second] = known === null ? given : [known.first, given[0]];
  if (first === undefined) return null;
  return { prompt: PROMPT_VERSION, first, ...(second === undefined ? {} : { second }) };
}

/**
 * Writes the verdicts of all rows that have what they need, those drawn for checking first, and says how many rows are left to ask
 * about.
 */
function settle(ctx: StepContext, books: MatchBooks, planned: readonly PlannedRow[]): number {
  const found = planned.flatMap(({ work, plan }) => (plan.kind === 'judge' ? [{ ...plan, work }] : []));
  const toAsk = planned.flatMap(({ item, plan }) => (plan.kind === 'ask' ? [item] : []));
  const done = sampled(books, ctx.settings, found, toAsk);
  const judged = found.map(({ work, verdict }) => {
    const after = done.get(recordKey(work.table, work.row.key));
    const audit = after?.passedOver === true ? ('passed over' as const) : after?.audit;
    return { work, verdict: after?.verdict ?? verdict, audit };
  });
  storeAudits(
    ctx.workbook,
    judged.flatMap(({ work, audit }) => (audit === undefined ? [] : [{ work, audit }])),
  );
  storeVerdicts(ctx.workbook, judged);
  const fresh = judged.filter(({ work }) => work.row.status === 'new');
  const accepted = fresh.filter(({ verdict }) => verdict.status === 'auto').length;
  if (fresh.length > 0) {
    ctx.log({
      what: 'Matched',
      where: ctx.period,
      after: `${accepted} accepted, ${fresh.length - accepted} to look at`,
    });
  }
  return leftToAsk(planned);
}

/** The connection to Claude. Without one the rows that need none are still done before the job stops. */
function claudeOr(ctx: StepContext, books: MatchBooks, planned: readonly PlannedRow[]): ClaudeClient {
  try {
    return ctx.clients.claude();
  } catch (error) {
    settle(ctx, books, planned);
    throw error;
  }
}

function plan(ctx: StepContext, books: MatchBooks): readonly PlannedRow[] {
  return planRows(ctx.workbook, books, ctx.settings, ctx.period, ctx.job.id);
}

/** Looks at the tabs again before it writes: whatever people decided meanwhile holds. */
function settleAnew(ctx: StepContext): number {
  for (const table of [timeEntries, expenses, entryRecords]) ctx.workbook.forget(table);
  const books = readMatchBooks(ctx.workbook);
  return settle(ctx, books, plan(ctx, books));
}

function more(ctx: StepContext, next: MatchCursor): StepOutcome {
  const planned = plan(ctx, readMatchBooks(ctx.workbook));
  return { kind: 'more', cursor: writeCursor(next), progress: progressText(planned) };
}

function progressText(planned: readonly PlannedRow[]): string {
  return `Matched ${planned.length - leftToAsk(planned)} of ${planned.length} time entries and expenses`;
}

function leftToAsk(planned: readonly PlannedRow[]): number {
  return planned.filter(({ plan: { kind } }) => kind === 'ask').length;
}
