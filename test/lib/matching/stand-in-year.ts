import { readFileSync } from 'node:fs';
import { checkBody } from '../../../local/simulators/claude/check-body.ts';
import { createStandIn, type StandIn } from '../../../local/simulators/claude/model/stand-in.ts';
import { readAnswer } from '../../../src/lib/matching/answer.ts';
import { sowBook } from '../../../src/lib/matching/candidates.ts';
import { type Chunk, chunksOf, lineTables } from '../../../src/lib/matching/chunks.ts';
import { examplesFrom, type FindExamples, type Lesson } from '../../../src/lib/matching/examples.ts';
import { memoryOf } from '../../../src/lib/matching/memory.ts';
import type { MatchItem, MatchLine, Opinion, Opinions } from '../../../src/lib/matching/model.ts';
import { type MatchRow, type MatchRules, planRow } from '../../../src/lib/matching/plan-row.ts';
import { matchRequest, PROMPT_VERSION } from '../../../src/lib/matching/prompt.ts';
import { type JudgedRow, sampleRows } from '../../../src/lib/matching/sample-rows.ts';
import { seededNumbers } from '../../../src/lib/matching/seeded.ts';
import { type AuditedRow, automaticThreshold } from '../../../src/lib/matching/threshold.ts';
import { entry } from './build.ts';

/** What a month came to. Shares are of its rows; errors are among the rows accepted without a person. */
export interface StandInMonth {
  readonly threshold: number;
  readonly proven: boolean;
  readonly accepted: number;
  readonly wrong: number;
  readonly rows: number;
}

interface Labelled {
  readonly date: string;
  readonly client: string;
  readonly harvest_project: string;
  readonly task: string;
  readonly hours: number;
  readonly notes: string;
  readonly gold: string;
  readonly acceptable?: readonly string[];
}

interface Work {
  readonly item: MatchItem;
  /** Lines that are right; the first is what a person chooses where the suggestion is none of them. Empty: no line. */
  readonly right: readonly string[];
}

const FIRST = 'claude-haiku-5-5';
const SECOND = 'claude-sonnet-5-5';
const AUDIT_SAMPLE = 30;
/** Notes that come back each month in the same words, as standing meetings and reports do. */
const RECURRING = 0.35;

const SAMPLE = readFileSync('samples/entries.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((row) => JSON.parse(row) as Labelled);
const LINES = (
  JSON.parse(readFileSync('samples/lines.json', 'utf8')) as (MatchLine & { client: string; harvest_project: string })[]
).filter(({ billing }) => billing !== 'pass_through');
const BOOK = sowBook(
  [...new Map(LINES.map((line) => [line.sow, line])).values()].map(({ sow, client, harvest_project }) => {
    return { sow, client, projects: harvest_project, title: sow, starts: '', ends: '', active: true };
  }),
  LINES.map((line) => ({ ...line, billing: 'hourly', starts: line.starts ?? '', ends: line.ends ?? '' })),
);
const sowText = (sow: string) => readFileSync(`samples/sows/${sow}.md`, 'utf8');

/**
 * Twelve months of the sample firm through the product's own rules, answered by the stand-in that the demo uses: its requests, its
 * answers, memory, examples, audit sample, threshold. A person decides what waits, and is always right. Each month is drawn anew from
 * the sample, a part of it in the same words as before.
 * @param target error rate that the automatic threshold is to prove, 0 to 1
 */
export function standInYear(seed: string, target: number): readonly StandInMonth[] {
  const random = seededNumbers(seed);
  const ask = createStandIn([], FIRST);
  const lessons: Lesson[] = [];
  const audited: AuditedRow[] = [];
  return Array.from({ length: 12 }, (_, index) => {
    const { threshold, proven } = automaticThreshold(audited, target);
    const work = monthOfWork(index, random);
    const judged = judge(work, threshold, lessons, ask);
    const sampled = sampleRows(judged, { size: AUDIT_SAMPLE, models: 'm', linesOf: () => 'l', otherWeight: () => 0 });
    const waiting = sampled.flatMap(({ verdict, audit }, at) => {
      const one = work[at];
      return one === undefined || verdict.status === 'auto' ? [] : [{ one, line: verdict.line, audit }];
    });
    for (const { one, line, audit } of waiting) {
      const decided = isRight(one, line) ? line : (one.right[0] ?? '');
      lessons.push({ item: one.item, line: decided, corrected: () => decided !== line });
      if (audit) audited.push({ score: audit.score, wrong: !isRight(one, audit.line) });
    }
    const accepted = sampled.flatMap(({ verdict }, at) => {
      const one = work[at];
      return one !== undefined && verdict.status === 'auto' ? [{ one, line: verdict.line }] : [];
    });
    return {
      threshold,
      proven,
      rows: work.length,
      accepted: accepted.length,
      wrong: accepted.filter(({ one, line }) => !isRight(one, line)).length,
    };
  });
}

function monthOfWork(month: number, random: () => number): readonly Work[] {
  return SAMPLE.map((own, at) => {
    const recurs = at % 100 < RECURRING * 100;
    const { notes, ...sample } = recurs ? own : (SAMPLE[Math.floor(random() * SAMPLE.length)] ?? own);
    const words = notes.trim() === '' || recurs ? notes : `${notes} (no. ${Math.floor(random() * 1e6)})`;
    const right = sample.gold === 'none' ? [] : [sample.gold, ...(sample.acceptable ?? [])];
    const { date, client, harvest_project: project, task, hours } = sample;
    return { item: entry({ key: `harvest:${month}${at}`, date, client, project, task, hours, notes: words }), right };
  });
}

function isRight({ right }: Work, line: string): boolean {
  return right.length === 0 ? line === '' : right.includes(line);
}

function judge(
  work: readonly Work[],
  threshold: number,
  lessons: readonly Lesson[],
  ask: StandIn,
): readonly JudgedRow[] {
  const rules: MatchRules = {
    book: BOOK,
    firstModel: FIRST,
    secondModel: SECOND,
    secondOpinionOn: 'every row',
    threshold,
    job: 'job',
    sowTextMark: (sow) => sow,
    memory: memoryOf(lessons),
  };
  const around = { duplicate: false, late: false, longEntryHours: 12 };
  const plans = work.map(({ item }) => planRow(rowOf(item, null, ''), rules, around));
  const toAsk = plans.flatMap((plan, at) => {
    const item = work[at]?.item;
    return plan.kind === 'ask' && item !== undefined
      ? [{ item, candidates: plan.candidates.lines, models: plan.models }]
      : [];
  });
  const opinions = answers(chunksOf(toAsk, lineTables(toAsk, BOOK, sowText)), examplesFrom(lessons), ask);
  return work.map(({ item }, at): JudgedRow => {
    const plan = plans[at];
    const given = opinions.get(item.key);
    const settled =
      plan?.kind === 'ask' && given !== undefined ? planRow(rowOf(item, given, plan.mark), rules, around) : plan;
    if (settled?.kind !== 'judge') throw new Error(`${item.key} was not judged`);
    const { verdict, byModels } = settled;
    const weight = item.hours ?? 0;
    return {
      key: item.key,
      client: item.client,
      period: 'P',
      weight,
      status: 'new',
      flags: '',
      audit: null,
      verdict,
      byModels,
    };
  });
}

function answers(chunks: readonly Chunk[], examples: FindExamples, ask: StandIn): ReadonlyMap<string, Opinions> {
  const byRow = new Map<string, Opinion[]>();
  for (const { model, table, questions } of chunks) {
    const body = matchRequest(model, table, examples(table, questions), questions);
    const checked = checkBody(JSON.parse(JSON.stringify(body)), '2026-10-21', 'message');
    if ('status' in checked) throw new Error(JSON.stringify(checked));
    readAnswer(ask(checked, []).text, table.lines, questions).forEach((said, at) => {
      const key = questions[at]?.item.key ?? '';
      const opinion: Opinion =
        said === null ? { kind: 'unanswered', model, job: 'job' } : { kind: 'answer', model, ...said };
      byRow.set(key, [...(byRow.get(key) ?? []), opinion]);
    });
  }
  return new Map(
    [...byRow].flatMap(([key, [first, second]]) =>
      first === undefined
        ? []
        : [[key, { prompt: PROMPT_VERSION, first, ...(second === undefined ? {} : { second }) }] as const],
    ),
  );
}

function rowOf(item: MatchItem, opinions: Opinions | null, asked: string): MatchRow {
  return { item, status: 'new', decidedBy: '', line: '', flags: '', asked, opinions };
}
