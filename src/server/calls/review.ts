import type { DecideView, Decision, ReviewView } from '../../lib/calls.ts';
import { changedText } from '../../lib/matching/changed-text.ts';
import { readFlags } from '../../lib/matching/flags.ts';
import { linesOfClients, reviewList, type WaitingRow, waits } from '../../lib/matching/review-list.ts';
import { expenseKind, timeKind } from '../../lib/pull/kinds.ts';
import { CHANGED_FLAG } from '../../lib/pull/row-change.ts';
import { redraft } from '../drafting/redraft.ts';
import { itemOf, readMatchBooks, sharedRow, type Work } from '../matching/books.ts';
import { applyDecisions } from '../matching/decisions.ts';
import type { CallContext, Handlers } from './handler.ts';
import { refreshed } from './refreshed.ts';

/** What waits for a person, and what they decide. */
export const reviewCalls: Handlers<'review' | 'decide'> = {
  review: (context) => review(context),
  decide: (context, { decisions }) => decideAll(context, decisions),
};

/** The sidebar gets this many rows; after they are decided it asks for the next. */
const MOST_ROWS = 2_000;

function review({ workbook }: CallContext): ReviewView {
  const books = readMatchBooks(workbook);
  const waiting = books.work.filter((work) => waits(work.row)).map(waitingRow);
  const rows = reviewList(waiting, books.sows, books.sowText, MOST_ROWS);
  const clients = rows.map((row) => row.client);
  return { rows, total: waiting.length, lines: linesOfClients(clients, books.sows) };
}

function decideAll(context: CallContext, decisions: readonly Decision[]): DecideView {
  const { done, problems, clients, isLast } = applyDecisions(context, decisions);
  const all = [...problems, ...draftsOf(context, clients)];
  if (isLast) refreshed(context);
  return { done, problems: all };
}

/** Works out the clients' drafts anew. The decisions stand even when that cannot be done; the sentence says why not. */
function draftsOf(context: CallContext, clients: readonly string[]): readonly string[] {
  if (clients.length === 0) return [];
  try {
    redraft({ workbook: context.workbook, settings: context.settings() }, clients);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : 'Something unknown went wrong.';
    return [`What you decided is saved, but the drafts could not be worked out anew. ${why}`];
  }
}

function waitingRow(work: Work): WaitingRow {
  const { status, sowLine, flags, reason, confidence } = sharedRow(work);
  return { item: itemOf(work), status, line: sowLine, flags, reason, confidence, changed: changedSince(work) };
}

function changedSince(work: Work): WaitingRow['changed'] {
  if (work.record === null || !readFlags(work.row.flags).includes(CHANGED_FLAG)) return null;
  const { billedAs, source } = work.record;
  const kind = work.table === 'time' ? timeKind : expenseKind;
  const before = kind.read(billedAs);
  const now = kind.read(source);
  if (before === null || now === null) return { before: 'as it was billed', after: 'as the time source has it now' };
  return changedText(before, now);
}
