import { dashboardRows } from '../../lib/dashboard/dashboard.ts';
import type { ClientPlan } from '../../lib/invoices/plan-drafts.ts';
import { nextRunAt } from '../../lib/jobs/schedule.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { type RowOf, runs } from '../../lib/workbook/tables.ts';
import { localTimes } from '../local-time.ts';
import { provenNow } from '../matching/audits.ts';
import { readMatchBooks } from '../matching/books.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { loadTables } from './load.ts';
import { lastWorkedOn, planFor } from './redraft.ts';
import { writeDashboard } from './write-dashboard.ts';

export interface DashboardDeps {
  readonly workbook: Workbook;
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The month to show; without it, the last one that was worked on. */
  readonly period?: string;
  /** The drafts as they are now, where they were just worked out. */
  readonly plans?: readonly ClientPlan[];
  /** The run that writes this, as it will end: it stands in the tab Runs only afterwards. */
  readonly thisRun?: RowOf<typeof runs>;
}

/** Lays the tab Dashboard out anew. It reads everything and changes nothing but its own tab. */
export function refreshDashboard({ workbook, settings, now, thisRun, ...given }: DashboardDeps): void {
  const tables = loadTables(workbook, settings);
  const known = workbook.read(runs).rows;
  const period = given.period ?? lastWorkedOn(workbook, tables);
  if (period === '') return;
  writeDashboard(
    dashboardRows({
      period,
      now,
      tables,
      plans: given.plans ?? planFor({ workbook, settings, period }, tables),
      runs: thisRun === undefined ? known : [...known.filter((row) => row.run !== thisRun.run), thisRun],
      nextRun: nextRunAt(localTimes(workbook.timeZone).of(now)).replace('T', ' '),
      proven: provenNow(readMatchBooks(workbook), settings),
    }),
  );
}
