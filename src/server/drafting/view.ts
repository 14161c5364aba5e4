import type { Hold } from '../../lib/billing/model.ts';
import type { DecidedView, HoldView, InvoicesView, InvoiceView } from '../../lib/calls.ts';
import { type DecisionRow, groupBy, type InvoiceLineRow, type InvoiceRow } from '../../lib/invoices/tables.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { decisions, invoiceLines, invoices } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { readTables } from './load.ts';
import { planFor } from './redraft.ts';

/** The invoices as the sidebar shows them, in the order of the tab. Holds and what may be decided come from working drafts out once more. */
export function invoicesView(workbook: Workbook, settings: () => Settings): InvoicesView {
  const rows = workbook.read(invoices).rows;
  const linesOf = groupBy(workbook.read(invoiceLines).rows, (line) => line.invoice);
  const decidedOn = new Set(workbook.read(decisions).rows.map((row) => foldName(row.invoice)));
  const held = rows.filter((row) => row.status === 'held');
  const decided = rows.filter((row) => row.status === 'draft' && decidedOn.has(foldName(row.invoice)));
  const known = held.length + decided.length > 0 ? workedOut(workbook, settings(), held, decided) : NOTHING;
  return {
    invoices: rows.map((row) => {
      const key = foldName(row.invoice);
      const view = invoiceView(row, linesOf.get(key) ?? [], known.holds.get(key) ?? null);
      return { ...view, decided: known.decided.get(key) ?? null };
    }),
  };
}

interface WorkedOut {
  /** What holds each held invoice as things are now; none where its terms are wrong. */
  readonly holds: ReadonlyMap<string, readonly Hold[]>;
  readonly decided: ReadonlyMap<string, DecidedView>;
}

const NOTHING: WorkedOut = { holds: new Map(), decided: new Map() };

function workedOut(
  workbook: Workbook,
  settings: Settings,
  held: readonly InvoiceRow[],
  decided: readonly InvoiceRow[],
): WorkedOut {
  const { tables, problems } = readTables(workbook, settings);
  // With wrong cells nothing can be worked out; the message on the invoice still says why it is held.
  if (problems.length > 0) return NOTHING;
  const holdsOf = (rows: readonly InvoiceRow[], made: readonly DecisionRow[]) => {
    const clients = [...new Set(rows.map((row) => row.client))];
    const plans = planFor({ workbook, settings }, { ...tables, decisions: made }, clients);
    const wrong = new Set(plans.filter((plan) => plan.problems.length > 0).map((plan) => foldName(plan.client)));
    const drafts = plans.flatMap((plan) => plan.drafts);
    return rows
      .filter((row) => !wrong.has(foldName(row.client)))
      .map((row): [string, readonly Hold[]] => [
        foldName(row.invoice),
        drafts.find((draft) => isOf(row, draft.name))?.holds ?? [],
      ]);
  };
  const decidedView = (row: InvoiceRow): [string, DecidedView][] => {
    const made = tables.decisions.filter((one) => isOf(row, one.invoice)).map((one) => one.decision);
    const undecided = holdsOf(
      [row],
      tables.decisions.filter((one) => !isOf(row, one.invoice)),
    );
    const possible = new Set(undecided.flatMap(([, holds]) => holds.flatMap((hold) => hold.decisions)));
    const alternatives = [...possible].filter((decision) => !made.includes(decision));
    return alternatives.length === 0 ? [] : [[foldName(row.invoice), { decisions: made, alternatives }]];
  };
  return { holds: new Map(holdsOf(held, tables.decisions)), decided: new Map(decided.flatMap(decidedView)) };
}

function isOf(row: InvoiceRow, name: string): boolean {
  return foldName(row.invoice) === foldName(name);
}

/** On a held invoice whose reason is gone since it was drafted, by a decision typed into a tab. */
const SETTLED = 'What held it is settled. Press Update drafts.';

/** @param held what holds it now; null where it is not held, or that is not known */
function invoiceView(
  row: InvoiceRow,
  lines: readonly InvoiceLineRow[],
  held: readonly Hold[] | null,
): Omit<InvoiceView, 'decided'> {
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
    holds: (held ?? []).map(holdView),
    // What is held says so by its holds.
    message: held === null ? row.message : held.length > 0 ? '' : SETTLED,
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
