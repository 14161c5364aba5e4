import { type SowBook, sowBook } from '../../lib/matching/candidates.ts';
import { fingerprint } from '../../lib/matching/fingerprint.ts';
import type { MatchItem } from '../../lib/matching/model.ts';
import { linesMarks } from '../../lib/matching/pool.ts';
import { recordKey } from '../../lib/pull/keys.ts';
import type { ExpenseRow, RecordRow, TimeRow, WorkRow } from '../../lib/pull/model.ts';
import { readExpenseSource, readTimeSource } from '../../lib/pull/source.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { entryRecords, expenses, sowLines, sows, sowTexts, timeEntries } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { expenseItem, timeItem } from './items.ts';

/** A row of Time entries or Expenses with its record, whichever of the two it is. */
export type Work =
  | { readonly table: 'time'; readonly row: TimeRow; readonly record: RecordRow | null }
  | { readonly table: 'expense'; readonly row: ExpenseRow; readonly record: RecordRow | null };

/** What matching and the review read of the workbook. */
export interface MatchBooks {
  readonly sows: SowBook;
  /** All rows of both tabs, time entries first, in the order of the tabs. */
  readonly work: readonly Work[];
  readonly records: readonly RecordRow[];
  /** The stored text of a SOW; empty where there is none. */
  sowText(sow: string): string;
  /** Changes when the stored text does; empty where there is none. */
  sowTextMark(sow: string): string;
  /** Changes when the wording of the client's lines or SOW texts does. */
  linesMark(client: string): string;
}

/** Reads the tabs that matching needs: each in one call, and only if it was not read before. */
export function readMatchBooks(workbook: Workbook): MatchBooks {
  const allRecords = workbook.read(entryRecords).rows;
  const records = new Map(allRecords.map((record) => [record.record, record]));
  const recordOf = (table: 'time' | 'expense', key: string) => records.get(recordKey(table, key)) ?? null;
  const texts = readTexts(workbook);
  // White space says nothing: a text that was put back without its last line break is the same.
  const marks = new Map([...texts].map(([sow, text]) => [sow, fingerprint(text.replace(/\s+/g, ' ').trim())]));
  const sowTextMark = (sow: string) => marks.get(foldName(sow)) ?? '';
  const sowRows = workbook.read(sows).rows;
  const lineRows = workbook.read(sowLines).rows;
  return {
    sows: sowBook(sowRows, lineRows),
    records: allRecords,
    linesMark: linesMarks(sowRows, lineRows, sowTextMark),
    work: [
      ...workbook
        .read(timeEntries)
        .rows.map((row): Work => ({ table: 'time', row, record: recordOf('time', row.key) })),
      ...workbook
        .read(expenses)
        .rows.map((row): Work => ({ table: 'expense', row, record: recordOf('expense', row.key) })),
    ],
    sowText: (sow) => texts.get(foldName(sow)) ?? '',
    sowTextMark,
  };
}

/** The row as matching looks at it, with the project code of its record. */
export function itemOf(work: Work): MatchItem {
  const source = work.record?.source ?? '';
  return work.table === 'time'
    ? timeItem(work.row, readTimeSource(source)?.projectCode ?? '')
    : expenseItem(work.row, readExpenseSource(source)?.projectCode ?? '');
}

/** The columns that both tabs have. */
export function sharedRow(work: Work): WorkRow {
  return work.row;
}

function readTexts(workbook: Workbook): ReadonlyMap<string, string> {
  const pieces = [...workbook.read(sowTexts).rows].sort((a, b) => (a.part ?? 0) - (b.part ?? 0));
  const texts = new Map<string, string>();
  for (const { sow, text } of pieces) texts.set(foldName(sow), (texts.get(foldName(sow)) ?? '') + text);
  return texts;
}
