/** What an evaluation found. */
import type { Models } from './labelled-firm.ts';
import type { Run } from './run.ts';
import type { Score } from './score.ts';

/** The report as it is written to its file. */
export interface Report extends Score, Omit<Run, 'outcomes'> {
  readonly data: string;
  readonly answeredBy: string;
  readonly models: Models;
  /** In a replay: requests that nothing usable is recorded for. Their rows are flagged. */
  readonly unansweredRequests: number;
  /** In a replay: which files are missing or cannot be used, and why. */
  readonly problems: readonly string[];
  /** In a replay: names of the files for requests that asked once more and are not recorded yet. */
  readonly followUps: readonly string[];
  /** What of the data was read in another way than it stands there, and which files were not read. */
  readonly notes: readonly string[];
}

/** The report as a short table for the terminal. */
export function reportTable(report: Report): string {
  const { byDifficulty, ambiguous, tokens, wrongAccepted } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Answered by', report.answeredBy],
    ['Models', `${report.models.first}, second opinion ${report.models.second}`],
    ['Rows', String(report.rows)],
    ['Accuracy', `${percent(report.accuracy)} of all suggestions are right`],
    ['Accepted', `${report.accepted} rows, ${percent(report.shareAccepted)}`],
    ['Error', report.errorInWords],
    ['Ambiguous', `${ambiguous.flagged} of ${ambiguous.rows} flagged`],
    ['Decisions', `${report.decisions} to take, for ${report.rowsToReview} rows`],
    ['Tokens', `${tokens.input} in, ${tokens.cached} cached, ${tokens.output} out; ${report.requests} requests`],
    ['Cost', `$${report.costUsd.toFixed(4)} at list price`],
    ...(report.unansweredRequests > 0
      ? [['Unanswered', `${report.unansweredRequests} requests have no response that can be used`] as const]
      : []),
  ];
  const difficulties = Object.entries(byDifficulty).map(
    ([name, one]) =>
      `  ${name.padEnd(12)} ${String(one.rows).padStart(5)} rows  ${percent(one.accuracy).padStart(7)} right  ` +
      `${String(one.accepted).padStart(5)} accepted  ${String(one.wrongAmongAccepted).padStart(3)} of them wrong`,
  );
  const wrong = wrongAccepted.map(
    (one) => `  ${one.id}  ${one.answer}, should be ${one.truth}: ${one.note.replace(/\s+/g, ' ').slice(0, 80)}`,
  );
  return [
    ...facts.map(([name, text]) => `${name.padEnd(12)} ${text}`),
    '',
    'By difficulty',
    ...difficulties,
    ...(wrong.length > 0 ? ['', 'Accepted, but wrong', ...wrong] : []),
    ...section('Not answered', report.problems),
    ...section('Notes', report.notes),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', title, ...lines.map((line) => `  ${line}`)] : [];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
