import type { ApprovedInvoice } from '../../../lib/invoices/approved.ts';
import type { InvoiceRow } from '../../../lib/invoices/tables.ts';
import type { Job } from '../../../lib/jobs/model.ts';
import { isActive } from '../../../lib/jobs/next.ts';
import type { QuickBooksClient } from '../../clients/quickbooks-model.ts';
import { heldOf } from './find.ts';
import { mayStillCome } from './late.ts';

/** Without what was approved nobody knows since when: as far back as anything is followed up. */
const LOOK_BACK_MS = 60 * 24 * 60 * 60_000;

export interface HalfPushedDeps {
  readonly api: () => QuickBooksClient;
  readonly pushAs: 'unsent invoice' | 'estimate';
  readonly nowMs: number;
  /** The job that is active, or the last one that was. */
  readonly job: Job | null;
}

/**
 * Refuses, by throwing a sentence, to give an invoice back that was left `pushing`, unless QuickBooks has nothing of it and nothing can
 * still come: it would be billed once more.
 * @param record null where what was approved cannot be read any more
 */
export function requireNotSent(deps: HalfPushedDeps, row: InvoiceRow, record: ApprovedInvoice | null): void {
  const { job, nowMs } = deps;
  if (job !== null && job.kind === 'push' && isActive(job)) {
    throw new Error(`${row.invoice} is being pushed. Press Stop this first.`);
  }
  if (mayStillCome(row, nowMs) > 0) {
    throw new Error(`${row.invoice} was sent a moment ago and may still come. Try again in ten minutes.`);
  }
  const since = (record?.approvedAt ?? nowMs) - LOOK_BACK_MS;
  const held = heldOf(row, record, since, { api: deps.api(), pushAs: deps.pushAs });
  if (held === null) return;
  const what = `${held.kind.toLowerCase()} ${held.docNumber}`;
  throw new Error(
    record === null
      ? `QuickBooks has ${what}, which may be ${row.invoice}. Void it there and change its number and its memo, then press Back to draft again.`
      : `QuickBooks has ${row.invoice} already, as ${what}. Press Push to QuickBooks: it is taken over, and Undo push takes it back.`,
  );
}
