import type { QuickBooksBooks } from '../../../lib/invoices/books.ts';
import { pushOrder } from '../../../lib/invoices/push-order.ts';
import { approvedOf, groupBy } from '../../../lib/invoices/tables.ts';
import { mayPush } from '../../../lib/jobs/may-push.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { expenses, invoices, timeEntries } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import { approveInvoices } from '../../drafting/approve.ts';
import { loadTables } from '../../drafting/load.ts';
import { type AtQuickBooks, pushBatch } from '../../drafting/push/batch.ts';
import type { Step, StepContext } from '../step.ts';

/** Invoices that are marked, sent and written down together. */
const BATCH = 20;

/**
 * Pushes all approved invoices, earlier months first, and those that an earlier execution left half way. Each is marked `pushing` with its
 * number, and that saved, before anything is sent; see `sendInvoice` for why it is created once whatever dies in between. An invoice that
 * QuickBooks would refuse becomes `failed` with the reason, and the others go on.
 */
export const pushStep: Step = (ctx, before) => {
  if (!mayPush(ctx.settings.whoMayPush, ctx.who)) {
    return {
      kind: 'blocked',
      problem: `${ctx.who === '' ? 'Nobody is known to be here, so nobody' : ctx.who} may push. The setting Who may push in the tab Settings decides.`,
    };
  }
  const done = before === null ? 0 : Number(before);
  if (before === null) retryFailed(ctx);
  const atQuickBooks = atQuickBooksFor(ctx);
  // Read after QuickBooks was, which may take minutes: what people decided meanwhile counts.
  for (const table of [timeEntries, expenses]) ctx.workbook.forget(table);
  const tables = loadTables(ctx.workbook, ctx.settings);
  const piecesOf = groupBy(tables.frozen, (row) => row.invoice);
  const order = pushOrder(
    tables.invoices,
    approvedOf(tables.invoices, (name) => piecesOf.get(foldName(name)) ?? []),
  );
  const batch = order.ready.slice(0, BATCH);
  if (batch.length === 0 || atQuickBooks === null) return nothingMore(ctx, order.waiting, done);
  const total = done + order.ready.length;
  const { handled, stuck } = pushBatch(ctx, atQuickBooks, tables, batch, done, total);
  const cursor = String(done + handled);
  if (stuck !== null) return { kind: 'hindered', error: stuck, cursor };
  return { kind: 'more', cursor, progress: `Pushed ${cursor} of ${total}` };
};

/** The company that the invoices go to, with what it must know to take them; null where none is to be sent. */
function atQuickBooksFor(ctx: StepContext): AtQuickBooks | null {
  const rows = ctx.workbook.read(invoices).rows;
  if (!rows.some((row) => row.status === 'approved' || row.status === 'pushing')) return null;
  const stands = rows.some((row) => ['pushing', 'pushed', 'paid'].includes(row.status));
  if (!stands) ctx.clients.tieQuickBooks();
  const api = ctx.clients.quickbooks();
  return { api, books: readBooks(api) };
}

/** What failed before is worked out anew with the terms of today; unchanged it is tried again, changed it is a draft again. */
function retryFailed(ctx: StepContext): void {
  const failed = ctx.workbook.read(invoices).rows.filter((row) => row.status === 'failed');
  if (failed.length === 0) return;
  const names = failed.map((row) => row.invoice);
  const deps = { workbook: ctx.workbook, settings: ctx.settings, who: ctx.who, now: ctx.clock.now() };
  for (const { invoice, reason } of approveInvoices(deps, names).refused) {
    ctx.log({ what: 'Not pushed', where: invoice, before: 'failed', after: reason });
  }
}

function nothingMore(
  ctx: StepContext,
  waiting: readonly { readonly invoice: string; readonly reason: string }[],
  done: number,
): { readonly kind: 'done' } {
  ctx.workbook.update(
    invoices,
    new Map(waiting.map(({ invoice, reason }) => [invoice, { message: `Not pushed yet: ${reason}` }])),
  );
  ctx.progress(done === 0 && waiting.length === 0 ? 'Nothing was approved' : `Handled ${done} invoices`, done, done);
  return { kind: 'done' };
}

function readBooks(api: QuickBooksClient): QuickBooksBooks {
  return {
    preferences: api.preferences(),
    customers: api.customers(),
    items: api.items(),
    terms: api.terms(),
    taxCodes: api.taxCodes(),
  };
}
