import { refreshDashboard } from '../../drafting/refresh-dashboard.ts';
import { runRow } from '../../runs.ts';
import type { Step } from '../step.ts';

/** Lays the tab Dashboard out anew. This is a run's last step, so the run shows as it will end. */
export const dashboardStep: Step = ({ workbook, settings, period, clock, job, usage }) => {
  const now = clock.now();
  const thisRun = runRow({ ...job, state: 'done', message: '', endedAtMs: now, usage: usage.snapshot() });
  refreshDashboard({ workbook, settings, now, period, thisRun });
  return { kind: 'done' };
};
