import type { DraftInvoice } from '../../../lib/billing/model.ts';
import { type Followed, followUp, transactionIn } from '../../../lib/invoices/after-push.ts';
import type { ApprovedInvoice } from '../../../lib/invoices/approved.ts';
import { approvedOf, type BillingTables, groupBy, type InvoiceRow } from '../../../lib/invoices/tables.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { invoices, runs } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import { writeFrozen } from '../../drafting/approve.ts';
import { loadTables } from '../../drafting/load.ts';
import { giveBack } from '../../drafting/push/give-back.ts';
import type { Step, StepContext } from '../step.ts';

/** Invoices asked for between two looks at the clock. */
const CHUNK = 25;
/** QuickBooks tells changes of at most 30 days; a day is left for clocks that differ. */
const LOOK_BACK_MS = 29 * 24 * 60 * 60 * 1000;
/** It lists so many at most. */
const MOST_CHANGES = 1000;

/**
 * Asks QuickBooks what became of the invoices that were pushed: paid, partly paid, edited, voided, deleted. Pushed ones are all read; of
 * paid ones those that changed since the last sync. A voided invoice gives its entries back, and the draft step that follows drafts
 * them anew. Safe to do twice. The cursor is the name of the last invoice done.
 */
export const syncStep: Step = (ctx, cursor) => {
  const rows = ctx.workbook.read(invoices).rows;
  if (!rows.some((row) => row.status === 'pushed' || row.status === 'paid')) {
    ctx.progress('Nothing was pushed yet');
    return { kind: 'done' };
  }
  const api = ctx.clients.quickbooks();
  const wanted = toAsk(rows, api, ctx);
  const chunk = wanted.filter((row) => foldName(row.invoice) > (cursor ?? '')).slice(0, CHUNK);
  const last = chunk.at(-1);
  if (last === undefined) return { kind: 'done' };
  const tables = loadTables(ctx.workbook, ctx.settings);
  const piecesOf = groupBy(tables.frozen, (row) => row.invoice);
  const records = approvedOf(tables.invoices, (name) => piecesOf.get(foldName(name)) ?? []);
  const updates = new Map<string, Partial<InvoiceRow>>();
  const voided: { readonly row: InvoiceRow; readonly message: string }[] = [];
  for (const row of chunk) {
    const found = follow(api, row, records.get(foldName(row.invoice))?.draft ?? null);
    if (found.kind === 'voided') voided.push({ row, message: found.message });
    else if (found.status !== row.status || found.message !== row.message) {
      updates.set(row.invoice, { status: found.status, message: found.message });
      ctx.log({ what: 'Seen in QuickBooks', where: row.invoice, before: row.status, after: said(found) });
    }
  }
  ctx.tell();
  ctx.workbook.update(invoices, updates);
  for (const { row, message } of voided) takeBack(ctx, row, message, records);
  return { kind: 'more', cursor: foldName(last.invoice), progress: `Asked QuickBooks about ${chunk.length} invoices` };
};

/** In the order of their names, so that the cursor means the same whatever people sort. */
function toAsk(rows: readonly InvoiceRow[], api: QuickBooksClient, ctx: StepContext): readonly InvoiceRow[] {
  const paid = rows.filter((row) => row.status === 'paid');
  const isChanged = paid.length === 0 ? () => false : changedOf(api, ctx);
  return [...rows.filter((row) => row.status === 'pushed'), ...paid.filter(isChanged)].sort((a, b) =>
    foldName(a.invoice) < foldName(b.invoice) ? -1 : 1,
  );
}

/** Which paid ones may have changed since the last sync: all, where that is longer ago than QuickBooks tells, or more changed than it lists. */
function changedOf(api: QuickBooksClient, { workbook, clock }: StepContext): (row: InvoiceRow) => boolean {
  const sinceMs = clock.now() - LOOK_BACK_MS;
  const synced = workbook
    .read(runs)
    .rows.some((run) => run.job === 'sync' && run.outcome === 'done' && (run.started ?? 0) >= sinceMs);
  if (!synced) return () => true;
  const changes = api.changedSince(new Date(sinceMs).toISOString().replace(/\.\d+Z$/, 'Z'));
  if (changes.length >= MOST_CHANGES) return () => true;
  const changed = new Set(changes.map(({ kind, id }) => `${kind} ${id}`));
  return (row) => {
    const at = transactionIn(row.quickBooksLink);
    return at === null || changed.has(`${at.kind} ${at.id}`);
  };
}

function follow(api: QuickBooksClient, row: InvoiceRow, sent: DraftInvoice | null): Followed {
  const at = transactionIn(row.quickBooksLink);
  if (at === null) return { kind: 'stands', status: row.status, message: NO_LINK };
  return followUp(at.kind === 'Estimate' ? api.readEstimate(at.id) : api.readInvoice(at.id), sent);
}

const NO_LINK =
  'QuickBooks link is empty, so nobody can tell what became of it. Paste the address of this invoice in QuickBooks there.';

/** Gives everything on a voided invoice back. Its status alone is written last: cut off before, the next sync does it again. */
function takeBack(
  ctx: StepContext,
  row: InvoiceRow,
  message: string,
  records: ReadonlyMap<string, ApprovedInvoice>,
): void {
  const tables: BillingTables = loadTables(ctx.workbook, ctx.settings);
  giveBack(ctx.workbook, tables, row.invoice, records);
  ctx.log({ what: message, where: row.invoice, before: row.status, after: 'voided' });
  ctx.tell();
  writeFrozen(ctx.workbook, tables, [], [row.invoice]);
  ctx.workbook.update(invoices, new Map([[row.invoice, { message }]]));
  ctx.workbook.flush();
  ctx.workbook.update(invoices, new Map([[row.invoice, { status: 'voided' as const }]]));
}

function said(found: { readonly status: string; readonly message: string }): string {
  return found.message === '' ? found.status : `${found.status}. ${found.message}`;
}
