import type { Decision } from '../../lib/calls.ts';
import type { ActivityNote } from '../../lib/jobs/model.ts';
import { chooseLine } from '../../lib/matching/choose-line.ts';
import { type DecidableRow, decide, type Outcome } from '../../lib/matching/decide.ts';
import { waits } from '../../lib/matching/review-list.ts';
import { answeredText } from '../../lib/pull/answered.ts';
import { sourceFingerprint } from '../../lib/pull/fingerprint.ts';
import { baseKey, recordKey } from '../../lib/pull/keys.ts';
import { expenseKind, timeKind } from '../../lib/pull/kinds.ts';
import type { RecordRow } from '../../lib/pull/model.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { entryRecords, invoices, sowLines, sows } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { readMatchBooks, sharedRow, type Work } from './books.ts';
import { joinParts, replaceByParts } from './parts.ts';
import { emptyWrites, type Writes, writeAll } from './writes.ts';

export interface DecisionDeps {
  readonly workbook: Workbook;
  /** Email of the person; empty when Google does not say. */
  readonly who: string;
  log(note: ActivityNote): void;
  /** Has what was logged written into Activity, before the rows are. */
  tell?(): void;
}

export interface Decided {
  readonly done: number;
  /** A sentence for each decision that could not be carried out. */
  readonly problems: readonly string[];
  /** Whose drafts have to be worked out anew. */
  readonly clients: readonly string[];
  /** Nothing waits for a person any more. */
  readonly isLast: boolean;
}

/** Carries out decisions of a person: all that can be, written together; the others are sentences. */
export function applyDecisions(deps: DecisionDeps, decisions: readonly Decision[]): Decided {
  const { work } = readMatchBooks(deps.workbook);
  const records = new Map(deps.workbook.read(entryRecords).rows.map((record) => [record.record, record]));
  const choose = chooseLine(deps.workbook.read(sows).rows, deps.workbook.read(sowLines).rows);
  const found = new Map(work.map((one) => [recordKey(one.table, one.row.key), one]));
  const families = familiesOf(work);
  const isPushing = pushingIn(deps.workbook);
  const writes = emptyWrites();
  const problems: string[] = [];
  const clients = new Set<string>();
  const touched = new Set<string>();

  for (const decision of decisions) {
    const key = decision.key.trim();
    // After a split the entry stands there in parts; whoever takes the split back names the entry.
    const parts = decision.table === 'time' && decision.action === 'reopen' ? (families.get(baseKey(key)) ?? []) : [];
    const isSplit = !parts.some((one) => one.row.key === baseKey(key));
    const target = found.get(recordKey(decision.table, key)) ?? (isSplit ? parts[0] : undefined);
    if (target === undefined) {
      problems.push(`There is no ${decision.table === 'time' ? 'time entry' : 'expense'} ${decision.key} any more.`);
      continue;
    }
    const family = target.table === 'time' ? (families.get(baseKey(target.row.key)) ?? [target]) : [target];
    const outcome = decide(
      decidable(target),
      decision,
      choose,
      family.map(({ row }) => row),
    );
    const keys = (outcome.kind === 'join' ? family : [target]).map((one) => recordKey(one.table, one.row.key));
    const onTheWay = family.find(({ row }) => isPushing(row.invoice));
    if (onTheWay !== undefined) problems.push(billedNow(decision.key, onTheWay.row.invoice));
    else if (outcome.kind === 'problem') problems.push(outcome.problem);
    else if (keys.some((key) => touched.has(key))) problems.push(`${decision.key} was decided twice at once.`);
    else {
      for (const key of keys) touched.add(key);
      const who = deps.who === '' ? 'a person' : deps.who;
      const whole = records.get(recordKey('time', baseKey(target.row.key))) ?? null;
      carryOut(target, { rows: family, whole }, outcome, who, writes);
      clients.add(target.row.client);
      deps.log(noteOf(target, outcome));
    }
  }
  deps.tell?.();
  writeAll(deps.workbook, writes);
  const isLast =
    touched.size > 0 && work.every(({ table, row }) => !waits(row) || touched.has(recordKey(table, row.key)));
  return { done: decisions.length - problems.length, problems, clients: [...clients], isLast };
}

/** Is this invoice on its way to QuickBooks, as it was approved? */
function pushingIn(workbook: Workbook): (invoice: string) => boolean {
  const names = workbook
    .read(invoices)
    .rows.flatMap((row) => (row.status === 'pushing' ? [foldName(row.invoice)] : []));
  const pushing = new Set(names);
  return (invoice) => pushing.has(foldName(invoice));
}

function billedNow(key: string, invoice: string): string {
  return `${key} is on ${invoice}, which is on its way to QuickBooks. Decide it once that is pushed, or put it back to draft first.`;
}

type Done = Exclude<Outcome, { readonly kind: 'problem' }>;

/** The rows of one entry of the source, and the record of the entry as a whole. */
interface Family {
  readonly rows: readonly Work[];
  readonly whole: RecordRow | null;
}

function carryOut(target: Work, family: Family, outcome: Done, who: string, writes: Writes): void {
  switch (outcome.kind) {
    case 'change':
      writes.change(target, { ...outcome.change, decidedBy: who });
      return;
    case 'answer':
      writes.change(target, { flags: outcome.flags, decidedBy: who });
      writes.record(target, { answered: answeredText(outcome.answer, sourceFingerprint(sourceOf(target))) });
      return;
    case 'split':
      if (target.table === 'time') replaceByParts(target, outcome.parts, who, writes);
      return;
    case 'join':
      joinParts(
        family.rows.flatMap((one) => (one.table === 'time' ? [one] : [])),
        family.whole,
        outcome.flags,
        who,
        writes,
      );
      return;
  }
}

/** What the source says now, as the record has it. */
function sourceOf(work: Work) {
  const text = work.record?.source ?? '';
  return work.table === 'time'
    ? (timeKind.read(text) ?? timeKind.fromRow(work.row))
    : (expenseKind.read(text) ?? expenseKind.fromRow(work.row));
}

function decidable(work: Work): DecidableRow {
  const { key, client, status, sowLine, flags, reason, invoice } = sharedRow(work);
  const hours = work.table === 'time' ? work.row.hours : null;
  return { table: work.table, key, client, status, sowLine, flags, reason, invoice, hours };
}

function familiesOf(work: readonly Work[]): ReadonlyMap<string, readonly Work[]> {
  const families = new Map<string, Work[]>();
  for (const one of work) {
    if (one.table !== 'time') continue;
    const base = baseKey(one.row.key);
    const family = families.get(base);
    if (family === undefined) families.set(base, [one]);
    else family.push(one);
  }
  return families;
}

function noteOf(work: Work, outcome: Done): ActivityNote {
  const { key, status, sowLine, flags } = sharedRow(work);
  const where = `${work.table === 'time' ? 'Time entries' : 'Expenses'} ${key}`;
  const before = stateText(status, sowLine, flags);
  switch (outcome.kind) {
    case 'change':
      return {
        what: outcome.what,
        where,
        before,
        after: stateText(outcome.change.status, outcome.change.sowLine, outcome.change.flags),
      };
    case 'answer':
      return { what: outcome.what, where, before, after: stateText(status, sowLine, outcome.flags) };
    case 'split':
      return {
        what: outcome.what,
        where,
        before,
        after: outcome.parts.map((part) => `${part.key}: ${part.hours} h on ${part.line}`).join('; '),
      };
    case 'join':
      return { what: outcome.what, where, before, after: `${baseKey(key)} waits again` };
  }
}

/** How Activity shows a row: `flagged, ACME-1/2 (low confidence)`. */
export function stateText(status: string, line: string, flags: string): string {
  return `${status}, ${line === '' ? 'no line' : line}${flags === '' ? '' : ` (${flags})`}`;
}
