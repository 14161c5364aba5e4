/** The demo's summary: what came in, what was accepted, what a person decided, what was billed. */
import type { Result } from '../world/result.ts';

interface Demo {
  readonly month: Result;
  readonly after: Result;
  /** Entries that waited for a person after the run. */
  readonly flagged: number;
  readonly leftToYou: string;
}

/** The summary as lines of text. */
export function demoSummary({ month, after, flagged, leftToYou }: Demo): string {
  const entries = after.workbook['Time entries'] ?? [];
  const invoices = after.workbook['Invoices'] ?? [];
  const auto = (month.workbook['Time entries'] ?? []).filter((row) => row['Status'] === 'auto').length;
  const hours = entries.reduce((sum, row) => sum + Number(row['Hours']), 0);
  const total = invoices.reduce((sum, row) => sum + Number(row['Total']), 0);
  const run = month.runs[0];
  const pushed = invoices.filter((row) => row['Status'] === 'pushed').length;
  return [
    '',
    `Pulled     ${entries.length} time entries (${hours.toFixed(2)} h) and ${(after.workbook['Expenses'] ?? []).length} expenses`,
    `Matched    ${auto} entries accepted by both models, ${flagged} left to a person`,
    `Run        ${run?.seconds ?? 0} s of simulated time in ${run?.executions ?? 0} execution(s); requests: ` +
      `${run?.requests.harvest ?? 0} Harvest, ${run?.requests.claude ?? 0} Claude ($${(run?.claude.usd ?? 0).toFixed(4)})`,
    `Invoices   ${invoices.length} drafted, ${money(total)} in all; ${pushed} pushed to QuickBooks, unsent`,
    '',
    ...invoices.map(
      (row) =>
        `  ${String(row['Invoice']).padEnd(44)} ${money(Number(row['Total'])).padStart(12)}  ${String(row['Status']).padEnd(9)} ${row['QuickBooks number']}`,
    ),
    '',
    `Left to you: ${leftToYou}. Review its flagged entries in the sidebar, approve its invoice, push it.`,
  ].join('\n');
}

function money(amount: number): string {
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
