import type { BalanceResult, ClientDrafts, InvoiceStatus } from '../../../../src/lib/billing/model.ts';
import {
  type NaiveBalance,
  type NaiveEntryResult,
  type NaiveInvoice,
  name,
} from '../../../naive-engine/naive-model.ts';

export type Draft = ClientDrafts['invoices'][number];
/** One invoice as both engines drafted it. */
export interface Pair {
  readonly first: Draft;
  readonly naive: NaiveInvoice;
  readonly period: string;
  status: InvoiceStatus;
  /** What its push changed in the Balances of the naive engine, which tells the rows of all months each time. */
  wrote: [string, NaiveBalance][];
}
/** Billed hours, Covered hours and Amount of a row. */
export type Numbers = Pick<NaiveEntryResult, 'billed' | 'covered' | 'amount'>;

/** The Balances tab: the rows of what was pushed and not voided, later ones in place of earlier ones. */
export function balancesNow(invoices: readonly Pair[]): Map<string, BalanceResult> {
  const rows = pushed(invoices).flatMap((pair) => pair.first.balances);
  return new Map(rows.map((row) => [`${name(row.line)} ${row.period}`, row]));
}

export function naiveBalancesNow(invoices: readonly Pair[]): Map<string, NaiveBalance> {
  return new Map(pushed(invoices).flatMap((pair) => pair.wrote));
}

export function firstNumbers(invoice: Draft): [string, { billed: string; covered: string; amount: string }][] {
  return [
    ...invoice.entryResults.map((row): [string, { billed: string; covered: string; amount: string }] => [
      row.key,
      { billed: row.billedHours, covered: row.coveredHours, amount: row.amount },
    ]),
    ...invoice.expenseResults.map((row): [string, { billed: string; covered: string; amount: string }] => [
      `expense ${row.key}`,
      { billed: '0', covered: '0', amount: row.amount },
    ]),
  ];
}

export function naiveRows(invoice: NaiveInvoice): [string, NaiveBalance][] {
  return invoice.balances.map((row) => [`${name(row.line)} ${row.period}`, row]);
}

export function naiveNumbers(invoice: NaiveInvoice): [string, Numbers][] {
  const times = invoice.entries.map(({ key, billed, covered, amount }): [string, Numbers] => [
    key,
    { billed, covered, amount },
  ]);
  const costs = invoice.expenseAmounts.map(({ key, amount }): [string, Numbers] => [
    `expense ${key}`,
    { billed: 0n, covered: 0n, amount },
  ]);
  return [...times, ...costs];
}

/** The rows that are not in the table as they are. */
export function newRows<T>(known: ReadonlyMap<string, T>, rows: readonly [string, T][]): [string, T][] {
  const told = (row: T | undefined): string =>
    JSON.stringify(row ?? null, (_, cell) => (typeof cell === 'bigint' ? `${cell}` : cell));
  return rows.filter(([key, row]) => told(known.get(key)) !== told(row));
}

const pushed = (invoices: readonly Pair[]): Pair[] => invoices.filter((pair) => pair.status === 'pushed');
