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

export interface SendDeps {
  readonly api: QuickBooksClient;
  readonly books: QuickBooksBooks;
  readonly pushAs: 'unsent invoice' | 'estimate';
  /** Every number that is in use or set aside. */
  readonly taken: Set<string>;
  /** Writes a number beside the invoice and has it saved, before it is used. */
  saveNumber(item: PushItem, number: string): void;
  /** False once QuickBooks has been in trouble for so long that a file it does not take should hold its invoice no longer. */
  readonly isPatient: boolean;
}

/** What came of one invoice. */
export type Sent =
  | { readonly kind: 'pushed'; readonly transaction: QuickBooksTransaction; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

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
 * is asked first, by number and by mark. The request id is made of the approval and the number, so a repeated request is
 * answered with the first result. Then what QuickBooks holds is read and compared.
 * Throws `ServiceError` where nobody knows whether it was created; it stays `pushing` and the next try finds out.
 */
export function sendInvoice(item: PushItem, number: string, resumed: boolean, deps: SendDeps): Sent {
  const body = bodyOf(item, number, deps);
  if (body.kind === 'refused') {
    const held = resumed ? findByMark(item, number, deps) : null;
    return held === null
      ? { kind: 'failed', message: body.reasons.join(' ') }
      : withTime(item, pushed(held, null, deps), deps);
  }
  const held = resumed ? findSent(item, body.expected, number, deps) : null;
  const sent = held === null ? create(item, number, body.body, body.expected, deps) : pushed(held, body.expected, deps);
  return withTime(item, sent, deps);
}

/** Attaches the time entries for clients who want that. Where QuickBooks does not take the file the invoice stands, and says so. */
function withTime(item: PushItem, sent: Sent, deps: SendDeps): Sent {
  if (sent.kind === 'failed' || item.record.draft.quickBooks.timeDetail !== 'attached') return sent;
  const { kind, id } = sent.transaction;
  const files = [
    { part: 'file', contentType: 'text/csv', file: timeFile(item.record) },
    { part: 'page', contentType: 'text/plain', file: timePage(item.record) },
  ];
  for (const { part, contentType, file } of files) {
    if (file === null) continue;
    const attach = (): ServiceError | null =>
      attachOnce(deps, { kind, id, ...file, contentType }, requestIdOf(item.record.mark, part));
    const first = attach();
    // An answer that cannot be read may be a good one; the same request id is answered with the first result.
    const error = first?.kind === 'badResponse' ? attach() : first;
    if (error === null) continue;
    const message = `The time detail could not be attached; attach it by hand in QuickBooks. ${error.message}`;
    return { ...sent, message: sent.message === '' ? message : `${sent.message} ${message}` };
  }
  return sent;
}

/** Null when it is attached, or why QuickBooks does not take it. Throws where a later try may help and there is patience left for it. */
function attachOnce(
  deps: SendDeps,
  file: Parameters<QuickBooksClient['attach']>[0],
  requestId: string,
): ServiceError | null {
  try {
    deps.api.attach(file, requestId);
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.kind === 'rejected' || error.kind === 'badResponse') return error;
    if (error.kind === 'unavailable' && !deps.isPatient) return error;
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
  let again = true;
  for (let tried = number, turn = 0; turn < MOST_NUMBERS; turn += 1) {
    const requestId = requestIdOf(item.record.mark, tried);
    const send = tried === '' ? body : { ...body, DocNumber: tried };
    const made = createOnce(send, requestId, deps);
    if (!(made instanceof ServiceError)) return pushed(readBack(made, deps), expected, deps);
    if (made.kind !== 'rejected') {
      const held = findSent(item, expected, tried, deps);
      if (held !== null) return pushed(held, expected, deps);
      if (tried !== '' && again && saidNo(made)) {
        again = false;
        continue;
      }
      // It may still come: QuickBooks is given time, and is asked once more before anything is sent again.
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
): QuickBooksTransaction | ServiceError {
  try {
    return deps.pushAs === 'estimate'
      ? deps.api.createEstimate(body, requestId)
      : deps.api.createInvoice(body, requestId);
  } catch (error) {
    if (error instanceof ServiceError && error.kind !== 'auth' && error.kind !== 'rateLimited') return error;
    throw error;
  }
}

/** It answered that it did nothing, or could not; where an answer was lost on the way, what was asked for may still be under way. */
function saidNo({ status }: ServiceError): boolean {
  return status === 500 || status === 503;
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
