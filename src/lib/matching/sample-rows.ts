import type { Audit } from './audit.ts';
import { type Drawable, drawSample } from './audit-sample.ts';
import { isBlocking, readFlags, TO_CHECK } from './flags.ts';
import type { Verdict } from './model.ts';

/** A row with the verdict that is about to be written. */
export interface JudgedRow {
  /** Name of the row over both tabs, as in Entry records. */
  readonly key: string;
  readonly client: string;
  /** `YYYY-MM` of its date. */
  readonly period: string;
  /** Hours; an expense counts as one. */
  readonly weight: number;
  /** As the row stands now. */
  readonly status: string;
  readonly flags: string;
  readonly audit: Audit | null;
  /** This very answer was in a draw before, and was passed over. */
  readonly passedOver?: boolean;
  readonly verdict: Verdict;
  /** The verdict rests on what the models said. */
  readonly byModels: boolean;
}

export interface SampleFacts {
  /** Setting *Audit sample*. */
  readonly size: number;
  /** Who answers, and a mark of each client's lines: kept with each drawn row. */
  readonly models: string;
  readonly linesOf: (client: string) => string;
  /** Per month: weight of the rows that were accepted before, and of those that the models are still to be asked about. */
  readonly otherWeight: (period: string) => number;
}

/** What is to be written into a row. */
export interface SampledRow {
  readonly key: string;
  readonly verdict: Verdict;
  /** What its record of the draw becomes; undefined: as it is, null: none. */
  readonly audit: Audit | null | undefined;
  /** It was in the draw and was not drawn. Kept with the row, so that a draw that broke off in the middle is not made twice. */
  readonly passedOver: boolean;
}

/**
 * Draws the audit sample among rows that the models just answered, month by month, and has all drawn rows wait for a person. A drawn row
 * looks like any other that waits, without the score, so that nobody leans on how sure the models were.
 *
 * A row stays drawn until a person has decided it; when its entry was changed and the models answered anew, it is that answer that is
 * checked. Rows that people decided earlier in the same words are not drawn: nothing there rests on the models.
 */
export function sampleRows(rows: readonly JudgedRow[], facts: SampleFacts): readonly SampledRow[] {
  const { drawn, offered } = drawnOf(rows, facts);
  return rows.map((row) => {
    const audit = auditAfter(row, drawn, facts);
    const waits = (audit === undefined ? row.audit : audit) !== null;
    const passedOver = facts.size > 0 && offered.has(row.key) && !drawn.has(row.key);
    return { key: row.key, verdict: waits ? checkFirst(row.verdict) : row.verdict, audit, passedOver };
  });
}

interface Draw {
  /** For how many rows each of the drawn stands. */
  readonly drawn: ReadonlyMap<string, number>;
  /** All rows that could have been drawn. */
  readonly offered: ReadonlySet<string>;
}

function drawnOf(rows: readonly JudgedRow[], facts: SampleFacts): Draw {
  const drawn = new Map<string, number>();
  const offered = new Set<string>();
  const open = rows.filter((row) => row.byModels && row.audit === null && row.passedOver !== true);
  for (const period of new Set(open.map((row) => row.period))) {
    const ofMonth = open.filter((row) => row.period === period);
    const accepted = ofMonth.filter((row) => row.verdict.status === 'auto' && !wasAccepted(row)).map(drawable);
    const doubtful = ofMonth.filter((row) => row.status === 'new' && isOnlyDoubtful(row.verdict)).map(drawable);
    const taken = drawSample({ period, size: facts.size, accepted, doubtful, otherWeight: facts.otherWeight(period) });
    for (const [key, stands] of taken) drawn.set(key, stands);
    for (const { key } of [...accepted, ...doubtful]) offered.add(key);
  }
  return { drawn, offered };
}

/** Accepted in an earlier run; a row that waits for a rate was accepted too. */
export function wasAccepted(row: { readonly status: string; readonly flags: string }): boolean {
  return row.status === 'auto' || (row.status === 'flagged' && readFlags(row.flags).includes('no rate'));
}

/** The lowest score that could ever be accepted. */
const LOWEST_SCORE = 0.5;

/** A lower threshold would have it accepted. */
function isOnlyDoubtful({ status, flags, confidence }: Verdict): boolean {
  const blocking = flags.filter(isBlocking);
  return status === 'flagged' && blocking.join() === 'low confidence' && (confidence ?? 0) >= LOWEST_SCORE;
}

function auditAfter(row: JudgedRow, drawn: ReadonlyMap<string, number>, facts: SampleFacts): Audit | null | undefined {
  const { audit, verdict } = row;
  const stands = drawn.get(row.key);
  if (audit === null) return stands === undefined ? undefined : auditOf(row, facts, stands);
  // Set back to new, the entry says something else now; what was asked about it before does not count.
  if (!row.byModels) return row.status === 'new' ? null : undefined;
  if (verdict.status !== 'auto' && !isOnlyDoubtful(verdict)) return null;
  const now = auditOf(row, facts, audit.stands ?? 1);
  const same =
    audit.line === now.line &&
    audit.score === now.score &&
    audit.models === now.models &&
    audit.lines === now.lines &&
    audit.client === now.client;
  return same ? undefined : now;
}

function auditOf({ period, client, verdict }: JudgedRow, { models, linesOf }: SampleFacts, stands: number): Audit {
  const own = { period, client, line: verdict.line, score: verdict.confidence ?? 0, models, lines: linesOf(client) };
  return stands === 1 ? own : { ...own, stands: Math.round(stands * 1e4) / 1e4 };
}

function checkFirst(verdict: Verdict): Verdict {
  if (verdict.status !== 'auto') return verdict;
  return { ...verdict, status: 'flagged', confidence: null, flags: [...verdict.flags, TO_CHECK] };
}

function drawable({ key, weight }: JudgedRow): Drawable {
  return { key, weight };
}
