import { monthName } from '../calendar.ts';
import { addsUp, linesAddUp } from './checks.ts';
import type { DashboardFacts } from './facts.ts';
import { type DashboardRow, plainRow } from './grid.ts';
import { limitsUsed } from './limits.ts';
import { modelUse } from './model-use.ts';
import { invoicesByStatus, monthByStatus, withoutPerson } from './month.ts';
import { lastRuns, waitsForWhom } from './waiting.ts';

/** Columns that the Dashboard writes; what people keep to the right of them stays. */
export const DASHBOARD_COLUMNS = 9;

/** Where the figures of the chart stand, from 1: hours by status, with the header. */
export const CHART_RANGE = { row: 5, column: 1, rows: 7, columns: 2 } as const;

/** The tab Dashboard, row by row. The section that feeds the chart always has the same place. */
export function dashboardRows(facts: DashboardFacts): readonly DashboardRow[] {
  return [
    plainRow('title', `Dashboard: ${monthName(facts.period)}`),
    {
      look: 'note',
      cells: ['Worked out', { ms: facts.now }, '', facts.nextRun === '' ? '' : `Next run ${facts.nextRun}`],
      formats: ['', 'yyyy-mm-dd hh:mm'],
    },
    plainRow('gap', ''),
    ...monthByStatus(facts),
    ...waitsForWhom(facts),
    ...invoicesByStatus(facts),
    ...withoutPerson(facts),
    ...modelUse(facts),
    ...limitsUsed(facts),
    ...addsUp(facts),
    plainRow('note', linesAddUp(facts)),
    plainRow('gap', ''),
    ...lastRuns(facts),
  ];
}
