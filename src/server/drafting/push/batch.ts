import type { QuickBooksBooks } from '../../../lib/invoices/books.ts';
import { nextDocNumber } from '../../../lib/invoices/doc-number.ts';
import { before, type PushItem } from '../../../lib/invoices/push-order.ts';
import { decidedOtherwise } from '../../../lib/invoices/still-approved.ts';
import type { BillingTables, InvoiceRow } from '../../../lib/invoices/tables.ts';
import { ServiceError } from '../../../lib/jobs/service-error.ts';
import { invoices } from '../../../lib/workbook/tables.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import type { StepContext } from '../../jobs/step.ts';
import { type Finished, finishPush } from './finish.ts';
import { bodyOf, type SendDeps, type Sent, sendInvoice } from './send.ts';

/** With less time left than this no further invoice is begun; sending and reading one back takes a second or two. */
const TIME_FOR_ONE_MS = 10_000;

/** The company that invoices go to, with what it must know to take them. */
export interface AtQuickBooks {
  readonly api: QuickBooksClient;
  readonly books: QuickBooksBooks;
}

export interface BatchEnd {
  /** Invoices that are pushed or will not be now; fewer than all when time ran out. */
  readonly handled: number;
  /** The trouble QuickBooks has with some of them, while it takes others, by invoice; they are looked at again later. */
  readonly stuck: ReadonlyMap<string, ServiceError>;
  /** Names of those that wait for another invoice. */
  readonly putOff: readonly string[];
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
  const changedSince = decidedSince(tables);
  const taken = new Set(tables.invoices.map((row) => row.quickBooksNumber).filter((number) => number !== ''));
  const deps: SendDeps = {
    api,
    books,
    pushAs: ctx.settings.pushAs,
    taken,
    waits: ctx.job.waits,
    nowMs: () => ctx.clock.now(),
    saveNumber: (item, number) => save(item, { quickBooksNumber: number }),
    neverSent: (item) => untried.add(item.row.invoice),
    saveSent: (item) => save(item, { pushedAt: ctx.clock.now() }),
    whyNotNow: (item) => {
      const changed = changedSince(item);
      return changed === null ? waitsFor(item) : { kind: 'failed', message: changed };
    },
  };
  const save = (item: PushItem, cells: Partial<InvoiceRow>): void => {
    ctx.workbook.update(invoices, new Map([[item.row.invoice, cells]]));
    ctx.workbook.flush();
  };
  const waitsFor = (item: PushItem) => {
    const first = before(item.row, item.record, tables.invoices).find((one) => !done.has(one.invoice));
    return first === undefined
      ? null
      : { kind: 'put off' as const, message: `Not pushed yet: ${first.invoice} must be pushed first.` };
  };
  /** Names of invoices that are marked as on their way and of which QuickBooks has had no request. */
  const untried = new Set<string>();
  /** Names of invoices that are in QuickBooks by now. */
  const done = new Set<string>();
  /** Rows of invoices that were not pushed. */
  const notPushed = new Map<string, Partial<InvoiceRow>>();
  const numbers = setAside(ctx, changedSince, batch, deps, notPushed);
  const finished: Finished[] = [];
  const refusedBefore = notPushed.size;
  let handled = refusedBefore;
  const stuck = new Map<string, ServiceError>();
  const putOff: string[] = [];
  for (const { row } of batch) if (row.status === 'approved' && numbers.has(row.invoice)) untried.add(row.invoice);
  try {
    for (const item of batch) {
      const number = numbers.get(item.row.invoice);
      if (number === undefined) continue;
      if ((handled > refusedBefore || stuck.size > 0) && ctx.timeLeft() < TIME_FOR_ONE_MS) break;
      untried.delete(item.row.invoice);
      const tried = pushOne(ctx, item, number, deps, waitsFor);
      if (tried.kind === 'pushed') finished.push(tried.finished);
      else notPushed.set(item.row.invoice, tried.cells);
      if (tried.kind === 'pushed') done.add(item.row.invoice);
      if (tried.kind === 'put off') putOff.push(item.row.invoice);
      if (tried.kind === 'stuck') stuck.set(item.row.invoice, tried.error);
      else handled += 1;
      ctx.progress(`Pushing ${item.row.invoice}`, doneBefore + handled, total);
    }
  } finally {
    // Also when QuickBooks stopped answering half way: what is there is written down before anyone tries again, and what was never sent
    // is no longer on its way.
    for (const { row } of batch) {
      if (row.status === 'approved' && untried.has(row.invoice))
        notPushed.set(row.invoice, { status: 'approved', ...UNSENT });
    }
    finishPush(ctx.workbook, tables, finished, ctx.tell);
    ctx.tell();
    // Cut off in between, what is no longer `pushing` keeps its number; the other way round a sent one could have lost it.
    ctx.workbook.update(invoices, withoutNumber(notPushed));
    ctx.workbook.flush();
    ctx.workbook.update(invoices, notPushed);
    ctx.workbook.flush();
  }
  return { handled, stuck, putOff };
}

type Tried =
  | { readonly kind: 'pushed'; readonly finished: Finished }
  | { readonly kind: 'failed' | 'put off'; readonly cells: Partial<InvoiceRow> }
  /** It stays `pushing`: nobody knows whether QuickBooks has it. */
  | { readonly kind: 'stuck'; readonly cells: Partial<InvoiceRow>; readonly error: ServiceError };

function pushOne(
  ctx: StepContext,
  item: PushItem,
  number: string,
  deps: SendDeps,
  waitsFor: (item: PushItem) => Extract<Sent, { kind: 'put off' }> | null,
): Tried {
  const resumed = item.row.status === 'pushing';
  try {
    // One that was sent before may stand in QuickBooks already and is looked up first, whatever waits.
    const sent = (resumed ? null : waitsFor(item)) ?? sendInvoice(item, number, resumed, deps);
    switch (sent.kind) {
      case 'pushed':
        return { kind: 'pushed', finished: finishedOf(ctx, deps.api, item, sent) };
      case 'failed':
        return { kind: 'failed', cells: failed(ctx, item, sent.message) };
      case 'put off':
        return { kind: 'put off', cells: { status: 'approved', ...UNSENT, message: sent.message } };
    }
  } catch (error) {
    if (!(error instanceof ServiceError) || (error.kind !== 'unavailable' && error.kind !== 'badResponse')) throw error;
    // Trouble that may lie in this invoice. Where QuickBooks answers nothing else either this throws, and no other is tried.
    deps.api.preferences();
    const which = number === '' ? '' : ` as ${number}`;
    const message = `It is not known whether QuickBooks has it${which}: ${error.message} It is looked up and tried again.`;
    return { kind: 'stuck', cells: { message }, error: about(item.row.invoice, error) };
  }
}

/** What stands beside an invoice of which QuickBooks has nothing. */
const UNSENT = { quickBooksNumber: '', pushedAt: null } as const;

function about(invoice: string, { service, kind, status, code, retryAfterMs, message }: ServiceError): ServiceError {
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  return new ServiceError({ service, kind, status, code, ...wait, message: `${invoice}: ${message}` });
}

function withoutNumber(
  rows: ReadonlyMap<string, Partial<InvoiceRow>>,
): ReadonlyMap<string, Omit<Partial<InvoiceRow>, 'quickBooksNumber' | 'pushedAt'>> {
  return new Map([...rows].map(([name, { quickBooksNumber: _, pushedAt: __, ...rest }]) => [name, rest]));
}

/** Why what is on an approved invoice is not to be billed as it was approved; null: it is. */
function decidedSince(tables: BillingTables): (item: PushItem) => string | null {
  const time = new Map(tables.timeEntries.map((row) => [row.key, row]));
  const costs = new Map(tables.expenses.map((row) => [row.key, row]));
  return ({ record }) => decidedOtherwise(record, time, costs);
}

/**
 * Gives every invoice of the batch that QuickBooks can take its number, marks it `pushing`, and has that saved, all before anything is sent.
 * @returns the number by invoice, `''` where QuickBooks gives it
 */
function setAside(
  ctx: StepContext,
  changedSince: (item: PushItem) => string | null,
  batch: readonly PushItem[],
  deps: SendDeps,
  notPushed: Map<string, Partial<InvoiceRow>>,
): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  const marks = new Map<string, Partial<InvoiceRow>>();
  for (const item of batch) {
    if (item.row.status === 'pushing') {
      numbers.set(item.row.invoice, item.row.quickBooksNumber);
      continue;
    }
    const changed = changedSince(item);
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
    marks.set(item.row.invoice, { quickBooksNumber: number, pushedAt: ctx.clock.now(), message: '' });
  }
  // First number and time, then the mark: whatever part of a write Google had taken when it was cut off, what is `pushing` has them.
  ctx.workbook.update(invoices, marks);
  ctx.workbook.flush();
  ctx.workbook.update(invoices, new Map([...marks.keys()].map((name) => [name, { status: 'pushing' as const }])));
  ctx.workbook.flush();
  return numbers;
}

function failed(ctx: StepContext, item: PushItem, message: string): Partial<InvoiceRow> {
  ctx.log({ what: 'Not pushed', where: item.row.invoice, before: item.row.status, after: message });
  return { status: 'failed', message, ...UNSENT };
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
