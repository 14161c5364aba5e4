import { monthOf } from '../../lib/calendar.ts';
import { auditOutcome, readAudit } from '../../lib/matching/audit.ts';
import type { MatchItem, Verdict } from '../../lib/matching/model.ts';
import { type DrawnRow, modelsMark, pooled } from '../../lib/matching/pool.ts';
import { provenSentence } from '../../lib/matching/proven.ts';
import { type JudgedRow, type SampledRow, sampleRows, wasAccepted } from '../../lib/matching/sample-rows.ts';
import { automaticThreshold, type Evidence, evidenceAt, UNPROVEN_THRESHOLD } from '../../lib/matching/threshold.ts';
import { baseKey, recordKey } from '../../lib/pull/keys.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { type MatchBooks, sharedRow, type Work } from './books.ts';

/** From which score on rows are accepted now, and what the checked rows of all months prove about that. */
export function evidenceNow(books: MatchBooks, settings: Settings): Evidence {
  const inForce = { models: modelsOf(settings), linesOf: books.linesMark };
  const audited = pooled(drawnRows(books), inForce);
  if (settings.confidenceThreshold !== 'automatic')
    return evidenceAt(audited, settings.confidenceThreshold, settings.targetErrorRate);
  // Where only doubtful rows get a second opinion, a lower threshold would leave rows without one that had it when they were checked.
  const lowest = settings.secondOpinionOn === 'doubtful rows' ? UNPROVEN_THRESHOLD : undefined;
  return automaticThreshold(audited, settings.targetErrorRate, lowest);
}

/** What is proven about rows that were accepted without a person, as the Dashboard says it. */
export function provenNow(books: MatchBooks, settings: Settings): string {
  const waiting = drawnRows(books).filter(
    ({ audit, row, parts }) => row?.status === 'flagged' && auditOutcome(audit, row, parts) === 'pending',
  ).length;
  return provenSentence({
    evidence: evidenceNow(books, settings),
    target: settings.targetErrorRate,
    auditSample: settings.auditSample,
    automatic: settings.confidenceThreshold === 'automatic',
    waiting,
  });
}

/** A row whose verdict is about to be written. */
export interface Judged {
  readonly work: Work;
  readonly verdict: Verdict;
  readonly byModels: boolean;
}

/**
 * Draws the audit sample among rows that are about to be accepted; see `sampleRows`.
 * @param toAsk rows that the models are still to be asked about
 */
export function sampled(
  books: MatchBooks,
  settings: Settings,
  judged: readonly Judged[],
  toAsk: readonly MatchItem[],
): ReadonlyMap<string, SampledRow> {
  const rows = judged.map(({ work, verdict, byModels }): JudgedRow => {
    const { client, date, status, flags } = sharedRow(work);
    return {
      key: recordKey(work.table, work.row.key),
      client,
      period: monthOf(date),
      weight: weightOf(work),
      status,
      flags,
      audit: readAudit(work.record?.audit ?? ''),
      passedOver: work.record?.audit === passedOverText(work.record?.asked ?? ''),
      verdict,
      byModels,
    };
  });
  const done = sampleRows(rows, {
    size: settings.auditSample,
    models: modelsOf(settings),
    linesOf: books.linesMark,
    otherWeight: (period) => acceptedBefore(books, period) + waitingWeight(toAsk, period),
  });
  return new Map(done.map((row) => [row.key, row]));
}

/** Column Audit of a row that was in a draw and was not drawn, with the question whose answer that was. */
export function passedOverText(asked: string): string {
  return `passed over ${asked}`;
}

export function modelsOf({ classificationModel, secondOpinionModel, secondOpinionOn }: Settings): string {
  return modelsMark(classificationModel, secondOpinionModel, secondOpinionOn);
}

/** Rows of the month that the models answered and that were accepted or drawn in an earlier run. */
function acceptedBefore(books: MatchBooks, period: string): number {
  return books.work.reduce((sum, work) => {
    const row = sharedRow(work);
    if (monthOf(row.date) !== period || (work.record?.opinions ?? '') === '') return sum;
    const accepted = row.decidedBy === '' && (wasAccepted(row) || row.status === 'invoiced');
    return accepted || readAudit(work.record?.audit ?? '') !== null ? sum + weightOf(work) : sum;
  }, 0);
}

function waitingWeight(items: readonly MatchItem[], period: string): number {
  return items.reduce((sum, item) => (monthOf(item.date) === period ? sum + weightIn(item.hours) : sum), 0);
}

/** Hours count whatever their sign; an expense has none and counts as one. */
function weightOf(work: Work): number {
  return weightIn(work.table === 'time' ? (work.row.hours ?? 0) : null);
}

function weightIn(hours: number | null): number {
  return hours === null ? 1 : Math.abs(hours);
}

/** All rows that were ever drawn, with what has become of them. */
function drawnRows(books: MatchBooks): readonly DrawnRow[] {
  const drawn = books.records.flatMap((record) => {
    const audit = readAudit(record.audit);
    return audit === null ? [] : [{ record: record.record, audit }];
  });
  if (drawn.length === 0) return [];
  const rows = new Map(books.work.map((work) => [recordKey(work.table, work.row.key), work.row]));
  const parts = new Map<string, Work['row'][]>();
  for (const { table, row } of books.work) {
    if (!row.key.includes('#')) continue;
    const whole = recordKey(table, baseKey(row.key));
    parts.set(whole, [...(parts.get(whole) ?? []), row]);
  }
  return drawn.map(({ record, audit }) => ({ audit, row: rows.get(record) ?? null, parts: parts.get(record) ?? [] }));
}
