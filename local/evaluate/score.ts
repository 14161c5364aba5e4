/** How good the suggestions were, by the labels. Pure. */
import { errorBound } from './bound.ts';
import type { LabelledEntry } from './data.ts';

/** What the product made of an entry. */
export interface Outcome {
  /** Key of the suggested line; empty: none. */
  readonly line: string;
  /** Accepted without a person. */
  readonly accepted: boolean;
  readonly flags: string;
  readonly confidence: number | null;
  readonly reason: string;
}

export interface Score {
  readonly rows: number;
  readonly correct: number;
  /** Share of rows whose suggestion is right, accepted or not. */
  readonly accuracy: number;
  readonly accepted: number;
  readonly shareAccepted: number;
  readonly wrongAmongAccepted: number;
  readonly errorAmongAccepted: number | null;
  /** Exact one-sided bound at 95 %; null where nothing was accepted. */
  readonly errorBound95: number | null;
  readonly errorInWords: string;
  readonly byDifficulty: Readonly<Record<string, DifficultyScore>>;
  readonly ambiguous: { readonly rows: number; readonly flagged: number; readonly shareFlagged: number | null };
  readonly flags: Readonly<Record<string, number>>;
  readonly wrongAccepted: readonly WrongRow[];
}

export interface DifficultyScore {
  readonly rows: number;
  readonly accuracy: number;
  readonly accepted: number;
  readonly wrongAmongAccepted: number;
  readonly errorAmongAccepted: number | null;
}

export interface WrongRow {
  readonly id: string;
  readonly difficulty: string;
  readonly note: string;
  readonly answer: string;
  readonly truth: string;
  readonly acceptable: readonly string[];
  readonly confidence: number | null;
  readonly reason: string;
  readonly why: string;
}

/** Right: the gold line or an acceptable one; `none` is right where no line was suggested, but not where nobody answered. */
export function isRight(entry: LabelledEntry, outcome: Outcome): boolean {
  if (outcome.line === '' && /not answered/.test(outcome.flags)) return false;
  const said = outcome.line === '' ? 'none' : outcome.line;
  return said === entry.gold || entry.acceptable.includes(said);
}

/** Scores all entries against their outcomes, which stand in the same order. */
export function scoreAll(entries: readonly LabelledEntry[], outcomes: readonly Outcome[]): Score {
  const judged = entries.flatMap((entry, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [{ entry, outcome, right: isRight(entry, outcome) }];
  });
  const accepted = judged.filter(({ outcome }) => outcome.accepted);
  const wrong = accepted.filter(({ right }) => !right);
  const ambiguous = judged.filter(({ entry }) => entry.ambiguous);
  const flagged = ambiguous.filter(({ outcome }) => !outcome.accepted).length;
  const bound = accepted.length === 0 ? null : errorBound(wrong.length, accepted.length);
  const correct = judged.filter(({ right }) => right).length;
  return {
    rows: judged.length,
    correct,
    accuracy: rounded(correct / Math.max(1, judged.length)),
    accepted: accepted.length,
    shareAccepted: rounded(accepted.length / Math.max(1, judged.length)),
    wrongAmongAccepted: wrong.length,
    errorAmongAccepted: share(wrong.length, accepted.length),
    errorBound95: bound === null ? null : rounded(bound, 6),
    errorInWords: inWords(wrong.length, accepted.length, bound),
    byDifficulty: byDifficulty(judged),
    ambiguous: { rows: ambiguous.length, flagged, shareFlagged: share(flagged, ambiguous.length) },
    flags: countFlags(outcomes),
    wrongAccepted: wrong.map(({ entry, outcome }) => ({
      id: entry.id,
      difficulty: entry.difficulty,
      note: entry.notes,
      answer: outcome.line === '' ? 'none' : outcome.line,
      truth: entry.gold,
      acceptable: entry.acceptable,
      confidence: outcome.confidence,
      reason: outcome.reason,
      why: entry.why,
    })),
  };
}

interface Judged {
  readonly entry: LabelledEntry;
  readonly outcome: Outcome;
  readonly right: boolean;
}

const USUAL_ORDER = ['easy', 'medium', 'hard', 'adversarial'];

function byDifficulty(judged: readonly Judged[]): Readonly<Record<string, DifficultyScore>> {
  const rank = (name: string) => (USUAL_ORDER.includes(name) ? USUAL_ORDER.indexOf(name) : USUAL_ORDER.length);
  const names = [...new Set(judged.map(({ entry }) => entry.difficulty))].sort((a, b) => rank(a) - rank(b));
  return Object.fromEntries(
    names.map((name) => {
      const rows = judged.filter(({ entry }) => entry.difficulty === name);
      const accepted = rows.filter(({ outcome }) => outcome.accepted);
      const wrong = accepted.filter(({ right }) => !right).length;
      const score: DifficultyScore = {
        rows: rows.length,
        accuracy: rounded(rows.filter(({ right }) => right).length / rows.length),
        accepted: accepted.length,
        wrongAmongAccepted: wrong,
        errorAmongAccepted: share(wrong, accepted.length),
      };
      return [name, score];
    }),
  );
}

function countFlags(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const flag of outcomes.flatMap(({ flags }) => flags.split(',').map((one) => one.trim()))) {
    if (flag !== '') counts.set(flag, (counts.get(flag) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}

function inWords(wrong: number, accepted: number, bound: number | null): string {
  if (bound === null) return 'Nothing was accepted without a person.';
  return `${wrong} wrong in ${accepted} accepted without a person: the error rate among them is under ${percent(bound)} with 95 % confidence.`;
}

function percent(rate: number): string {
  // Rounded up, so that the words never promise more than is proven.
  return `${(Math.ceil(rate * 1000 - 1e-9) / 10).toFixed(1)} %`;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded(part / whole);
}

function rounded(value: number, decimals = 4): number {
  return Number(value.toFixed(decimals));
}
