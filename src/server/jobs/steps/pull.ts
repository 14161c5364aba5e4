import { firstDayOf, lastDayOf } from '../../../lib/calendar.ts';
import { roundedHoursCount } from '../../../lib/invoices/client-books.ts';
import { expenseFromHarvest, type HarvestNames, timeFromHarvest } from '../../../lib/pull/from-harvest.ts';
import { expenseKind, timeKind } from '../../../lib/pull/kinds.ts';
import type { PullCounts, PullFacts, RecordRow } from '../../../lib/pull/model.ts';
import { reconcile } from '../../../lib/pull/reconcile.ts';
import { entryRecords, expenses, sows, timeEntries } from '../../../lib/workbook/tables.ts';
import type { HarvestClient } from '../../clients/harvest-model.ts';
import type { Step, StepContext } from '../step.ts';

/**
 * Reads time entries and expenses from the first day of First period to the last day of the period, and brings the tabs in line. Reading
 * all of it each time is what shows late, changed and vanished entries of earlier months. Safe to do twice.
 */
export const pullStep: Step = (ctx) => {
  if (ctx.settings.timeSource === 'Import tab') return { kind: 'done' };
  if (ctx.settings.timeSource === 'QuickBooks Time') {
    return {
      kind: 'blocked',
      problem: 'QuickBooks Time cannot be read yet. Choose Harvest or Import tab as Time source in the tab Settings.',
    };
  }
  const facts = factsOf(ctx);
  const harvest = ctx.clients.harvest();
  ctx.progress('Reading Harvest');
  const range = { from: facts.from, to: facts.to };
  const time = harvest.timeEntries(range);
  const costs = harvest.expenses(range);
  const names = namesOf(harvest);
  const records = ctx.workbook.read(entryRecords).rows;
  const timeChanges = reconcile(
    timeKind,
    time.map((entry) => timeFromHarvest(entry, names)),
    ctx.workbook.read(timeEntries).rows,
    records,
    facts,
  );
  const expenseChanges = reconcile(
    expenseKind,
    costs.map((cost) => expenseFromHarvest(cost, names)),
    ctx.workbook.read(expenses).rows,
    records,
    facts,
  );
  ctx.workbook.update(timeEntries, timeChanges.update);
  ctx.workbook.insert(timeEntries, timeChanges.insert);
  ctx.workbook.update(expenses, expenseChanges.update);
  ctx.workbook.insert(expenses, expenseChanges.insert);
  // Records last: cut off before them, the next pull still sees what changed.
  writeRecords(ctx, [timeChanges, expenseChanges]);
  report(ctx, timeChanges.counts, expenseChanges.counts);
  return { kind: 'done' };
};

interface RecordChanges {
  readonly insertRecords: readonly RecordRow[];
  readonly updateRecords: ReadonlyMap<string, Partial<RecordRow>>;
}

/** New records and changed ones in one go each, for both tabs. */
function writeRecords(ctx: StepContext, changes: readonly RecordChanges[]): void {
  ctx.workbook.update(entryRecords, new Map(changes.flatMap((change) => [...change.updateRecords])));
  ctx.workbook.insert(
    entryRecords,
    changes.flatMap((change) => change.insertRecords),
  );
}

function factsOf(ctx: StepContext): PullFacts {
  const first = ctx.settings.firstPeriod;
  return {
    from: firstDayOf(first),
    to: lastDayOf(ctx.period),
    now: ctx.clock.now(),
    prefix: 'harvest:',
    sourceName: 'Harvest',
    longEntryHours: ctx.settings.longEntryHours,
    roundedHoursCount: roundedHoursCount({ settings: ctx.settings, sows: ctx.workbook.read(sows).rows }),
  };
}

function namesOf(harvest: HarvestClient): HarvestNames {
  return {
    rolesOf: new Map(harvest.users().map((user) => [user.id, user.roles])),
    codeOf: new Map(harvest.projects().map((project) => [project.id, project.code])),
  };
}

function report(ctx: StepContext, time: PullCounts, costs: PullCounts): void {
  const said = [
    ...counted(time.added + costs.added, 'new'),
    ...counted(time.updated + costs.updated, 'changed'),
    ...counted(time.excluded + costs.excluded, 'excluded, gone in Harvest or before First period'),
    ...counted(time.changedAfterInvoicing + costs.changedAfterInvoicing, 'changed after invoicing, waiting for you'),
    ...counted(
      time.running,
      time.running === 1 ? 'running timer waits until it stops' : 'running timers wait until they stop',
    ),
  ];
  const text = said.length === 0 ? 'nothing new' : said.join('; ');
  ctx.progress(`Pulled from Harvest: ${text}`);
  if (said.length > 0) ctx.log({ what: 'Pulled from Harvest', where: ctx.period, after: text });
}

function counted(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
