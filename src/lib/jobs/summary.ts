import { monthName } from '../calendar.ts';

/** What a month came to, for the mail and the end of a run. */
export interface MonthCounts {
  readonly period: string;
  readonly entries: number;
  readonly toLookAt: number;
  readonly invoices: number;
  /** Sum of the invoices by currency. */
  readonly totals: ReadonlyMap<string, number>;
}

/** "October: 1,574 entries, 41 to look at, 12 invoices, $84,310" */
export function monthSummary(counts: MonthCounts): string {
  const month = monthName(counts.period).split(' ')[0] ?? counts.period;
  const parts = [
    plural(counts.entries, 'entry', 'entries'),
    `${grouped(counts.toLookAt)} to look at`,
    plural(counts.invoices, 'invoice', 'invoices'),
    ...[...counts.totals].map(([currency, total]) => wholeMoney(currency, total)),
  ];
  return `${month}: ${parts.join(', ')}`;
}

function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Without cents: the mail gives an idea, the invoices give the amount. */
function wholeMoney(currency: string, amount: number): string {
  const text = `${amount < 0 ? '-' : ''}${currency === 'USD' ? '$' : ''}${grouped(Math.round(Math.abs(amount)))}`;
  return currency === 'USD' || currency === '' ? text : `${text} ${currency}`;
}

function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
