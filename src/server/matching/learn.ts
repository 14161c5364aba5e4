import { monthOf } from '../../lib/calendar.ts';
import { answeredText, type KeptRow, learnedRecord, WAITING } from '../../lib/learning/learned.ts';
import type { PastRow } from '../../lib/learning/read-history.ts';
import type { MatchedPast } from '../../lib/learning/report.ts';
import { writeAudit } from '../../lib/matching/audit.ts';
import { findCandidates } from '../../lib/matching/candidates.ts';
import { chunksOf, lineTables } from '../../lib/matching/chunks.ts';
import type { Opinions } from '../../lib/matching/model.ts';
import { readOpinions, writeOpinions } from '../../lib/matching/opinions.ts';
import { type MatchRules, planRow, type RowPlan } from '../../lib/matching/plan-row.ts';
import { PROMPT_VERSION } from '../../lib/matching/prompt.ts';
import { type JudgedRow, sampleRows } from '../../lib/matching/sample-rows.ts';
import { recordKey } from '../../lib/pull/keys.ts';
import type { RecordRow } from '../../lib/pull/model.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { entryRecords } from '../../lib/workbook/tables.ts';
import type { ClaudeClient } from '../clients/claude-model.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { askedKey, askModels } from './ask.ts';
import { evidenceNow, modelsOf } from './audits.ts';
import type { MatchBooks } from './books.ts';

export interface LearnDeps {
  readonly workbook: Workbook;
  /** Called only when there is something to ask; throws a ServiceError when not connected. */
  claude(): ClaudeClient;
}

export interface Learnt {
  readonly matched: readonly MatchedPast[];
  /** Rows that were not asked about yet. */
  readonly left: number;
  /** Rows that would count as checked. */
  readonly audited: number;
}

/** Rows in one call: 20 requests side by side, well under the time that a call may take. */
const MOST_ROWS = 400;
const JOB = 'learning';

/**
 * Has the models match rows whose line is known, as they would match a month, without showing them the answers, and keeps answers and
 * known lines in Entry records. Nothing of it is used before a person says so (`useRows`). What was asked before is not asked again; rows
 * beyond those of one call wait in Entry records.
 */
export function learnFrom(deps: LearnDeps, books: MatchBooks, settings: Settings, rows: readonly PastRow[]): Learnt {
  const records = new Map(books.records.map((record) => [record.record, record]));
  const rules = rulesOf(books, settings);
  const plans = rows.map((row) => ({
    row,
    ...planOf(row, records.get(recordKey('time', row.item.key)), rules, settings),
  }));
  const open = plans.filter(({ plan }) => plan.kind === 'ask');
  // All are kept before the first is asked about, so that what comes to an end here is gone on with without being given again.
  deps.workbook.insert(
    entryRecords,
    open.map(({ record }) => ({ ...record, asked: WAITING })),
  );
  const asked = open.slice(0, MOST_ROWS);
  const answers = ask(deps, books, asked);
  const after = plans.map((one) => {
    const opinions = answers.get(one.row.item.key);
    const record =
      opinions === undefined
        ? one.record
        : { ...one.record, asked: markOf(one.plan), opinions: writeOpinions(opinions) };
    return { row: one.row, ...planOf(one.row, record, rules, settings) };
  });
  const done = after.flatMap(({ row, record, plan }) => (plan.kind === 'judge' ? [{ row, record, plan }] : []));
  deps.workbook.insert(
    entryRecords,
    done.map(({ record }) => record),
  );
  return {
    matched: done.map(({ row, plan }) => ({ ...row, verdict: plan.verdict })),
    left: after.length - done.length,
    audited: auditsOf(done, books, settings).size,
  };
}

/**
 * Has matched rows serve as examples from now on. Of those that would have been accepted (and of those a lower threshold would accept) half
 * are drawn by hours, as a month's sample is, and count as checked rows.
 */
export function useRows(workbook: Workbook, books: MatchBooks, settings: Settings, rows: readonly KeptRow[]): number {
  const rules = rulesOf(books, settings);
  const planned = rows.flatMap(({ item, record, given }) => {
    if (given === null) return [];
    const row = { item, line: given };
    return [{ row, ...planOf(row, record, rules, settings) }];
  });
  const judged = planned.flatMap(({ row, plan }) => (plan.kind === 'judge' ? [{ row, plan }] : []));
  const audits = auditsOf(judged, books, settings);
  workbook.insert(
    entryRecords,
    planned.map(({ row, record }) => ({
      ...record,
      answered: answeredText(row.line, null),
      audit: audits.get(row.item.key) ?? '',
    })),
  );
  return audits.size;
}

interface Planned {
  readonly row: PastRow;
  readonly record: RecordRow;
  readonly plan: RowPlan;
}

function planOf(row: PastRow, known: RecordRow | undefined, rules: MatchRules, settings: Settings) {
  const { asked = '', opinions = '', audit = '' } = known ?? {};
  const record = { ...learnedRecord(row, known), asked, opinions, audit };
  const plan = planRow(
    {
      item: row.item,
      status: 'new',
      decidedBy: '',
      line: '',
      flags: '',
      asked: record.asked,
      opinions: readOpinions(record.opinions),
    },
    rules,
    { duplicate: false, late: false, longEntryHours: settings.longEntryHours },
  );
  return { record, plan };
}

/** The rules of a month, but for what people decided before: that would be the answer. */
function rulesOf(books: MatchBooks, settings: Settings): MatchRules {
  return {
    book: books.sows,
    firstModel: settings.classificationModel,
    secondModel: settings.secondOpinionModel,
    secondOpinionOn: settings.secondOpinionOn,
    threshold: evidenceNow(books, settings).threshold,
    job: JOB,
    sowTextMark: books.sowTextMark,
    memory: () => null,
  };
}

function ask(deps: LearnDeps, books: MatchBooks, planned: readonly Planned[]): ReadonlyMap<string, Opinions> {
  const asks = planned.flatMap(({ row, plan }) =>
    plan.kind === 'ask' ? [{ item: row.item, candidates: plan.candidates.lines, models: plan.models }] : [],
  );
  if (asks.length === 0) return new Map();
  const tables = lineTables(
    asks.map(({ item }) => ({ item, candidates: findCandidates(item, books.sows).lines })),
    books.sows,
    books.sowText,
  );
  const { asked, failure } = askModels(deps.claude(), chunksOf(asks, tables), () => [], JOB);
  if (failure !== null && asked.size === 0) throw failure;
  return new Map(
    planned.flatMap(({ row, plan }): [string, Opinions][] => {
      const said = asked.get(askedKey('time', row.item.key));
      if (plan.kind !== 'ask' || said === undefined) return [];
      const given = plan.models.map((model) => said.get(model));
      const [first, second] = plan.known === null ? given : [plan.known.first, given[0]];
      if (first === undefined) return [];
      return [[row.item.key, { prompt: PROMPT_VERSION, first, ...(second === undefined ? {} : { second }) }]];
    }),
  );
}

function markOf(plan: RowPlan): string {
  return plan.kind === 'ask' ? plan.mark : '';
}

/** The draw of every month of the past, with the answers that are known already. */
function auditsOf(
  done: readonly { readonly row: PastRow; readonly plan: Extract<RowPlan, { kind: 'judge' }> }[],
  books: MatchBooks,
  settings: Settings,
): ReadonlyMap<string, string> {
  const judged = done.map(({ row, plan }): JudgedRow => {
    const { key, client, date, hours } = row.item;
    return {
      key,
      client,
      period: monthOf(date),
      weight: Math.abs(hours ?? 0),
      status: 'new',
      flags: '',
      audit: null,
      verdict: plan.verdict,
      byModels: plan.byModels,
    };
  });
  const answers = new Map(done.map(({ row }) => [row.item.key, row.line]));
  const accepted = judged.filter(({ verdict, byModels }) => byModels && verdict.status === 'auto').length;
  const months = new Set(judged.map(({ period }) => period)).size;
  const sampled = sampleRows(judged, {
    size: Math.ceil(accepted / 2 / Math.max(1, months)),
    models: modelsOf(settings),
    linesOf: books.linesMark,
    otherWeight: () => 0,
  });
  return new Map(
    sampled.flatMap(({ key, audit }): [string, string][] =>
      audit === null || audit === undefined ? [] : [[key, writeAudit({ ...audit, answer: answers.get(key) ?? '' })]],
    ),
  );
}
