import type { DraftInvoice } from '../billing/model.ts';
import type { ExpenseSource, TimeSource } from '../pull/source.ts';
import { cutIntoPieces, joinPieces } from './pieces.ts';

/**
 * An invoice as it was approved: what will be pushed, the terms that it was made from, and every entry and expense on it as it was
 * then. Kept in Frozen terms; nothing that happens later changes it.
 */
export interface ApprovedInvoice {
  readonly version: 1;
  readonly draft: DraftInvoice;
  /** Tells this approval from every other; stands in the private note of the QuickBooks invoice. */
  readonly mark: string;
  readonly approvedBy: string;
  readonly approvedAt: number;
  /** By key of the row. */
  readonly entries: Readonly<Record<string, BilledTime>>;
  readonly expenses: Readonly<Record<string, BilledExpense>>;
}

/** What becomes column Billed as of Entry records. */
export type BilledTime = TimeSource & { readonly line: string | null };
export type BilledExpense = ExpenseSource & { readonly line: string | null };

/** A row of Frozen terms. */
export interface FrozenPiece {
  readonly invoice: string;
  readonly part: number | null;
  readonly text: string;
}

/** The record in pieces that fit into cells. */
export function freeze(record: ApprovedInvoice): readonly (FrozenPiece & { readonly part: number })[] {
  return cutIntoPieces(JSON.stringify(record)).map((text, index) => ({
    invoice: record.draft.name,
    part: index + 1,
    text,
  }));
}

/** The record again; null when pieces are missing or were changed by hand. */
export function thaw(pieces: readonly FrozenPiece[]): ApprovedInvoice | null {
  try {
    const found: unknown = JSON.parse(joinPieces(pieces));
    return isApproved(found) ? found : null;
  } catch {
    return null;
  }
}

/** Written by `freeze` and by nothing else, so a look at its frame is enough. */
function isApproved(value: unknown): value is ApprovedInvoice {
  if (typeof value !== 'object' || value === null) return false;
  const frame = value as Partial<Record<keyof ApprovedInvoice, unknown>>;
  return (
    frame.version === 1 && typeof frame.draft === 'object' && frame.draft !== null && typeof frame.mark === 'string'
  );
}
