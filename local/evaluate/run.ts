/** Runs the months of labelled data through the built product, as its users would, and reads off what became of each entry. */
import { runSteps } from '../world/run-world.ts';
import { openSession, type SessionOptions } from '../world/session.ts';
import { Unfinished } from './data.ts';
import type { LabelledFirm } from './labelled-firm.ts';
import type { Outcome } from './score.ts';

export interface Run {
  /** In the order of the entries. */
  readonly outcomes: readonly Outcome[];
  /** Decisions that wait for a person: rows that the review shows as one group count once. */
  readonly decisions: number;
  readonly rowsToReview: number;
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly cached: number; readonly output: number };
  /** At list price. */
  readonly costUsd: number;
}

/** Throws Unfinished where a month did not come through. */
export async function runFirm(firm: LabelledFirm, options: SessionOptions): Promise<Run> {
  const session = await openSession(firm.world, options);
  try {
    const result = await runSteps(session, firm.world);
    const rows = new Map(session.host.workbook.rows('Time entries').map((row) => [String(row['Key']), row]));
    const outcomes = firm.keys.map((key) => outcomeOf(rows.get(key)));
    const unmatched = firm.keys.filter((key) => ['', 'new'].includes(String(rows.get(key)?.['Status'] ?? '')));
    if (unmatched.length > 0) {
      const why = [...new Set(result.errors.map((error) => error.message))];
      throw new Unfinished([`${unmatched.length} of ${firm.keys.length} entries were not matched`, ...why]);
    }
    const waiting = await reviewOf(session.look('review'));
    const used = result.runs.map((run) => run.claude);
    const sum = (of: (one: (typeof used)[number]) => number) => used.reduce((total, one) => total + of(one), 0);
    return {
      outcomes,
      ...waiting,
      requests: sumOf(session.host.workbook.rows('Runs'), 'Claude requests'),
      tokens: {
        input: sum((one) => one.inputTokens),
        cached: sum((one) => one.cachedTokens),
        output: sum((one) => one.outputTokens),
      },
      costUsd: Number(sum((one) => one.usd).toFixed(6)),
    };
  } finally {
    await session.close();
  }
}

type Row = Readonly<Record<string, unknown>>;

function outcomeOf(row: Row | undefined): Outcome {
  const status = String(row?.['Status'] ?? '');
  const confidence = row?.['Confidence'];
  return {
    line: String(row?.['SOW line'] ?? ''),
    accepted: status === 'auto',
    flags: String(row?.['Flags'] ?? ''),
    confidence: typeof confidence === 'number' ? confidence : null,
    reason: String(row?.['Reason'] ?? ''),
  };
}

type Look = Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string }>;

/** Rows beyond those that the review lists at once count as a decision each. */
async function reviewOf(look: Look): Promise<Pick<Run, 'decisions' | 'rowsToReview'>> {
  const answer = await look;
  if (!answer.ok) throw new Unfinished([answer.message]);
  const { rows, total } = answer.value as {
    readonly rows: readonly { readonly group: string }[];
    readonly total: number;
  };
  const groups = new Set(rows.map((row) => row.group)).size;
  return { decisions: groups + Math.max(0, total - rows.length), rowsToReview: total };
}

function sumOf(rows: readonly Row[], header: string): number {
  return rows.reduce((total, row) => total + (Number(row[header]) || 0), 0);
}
