import { readFlags } from '../matching/flags.ts';
import { CHANGED_FLAG } from '../pull/row-change.ts';
import type { DashboardFacts, RunRow } from './facts.ts';
import { type DashboardCell, type DashboardRow, section } from './grid.ts';

/** What waits, and for whom. */
export function waitsForWhom(facts: DashboardFacts): readonly DashboardRow[] {
  const { timeEntries, expenses, invoices, settings } = facts.tables;
  const work = [...timeEntries, ...expenses];
  const count = (status: string) => invoices.filter((row) => row.status === status).length;
  const pushers = settings.whoMayPush.length === 0 ? 'nobody (setting Who may push)' : settings.whoMayPush.join(', ');
  const items: readonly (readonly [number, string, string])[] = [
    [work.filter((row) => row.status === 'flagged').length, 'Entries and expenses to review', 'the reviewer'],
    [work.filter((row) => row.status === 'new').length, 'Entries and expenses not matched yet', 'the next run'],
    [
      work.filter((row) => row.status === 'invoiced' && readFlags(row.flags).includes(CHANGED_FLAG)).length,
      'Changed after invoicing: ignore, or bill the difference',
      'the reviewer',
    ],
    [count('held'), 'Invoices that are held', 'the reviewer'],
    [count('draft'), 'Drafts to approve', 'the reviewer'],
    [count('approved') + count('pushing'), 'Approved invoices to push', pushers],
    [count('failed'), 'Invoices that QuickBooks refused (see Message)', pushers],
  ];
  return section(
    'What waits for whom',
    [
      { header: 'How many', format: 'count' },
      { header: 'What', format: 'text' },
      { header: 'For whom', format: 'text' },
    ],
    items.filter(([many]) => many > 0),
    { empty: 'Nothing waits for anyone.' },
  );
}

/** The last runs, newest first. */
export function lastRuns(facts: DashboardFacts): readonly DashboardRow[] {
  const rows = [...facts.runs].sort((a, b) => (b.started ?? 0) - (a.started ?? 0)).slice(0, MOST_RUNS);
  return section(
    'Runs',
    [
      { header: 'Job', format: 'text' },
      { header: 'Period', format: 'text' },
      { header: 'Started', format: 'when' },
      { header: 'Ended', format: 'when' },
      { header: 'Outcome', format: 'text' },
      { header: 'Requests', format: 'count' },
      { header: 'Model cost USD', format: 'money' },
      { header: 'By', format: 'text' },
      { header: 'Message', format: 'text' },
    ],
    rows.map(runCells),
    { empty: 'Nothing was run yet.' },
  );
}

const MOST_RUNS = 6;

function runCells(run: RunRow): readonly DashboardCell[] {
  return [
    run.job,
    run.period,
    moment(run.started),
    moment(run.ended),
    run.outcome,
    (run.harvestRequests ?? 0) + (run.claudeRequests ?? 0) + (run.quickBooksRequests ?? 0),
    run.costUsd ?? 0,
    run.by,
    run.message,
  ];
}

function moment(ms: number | null): DashboardCell {
  return ms === null ? '' : { ms };
}
