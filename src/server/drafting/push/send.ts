import type { QuickBooksBooks } from '../../../lib/invoices/books.ts';
import { differences, type ExpectedTransaction } from '../../../lib/invoices/compare.ts';
import { nextDocNumber, requestIdOf } from '../../../lib/invoices/doc-number.ts';
import type { PushItem } from '../../../lib/invoices/push-order.ts';
import { type QuickBooksBody, quickBooksBody } from '../../../lib/invoices/quickbooks-body.ts';
import { timeFile } from '../../../lib/invoices/time-csv.ts';
import { timePage } from '../../../lib/invoices/time-page.ts';
import { ServiceError } from '../../../lib/jobs/service-error.ts';
import type { QuickBooksClient, QuickBooksTransaction } from '../../clients/quickbooks-model.ts';
import { findByMark, findSent } from './find.ts';
import { mayStillCome } from './late.ts';

export interface SendDeps {
  readonly api: QuickBooksClient;
  readonly books: QuickBooksBooks;
  readonly pushAs: 'unsent invoice' | 'estimate';
  /** Every number that is in use or set aside. */
  readonly taken: Set<string>;
  /** Writes a number beside the invoice and has it saved, before it is used. */
  saveNumber(item: PushItem, number: string): void;
  /** Writes that an invoice of an earlier execution is sent once more, and has it saved, before it is. */
  saveSent(item: PushItem): void;
  /** Told when QuickBooks took no request for an invoice at all (too many requests, a refused token): nothing of it can still come. */
  neverSent(item: PushItem): void;
  /** Why an invoice of an earlier execution, of which QuickBooks has nothing, is not created now after all; null: it is. */
  whyNotNow(item: PushItem): Exclude<Sent, { readonly kind: 'pushed' }> | null;
  nowMs(): number;
  /** Times in a row that this push has waited for QuickBooks. */
  readonly waits: number;
}

/** What came of one invoice. */
export type Sent =
  | { readonly kind: 'pushed'; readonly transaction: QuickBooksTransaction; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  /** QuickBooks has nothing of it, and other invoices come first. */
  | { readonly kind: 'put off'; readonly message: string };

/** The body of an invoice with the number that is set aside for it. */
export function bodyOf(item: PushItem, number: string, deps: Pick<SendDeps, 'books' | 'pushAs'>): QuickBooksBody {
  const { record } = item;
  return quickBooksBody(record.draft, deps.books, {
    pushAs: deps.pushAs,
    docNumber: number,
    mark: record.mark,
    entries: new Map(Object.entries(record.entries)),
  });
}

/**
 * Creates one invoice that is marked as `pushing`, exactly once. `resumed`: an earlier execution may have created it already, so QuickBooks
 * is asked first, by number and by mark; where it has nothing, nothing is sent before whatever was under way has had its time. The request id
 * is made of the approval and the number, so a repeated request is answered with the first result. Then what QuickBooks holds is read
 * and compared.
 * Throws `ServiceError` where nobody knows whether it was created; it stays `pushing` and the next try finds out.
 */
export function sendInvoice(item: PushItem, number: string, resumed: boolean, deps: SendDeps): Sent {
  const body = bodyOf(item, number, deps);
  if (resumed) {
    const expected = body.kind === 'refused' ? null : body.expected;
    const held = expected === null ? findByMark(item, number, deps) : findSent(item, expected, number, deps);
    if (held !== null) return withTime(item, pushed(held, expected, deps), deps);
    waitForLate(item, deps);
  }
  if (body.kind === 'refused') return { kind: 'failed', message: body.reasons.join(' ') };
  const why = resumed ? deps.whyNotNow(item) : null;
  if (why !== null) return why;
  if (resumed) deps.saveSent(item);
  return withTime(item, create(item, number, body.body, body.expected, deps), deps);
}

function waitForLate(item: PushItem, deps: SendDeps): void {
  const retryAfterMs = mayStillCome(item.row, deps.nowMs());
  if (retryAfterMs === 0) return;
  const message = 'Its answer was lost, and it may still come.';
  throw new ServiceError({ service: 'QuickBooks', kind: 'unavailable', retryAfterMs, message });
}

/** Attaches the time entries for clients who want that. Where QuickBooks does not take a file the invoice stands, and says so. */
function withTime(item: PushItem, sent: Sent, deps: SendDeps): Sent {
  if (sent.kind !== 'pushed' || item.record.draft.quickBooks.timeDetail !== 'attached') return sent;
  const { kind, id } = sent.transaction;
  const csv = timeFile(item.record);
  const page = timePage(item.record);
  const send = (part: string, contentType: string, file: NonNullable<typeof csv>) => () =>
    deps.api.attach({ kind, id, ...file, contentType }, requestIdOf(item.record.mark, part));
  const error = csv === null ? null : attached(send('file', 'text/csv', csv), deps.waits < FILE_WAITS);
  if (error !== null) {
    return noting(sent, `The time detail could not be attached; attach it by hand in QuickBooks. ${error.message}`);
  }
  const noPage = page === null ? null : attached(send('page', 'text/plain', page), deps.waits < PAGE_WAITS);
  return noPage === null
    ? sent
    : noting(sent, `The page of the time detail could not be attached, its CSV file is. ${noPage.message}`);
}

/** Waits, about an hour, after which an invoice stands without its file rather than waiting for it. */
const FILE_WAITS = 5;

/** For its second file it waits once: after each wait the first may be attached once more, where QuickBooks remembers no request id. */
const PAGE_WAITS = 1;

function noting(sent: Extract<Sent, { kind: 'pushed' }>, message: string): Sent {
  return { ...sent, message: sent.message === '' ? message : `${sent.message} ${message}` };
}

/** Null when it is attached, or why it is not. Throws where a later try may help and there is patience for it. */
function attached(attach: () => void, isPatient: boolean): ServiceError | null {
  const first = attachOnce(attach, isPatient);
  // An answer that cannot be read may be a good one; the same request id is answered with the first result.
  return first?.kind === 'badResponse' ? attachOnce(attach, isPatient) : first;
}

function attachOnce(attach: () => void, isPatient: boolean): ServiceError | null {
  try {
    attach();
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError) || error.kind === 'auth') throw error;
    if (error.kind === 'rejected' || error.kind === 'badResponse' || !isPatient) return error;
    throw error;
  }
}

function create(
  item: PushItem,
  number: string,
  body: Readonly<Record<string, unknown>>,
  expected: ExpectedTransaction,
  deps: SendDeps,
): Sent {
  for (let tried = number, turn = 0; turn < MOST_NUMBERS; turn += 1) {
    const requestId = requestIdOf(item.record.mark, tried);
    const send = tried === '' ? body : { ...body, DocNumber: tried };
    const made = createOnce(send, requestId, deps, () => deps.neverSent(item));
    if (!(made instanceof ServiceError)) return pushed(readBack(made, deps), expected, deps);
    if (made.kind !== 'rejected') {
      const held = findSent(item, expected, tried, deps);
      if (held !== null) return pushed(held, expected, deps);
      // It may still come, whatever QuickBooks said: it is given time, and is asked once more before anything is sent again.
      throw made;
    }
    if (made.code !== DUPLICATE_NUMBER && made.code !== DUPLICATE_REQUEST) {
      return { kind: 'failed', message: made.message };
    }
    const held = findSent(item, expected, tried, deps);
    if (held !== null) return pushed(held, expected, deps);
    if (tried === '') return { kind: 'failed', message: made.message };
    // The number belongs to something else there, so this one was never created.
    deps.taken.add(tried);
    tried = nextDocNumber(item.row.period, deps.taken);
    deps.taken.add(tried);
    deps.saveNumber(item, tried);
  }
  return {
    kind: 'failed',
    message: `QuickBooks uses all numbers that were tried for ${item.row.period}. Press Push again to try further ones.`,
  };
}

/** The new transaction, or why QuickBooks refused it, or that the answer was lost. Throws where QuickBooks cannot be asked now. */
function createOnce(
  body: Readonly<Record<string, unknown>>,
  requestId: string,
  deps: SendDeps,
  onNotTaken: () => void,
): QuickBooksTransaction | ServiceError {
  try {
    return deps.pushAs === 'estimate'
      ? deps.api.createEstimate(body, requestId)
      : deps.api.createInvoice(body, requestId);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.kind !== 'auth' && error.kind !== 'rateLimited') return error;
    onNotTaken();
    throw error;
  }
}

/** Numbers tried for one invoice in one go. */
const MOST_NUMBERS = 20;
const DUPLICATE_NUMBER = '6140';
const DUPLICATE_REQUEST = '600';

/** The transaction as QuickBooks keeps it; what creating answered may not be all. */
function readBack(made: QuickBooksTransaction, deps: SendDeps): QuickBooksTransaction | null {
  return made.kind === 'Estimate' ? deps.api.readEstimate(made.id) : deps.api.readInvoice(made.id);
}

function pushed(held: QuickBooksTransaction | null, expected: ExpectedTransaction | null, deps: SendDeps): Sent {
  if (held === null) {
    return {
      kind: 'failed',
      message:
        'QuickBooks created it, but it is no longer there: someone deleted it at once. Approve and push it again.',
    };
  }
  deps.taken.add(held.docNumber);
  const found = expected === null ? [] : differences(expected, held);
  const message =
    found.length === 0 ? '' : `QuickBooks holds it differently: ${found.join(' ')} It was not sent again.`;
  return { kind: 'pushed', transaction: held, message };
}
