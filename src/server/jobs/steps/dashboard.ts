import { dashboardRows } from '../../../lib/dashboard/dashboard.ts';
import { nextRunAt } from '../../../lib/jobs/schedule.ts';
import { runs } from '../../../lib/workbook/tables.ts';
import { loadTables } from '../../drafting/load.ts';
import { planFor } from '../../drafting/redraft.ts';
import { writeDashboard } from '../../drafting/write-dashboard.ts';
import { localTimes } from '../../local-time.ts';
import { provenNow } from '../../matching/audits.ts';
import { readMatchBooks } from '../../matching/books.ts';
import type { Step } from '../step.ts';

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
      runs: workbook.read(runs).rows,
      nextRun: nextRunAt(localTimes(workbook.timeZone).of(now)).replace('T', ' '),
      proven: provenNow(readMatchBooks(workbook), settings),
    }),
  );
  return { kind: 'done' };
};
