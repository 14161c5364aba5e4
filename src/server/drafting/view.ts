import type { Hold } from '../../lib/billing/model.ts';
import type { HoldView, InvoicesView, InvoiceView } from '../../lib/calls.ts';
import { groupBy, type InvoiceLineRow, type InvoiceRow } from '../../lib/invoices/tables.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { invoiceLines, invoices } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { readTables } from './load.ts';
import { planFor } from './redraft.ts';

/** The invoices as the sidebar shows them, in the order of the tab. Holds come from working the held ones out once more. */
export function invoicesView(workbook: Workbook, settings: () => Settings): InvoicesView {
  const rows = workbook.read(invoices).rows;
  const linesOf = groupBy(workbook.read(invoiceLines).rows, (line) => line.invoice);
  const holdsOf = rows.some((row) => row.status === 'held') ? holds(workbook, settings(), rows) : new Map();
  return {
    invoices: rows.map((row) => {
      const key = foldName(row.invoice);
      return invoiceView(row, linesOf.get(key) ?? [], row.status === 'held' ? (holdsOf.get(key) ?? []) : []);
    }),
  };
}

function holds(
  workbook: Workbook,
  settings: Settings,
  rows: readonly InvoiceRow[],
): ReadonlyMap<string, readonly Hold[]> {
  const { tables, problems } = readTables(workbook, settings);
  // With wrong cells nothing can be worked out; the message on the invoice still says why it is held.
  if (problems.length > 0) return new Map();
  const clients = rows.filter((row) => row.status === 'held').map((row) => row.client);
  const plans = planFor({ workbook, settings }, tables, [...new Set(clients)]);
  return new Map(plans.flatMap((plan) => plan.drafts).map((draft) => [foldName(draft.name), draft.holds]));
}

function invoiceView(row: InvoiceRow, lines: readonly InvoiceLineRow[], held: readonly Hold[]): InvoiceView {
  return {
    invoice: row.invoice,
    client: row.client,
    period: row.period,
    status: row.status,
    currency: row.currency,
    hours: row.hours ?? 0,
    total: row.total ?? 0,
    fees: row.fees ?? 0,
    expenses: row.expenses ?? 0,
    adjustments: row.adjustments ?? 0,
    warnings: row.warnings.split('\n').filter((warning) => warning !== ''),
    holds: held.map(holdView),
    // What is held says so by its holds.
    message: held.length > 0 ? '' : row.message,
    number: row.quickBooksNumber,
    link: row.quickBooksLink,
    lines: [...lines]
      .sort((a, b) => (a.no ?? 0) - (b.no ?? 0))
      .map((line) => ({
        no: line.no ?? 0,
        line: line.sowLine,
        kind: line.kind,
        description: line.description,
        quantity: line.quantity,
        unitPrice: line.unitPrice,
        amount: line.amount ?? 0,
        howComputed: line.howComputed,
      })),
  };
}

function holdView(hold: Hold): HoldView {
  return { kind: hold.kind === 'negative total' ? 'negative' : hold.kind, text: hold.text, decisions: hold.decisions };
}
