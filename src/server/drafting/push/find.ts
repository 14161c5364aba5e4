import { type ExpectedTransaction, isOurs } from '../../../lib/invoices/compare.ts';
import type { PushItem } from '../../../lib/invoices/push-order.ts';
import type { QuickBooksTransaction, TransactionKind } from '../../clients/quickbooks-model.ts';
import type { SendDeps } from './send.ts';

type FindDeps = Pick<SendDeps, 'api' | 'pushAs'>;

/**
 * The transaction that an earlier try created: by its number, or, where someone changed that, its customer or its day, by its mark among
 * all that changed since the approval. Both kinds are looked through, since *Push as* may have been changed since.
 */
export function findSent(
  item: PushItem,
  expected: ExpectedTransaction,
  number: string,
  deps: FindDeps,
): QuickBooksTransaction | null {
  return findHeld(item, number, (held) => isOurs(expected, held), deps);
}

/** The same where QuickBooks would not take it any more (its customer is inactive, the books are closed), so that less is known of it. */
export function findByMark(item: PushItem, number: string, deps: FindDeps): QuickBooksTransaction | null {
  return findHeld(item, number, (held) => isMarked(item, held), deps);
}

/**
 * Everything that QuickBooks may have of an invoice that was left half pushed: what carries its number, and what carries its mark, or its
 * name where what was approved cannot be read any more. Voided ones too: whoever looks decides what they are.
 * @param record null where it cannot be read
 * @param sinceMs nothing that was last changed before is looked at for the mark
 */
export function heldOf(
  row: PushItem['row'],
  record: PushItem['record'] | null,
  sinceMs: number,
  deps: FindDeps,
): QuickBooksTransaction | null {
  const sign = record === null ? `${row.invoice}\n` : record.mark;
  return find(
    row.quickBooksNumber,
    () => true,
    (held) => held.privateNote.includes(sign),
    sinceMs,
    deps,
  );
}

function findHeld(
  item: PushItem,
  number: string,
  isIt: (held: QuickBooksTransaction) => boolean,
  deps: FindDeps,
): QuickBooksTransaction | null {
  const since = item.record.approvedAt - CLOCKS_DIFFER_MS;
  return find(number, isIt, (held) => isMarked(item, held), since, deps);
}

function find(
  number: string,
  isNumbered: (held: QuickBooksTransaction) => boolean,
  isSigned: (held: QuickBooksTransaction) => boolean,
  sinceMs: number,
  { api, pushAs }: FindDeps,
): QuickBooksTransaction | null {
  const kinds: readonly TransactionKind[] = pushAs === 'estimate' ? ['Estimate', 'Invoice'] : ['Invoice', 'Estimate'];
  for (const kind of number === '' ? [] : kinds) {
    const held = api.findByNumber(number, kind).find(isNumbered);
    if (held !== undefined) return held;
  }
  const since = new Date(sinceMs).toISOString().replace(/\.\d+Z$/, 'Z');
  for (const kind of kinds) {
    const held = api.findUpdatedSince(since, kind).find(isSigned);
    if (held !== undefined) return held;
  }
  return null;
}

function isMarked(item: PushItem, held: QuickBooksTransaction): boolean {
  return held.privateNote.includes(item.record.mark);
}

const CLOCKS_DIFFER_MS = 60 * 60 * 1000;
