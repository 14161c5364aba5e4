import { moreToProve, proves, speaksAgainst, upperBound } from './error-bound.ts';

/** A row that a person checked: what the models were worth there. */
export interface AuditedRow {
  /** Score of the models' answer, 0 to 1. */
  readonly score: number;
  /** The person decided otherwise. */
  readonly wrong: boolean;
  /** For how many rows of mean hours it stands; left out: 1. */
  readonly stands?: number | undefined;
}

/** What the checked rows say about accepting from a score on. */
export interface Evidence {
  /** Rows with this score or more are accepted. */
  readonly threshold: number;
  readonly checked: number;
  readonly wrong: number;
  /** The same by hours, on the safe side: what the bound is worked out from. */
  readonly weighed: { readonly checked: number; readonly wrong: number };
  /** The error rate is under this with 95 % certainty; a share of the hours. */
  readonly bound: number;
  /** The bound is at most the target. */
  readonly proven: boolean;
}

/** What `automatic` means as long as the checked rows prove nothing. */
export const UNPROVEN_THRESHOLD = 0.9;

/** No score reaches it: the checked rows speak against all others. */
export const ACCEPT_NOTHING = 1.01;

/** From strict to lenient. Nothing below one half: there the models guess. */
export const CANDIDATES: readonly number[] = [
  0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 0.92, 0.91, 0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55,
  0.5,
];

/**
 * The threshold that the checked rows allow, by fixed-sequence testing (Angelopoulos and others, "Learn then Test", 2021): the candidates
 * are walked from strict to lenient, each is tested at 95 %, and the walk ends at the first that does not prove the target. The
 * last that did is used, and the chance that its true error rate is over the target is at most 5 %.
 *
 * Where the walk begins depends on how many rows were checked, never on how many were wrong: at the strictest candidate that could
 * prove the target even with a mistake, else at 0.9. As long as nothing is proven 0.9 is used, or, when the mistakes found there are
 * too many for the target, the nearest stricter one that they do not speak against. Below 0.9 no score is accepted that is lower than all
 * that were checked: the sample covers doubtful rows in proportion, so there it knows of none.
 *
 * @param lowest the most lenient candidate that may be used
 */
export function automaticThreshold(
  audited: readonly AuditedRow[],
  target: number,
  lowest: number = CANDIDATES[CANDIDATES.length - 1] ?? UNPROVEN_THRESHOLD,
): Evidence {
  let best: Evidence | null = null;
  const floor = Math.max(lowest, Math.min(UNPROVEN_THRESHOLD, lowestChecked(audited)));
  for (const threshold of CANDIDATES.slice(firstOf(audited, target))) {
    if (threshold < floor) break;
    const evidence = evidenceAt(audited, threshold, target);
    if (!evidence.proven) break;
    best = evidence;
  }
  return best ?? unproven(audited, target);
}

/** What the checked rows say about a given threshold. */
export function evidenceAt(audited: readonly AuditedRow[], threshold: number, target: number): Evidence {
  const rows = audited.filter((row) => row.score >= threshold);
  const weighed = weigh(rows);
  return {
    threshold,
    checked: rows.length,
    wrong: rows.filter((row) => row.wrong).length,
    weighed,
    bound: upperBound(weighed.wrong, weighed.checked),
    proven: proves(weighed.wrong, weighed.checked, target),
  };
}

/**
 * Counts rows by the hours that they stand for, never in the models' favour: a right row for one at most, a wrong one for one at least.
 * So a month in which everything was checked, and the one long entry was wrong, does not look good by the number of its short ones.
 */
function weigh(rows: readonly AuditedRow[]): { readonly checked: number; readonly wrong: number } {
  let right = 0;
  let wrong = 0;
  for (const { wrong: isWrong, stands = 1 } of rows) {
    if (isWrong) wrong += Math.max(1, stands);
    else right += Math.min(1, stands);
  }
  const counted = Math.max(0, Math.ceil(wrong - 1e-9));
  return { checked: Math.floor(right + 1e-9) + counted, wrong: counted };
}

function firstOf(audited: readonly AuditedRow[], target: number): number {
  const withOneMistake = moreToProve(1, 1, target) + 1;
  const first = CANDIDATES.findIndex((threshold) => countFrom(audited, threshold) >= withOneMistake);
  const usual = CANDIDATES.indexOf(UNPROVEN_THRESHOLD);
  return first < 0 ? usual : Math.min(first, usual);
}

function unproven(audited: readonly AuditedRow[], target: number): Evidence {
  const notLenient = CANDIDATES.filter((threshold) => threshold >= UNPROVEN_THRESHOLD).reverse();
  for (const threshold of notLenient) {
    const evidence = evidenceAt(audited, threshold, target);
    if (!speaksAgainst(evidence.weighed.wrong, evidence.weighed.checked, target)) return evidence;
  }
  return evidenceAt(audited, ACCEPT_NOTHING, target);
}

/** The first candidate that takes in all checked rows. */
function lowestChecked(audited: readonly AuditedRow[]): number {
  const score = audited.reduce((least, row) => Math.min(least, row.score), 1);
  return CANDIDATES.find((threshold) => threshold <= score) ?? 0;
}

function countFrom(audited: readonly AuditedRow[], threshold: number): number {
  return audited.filter((row) => row.score >= threshold).reduce((sum, { stands = 1 }) => sum + Math.min(1, stands), 0);
}
