import { followUp, transactionIn } from '../../../lib/invoices/after-push.ts';
import type { ApprovedInvoice } from '../../../lib/invoices/approved.ts';
import { approvedOf, type BillingTables, groupBy, type InvoiceRow } from '../../../lib/invoices/tables.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { invoices } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient, QuickBooksTransaction } from '../../clients/quickbooks-model.ts';
import { writeFrozen } from '../../drafting/approve.ts';
import { loadTables } from '../../drafting/load.ts';
import { giveBack } from '../../drafting/push/give-back.ts';
import type { Step, StepContext } from '../step.ts';

/** Invoices asked for between two looks at the clock. */
const CHUNK = 25;
/** QuickBooks tells changes of at most 30 days; a day is left for clocks that differ. */
const LOOK_BACK_MS = 29 * 24 * 60 * 60 * 1000;

/**
 * Asks QuickBooks what became of the invoices that were pushed: paid, partly paid, edited, voided, deleted. Pushed ones are all read; of
 * paid ones only those that changed in the last weeks. A voided invoice gives its entries back, and the draft step that follows drafts
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
    const found = followUp(read(api, row), records.get(foldName(row.invoice))?.draft ?? null);
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
  const since = new Date(ctx.clock.now() - LOOK_BACK_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const changed = new Set(paid.length === 0 ? [] : api.changedSince(since).map(({ kind, id }) => `${kind} ${id}`));
  return [
    ...rows.filter((row) => row.status === 'pushed' && transactionIn(row.quickBooksLink) !== null),
    ...paid.filter((row) => {
      const at = transactionIn(row.quickBooksLink);
      return at !== null && changed.has(`${at.kind} ${at.id}`);
    }),
  ].sort((a, b) => (foldName(a.invoice) < foldName(b.invoice) ? -1 : 1));
}

function read(api: QuickBooksClient, row: InvoiceRow): QuickBooksTransaction | null {
  const at = transactionIn(row.quickBooksLink);
  if (at === null) return null;
  return at.kind === 'Estimate' ? api.readEstimate(at.id) : api.readInvoice(at.id);
}

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
