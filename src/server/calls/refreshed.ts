import { refreshDashboard } from '../drafting/refresh-dashboard.ts';
import type { CallContext } from './handler.ts';

/**
 * Has the Dashboard say what was just decided. What was decided stands whatever the tabs look like, so that a Dashboard that cannot be
 * laid out is no failure of the call: Activity tells it.
 * @returns why it is as it was, as a sentence; empty where it is laid out anew
 */
export function refreshed(context: CallContext): string {
  const { workbook, clock } = context;
  try {
    refreshDashboard({ workbook, settings: context.settings(), now: clock.now() });
    return '';
  } catch (error) {
    const after = `It is as it was: ${error instanceof Error ? error.message : String(error)}`;
    context.log({ what: 'Dashboard not laid out', where: 'Dashboard', after });
    return after;
  }
}
