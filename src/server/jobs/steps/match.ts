import type { StepOutcome } from '../../../lib/jobs/model.ts';
import { findCandidates } from '../../../lib/matching/candidates.ts';
import { type Chunk, chunksOf, lineTables } from '../../../lib/matching/chunks.ts';
import type { Opinion, Opinions } from '../../../lib/matching/model.ts';
import type { RowPlan } from '../../../lib/matching/plan-row.ts';
import { PROMPT_VERSION } from '../../../lib/matching/prompt.ts';
import { entryRecords, expenses, timeEntries } from '../../../lib/workbook/tables.ts';
import type { ClaudeClient } from '../../clients/claude-model.ts';
import { type Asked, askedKey, askModels } from '../../matching/ask.ts';
import { type MatchBooks, readMatchBooks } from '../../matching/books.ts';
import { type PlannedRow, planRows } from '../../matching/plan.ts';
import { storeOpinions, storeVerdicts } from '../../matching/store.ts';
import type { Step, StepContext } from '../step.ts';

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
  const waves = readCursor(cursor);
  const books = readMatchBooks(ctx.workbook);
  const planned = plan(ctx, books);
  const wave = nextWave(ctx, books, planned);
  if (wave.length === 0) {
    // Whatever people decided while the models were thinking holds.
    const left = settle(ctx, waves > 0 ? planAnew(ctx) : planned);
    return left === 0 ? { kind: 'done' } : more(ctx, waves);
  }
  ctx.progress(progressText(planned), planned.length - leftToAsk(planned), planned.length);
  const { asked, failure } = askModels(claudeOr(ctx, planned), wave, ctx.job.id);
  const opinions = merged(planned, asked);
  storeOpinions(ctx.workbook, opinions);
  const passing = failure?.kind === 'unavailable' || failure?.kind === 'badResponse';
  if (failure !== null && !(passing && opinions.length > 0)) {
    settle(ctx, planAnew(ctx));
    throw failure;
  }
  return more(ctx, waves);
};

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

/** Writes the verdicts of all rows that have what they need, and says how many rows are left to ask about. */
function settle(ctx: StepContext, planned: readonly PlannedRow[]): number {
  const judged = planned.flatMap(({ work, plan }) => (plan.kind === 'judge' ? [{ work, verdict: plan.verdict }] : []));
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
function claudeOr(ctx: StepContext, planned: readonly PlannedRow[]): ClaudeClient {
  try {
    return ctx.clients.claude();
  } catch (error) {
    settle(ctx, planned);
    throw error;
  }
}

function plan(ctx: StepContext, books: MatchBooks): readonly PlannedRow[] {
  return planRows(ctx.workbook, books, ctx.settings, ctx.period, ctx.job.id);
}

function planAnew(ctx: StepContext): readonly PlannedRow[] {
  for (const table of [timeEntries, expenses, entryRecords]) ctx.workbook.forget(table);
  return plan(ctx, readMatchBooks(ctx.workbook));
}

function more(ctx: StepContext, waves: number): StepOutcome {
  const planned = plan(ctx, readMatchBooks(ctx.workbook));
  return { kind: 'more', cursor: String(waves + 1), progress: progressText(planned) };
}

function progressText(planned: readonly PlannedRow[]): string {
  return `Matched ${planned.length - leftToAsk(planned)} of ${planned.length} time entries and expenses`;
}

function leftToAsk(planned: readonly PlannedRow[]): number {
  return planned.filter(({ plan: { kind } }) => kind === 'ask').length;
}

/** How many waves were asked so far. */
function readCursor(cursor: string | null): number {
  return Number(cursor ?? 0) || 0;
}
