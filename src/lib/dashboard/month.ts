import { entryStatusWords, invoiceStatusWords } from '../workbook/words.ts';
import { whoDecided } from './decided.ts';
import type { DashboardFacts } from './facts.ts';
import { type DashboardRow, section } from './grid.ts';

/** Entries, hours and money of the period by status; its first two columns feed the chart. Every status has its row. */
export function monthByStatus(facts: DashboardFacts): readonly DashboardRow[] {
  const time = facts.tables.timeEntries.filter((row) => row.period === facts.period);
  const costs = facts.tables.expenses.filter((row) => row.period === facts.period);
  const rows = entryStatusWords.map((status) => {
    const ofStatus = time.filter((row) => row.status === status);
    const expenses = costs.filter((row) => row.status === status);
    return [
      status,
      sum(ofStatus.map((row) => row.hours)),
      ofStatus.length,
      sum(ofStatus.map((row) => row.amount)),
      expenses.length,
      sum(expenses.map((row) => row.amount)),
    ];
  });
  return section(
    'Time and expenses by status',
    [
      { header: 'Status', format: 'text' },
      { header: 'Hours', format: 'hours' },
      { header: 'Entries', format: 'count' },
      { header: 'Amount of time', format: 'money' },
      { header: 'Expenses', format: 'count' },
      { header: 'Amount of expenses', format: 'money' },
    ],
    rows,
    {
      empty: '',
      total: [
        'All',
        sum(time.map((row) => row.hours)),
        time.length,
        sum(time.map((row) => row.amount)),
        costs.length,
        sum(costs.map((row) => row.amount)),
      ],
    },
  );
}

/** How much was settled without a person, and what is proven about it. */
export function withoutPerson(facts: DashboardFacts): readonly DashboardRow[] {
  const rows = [...facts.tables.timeEntries, ...facts.tables.expenses].filter((row) => row.period === facts.period);
  const { all, withoutPerson: alone } = whoDecided(rows);
  return section(
    'Decided without a person',
    [
      { header: 'Decided', format: 'count' },
      { header: 'Without a person', format: 'count' },
      { header: 'Share', format: 'share' },
      { header: 'What is proven', format: 'text' },
    ],
    all === 0 ? [] : [[all, alone, alone / all, facts.proven]],
    { empty: 'Nothing is decided yet.' },
  );
}

/** Invoices of the period by status and currency. */
export function invoicesByStatus(facts: DashboardFacts): readonly DashboardRow[] {
  const ofPeriod = facts.tables.invoices.filter((row) => row.period === facts.period);
  const currencies = [...new Set(ofPeriod.map((row) => row.currency))].sort();
  const rows = invoiceStatusWords.flatMap((status) =>
    currencies.flatMap((currency) => {
      const some = ofPeriod.filter((row) => row.status === status && row.currency === currency);
      return some.length === 0 ? [] : [[status, currency, some.length, sum(some.map((row) => row.total))]];
    }),
  );
  return section(
    'Invoices by status',
    [
      { header: 'Status', format: 'text' },
      { header: 'Currency', format: 'text' },
      { header: 'Invoices', format: 'count' },
      { header: 'Total', format: 'money' },
    ],
    rows,
    { empty: 'No invoice of this month yet.' },
  );
}

/** Sums of cells; rounded to what a cell shows, since it is for looking at. */
export function sum(values: readonly (number | null)[]): number {
  return Math.round(values.reduce<number>((total, value) => total + (value ?? 0), 0) * 10_000) / 10_000;
}
