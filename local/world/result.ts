/** What a scenario came to, as docs/worlds.md describes it. */
import type { Execution } from '../host/host.ts';
import type { Session } from './session.ts';

export interface StepRun {
  readonly step: number;
  readonly executions: number;
  /** On the simulated clock. */
  readonly seconds: number;
  readonly spreadsheetCalls: number;
  readonly requests: { readonly harvest: number; readonly claude: number; readonly quickbooks: number };
  readonly claude: {
    readonly inputTokens: number;
    readonly cachedTokens: number;
    readonly outputTokens: number;
    readonly usd: number;
  };
}

export interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly errors: readonly { readonly step: number; readonly message: string }[];
  readonly quickbooks: { readonly Invoice: readonly unknown[]; readonly requests: number };
  readonly workbook: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly runs: readonly StepRun[];
}

/** How much had been used before a step; `usedBy` tells what it added. */
export interface Meter {
  readonly harvest: number;
  readonly claude: number;
  readonly quickbooks: number;
  readonly runs: readonly Readonly<Record<string, unknown>>[];
}

/** Reads all counters of a session. */
export function meterOf(session: Session): Meter {
  return {
    harvest: session.harvest.requests(),
    claude: session.claude.requests(),
    quickbooks: session.quickbooks.requests(),
    runs: session.host.workbook.rows('Runs'),
  };
}

/** What one step used: executions, simulated seconds, requests and the tokens that the add-on noted in its own record of runs. */
export function usedBy(step: number, executions: readonly Execution[], before: Meter, after: Meter): StepRun {
  const sum = (header: string, rows: Meter['runs']) =>
    rows.reduce((total, row) => total + (Number(row[header]) || 0), 0);
  const added = (header: string) => sum(header, after.runs) - sum(header, before.runs);
  return {
    step,
    executions: executions.length,
    seconds: rounded(
      executions.reduce((total, execution) => total + execution.seconds, 0),
      1,
    ),
    spreadsheetCalls: executions.reduce((total, execution) => total + execution.spreadsheetCalls, 0),
    requests: {
      harvest: after.harvest - before.harvest,
      claude: after.claude - before.claude,
      quickbooks: after.quickbooks - before.quickbooks,
    },
    claude: {
      inputTokens: added('Input tokens'),
      cachedTokens: added('Cached tokens'),
      outputTokens: added('Output tokens'),
      usd: rounded(added('Cost USD'), 6),
    },
  };
}

/** Every tab as rows of header and value; dates as days, empty cells as ''. */
export function tabsOf(session: Session): Result['workbook'] {
  return Object.fromEntries(
    session.host.workbook.sheets().map((sheet) => [sheet.name, session.host.workbook.rows(sheet.name)]),
  );
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
