import type { ActivityNote, Job, StepOutcome } from '../../lib/jobs/model.ts';
import type { UsageCounter } from '../../lib/jobs/usage.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import type { ClaudeClient } from '../clients/claude-model.ts';
import type { HarvestClient } from '../clients/harvest-model.ts';
import type { QuickBooksClient } from '../clients/quickbooks-model.ts';
import type { Clock } from '../clock.ts';
import type { Workbook } from '../sheets/workbook.ts';

/**
 * The clients of the three services, made on first use. Each throws a `ServiceError` of kind `auth` that says what to press when
 * the service is not connected; the runner turns that into a blocked job.
 */
export interface Clients {
  harvest(): HarvestClient;
  claude(): ClaudeClient;
  /** Throws as well where the invoices of this spreadsheet stand in another company than this person is connected to. */
  quickbooks(): QuickBooksClient;
  /** From now on the invoices of this spreadsheet stand in this person's company. Only while none stands in any. */
  tieQuickBooks(): void;
}

/** What a step may use. */
export interface StepContext {
  readonly workbook: Workbook;
  readonly settings: Settings;
  /** `YYYY-MM` */
  readonly period: string;
  readonly job: Job;
  readonly clock: Clock;
  /** When this execution stops by itself. Ask `timeLeft` before a chunk, never in the middle. */
  readonly deadlineMs: number;
  timeLeft(): number;
  /** Email of the person in whose name the job runs. */
  readonly who: string;
  readonly clients: Clients;
  /** For the person who watches; seen after the chunk. */
  progress(text: string, done?: number, total?: number): void;
  /** Rows for Activity; written together after the chunk. */
  log(note: ActivityNote): void;
  /**
   * Writes what was logged so far into Activity at once. Called before the write that makes it true: cut off in between it is told again, and
   * nothing stands that Activity does not know.
   */
  tell(): void;
  readonly usage: UsageCounter;
}

/**
 * Does at least one chunk, more while time is left, and says how it ended. A step that answers `more` five times without a new cursor or
 * progress text has failed. Thrown `ServiceError`s and `TableError`s are handled by the runner.
 */
export type Step = (ctx: StepContext, cursor: string | null) => StepOutcome;
