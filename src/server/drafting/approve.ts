import { approvable, approvedInvoice } from '../../lib/invoices/approve.ts';
import { type ApprovedInvoice, freeze, thaw } from '../../lib/invoices/approved.ts';
import type { BillingTables, InvoiceRow } from '../../lib/invoices/tables.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { frozenTerms, invoices } from '../../lib/workbook/tables.ts';
import { replaceRows } from '../sheets/replace-rows.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { loadTables, refuseWrongTabs } from './load.ts';
import { planFor } from './redraft.ts';
import { writePlans } from './write-plans.ts';

export interface ApproveDeps {
  readonly workbook: Workbook;
  readonly settings: Settings;
  readonly who: string;
  readonly now: number;
  /** Called when all is ready, before the first is marked as approved, so that no approval stands which was not told. */
  readonly tell?: (approved: readonly string[]) => void;
}

export interface Approved {
  readonly approved: readonly string[];
  readonly refused: readonly { readonly invoice: string; readonly reason: string }[];
}

/**
 * Approves drafts: each is worked out once more, and only what came out just as it was shown is approved and frozen, with its terms and
 * its entries as they are now. The others are drafted anew and refused with the reason. `all` passes over held ones. Nothing is
 * approved while a tab is wrong.
 */
export function approveInvoices(deps: ApproveDeps, wanted: readonly string[] | 'all'): Approved {
  refuseWrongTabs(deps.workbook);
  const tables = loadTables(deps.workbook, deps.settings);
  const names =
    wanted === 'all'
      ? tables.invoices.filter((row) => row.status === 'draft' || row.status === 'failed').map((row) => row.invoice)
      : wanted;
  const chosen = new Set(names.map(foldName));
  const rows = tables.invoices.filter((row) => chosen.has(foldName(row.invoice)));
  const reopened = new Set(rows.filter((row) => row.status === 'failed').map((row) => foldName(row.invoice)));
  const plans = planFor(
    deps,
    tables,
    rows.map((row) => row.client),
    reopened,
  );
  const { drafts, refused } = approvable(names, plans, tables);
  writePlans(deps.workbook, plans);
  const records = drafts.map((draft) => approvedInvoice(draft, tables, { by: deps.who, at: deps.now }));
  writeFrozen(
    deps.workbook,
    tables,
    records.flatMap(freeze),
    drafts.map((draft) => draft.name),
  );
  deps.workbook.flush();
  deps.tell?.(drafts.map((draft) => draft.name));
  deps.workbook.update(
    invoices,
    new Map<string, Partial<InvoiceRow>>([
      ...refused
        .filter(({ invoice }) => stillDraft(plans, invoice))
        .map(({ invoice, reason }): [string, Partial<InvoiceRow>] => [invoice, { message: reason }]),
      ...drafts.map((draft): [string, Partial<InvoiceRow>] => [draft.name, { status: 'approved', message: '' }]),
    ]),
  );
  return { approved: drafts.map((draft) => draft.name), refused };
}

/**
 * Gives approved or failed invoices back to be drafts, and later approved ones of the same client with them, since those rest on their
 * balances. The caller drafts their clients anew. One that was left `pushing` is given back only where QuickBooks has nothing of it.
 * @param requireNotSent throws a sentence where it has, or may have; null: what was approved cannot be read any more
 * @returns the clients concerned
 */
export function unapproveInvoices(
  deps: Pick<ApproveDeps, 'workbook' | 'settings' | 'tell'>,
  wanted: readonly string[],
  requireNotSent: (row: InvoiceRow, record: ApprovedInvoice | null) => void,
): { readonly invoices: readonly string[]; readonly clients: readonly string[] } {
  const tables = loadTables(deps.workbook, deps.settings);
  const rows = wanted.map((name) => {
    const row = tables.invoices.find((one) => foldName(one.invoice) === foldName(name));
    if (row === undefined) throw new Error(`There is no invoice named ${name}.`);
    if (!GIVEN_BACK.has(row.status) && row.status !== 'pushing') {
      throw new Error(`${row.invoice} is ${row.status}; only approved invoices can be given back.`);
    }
    return row;
  });
  const halfPushed = rows.filter((row) => row.status === 'pushing');
  for (const row of halfPushed) {
    const later = tables.invoices.find((one) => STANDS.has(one.status) && isAfter(one, row) && isSameSow(one, row));
    if (later !== undefined) throw new Error(`${later.invoice} came after ${row.invoice} and must be undone first.`);
    const own = tables.frozen.filter((piece) => foldName(piece.invoice) === foldName(row.invoice));
    requireNotSent(row, thaw(own));
  }
  const given = tables.invoices.filter(
    (row) => rows.includes(row) || (GIVEN_BACK.has(row.status) && rows.some((one) => isAfter(row, one))),
  );
  const names = given.map((row) => row.invoice);
  deps.tell?.(names);
  deps.workbook.update(invoices, new Map(names.map((name) => [name, { status: 'draft' as const, message: '' }])));
  // After the status: a row without its number that is still `pushing` would be looked for in vain.
  deps.workbook.flush();
  deps.workbook.update(
    invoices,
    new Map(halfPushed.map((row) => [row.invoice, { quickBooksNumber: '', pushedAt: null }])),
  );
  writeFrozen(deps.workbook, tables, [], names);
  return { invoices: names, clients: [...new Set(given.map((row) => row.client))] };
}

const GIVEN_BACK: ReadonlySet<string> = new Set(['approved', 'failed']);
const STANDS: ReadonlySet<string> = new Set(['pushing', 'pushed', 'paid']);

/** Of the same client and a later month, so that it rests on the balances of the other one. */
function isAfter(row: InvoiceRow, other: InvoiceRow): boolean {
  return foldName(row.client) === foldName(other.client) && row.period > other.period;
}

/** Of the same SOW, or of all of a client's. */
function isSameSow(row: InvoiceRow, other: InvoiceRow): boolean {
  return row.sow === '' || other.sow === '' || foldName(row.sow) === foldName(other.sow);
}

/** Puts new frozen pieces in the place of those that these invoices had. */
export function writeFrozen(
  workbook: Workbook,
  tables: BillingTables,
  pieces: readonly { readonly invoice: string; readonly part: number; readonly text: string }[],
  names: readonly string[],
): void {
  const own = new Set(names.map(foldName));
  replaceRows(
    workbook,
    frozenTerms,
    tables.frozen.filter((row) => own.has(foldName(row.invoice))),
    pieces,
  );
}

/** A held one has its own message. */
function stillDraft(plans: ReturnType<typeof planFor>, invoice: string): boolean {
  return plans.some((plan) =>
    plan.wanted.some((row) => row.status === 'draft' && foldName(row.invoice) === foldName(invoice)),
  );
}
