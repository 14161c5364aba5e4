import { refreshDashboard } from '../../drafting/refresh-dashboard.ts';
import { runRow } from '../../runs.ts';
import type { Step } from '../step.ts';

/** Lays the tab Dashboard out anew. This is a run's last step, so the run shows as it will end; one that has stopped before shows as that. */
export const dashboardStep: Step = ({ workbook, settings, period, clock, job, usage }) => {
  const now = clock.now();
  const ending = job.state === 'running' ? { ...job, state: 'done' as const, message: '', endedAtMs: now } : job;
  const thisRun = runRow({ ...ending, usage: usage.snapshot() });
  refreshDashboard({ workbook, settings, now, period, thisRun });
  return { kind: 'done' };
};
