import type { ActivityNote, Job } from '../../lib/jobs/model.ts';
import { type ChunkResult, currentStep } from '../../lib/jobs/next.ts';
import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { UsageCounter } from '../../lib/jobs/usage.ts';
import { problemsMessage, TableError } from '../../lib/workbook/problem.ts';
import { readSettings, type Settings } from '../../lib/workbook/settings.ts';
import { settings as settingsTable } from '../../lib/workbook/tables.ts';
import { appendActivity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import type { Workbook } from '../sheets/workbook.ts';
import type { Clients, Step, StepContext } from './step.ts';
import type { Steps } from './steps.ts';

export interface ChunkDeps {
  readonly workbook: Workbook;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly clients: Clients;
  readonly usage: UsageCounter;
  readonly steps: Steps;
  readonly who: string;
  /** Called while the chunk works, with the job as a watcher should see it. */
  readonly onProgress: (job: Job) => void;
}

/** Runs the current step once and writes its Activity. Whatever is thrown becomes a result; nothing escapes. */
export function runChunk(deps: ChunkDeps, job: Job): { readonly job: Job; readonly result: ChunkResult } {
  const name = currentStep(job);
  if (name === null) return { job, result: { kind: 'outcome', outcome: { kind: 'done' } } };
  const notes: ActivityNote[] = [];
  const tell = () => appendActivity(deps.workbook, notes.splice(0), deps.who, deps.clock.now());
  let watched = job;
  try {
    const context: StepContext = {
      workbook: deps.workbook,
      settings: settingsFor(deps.workbook, name === 'check'),
      period: job.period,
      job,
      clock: deps.clock,
      deadlineMs: deps.deadlineMs,
      timeLeft: () => deps.deadlineMs - deps.clock.now(),
      who: deps.who,
      clients: deps.clients,
      progress: (text, done, total) => {
        watched = { ...watched, progress: text, doneCount: done ?? null, totalCount: total ?? null };
        deps.onProgress(watched);
      },
      log: (note) => {
        notes.push(note);
      },
      tell,
      usage: deps.usage,
    };
    const step: Step = deps.steps[name];
    const outcome = step(context, job.cursor);
    tell();
    deps.workbook.flush();
    return { job: watched, result: { kind: 'outcome', outcome } };
  } catch (error) {
    return { job: watched, result: resultOf(error) };
  }
}

/** The check step itself reports wrong settings, with everything else that is wrong; no other step may work with them. */
function settingsFor(workbook: Workbook, mayBeWrong: boolean): Settings {
  try {
    const content = workbook.read(settingsTable);
    const { settings, problems } = readSettings(content.rows, content.rowNumbers);
    const all = [...content.problems, ...problems];
    if (all.length > 0 && !mayBeWrong) throw new TableError(problemsMessage(all), all);
    return settings;
  } catch (error) {
    if (mayBeWrong && error instanceof TableError) return readSettings([]).settings;
    throw error;
  }
}

function resultOf(error: unknown): ChunkResult {
  if (error instanceof ServiceError) return { kind: 'service error', error };
  if (error instanceof TableError) return { kind: 'table error', message: error.message };
  return { kind: 'error', message: error instanceof Error ? error.message : 'Something unknown went wrong.' };
}
