import { readFileSync } from 'node:fs';
import type { Audit } from '../../../src/lib/matching/audit.ts';
import { type DecidedRow, memoryOf } from '../../../src/lib/matching/memory.ts';
import type { MatchItem, Verdict } from '../../../src/lib/matching/model.ts';
import { type JudgedRow, sampleRows } from '../../../src/lib/matching/sample-rows.ts';
import { seededNumbers } from '../../../src/lib/matching/seeded.ts';
import { type AuditedRow, automaticThreshold } from '../../../src/lib/matching/threshold.ts';
import { entry } from './build.ts';

/** A made-up model: how often its answer with this score is wrong. Its scores follow the difficulty of the entry. */
export type ErrorAt = (score: number) => number;

export interface Year {
  readonly months: readonly Month[];
}

export interface Month {
  readonly threshold: number;
  readonly proven: boolean;
  /** Share of the month's rows that were accepted without a person. */
  readonly accepted: number;
  /** The share of the hours accepted on the models' word that is wrong in the long run, at this threshold. */
  readonly trueError: number;
}

export interface YearFacts {
  readonly seed: string;
  readonly errorAt: ErrorAt;
  readonly target: number;
  readonly auditSample: number;
  /** How many times the sample month is worked in a month. */
  readonly copies: number;
  /** Without memory only the threshold is looked at, which is quicker. */
  readonly remembers: boolean;
}

interface SampleEntry {
  readonly client: string;
  readonly harvest_project: string;
  readonly task: string;
  readonly hours: number;
  readonly notes: string;
  readonly gold: string;
  readonly difficulty: string;
}

const SAMPLE: readonly SampleEntry[] = readFileSync('samples/entries.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((row) => JSON.parse(row) as SampleEntry);

/** Scores that the model gives, by difficulty: lowest and highest. */
const SCORES: Readonly<Record<string, readonly [number, number]>> = {
  easy: [0.85, 1],
  medium: [0.7, 1],
  hard: [0.5, 0.95],
  adversarial: [0.3, 0.85],
};

/**
 * A year of months through the product's own rules: what is remembered is accepted, the rest is answered by the made-up model, a sample is
 * drawn, people decide what waits, and what they found sets the threshold of the next month.
 */
export function simulateYear(facts: YearFacts): Year {
  const random = seededNumbers(facts.seed);
  const audited: AuditedRow[] = [];
  const decided: DecidedRow[] = [];
  const months: Month[] = [];
  for (let month = 1; month <= 12; month++) {
    const period = `2027-${String(month).padStart(2, '0')}`;
    const { threshold, proven } = automaticThreshold(audited, facts.target);
    const memory = memoryOf(decided);
    const work = monthOfWork(facts, period, random);
    const answered = work.flatMap((one) =>
      memory(one.item) === null ? [answer(one, facts.errorAt, threshold, random)] : [],
    );
    const known = work.length - answered.length;
    const rows = sampleRows(
      answered.map(({ judged }) => judged),
      { size: facts.auditSample, models: 'm', linesOf: () => 'l', otherWeight: () => 0 },
    );
    let accepted = known;
    let hours = 0;
    let wrongHours = 0;
    rows.forEach(({ verdict, audit }, index) => {
      const one = answered[index];
      if (one === undefined) return;
      if (one.score >= threshold) {
        hours += one.judged.weight;
        wrongHours += one.judged.weight * facts.errorAt(one.score);
      }
      if (verdict.status === 'auto') {
        accepted += 1;
        return;
      }
      if (facts.remembers) decided.push({ item: one.item, line: one.gold });
      if (isAudit(audit)) audited.push({ score: audit.score, wrong: audit.line !== one.gold });
    });
    months.push({
      threshold,
      proven,
      accepted: accepted / work.length,
      trueError: hours === 0 ? 0 : wrongHours / hours,
    });
  }
  return { months };
}

interface Work {
  readonly item: MatchItem;
  readonly gold: string;
  readonly difficulty: string;
}

/** Notes that come back each month in the same words, as standing meetings and reports do. */
const RECURRING = 0.35;

function monthOfWork(facts: YearFacts, period: string, random: () => number): readonly Work[] {
  return Array.from({ length: facts.copies }, (_, copy) => copy).flatMap((copy) =>
    SAMPLE.map((sample, at): Work => {
      const isOwn = at % 100 >= RECURRING * 100;
      const notes = isOwn ? `${sample.notes} ${period} ${copy} ${Math.floor(random() * 1e6)}` : sample.notes;
      const item = entry({
        key: `harvest:${period}-${copy}-${at}`,
        date: `${period}-15`,
        client: sample.client,
        project: sample.harvest_project,
        task: sample.task,
        hours: sample.hours,
        notes,
      });
      return { item, gold: sample.gold === 'none' ? '' : sample.gold, difficulty: sample.difficulty };
    }),
  );
}

function answer(work: Work, errorAt: ErrorAt, threshold: number, random: () => number) {
  const [low, high] = SCORES[work.difficulty] ?? [0, 1];
  const score = Math.round((low + (high - low) * random()) * 100) / 100;
  const isWrong = random() < errorAt(score);
  // A wrong answer names a line that is not the right one; work that belongs to no line is right only as "none", which waits anyway.
  const line = isWrong || work.gold === '' ? `not ${work.gold}` : work.gold;
  const gold = work.gold === '' && !isWrong ? line : work.gold;
  const verdict: Verdict = {
    status: score >= threshold ? 'auto' : 'flagged',
    line,
    confidence: score,
    reason: '',
    flags: score >= threshold ? [] : ['low confidence'],
  };
  const judged: JudgedRow = {
    key: work.item.key,
    client: work.item.client,
    period: work.item.date.slice(0, 7),
    weight: work.item.hours ?? 0,
    status: 'new',
    flags: '',
    audit: null,
    verdict,
    byModels: true,
  };
  return { item: work.item, gold, score, judged };
}

function isAudit(audit: Audit | null | undefined): audit is Audit {
  return audit !== null && audit !== undefined;
}
