import type { QuickBooksBooks } from '../../../lib/invoices/books.ts';
import { nextDocNumber } from '../../../lib/invoices/doc-number.ts';
import { type PushItem, pushOrder } from '../../../lib/invoices/push-order.ts';
import { decidedOtherwise } from '../../../lib/invoices/still-approved.ts';
import { approvedOf, type BillingTables, groupBy, type InvoiceRow } from '../../../lib/invoices/tables.ts';
import { mayPush } from '../../../lib/jobs/may-push.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { expenses, invoices, timeEntries } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import { approveInvoices } from '../../drafting/approve.ts';
import { loadTables } from '../../drafting/load.ts';
import { type Finished, finishPush } from '../../drafting/push/finish.ts';
import { bodyOf, type SendDeps, type Sent, sendInvoice } from '../../drafting/push/send.ts';
import type { Step, StepContext } from '../step.ts';

/** Invoices that are marked, sent and written down together. */
const BATCH = 20;
/** With less time left than this no further invoice is begun; sending and reading one back takes a second or two. */
const TIME_FOR_ONE_MS = 10_000;

/**
 * Pushes all approved invoices, earlier months first, and those that an earlier execution left half way. Each is marked `pushing` with its
 * number, and that saved, before anything is sent; see `sendInvoice` for why it is created once whatever dies in between. An invoice that
 * QuickBooks would refuse becomes `failed` with the reason, and the others go on.
 */
export const pushStep: Step = (ctx, cursor) => {
  if (!mayPush(ctx.settings.whoMayPush, ctx.who)) {
    return {
      kind: 'blocked',
      problem: `${ctx.who === '' ? 'Nobody is known to be here, so nobody' : ctx.who} may push. The setting Who may push in the tab Settings decides.`,
    };
  }
  const done = cursor === null ? 0 : Number(cursor);
  if (cursor === null) retryFailed(ctx);
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
  const sent = pushBatch(ctx, atQuickBooks, tables, batch, done, done + order.ready.length);
  return {
    kind: 'more',
    cursor: String(done + sent),
    progress: `Pushed ${done + sent} of ${done + order.ready.length}`,
  };
};

interface AtQuickBooks {
  readonly api: QuickBooksClient;
  readonly books: QuickBooksBooks;
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

/** Returns how many invoices were handled; fewer than all when time ran out. */
function pushBatch(
  ctx: StepContext,
  { api, books }: AtQuickBooks,
  tables: BillingTables,
  batch: readonly PushItem[],
  doneBefore: number,
  total: number,
): number {
  const taken = new Set(tables.invoices.map((row) => row.quickBooksNumber).filter((number) => number !== ''));
  const deps: SendDeps = {
    api,
    books,
    pushAs: ctx.settings.pushAs,
    taken,
    saveNumber: (item, number) => {
      ctx.workbook.update(invoices, new Map([[item.row.invoice, { quickBooksNumber: number }]]));
      ctx.workbook.flush();
    },
  };
  /** Rows of invoices that were not pushed. */
  const failed = new Map<string, Partial<InvoiceRow>>();
  const numbers = setAside(ctx, tables, batch, deps, failed);
  const finished: Finished[] = [];
  const refusedBefore = failed.size;
  let handled = refusedBefore;
  try {
    for (const item of batch) {
      const number = numbers.get(item.row.invoice);
      if (number === undefined) continue;
      if (handled > refusedBefore && ctx.timeLeft() < TIME_FOR_ONE_MS) break;
      const before =
        item.row.status === 'pushing' ? undefined : earlierOf(item, batch).find((name) => failed.has(name));
      if (before === undefined) {
        const sent = sendInvoice(item, number, item.row.status === 'pushing', deps);
        if (sent.kind === 'failed') fail(ctx, item, sent.message, failed);
        else finished.push(finishedOf(ctx, api, item, sent));
      } else {
        const message = `Not pushed yet: ${before} must be pushed first.`;
        failed.set(item.row.invoice, { status: 'approved', quickBooksNumber: '', message });
      }
      handled += 1;
      ctx.progress(`Pushing ${item.row.invoice}`, doneBefore + handled, total);
    }
  } finally {
    // Also when QuickBooks stopped answering half way: what is there is written down before anyone tries again.
    finishPush(ctx.workbook, tables, finished, ctx.tell);
    ctx.tell();
    ctx.workbook.update(invoices, failed);
    ctx.workbook.flush();
  }
  return handled;
}

/**
 * Gives every invoice of the batch that QuickBooks can take its number, marks it `pushing`, and has that saved, all before anything is sent.
 * @returns the number by invoice, `''` where QuickBooks gives it
 */
function setAside(
  ctx: StepContext,
  tables: BillingTables,
  batch: readonly PushItem[],
  deps: SendDeps,
  failed: Map<string, Partial<InvoiceRow>>,
): ReadonlyMap<string, string> {
  const time = new Map(tables.timeEntries.map((row) => [row.key, row]));
  const costs = new Map(tables.expenses.map((row) => [row.key, row]));
  const numbers = new Map<string, string>();
  const marks = new Map<string, Partial<InvoiceRow>>();
  for (const item of batch) {
    if (item.row.status === 'pushing') {
      numbers.set(item.row.invoice, item.row.quickBooksNumber);
      continue;
    }
    const changed = decidedOtherwise(item.record, time, costs);
    const body = bodyOf(item, '', deps);
    if (changed !== null || body.kind === 'refused') {
      fail(ctx, item, changed ?? (body.kind === 'refused' ? body.reasons.join(' ') : ''), failed);
      continue;
    }
    // A number beside an approved invoice was set aside by an execution that was cut off before it sent anything.
    const own = item.row.quickBooksNumber;
    const number = deps.books.preferences.customNumbers ? own || nextDocNumber(item.row.period, deps.taken) : '';
    if (number !== '') deps.taken.add(number);
    numbers.set(item.row.invoice, number);
    marks.set(item.row.invoice, { quickBooksNumber: number, message: '' });
  }
  // First the number, then the mark: whatever part of a write Google had taken when it was cut off, what is `pushing` has its number.
  ctx.workbook.update(invoices, marks);
  ctx.workbook.flush();
  ctx.workbook.update(invoices, new Map([...marks.keys()].map((name) => [name, { status: 'pushing' as const }])));
  ctx.workbook.flush();
  return numbers;
}

function fail(ctx: StepContext, item: PushItem, message: string, failed: Map<string, Partial<InvoiceRow>>): void {
  failed.set(item.row.invoice, { status: 'failed', message, quickBooksNumber: '' });
  ctx.log({ what: 'Not pushed', where: item.row.invoice, before: item.row.status, after: message });
}

function finishedOf(
  ctx: StepContext,
  api: QuickBooksClient,
  item: PushItem,
  sent: Extract<Sent, { kind: 'pushed' }>,
): Finished {
  const { transaction, message } = sent;
  const name = item.row.invoice;
  const after = `${transaction.kind} ${transaction.docNumber} of ${item.record.draft.total}`;
  ctx.log({
    what: 'Pushed to QuickBooks',
    where: name,
    before: 'approved',
    after: message === '' ? after : `${after}. ${message}`,
  });
  return {
    item,
    cells: {
      status: 'pushed',
      // What had to be pushed first was.
      warnings: item.record.draft.warnings.join('\n'),
      quickBooksNumber: transaction.docNumber,
      quickBooksLink: api.addressOf(transaction.kind, transaction.id),
      pushedBy: ctx.who,
      pushedAt: ctx.clock.now(),
      message,
    },
  };
}

/** Invoices of the same client and an earlier month in the same batch. */
function earlierOf(item: PushItem, batch: readonly PushItem[]): readonly string[] {
  return batch
    .filter(
      ({ row }) =>
        foldName(row.client) === foldName(item.row.client) &&
        row.period < item.row.period &&
        (row.sow === '' || item.row.sow === '' || foldName(row.sow) === foldName(item.row.sow)),
    )
    .map(({ row }) => row.invoice);
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
