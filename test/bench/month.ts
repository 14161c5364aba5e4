/** Runs a month of a made-up firm through the product and reads its figures off the simulated clock. */
import { madeUpFirm } from '../../local/world/made-up-firm.ts';
import { runWorld } from '../../local/world/run-world.ts';

export interface MonthFigures {
  readonly entries: number;
  readonly clients: number;
  readonly simulatedSeconds: number;
  readonly executions: number;
  readonly spreadsheetCalls: number;
  readonly claudeRequests: number;
  readonly usd: number;
  /** Real time, for comparison on one machine only. */
  readonly realSeconds: number;
  readonly invoices: number;
  readonly errors: readonly string[];
}

/** From the trigger to the drafts, everything included. */
export async function measureMonth(size: {
  readonly entries: number;
  readonly people: number;
  readonly clients: number;
}) {
  const start = performance.now();
  const result = await runWorld(madeUpFirm({ ...size, period: '2026-10' }), { dist: 'dist' });
  const run = result.runs[0];
  const figures: MonthFigures = {
    entries: size.entries,
    clients: size.clients,
    simulatedSeconds: run?.seconds ?? 0,
    executions: run?.executions ?? 0,
    spreadsheetCalls: run?.spreadsheetCalls ?? 0,
    claudeRequests: run?.requests.claude ?? 0,
    usd: run?.claude.usd ?? 0,
    realSeconds: (performance.now() - start) / 1000,
    invoices: (result.workbook['Invoices'] ?? []).length,
    errors: result.errors.map((error) => error.message),
  };
  return figures;
}
