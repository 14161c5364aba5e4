import { foldName } from '../workbook/cell.ts';
import { conservationOf, type DashboardFacts } from './facts.ts';
import { type DashboardRow, section } from './grid.ts';

/** Hours in equal hours out, client by client; and the lines of every invoice of the period add up to its total. */
export function addsUp(facts: DashboardFacts): readonly DashboardRow[] {
  const rows = facts.plans.flatMap((plan) => {
    const sums = conservationOf(plan, facts.period);
    if (sums === null) {
      return plan.problems.length === 0
        ? []
        : [[plan.client, '', '', '', '', '', '', '', `Not worked out: ${plan.problems[0] ?? ''}`]];
    }
    if (Number(sums.totalHours) === 0 && sums.totalExpenses === 0) return [];
    const { billed, covered, absorbed, recorded, excluded, waiting } = sums.hours;
    return [
      [
        plan.client,
        Number(sums.totalHours),
        ...[billed, covered, absorbed, recorded, excluded, waiting].map(Number),
        sums.addsUp ? 'adds up' : 'DOES NOT ADD UP: please report it, and push nothing of this client',
      ],
    ];
  });
  return section(
    'Hours in equal hours out',
    [
      { header: 'Client', format: 'text' },
      { header: 'Hours in', format: 'hours' },
      { header: 'Billed', format: 'hours' },
      { header: 'Covered', format: 'hours' },
      { header: 'Absorbed', format: 'hours' },
      { header: 'Recorded', format: 'hours' },
      { header: 'Excluded', format: 'hours' },
      { header: 'Waiting', format: 'hours' },
      { header: 'Check', format: 'text' },
    ],
    rows,
    { empty: 'No time in this month yet.' },
  );
}

/** Names of invoices of the period whose lines do not add up to their total, as a sentence. */
export function linesAddUp(facts: DashboardFacts): string {
  const totals = new Map<string, number>();
  for (const line of facts.tables.invoiceLines) {
    const key = foldName(line.invoice);
    totals.set(key, (totals.get(key) ?? 0) + (line.amount ?? 0));
  }
  const wrong = facts.tables.invoices.filter(
    (row) =>
      row.period === facts.period && Math.abs((totals.get(foldName(row.invoice)) ?? 0) - (row.total ?? 0)) > 0.0005,
  );
  return wrong.length === 0
    ? 'The lines of every invoice add up to its total.'
    : `The lines do not add up to the total on ${wrong.map((row) => row.invoice).join(', ')}. Press Update drafts.`;
}
