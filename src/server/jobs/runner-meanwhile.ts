import { meanwhileSentence } from '../../lib/jobs/meanwhile.ts';
import { type Job, STEPS_OF, type StepName } from '../../lib/jobs/model.ts';
import { type ChunkResult, currentStep, isLongStop } from '../../lib/jobs/next.ts';
import { expenses, timeEntries } from '../../lib/workbook/tables.ts';
import { type ChunkDeps, runChunk } from './runner-chunk.ts';

/** Has matching stopped for so long that what is matched should be drafted without the rest? */
export function hasMeanwhile(job: Job, nowMs: number): boolean {
  return job.kind === 'month-end' && currentStep(job) === 'match' && isLongStop(job, nowMs);
}

/**
 * Drafts what is matched and lays the Dashboard out, while the job itself stays at matching. The same steps run again once matching is
 * through; where nothing changed they write nothing. The message then says what is drafted and what waits.
 */
export function doMeanwhile(deps: ChunkDeps, job: Job): Job {
  const problem = problemOf(runAside(deps, job, 'draft'));
  const said =
    problem === null ? waitingSentence(deps, job.period) : `What is matched could not be drafted: ${problem}`;
  const told = problem === job.message ? job : { ...job, message: `${job.message} ${said}` };
  // The Dashboard says no more than the message does; without it nothing is lost.
  if (problem === null) runAside(deps, told, 'dashboard');
  return told;
}

/** Runs a later step without the job moving on to it. */
function runAside(deps: ChunkDeps, job: Job, name: StepName): ChunkResult {
  const stepIndex = STEPS_OF[job.kind].indexOf(name);
  return runChunk({ ...deps, onProgress: () => undefined }, { ...job, stepIndex, cursor: null }).result;
}

function waitingSentence({ workbook }: ChunkDeps, period: string): string {
  return meanwhileSentence([...workbook.read(timeEntries).rows, ...workbook.read(expenses).rows], period);
}

/** Why a step could not be done; null when it was. */
function problemOf(result: ChunkResult): string | null {
  switch (result.kind) {
    case 'outcome':
      return result.outcome.kind === 'blocked' ? result.outcome.problem : null;
    case 'service error':
      return result.error.message;
    case 'table error':
    case 'error':
      return result.message;
  }
}
