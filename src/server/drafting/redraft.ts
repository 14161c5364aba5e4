import { draftClient } from '../../lib/billing/draft-client.ts';
import { type ClientPlan, planDrafts } from '../../lib/invoices/plan-drafts.ts';
import { type BillingTables, clientNames, tablesByClient } from '../../lib/invoices/tables.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { problemSentence } from '../../lib/workbook/problem.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { runs } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { loadTables, wrongInTabs } from './load.ts';
import { type DraftChange, draftChanges, latestPeriod, writePlans } from './write-plans.ts';

export interface RedraftDeps {
  readonly workbook: Workbook;
  readonly settings: Settings;
  /** A period that is drafted also where no draft of it stands; without it, the last one that was worked on. */
  readonly period?: string;
}

export interface Redrafted {
  readonly plans: readonly ClientPlan[];
  /** Drafts whose total changed, came or went. */
  readonly changes: readonly DraftChange[];
  /** Sentences about terms that keep clients from being drafted; their drafts stand as they were. */
  readonly problems: readonly string[];
}

/**
 * Works out anew every draft of the given clients (default: all) and writes what changed: Invoices, Invoice lines, and hours, amount,
 * invoice and flags of entries and expenses. Invoices that were approved are never touched. Twice in a row, the second writes nothing.
 * Throws a sentence when a tab cannot be read.
 */
export function redraft(deps: RedraftDeps, clients?: readonly string[]): Redrafted {
  const tables = loadTables(deps.workbook, deps.settings);
  const plans = planFor(deps, tables, clients);
  writePlans(deps.workbook, plans);
  return { plans, changes: draftChanges(plans), problems: problemsOf(deps.workbook, plans) };
}

/** Where a client could not be drafted, all that is wrong with the tabs, by row; else what its plan says. */
function problemsOf(workbook: Workbook, plans: readonly ClientPlan[]): readonly string[] {
  const found = plans.flatMap((plan) => plan.problems);
  if (found.length === 0) return [];
  const placed = wrongInTabs(workbook).map(problemSentence);
  return placed.length > 0 ? placed : found;
}

/**
 * The drafts as they should be, without writing anything.
 * @param reopened folded names of approved invoices that are to be drafted anew
 */
export function planFor(
  deps: RedraftDeps,
  tables: BillingTables,
  clients?: readonly string[],
  reopened: ReadonlySet<string> = new Set(),
): readonly ClientPlan[] {
  const wanted = clients === undefined ? null : new Set(clients.map(foldName));
  const names = clientNames(tables).filter((name) => wanted === null || wanted.has(foldName(name)));
  const period = deps.period ?? lastWorkedOn(deps.workbook, tables);
  const periods = period === '' ? [] : [period];
  return tablesByClient(tables, names, reopened).map((one) => planDrafts(one, periods, draftClient));
}

/** The last period that a run or a row is about, `YYYY-MM`; empty where there is none. */
export function lastWorkedOn(workbook: Workbook, tables: BillingTables): string {
  const ofRuns = workbook.read(runs).rows.flatMap((run) => (run.job === 'month-end' ? [run.period] : []));
  return latestPeriod(tables, ofRuns);
}
