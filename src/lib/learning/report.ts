import type { Verdict } from '../matching/model.ts';
import { foldName } from '../workbook/cell.ts';
import type { Agreement, Difference, LearnView } from './model.ts';
import type { PastRow } from './read-history.ts';

/** A row of the past with what matching makes of it today. */
export interface MatchedPast extends PastRow {
  readonly verdict: Verdict;
}

const MOST_DIFFERENCES = 200;

/** How far matching agrees with the past, by client and by line, with the rows that differ. */
export function agreementReport(
  matched: readonly MatchedPast[],
  rest: Pick<LearnView, 'left' | 'audited' | 'pending' | 'used' | 'known' | 'replaced' | 'skipped' | 'problems'>,
): LearnView {
  const judged = matched.map((row) => ({ row, agrees: foldName(row.verdict.line) === foldName(row.line) }));
  const accepted = judged.filter(({ row }) => row.verdict.status === 'auto');
  const differing = judged.filter(({ agrees }) => !agrees).map(({ row }) => differenceOf(row));
  return {
    ...rest,
    rows: matched.length,
    agree: judged.filter(({ agrees }) => agrees).length,
    accepted: accepted.length,
    acceptedWrong: accepted.filter(({ agrees }) => !agrees).length,
    byClient: agreements(judged.map(({ row, agrees }) => ({ name: row.item.client, agrees }))),
    byLine: agreements(judged.map(({ row, agrees }) => ({ name: row.line === '' ? 'not billed' : row.line, agrees }))),
    differing: differing.sort((a, b) => Number(b.accepted) - Number(a.accepted)).slice(0, MOST_DIFFERENCES),
  };
}

function agreements(rows: readonly { readonly name: string; readonly agrees: boolean }[]): readonly Agreement[] {
  const found = new Map<string, Agreement>();
  for (const { name, agrees } of rows) {
    const before = found.get(foldName(name)) ?? { name, rows: 0, agree: 0 };
    found.set(foldName(name), { ...before, rows: before.rows + 1, agree: before.agree + (agrees ? 1 : 0) });
  }
  return [...found.values()].sort((a, b) => b.rows - b.agree - (a.rows - a.agree) || (a.name < b.name ? -1 : 1));
}

function differenceOf({ item, line, verdict }: MatchedPast): Difference {
  return {
    date: item.date,
    person: item.person,
    client: item.client,
    notes: item.notes,
    billed: line,
    suggested: verdict.line,
    confidence: verdict.confidence,
    accepted: verdict.status === 'auto',
    reason: verdict.reason,
  };
}
