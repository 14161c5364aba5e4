import { draftClient } from '../../../src/lib/billing/draft-client.ts';
import type { DraftInvoice } from '../../../src/lib/billing/model.ts';
import { type ClientPlan, planDrafts } from '../../../src/lib/invoices/plan-drafts.ts';
import { type BillingTables, clientNames, tablesByClient } from '../../../src/lib/invoices/tables.ts';
import { timeKind } from '../../../src/lib/pull/kinds.ts';
import type { TimeRow } from '../../../src/lib/pull/model.ts';
import type { TimeSource } from '../../../src/lib/pull/source.ts';
import type { RowOf, TableDef } from '../../../src/lib/workbook/define.ts';
import { keyOf } from '../../../src/lib/workbook/define.ts';
import { planReplacement } from '../../../src/lib/workbook/replace.ts';
import { readSettings } from '../../../src/lib/workbook/settings.ts';
import { clients, invoiceLines, invoices, sowLines, sows } from '../../../src/lib/workbook/tables.ts';

/** What the source says about an entry of the small firm. */
export function said(change: Partial<TimeSource> = {}): TimeSource {
  return {
    date: '2026-10-05',
    person: 'Ana Ruiz',
    roles: ['Senior'],
    client: 'Acme',
    project: 'Strategy',
    projectCode: 'STR',
    task: 'Review',
    notes: 'Final review',
    hours: 3,
    roundedHours: 3,
    rate: 185,
    billable: true,
    updatedAt: '',
    gone: false,
    ...change,
  };
}

export function entry(key: string, change: Partial<TimeRow> = {}, source: Partial<TimeSource> = {}): TimeRow {
  return {
    ...timeKind.blank(key, said(source), 1),
    status: 'approved',
    sowLine: 'A/1',
    decidedBy: 'ana@x.example',
    ...change,
  };
}

/** One client, Acme, with an hourly line A/1 at 100.00 and whatever the case is about. */
export function firm(change: Partial<BillingTables> = {}): BillingTables {
  const rows = [{ setting: 'First period', value: '2026-10', whatItDoes: '' }];
  return {
    settings: readSettings(rows).settings,
    clients: [row(clients, { client: 'Acme', currency: 'USD', terms: 'Net 30', invoicePer: 'client' })],
    sows: [row(sows, { sow: 'A', client: 'Acme', title: 'Advice', poNumber: 'PO-9', active: true, overCap: 'hold' })],
    sowLines: [
      row(sowLines, { line: 'A/1', sow: 'A', title: 'Advice', billing: 'hourly', rate: 100, overCap: 'hold' }),
    ],
    rates: [],
    timeEntries: [entry('harvest:1')],
    expenses: [],
    balances: [],
    invoices: [],
    invoiceLines: [],
    decisions: [],
    frozen: [],
    records: [],
    ...change,
  };
}

/** A row of a tab with empty cells where nothing is said. */
export function row<D extends TableDef>(table: D, cells: Partial<RowOf<D>>): RowOf<D> {
  const empty = Object.fromEntries(
    Object.entries(table.columns).map(([property, column]) => {
      const decoded = column.decode('');
      return [property, decoded.ok ? decoded.value : ''];
    }),
  );
  return { ...empty, ...cells } as RowOf<D>;
}

export function plansOf(tables: BillingTables, periods: readonly string[] = ['2026-10']): readonly ClientPlan[] {
  return tablesByClient(tables, clientNames(tables)).map((one) => planDrafts(one, periods, draftClient));
}

/** The first draft; the test fails without one. */
export function draftOf(tables: BillingTables): DraftInvoice {
  const draft = plansOf(tables).flatMap((plan) => plan.drafts)[0];
  if (draft === undefined) throw new Error('no draft');
  return draft;
}

/** The tabs after the plans are written. */
export function written(tables: BillingTables, plans: readonly ClientPlan[]): BillingTables {
  const changed = <T extends { readonly key: string }>(
    rows: readonly T[],
    updates: (plan: ClientPlan) => ReadonlyMap<string, Partial<T>>,
  ) => rows.map((one): T => Object.assign({}, one, ...plans.map((plan) => updates(plan).get(one.key))));
  return {
    ...tables,
    timeEntries: changed(tables.timeEntries, (plan) => plan.timeUpdates),
    expenses: changed(tables.expenses, (plan) => plan.expenseUpdates),
    invoices: replaced(
      invoices,
      tables.invoices,
      plans.flatMap((plan) => plan.standing),
      plans.flatMap((plan) => plan.wanted),
    ),
    invoiceLines: replaced(
      invoiceLines,
      tables.invoiceLines,
      plans.flatMap((plan) => plan.standingLines),
      plans.flatMap((plan) => plan.wantedLines),
    ),
  };
}

function replaced<D extends TableDef>(
  table: D,
  all: readonly RowOf<D>[],
  standing: readonly RowOf<D>[],
  wanted: readonly RowOf<D>[],
): readonly RowOf<D>[] {
  const { insert, update, remove } = planReplacement(table, standing, wanted);
  return [
    ...all.filter((one) => !remove.has(keyOf(table, one))).map((one) => ({ ...one, ...update.get(keyOf(table, one)) })),
    ...insert,
  ];
}
