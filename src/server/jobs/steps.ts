import type { StepName } from '../../lib/jobs/model.ts';
import type { Step } from './step.ts';
import { checkStep } from './steps/check.ts';
import { dashboardStep } from './steps/dashboard.ts';
import { draftStep } from './steps/draft.ts';
import { matchStep } from './steps/match.ts';
import { pullStep } from './steps/pull.ts';
import { pushStep } from './steps/push.ts';
import { syncStep } from './steps/sync.ts';

export type Steps = Readonly<Record<StepName, Step>>;

/** Every step by its name. */
export const allSteps: Steps = {
  check: checkStep,
  pull: pullStep,
  match: matchStep,
  draft: draftStep,
  dashboard: dashboardStep,
  push: pushStep,
  sync: syncStep,
};
