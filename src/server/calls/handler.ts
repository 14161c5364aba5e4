import type { ArgsOf, CallName, ValueOf } from '../../lib/calls.ts';
import type { ActivityNote, Job } from '../../lib/jobs/model.ts';
import type { UsageCounter } from '../../lib/jobs/usage.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import type { Clock } from '../clock.ts';
import type { Clients } from '../jobs/step.ts';
import type { Workbook } from '../sheets/workbook.ts';

/** What a handler of a sidebar call may use. Rows given to `log` are written when the handler has returned. */
export interface CallContext {
  readonly workbook: Workbook;
  /** Read on first use; throws a sentence when the Settings tab cannot be read. */
  settings(): Settings;
  readonly clock: Clock;
  /** Email of the person who presses the button; empty when Google does not say. */
  readonly who: string;
  readonly clients: Clients;
  /** The job that is active, or the last one that was. */
  job(): Job | null;
  /** What this call has used of the services so far. */
  readonly usage: Pick<UsageCounter, 'snapshot'>;
  log(note: ActivityNote): void;
  /**
   * Writes what was logged so far into Activity at once. Called before the write that makes it true: cut off in between it is told again, and
   * nothing stands that Activity does not know.
   */
  tell(): void;
}

/**
 * Answers one call. Arguments were checked by the call's schema before. A thrown error's message is shown to the person,
 * so it is a sentence. Each group of calls is one exported object: `export const reviewCalls: Handlers<'review' | 'decide'> = {…}`.
 */
export type Handler<N extends CallName> = (context: CallContext, args: ArgsOf<N>) => ValueOf<N>;

export type Handlers<N extends CallName> = { readonly [K in N]: Handler<K> };
