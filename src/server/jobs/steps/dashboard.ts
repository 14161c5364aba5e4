import { dashboardRows } from '../../../lib/dashboard/dashboard.ts';
import { nextRunAt } from '../../../lib/jobs/schedule.ts';
import { type RowOf, runs } from '../../../lib/workbook/tables.ts';
import { loadTables } from '../../drafting/load.ts';
import { planFor } from '../../drafting/redraft.ts';
import { writeDashboard } from '../../drafting/write-dashboard.ts';
import { localTimes } from '../../local-time.ts';
import { provenNow } from '../../matching/audits.ts';
import { readMatchBooks } from '../../matching/books.ts';
import { runRow } from '../../runs.ts';
import type { Step, StepContext } from '../step.ts';

/** Lays the tab Dashboard out anew. It reads everything and changes nothing but its own tab. */
export const dashboardStep: Step = (ctx) => {
  const { workbook, settings, period } = ctx;
  const tables = loadTables(workbook, settings);
  const plans = planFor({ workbook, settings, period }, tables);
  const now = ctx.clock.now();
  writeDashboard(
    dashboardRows({
      period,
      now,
      tables,
      plans,
      runs: withThisRun(workbook.read(runs).rows, ctx, now),
      nextRun: nextRunAt(localTimes(workbook.timeZone).of(now)).replace('T', ' '),
      proven: provenNow(readMatchBooks(workbook), settings),
    }),
  );
  return { kind: 'done' };
};

type RunRow = RowOf<typeof runs>;

/** The run that writes this stands in the tab Runs after it has ended only. This is its last step, so it shows as it will end. */
function withThisRun(rows: readonly RunRow[], { job, usage }: StepContext, now: number): readonly RunRow[] {
  const ending = runRow({ ...job, state: 'done', message: '', endedAtMs: now, usage: usage.snapshot() });
  return [...rows.filter((row) => row.run !== job.id), ending];
}
