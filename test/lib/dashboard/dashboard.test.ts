import { describe, expect, it } from 'vitest';
import { CHART_RANGE, DASHBOARD_COLUMNS, dashboardRows } from '../../../src/lib/dashboard/dashboard.ts';
import type { DashboardFacts } from '../../../src/lib/dashboard/facts.ts';
import type { DashboardRow } from '../../../src/lib/dashboard/grid.ts';
import type { BillingTables } from '../../../src/lib/invoices/tables.ts';
import { runs, sowLines } from '../../../src/lib/workbook/tables.ts';
import { entry, firm, plansOf, row, written } from '../invoices/small-firm.ts';

function dashboard(tables: BillingTables, change: Partial<DashboardFacts> = {}): readonly DashboardRow[] {
  const plans = plansOf(tables);
  const facts = { period: '2026-10', now: 5, tables: written(tables, plans), plans, runs: [], nextRun: '', proven: '' };
  return dashboardRows({ ...facts, ...change });
}

/** The rows of a section without its heading. */
function sectionOf(rows: readonly DashboardRow[], heading: string): readonly DashboardRow[] {
  const from = rows.findIndex((one) => one.look === 'section' && one.cells[0] === heading);
  const rest = rows.slice(from + 1);
  return rest.slice(
    0,
    rest.findIndex((one) => one.look === 'gap'),
  );
}

const cellsOf = (rows: readonly DashboardRow[]) => rows.map((one) => one.cells);

describe('the Dashboard', () => {
  const flagged = entry('harvest:2', { status: 'flagged', flags: 'low confidence', hours: 2 });
  const tables = firm({
    timeEntries: [entry('harvest:1'), flagged, entry('harvest:3', { status: 'excluded', hours: 1 })],
  });

  it('shows every status with its hours, and all of them together', () => {
    const rows = cellsOf(sectionOf(dashboard(tables), 'Time and expenses by status'));
    expect(rows).toContainEqual(['approved', 3, 1, 300, 0, 0]);
    expect(rows).toContainEqual(['flagged', 2, 1, 0, 0, 0]);
    expect(rows.at(-1)).toEqual(['All', 6, 3, 300, 0, 0]);
  });

  it('keeps the figures of the chart in one place, whatever the month holds', () => {
    for (const some of [tables, firm({ timeEntries: [] })]) {
      const rows = dashboard(some).slice(CHART_RANGE.row - 1, CHART_RANGE.row - 1 + CHART_RANGE.rows);
      expect(rows[0]?.cells.slice(0, CHART_RANGE.columns)).toEqual(['Status', 'Hours']);
      expect(rows.at(-1)?.cells[0]).toBe('invoiced');
    }
  });

  it('shows that hours in equal hours out', () => {
    expect(cellsOf(sectionOf(dashboard(tables), 'Hours in equal hours out'))).toContainEqual([
      'Acme',
      6,
      3,
      0,
      0,
      0,
      1,
      2,
      'adds up',
    ]);
  });

  it('says what waits, and for whom', () => {
    const rows = cellsOf(sectionOf(dashboard(tables), 'What waits for whom'));
    expect(rows).toContainEqual([1, 'Entries and expenses to review', 'the reviewer']);
    expect(rows).toContainEqual([1, 'Invoices that are held', 'the reviewer']);
  });

  it('says how much of a cap is used, the draft counted in', () => {
    const capped = [
      row(sowLines, {
        line: 'A/1',
        sow: 'A',
        title: 'Advice',
        billing: 'hourly',
        rate: 100,
        capAmount: 400,
        overCap: 'absorb',
      }),
    ];
    expect(cellsOf(sectionOf(dashboard(firm({ sowLines: capped })), 'Retainers and caps'))).toContainEqual([
      'A/1',
      'Cap in money',
      400,
      300,
      0.75,
    ]);
  });

  it('names an invoice whose lines were changed by hand', () => {
    const plans = plansOf(tables);
    const after = written(tables, plans);
    const tampered = { ...after, invoiceLines: after.invoiceLines.map((line) => ({ ...line, amount: 1 })) };
    const texts = dashboard(tables, { tables: tampered }).map((one) => one.cells[0]);
    expect(texts).toContain('The lines do not add up to the total on 2026-10 Acme. Press Update drafts.');
  });

  it('says what is proven about rows that no person decided, beside their share', () => {
    const rows = cellsOf(sectionOf(dashboard(tables, { proven: '0 wrong in 60 checked' }), 'Decided without a person'));
    expect(rows).toContainEqual([1, 0, 0, '0 wrong in 60 checked']);
  });

  it('says what the models read, wrote and cost in the last run that asked them', () => {
    const some = [
      { run: 'r1', started: 1, claudeRequests: 8, inputTokens: 1 },
      {
        run: 'r2',
        started: 2,
        claudeRequests: 10,
        inputTokens: 700,
        cachedTokens: 300,
        outputTokens: 50,
        costUsd: 0.12,
      },
      { run: 'r3', started: 3, claudeRequests: 0 },
    ].map((one) => row(runs, { ...one, period: '2026-10', job: 'month-end' }));
    const [, body] = cellsOf(sectionOf(dashboard(tables, { runs: some }), 'What the models cost'));
    expect(body?.slice(0, 5)).toEqual([10, 1_000, 300, 50, 0.12]);
    expect(sectionOf(dashboard(tables), 'What the models cost').map((one) => one.cells[0])).toEqual([
      'No run of this month has asked the models yet.',
    ]);
  });

  it('shows the last six runs, newest first, and fits its columns', () => {
    const some = Array.from({ length: 8 }, (_, index) =>
      row(runs, { run: `r${index}`, job: 'sync', started: index, message: `run ${index}` }),
    );
    const rows = dashboard(tables, { runs: some });
    const shown = sectionOf(rows, 'Runs').filter((one) => one.look === 'body');
    expect(shown.map((one) => one.cells.at(-1))).toEqual(['run 7', 'run 6', 'run 5', 'run 4', 'run 3', 'run 2']);
    expect(Math.max(...rows.map((one) => one.cells.length))).toBeLessThanOrEqual(DASHBOARD_COLUMNS);
  });
});
