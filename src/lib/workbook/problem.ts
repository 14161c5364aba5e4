/** One thing in the workbook that a person must put right: where it stands, what was found and what is allowed. */
export interface CellProblem {
  readonly tab: string;
  /** Row number as the spreadsheet shows it; `null` where the whole tab is meant. */
  readonly row: number | null;
  /** Header of the column; empty where the whole tab or row is meant. */
  readonly column: string;
  readonly found: string;
  readonly allowed: string;
}

/** Says a problem in one sentence that names tab, row, column, what was found and what is allowed. */
export function problemSentence(problem: CellProblem): string {
  const place = [`Tab ${problem.tab}`];
  if (problem.row !== null) place.push(`row ${problem.row}`);
  if (problem.column !== '') place.push(`column ${problem.column}`);
  return `${place.join(', ')}: found ${problem.found}; allowed is ${problem.allowed}.`;
}

/** All problems of one step in one message, one line each; at most `limit` are spelled out. */
export function problemsMessage(problems: readonly CellProblem[], limit = 50): string {
  const lines = problems.slice(0, limit).map(problemSentence);
  if (problems.length > limit) lines.push(`… and ${problems.length - limit} more.`);
  return lines.join('\n');
}

/** A step could not use a tab as it stands; the message says what to do, `problems` holds the places. */
export class TableError extends Error {
  readonly problems: readonly CellProblem[];

  constructor(message: string, problems: readonly CellProblem[] = []) {
    super(message);
    this.name = 'TableError';
    this.problems = problems;
  }
}
