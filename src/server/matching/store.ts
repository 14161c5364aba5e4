import { type Audit, writeAudit } from '../../lib/matching/audit.ts';
import { writeFlags } from '../../lib/matching/flags.ts';
import type { Opinions, Verdict } from '../../lib/matching/model.ts';
import { writeOpinions } from '../../lib/matching/opinions.ts';
import { recordKey } from '../../lib/pull/keys.ts';
import type { ExpenseRow, RecordRow, TimeRow, WorkRow } from '../../lib/pull/model.ts';
import { entryRecords, expenses, timeEntries } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { passedOverText } from './audits.ts';
import { sharedRow, type Work } from './books.ts';
import { EMPTY_RECORD } from './writes.ts';

/** Keeps what was asked and answered with each row, so that it is never asked again. */
export function storeOpinions(
  workbook: Workbook,
  rows: readonly { readonly work: Work; readonly mark: string; readonly opinions: Opinions }[],
): void {
  const changes = new Map<string, Partial<RecordRow>>();
  const added: RecordRow[] = [];
  for (const { work, mark, opinions } of rows) {
    const kept = { asked: mark, opinions: writeOpinions(opinions) };
    const record = recordKey(work.table, work.row.key);
    if (work.record === null) added.push({ ...EMPTY_RECORD, record, ...kept });
    else changes.set(record, kept);
  }
  workbook.update(entryRecords, changes);
  workbook.insert(entryRecords, added);
}

/** Writes verdicts into the rows; what stands there already is left alone. */
export function storeVerdicts(
  workbook: Workbook,
  judged: readonly { readonly work: Work; readonly verdict: Verdict }[],
): void {
  const time = new Map<string, Partial<TimeRow>>();
  const expense = new Map<string, Partial<ExpenseRow>>();
  for (const { work, verdict } of judged) {
    const cells = verdictCells(verdict);
    if (!differs(sharedRow(work), cells)) continue;
    if (work.table === 'time') time.set(work.row.key, cells);
    else expense.set(work.row.key, cells);
  }
  workbook.update(timeEntries, time);
  workbook.update(expenses, expense);
}

/** Keeps which rows were drawn for checking, and which were passed over. Written before the verdicts, so that no drawn row is ever taken as accepted. */
export function storeAudits(
  workbook: Workbook,
  rows: readonly { readonly work: Work; readonly audit: Audit | null | 'passed over' }[],
): void {
  const changes = new Map<string, Partial<RecordRow>>();
  const added: RecordRow[] = [];
  for (const { work, audit } of rows) {
    const record = recordKey(work.table, work.row.key);
    const cell =
      audit === null ? '' : audit === 'passed over' ? passedOverText(work.record?.asked ?? '') : writeAudit(audit);
    if (work.record === null) added.push({ ...EMPTY_RECORD, record, audit: cell });
    else changes.set(record, { audit: cell });
  }
  workbook.update(entryRecords, changes);
  workbook.insert(entryRecords, added);
}

type VerdictCells = Pick<WorkRow, 'sowLine' | 'confidence' | 'reason' | 'flags' | 'status' | 'decidedBy'>;

function verdictCells(verdict: Verdict): VerdictCells {
  const { line, confidence, reason, flags, status } = verdict;
  return { sowLine: line, confidence, reason, flags: writeFlags(flags), status, decidedBy: '' };
}

function differs(row: VerdictCells, cells: VerdictCells): boolean {
  return (
    row.sowLine !== cells.sowLine ||
    row.confidence !== cells.confidence ||
    row.reason !== cells.reason ||
    row.flags !== cells.flags ||
    row.status !== cells.status ||
    row.decidedBy !== cells.decidedBy
  );
}
