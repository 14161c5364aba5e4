import type { QuickBooksBooks } from '../../../lib/invoices/books.ts';
import { nextDocNumber } from '../../../lib/invoices/doc-number.ts';
import type { PushItem } from '../../../lib/invoices/push-order.ts';
import { decidedOtherwise } from '../../../lib/invoices/still-approved.ts';
import type { BillingTables, InvoiceRow } from '../../../lib/invoices/tables.ts';
import { ServiceError } from '../../../lib/jobs/service-error.ts';
import { foldName } from '../../../lib/workbook/cell.ts';
import { invoices } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import type { StepContext } from '../../jobs/step.ts';
import { type Finished, finishPush } from './finish.ts';
import { bodyOf, type SendDeps, type Sent, sendInvoice } from './send.ts';

/** With less time left than this no further invoice is begun; sending and reading one back takes a second or two. */
const TIME_FOR_ONE_MS = 10_000;

/** Waits in a row, about an hour, after which an invoice stands without its file rather than waiting for it. */
const PATIENT_WAITS = 5;

/** The company that invoices go to, with what it must know to take them. */
export interface AtQuickBooks {
  readonly api: QuickBooksClient;
  readonly books: QuickBooksBooks;
}

export interface BatchEnd {
  /** Invoices that are pushed or will not be now; fewer than all when time ran out. */
  readonly handled: number;
  /** The trouble QuickBooks has with some of them, while it takes others; they are looked at again later. */
  readonly stuck: ServiceError | null;
}

/**
 * Pushes a batch: marks all of it, sends one by one, writes down what came of it. An invoice that QuickBooks has trouble with is left
 * `pushing`, and the others go on. Throws `ServiceError` where QuickBooks itself is in trouble.
 */
export function pushBatch(
  ctx: StepContext,
  { api, books }: AtQuickBooks,
  tables: BillingTables,
  batch: readonly PushItem[],
  doneBefore: number,
  total: number,
): BatchEnd {
  const taken = new Set(tables.invoices.map((row) => row.quickBooksNumber).filter((number) => number !== ''));
  const deps: SendDeps = {
    api,
    books,
    pushAs: ctx.settings.pushAs,
    taken,
    isPatient: ctx.job.waits < PATIENT_WAITS,
    saveNumber: (item, number) => {
      ctx.workbook.update(invoices, new Map([[item.row.invoice, { quickBooksNumber: number }]]));
      ctx.workbook.flush();
    },
  };
  /** Rows of invoices that were not pushed. */
  const notPushed = new Map<string, Partial<InvoiceRow>>();
  const numbers = setAside(ctx, tables, batch, deps, notPushed);
  const finished: Finished[] = [];
  const refusedBefore = notPushed.size;
  let handled = refusedBefore;
  let stuck: ServiceError | null = null;
  try {
    for (const item of batch) {
      const number = numbers.get(item.row.invoice);
      if (number === undefined) continue;
      if ((handled > refusedBefore || stuck !== null) && ctx.timeLeft() < TIME_FOR_ONE_MS) break;
      // One that was sent before may stand in QuickBooks already and is looked up whatever waits.
      const earlier =
        item.row.status === 'pushing' ? undefined : earlierOf(item, batch).find((name) => notPushed.has(name));
      const tried = earlier === undefined ? pushOne(ctx, item, number, deps) : putOff(earlier);
      if (tried.kind === 'pushed') finished.push(tried.finished);
      else notPushed.set(item.row.invoice, tried.cells);
      if (tried.kind === 'stuck') stuck ??= tried.error;
      else handled += 1;
      ctx.progress(`Pushing ${item.row.invoice}`, doneBefore + handled, total);
    }
  } finally {
    // Also when QuickBooks stopped answering half way: what is there is written down before anyone tries again.
    finishPush(ctx.workbook, tables, finished, ctx.tell);
    ctx.tell();
    // Cut off in between, what is no longer `pushing` keeps its number; the other way round a sent one could have lost it.
    ctx.workbook.update(invoices, withoutNumber(notPushed));
    ctx.workbook.flush();
    ctx.workbook.update(invoices, notPushed);
    ctx.workbook.flush();
  }
  return { handled, stuck };
}

type Tried =
  | { readonly kind: 'pushed'; readonly finished: Finished }
  | { readonly kind: 'not pushed'; readonly cells: Partial<InvoiceRow> }
  /** It stays `pushing`: nobody knows whether QuickBooks has it. */
  | { readonly kind: 'stuck'; readonly cells: Partial<InvoiceRow>; readonly error: ServiceError };

function pushOne(ctx: StepContext, item: PushItem, number: string, deps: SendDeps): Tried {
  try {
    const sent = sendInvoice(item, number, item.row.status === 'pushing', deps);
    return sent.kind === 'failed'
      ? { kind: 'not pushed', cells: failed(ctx, item, sent.message) }
      : { kind: 'pushed', finished: finishedOf(ctx, deps.api, item, sent) };
  } catch (error) {
    if (!(error instanceof ServiceError) || (error.kind !== 'unavailable' && error.kind !== 'badResponse')) throw error;
    // Trouble that may lie in this invoice. Where QuickBooks answers nothing else either this throws, and no other is tried.
    deps.api.preferences();
    const which = number === '' ? '' : ` as ${number}`;
    const message = `It is not known whether QuickBooks has it${which}: ${error.message} It is looked up and tried again.`;
    return { kind: 'stuck', cells: { message }, error: about(item.row.invoice, error) };
  }
}

function putOff(earlier: string): Tried {
  const message = `Not pushed yet: ${earlier} must be pushed first.`;
  return { kind: 'not pushed', cells: { status: 'approved', quickBooksNumber: '', message } };
}

function about(invoice: string, { service, kind, status, code, retryAfterMs, message }: ServiceError): ServiceError {
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  return new ServiceError({ service, kind, status, code, ...wait, message: `${invoice}: ${message}` });
}

function withoutNumber(
  rows: ReadonlyMap<string, Partial<InvoiceRow>>,
): ReadonlyMap<string, Omit<Partial<InvoiceRow>, 'quickBooksNumber'>> {
  return new Map([...rows].map(([name, { quickBooksNumber: _, ...rest }]) => [name, rest]));
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
  notPushed: Map<string, Partial<InvoiceRow>>,
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
      const why = changed ?? (body.kind === 'refused' ? body.reasons.join(' ') : '');
      notPushed.set(item.row.invoice, failed(ctx, item, why));
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

function failed(ctx: StepContext, item: PushItem, message: string): Partial<InvoiceRow> {
  ctx.log({ what: 'Not pushed', where: item.row.invoice, before: item.row.status, after: message });
  return { status: 'failed', message, quickBooksNumber: '' };
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
