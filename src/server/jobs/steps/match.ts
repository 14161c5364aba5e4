import type { StepOutcome } from '../../../lib/jobs/model.ts';
import { findCandidates } from '../../../lib/matching/candidates.ts';
import { type Chunk, chunksOf, lineTables } from '../../../lib/matching/chunks.ts';
import type { Opinion, Opinions } from '../../../lib/matching/model.ts';
import type { RowPlan } from '../../../lib/matching/plan-row.ts';
import { PROMPT_VERSION } from '../../../lib/matching/prompt.ts';
import { entryRecords, expenses, timeEntries } from '../../../lib/workbook/tables.ts';
import { type Asked, askedKey, askModels } from '../../matching/ask.ts';
import { type MatchBooks, readMatchBooks } from '../../matching/books.ts';
import { type PlannedRow, planRows } from '../../matching/plan.ts';
import { storeOpinions, storeVerdicts } from '../../matching/store.ts';
import type { Step, StepContext } from '../step.ts';

/** Requests per chunk of this step; both opinions on a month of 1,600 entries come to about 100. */
const WAVE = 24;
/** Near the end of an execution, so that what is asked last still ends within it. */
const SMALL_WAVE = 8;
const SMALL_WAVE_BELOW_MS = 90_000;

/**
 * Matches time entries and expenses to SOW lines: all open rows from First period to the job's period, late ones of earlier months
 * too. One chunk asks one wave of requests, keeps the answers, and writes the verdicts that they allow. Everything that is left to
 * do shows in the tabs, so a chunk may be done twice; the cursor only counts.
 */
export const matchStep: Step = (ctx, cursor) => {
  const count = readCursor(cursor);
  const books = readMatchBooks(ctx.workbook);
  const planned = planRows(ctx.workbook, books, ctx.settings, ctx.period, ctx.job.id);
  const wave = nextWave(ctx, books, planned);
  if (wave.length === 0) {
    const judged = settle(ctx, planned, count);
    logResult(ctx, judged);
    return { kind: 'done' };
  }
  showProgress(ctx, planned);
  const { asked, failure } = askModels(ctx.clients.claude(), wave, ctx.job.id);
  const opinions = merged(planned, asked);
  storeOpinions(ctx.workbook, opinions);
  // People may have decided about rows while the models were thinking; their word holds.
  for (const table of [timeEntries, expenses, entryRecords]) ctx.workbook.forget(table);
  const now = planRows(ctx.workbook, readMatchBooks(ctx.workbook), ctx.settings, ctx.period, ctx.job.id);
  const judged = settle(ctx, now, count);
  const passing = failure?.kind === 'unavailable' || failure?.kind === 'badResponse';
  if (failure !== null && !(passing && opinions.length > 0)) throw failure;
  return more(now, { ...judged, waves: count.waves + 1 });
};

/** What this job has matched so far. */
interface Count {
  readonly waves: number;
  readonly accepted: number;
  readonly flagged: number;
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

/** Writes the verdicts of all rows that have what they need. */
function settle(ctx: StepContext, planned: readonly PlannedRow[], count: Count): Count {
  const judged = planned.flatMap(({ work, plan }) => (plan.kind === 'judge' ? [{ work, verdict: plan.verdict }] : []));
  storeVerdicts(ctx.workbook, judged);
  const fresh = judged.filter(({ work }) => work.row.status === 'new');
  const accepted = fresh.filter(({ verdict }) => verdict.status === 'auto').length;
  return { ...count, accepted: count.accepted + accepted, flagged: count.flagged + fresh.length - accepted };
}

function more(planned: readonly PlannedRow[], count: Count): StepOutcome {
  return { kind: 'more', cursor: JSON.stringify(count), progress: progressText(planned) };
}

function showProgress(ctx: StepContext, planned: readonly PlannedRow[]): void {
  const left = planned.filter(({ plan }) => plan.kind === 'ask').length;
  ctx.progress(progressText(planned), planned.length - left, planned.length);
}

function progressText(planned: readonly PlannedRow[]): string {
  const left = planned.filter(({ plan }) => plan.kind === 'ask').length;
  return `Matched ${planned.length - left} of ${planned.length} time entries and expenses`;
}

function logResult(ctx: StepContext, { accepted, flagged }: Count): void {
  if (accepted + flagged === 0) return;
  ctx.log({ what: 'Matched', where: ctx.period, after: `${accepted} accepted, ${flagged} to look at` });
}

function readCursor(cursor: string | null): Count {
  const none: Count = { waves: 0, accepted: 0, flagged: 0 };
  if (cursor === null) return none;
  const read: unknown = JSON.parse(cursor);
  return typeof read === 'object' && read !== null ? { ...none, ...read } : none;
}
