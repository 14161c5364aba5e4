import type { ExpenseRow, RecordRow, TimeRow } from '../pull/model.ts';
import { foldName } from '../workbook/cell.ts';
import type { RowOf } from '../workbook/define.ts';
import type { Settings } from '../workbook/settings.ts';
import type {
  balances,
  clients,
  decisions,
  frozenTerms,
  invoiceLines,
  invoices,
  rates,
  sowLines,
  sows,
} from '../workbook/tables.ts';
import { type ApprovedInvoice, thaw } from './approved.ts';

export type ClientRow = RowOf<typeof clients>;
export type SowRow = RowOf<typeof sows>;
export type LineRow = RowOf<typeof sowLines>;
export type RateTableRow = RowOf<typeof rates>;
export type InvoiceRow = RowOf<typeof invoices>;
export type InvoiceLineRow = RowOf<typeof invoiceLines>;
export type BalanceTableRow = RowOf<typeof balances>;
export type DecisionRow = RowOf<typeof decisions>;
export type FrozenRow = RowOf<typeof frozenTerms>;

/** All tabs that drafting looks at, read once. */
export interface BillingTables {
  readonly settings: Settings;
  readonly clients: readonly ClientRow[];
  readonly sows: readonly SowRow[];
  readonly sowLines: readonly LineRow[];
  readonly rates: readonly RateTableRow[];
  readonly timeEntries: readonly TimeRow[];
  readonly expenses: readonly ExpenseRow[];
  readonly balances: readonly BalanceTableRow[];
  readonly invoices: readonly InvoiceRow[];
  readonly invoiceLines: readonly InvoiceLineRow[];
  readonly decisions: readonly DecisionRow[];
  readonly frozen: readonly FrozenRow[];
  readonly records: readonly RecordRow[];
}

/** The tabs of one client, and what was approved of it, by folded name of the invoice. */
export interface ClientTables extends BillingTables {
  readonly client: string;
  /** The client's invoices as the tab shows them; in `invoices` those that are drafted anew are drafts. */
  readonly shownInvoices: readonly InvoiceRow[];
  readonly recordOf: ReadonlyMap<string, RecordRow>;
  readonly approved: ReadonlyMap<string, ApprovedInvoice>;
}

/** Approved, and not to be drafted anew; what was pushed once has a frozen record too. */
const FROZEN: ReadonlySet<string> = new Set(['approved', 'pushing', 'pushed', 'failed', 'paid']);

/** Every client that has terms, work or an invoice, named as in the tab Clients where it stands there. */
export function clientNames(tables: BillingTables): readonly string[] {
  const names = new Map<string, string>();
  for (const row of [
    ...tables.clients,
    ...tables.sows,
    ...tables.timeEntries,
    ...tables.expenses,
    ...tables.invoices,
  ]) {
    const key = foldName(row.client);
    if (key !== '' && !names.has(key)) names.set(key, row.client.trim());
  }
  return [...names.values()];
}

/**
 * The tables apart by client. Settings, rates and decisions are shared.
 * @param reopened invoices (folded names) that are drafted anew although they were approved
 */
export function tablesByClient(
  tables: BillingTables,
  clients: readonly string[],
  reopened: ReadonlySet<string> = new Set(),
): readonly ClientTables[] {
  const recordOf = new Map(tables.records.map((record) => [record.record, record]));
  const sows = groupBy(tables.sows, (row) => row.client);
  const lines = groupBy(tables.sowLines, (row) => row.sow);
  const time = groupBy(tables.timeEntries, (row) => row.client);
  const expenses = groupBy(tables.expenses, (row) => row.client);
  const invoices = groupBy(tables.invoices, (row) => row.client);
  const invoiceLines = groupBy(tables.invoiceLines, (row) => row.invoice);
  const balances = groupBy(tables.balances, (row) => row.line);
  const frozen = groupBy(tables.frozen, (row) => row.invoice);
  return clients.map((client) => {
    const of = <T>(groups: ReadonlyMap<string, readonly T[]>, name: string) => groups.get(foldName(name)) ?? [];
    const ownSows = of(sows, client);
    const ownLines = ownSows.flatMap((sow) => of(lines, sow.sow));
    const shownInvoices = of(invoices, client);
    const ownInvoices = shownInvoices.map((row) =>
      reopened.has(foldName(row.invoice)) ? { ...row, status: 'draft' as const } : row,
    );
    const names = [...new Set([...ownSows.map((sow) => sow.sow), ...ownLines.map((line) => line.line)].map(foldName))];
    const ownFrozen = ownInvoices.flatMap((row) => of(frozen, row.invoice));
    return {
      ...tables,
      client,
      shownInvoices,
      clients: tables.clients.filter((row) => foldName(row.client) === foldName(client)),
      sows: ownSows,
      sowLines: ownLines,
      timeEntries: of(time, client),
      expenses: of(expenses, client),
      invoices: ownInvoices,
      invoiceLines: ownInvoices.flatMap((row) => of(invoiceLines, row.invoice)),
      balances: names.flatMap((name) => of(balances, name)),
      frozen: ownFrozen,
      recordOf,
      approved: approvedOf(ownInvoices, (name) => of(frozen, name)),
    };
  });
}

/** The frozen records of invoices that count: approved and later, not voided. */
export function approvedOf(
  invoices: readonly InvoiceRow[],
  piecesOf: (invoice: string) => readonly FrozenRow[],
): ReadonlyMap<string, ApprovedInvoice> {
  const found = new Map<string, ApprovedInvoice>();
  for (const row of invoices) {
    if (!FROZEN.has(row.status)) continue;
    const record = thaw(piecesOf(row.invoice));
    if (record !== null) found.set(foldName(row.invoice), record);
  }
  return found;
}

/** Rows by the folded name in one of their cells, order kept. */
export function groupBy<T>(rows: readonly T[], nameOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = foldName(nameOf(row));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
