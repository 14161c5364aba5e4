import type { QuickBooksBooks } from '../../../lib/invoices/books.ts';
import { type PushItem, pushOrder } from '../../../lib/invoices/push-order.ts';
import { approvedOf, groupBy } from '../../../lib/invoices/tables.ts';
import { mayPush } from '../../../lib/jobs/may-push.ts';
import { isBy } from '../../../lib/jobs/next.ts';
import { ServiceError } from '../../../lib/jobs/service-error.ts';
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
  const { done, stuck: tried } = readCursor(before);
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
  const ready = order.ready.filter((item) => isMeant(item, ctx) && !tried.includes(item.row.invoice));
  const batch = ready.slice(0, BATCH);
  if (atQuickBooks === null || (batch.length === 0 && tried.length === 0)) return nothingMore(ctx, order.waiting, done);
  const total = done + ready.length;
  const { handled, stuck, putOff } = pushBatch(ctx, atQuickBooks, tables, batch, done, total);
  const inTrouble = [...tried, ...stuck.keys()];
  // Those that wait for one in trouble are not tried again before it is, or a push of many would go round with them.
  const allStuck = inTrouble.length === 0 ? [] : [...inTrouble, ...putOff];
  const isLast = handled + stuck.size >= ready.length || allStuck.length > MOST_STUCK;
  if (isLast && allStuck.length > 0) {
    const [first = troubleWith(allStuck)] = stuck.values();
    return { kind: 'hindered', error: first, cursor: writeCursor({ done: done + handled, stuck: [] }) };
  }
  const cursor = writeCursor({ done: done + handled, stuck: allStuck });
  return { kind: 'more', cursor, progress: `Pushed ${done + handled} of ${total}` };
};

/** Approved when the push was asked for, or by whoever asked for it; what others approve after that waits for the next push. */
function isMeant({ row, record }: PushItem, { job, who }: StepContext): boolean {
  return row.status === 'pushing' || record.approvedAt <= job.startedAtMs || isBy(record.approvedBy, who);
}

/** How far a push has come: invoices handled, and names of those that QuickBooks has had trouble with in this go, or that wait for these. */
interface PushCursor {
  readonly done: number;
  readonly stuck: readonly string[];
}

/** So many and it is hardly the invoices; a cursor holds the names of so many, too. */
const MOST_STUCK = 100;

function readCursor(text: string | null): PushCursor {
  const [done = '0', ...stuck] = text === null ? [] : text.split('\n');
  return { done: Number(done), stuck };
}

function writeCursor({ done, stuck }: PushCursor): string {
  return [String(done), ...stuck].join('\n');
}

function troubleWith(names: readonly string[]): ServiceError {
  const some = names.slice(0, 5).join(', ');
  const message = `QuickBooks has trouble with ${names.length > 5 ? `${some} and ${names.length - 5} more` : some}.`;
  return new ServiceError({ service: 'QuickBooks', kind: 'unavailable', message });
}

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
