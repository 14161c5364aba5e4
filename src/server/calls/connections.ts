import type { ArgsOf, ConnectionView, SetUpView, StartQuickBooksView } from '../../lib/calls.ts';
import { isOverdue } from '../../lib/jobs/schedule.ts';
import { setUpWorkbook } from '../sheets/set-up.ts';
import type { CallEnvironment } from './dispatch.ts';

/**
 * Creates what is missing of the workbook and the monthly trigger; says what was created. When last month's run never came, its trigger is taken
 * over by this person: whoever had it may have left the firm.
 */
export function setUp(environment: CallEnvironment): SetUpView {
  const { created } = setUpWorkbook();
  const now = environment.times().of(environment.clock.now());
  const missed = isOverdue(now, environment.firstPeriod(), environment.jobs().lastDone()?.period ?? null);
  const schedule = environment.schedule();
  const { repaired } = missed ? schedule.repair() : schedule.ensure();
  return { created: repaired ? [...created, 'Monthly run on the 1st'] : created };
}

export function connectHarvest(environment: CallEnvironment, args: ArgsOf<'connectHarvest'>): ConnectionView {
  return afterwards(environment, environment.connections.connectHarvest(args));
}

export function connectClaude(environment: CallEnvironment, args: ArgsOf<'connectClaude'>): ConnectionView {
  return afterwards(environment, environment.connections.connectClaude(args));
}

export function startQuickBooks(environment: CallEnvironment, args: ArgsOf<'startQuickBooks'>): StartQuickBooksView {
  return environment.connections.startQuickBooks(args);
}

/** What Intuit's redirect brought. Also the end of *Connect QuickBooks*, so a job that was blocked by it goes on. */
export function finishQuickBooks(
  environment: CallEnvironment,
  answer: { readonly code: string; readonly realmId: string; readonly error: string },
): ConnectionView {
  return afterwards(environment, environment.connections.finishQuickBooks(answer));
}

export function testConnection(environment: CallEnvironment, args: ArgsOf<'testConnection'>): ConnectionView {
  return environment.connections.test(args.service);
}

export function disconnect(environment: CallEnvironment, args: ArgsOf<'disconnect'>): ConnectionView {
  return environment.connections.disconnect(args.service);
}

function afterwards(environment: CallEnvironment, view: ConnectionView): ConnectionView {
  if (view.connected) {
    environment.schedule().ensure();
    environment.runner().wake();
  }
  return view;
}
