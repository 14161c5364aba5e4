import { monthOf } from '../../lib/calendar.ts';
import { findCandidates } from '../../lib/matching/candidates.ts';
import { lineTables } from '../../lib/matching/chunks.ts';
import { possibleDuplicates } from '../../lib/matching/duplicates.ts';
import { memoryOf } from '../../lib/matching/memory.ts';
import type { MatchItem } from '../../lib/matching/model.ts';
import { readOpinions } from '../../lib/matching/opinions.ts';
import { isOpen, type MatchRow, type MatchRules, planRow, type RowPlan } from '../../lib/matching/plan-row.ts';
import { cutSows } from '../../lib/matching/prompt-size.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { invoices } from '../../lib/workbook/tables.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { evidenceNow } from './audits.ts';
import { itemOf, type MatchBooks, sharedRow, type Work } from './books.ts';
import { expenseItem, timeItem } from './items.ts';
import { decidedRows } from './past.ts';

/** A row that matching may write, and what is to be done with it. */
export interface PlannedRow {
  readonly work: Work;
  readonly item: MatchItem;
  readonly plan: RowPlan;
}

/**
 * Plans all open rows from First period to the given period, both counted: late entries of earlier months are matched with those of
 * this one.
 */
export function planRows(
  workbook: Workbook,
  books: MatchBooks,
  settings: Settings,
  period: string,
  job: string,
): readonly PlannedRow[] {
  const rules = rulesOf(books, settings, job);
  const isLate = pushedMonths(workbook);
  const duplicates = duplicatesIn(books.work);
  const open = books.work.flatMap((work) => {
    const row = sharedRow(work);
    const month = monthOf(row.date);
    if (!isOpen(row) || month < settings.firstPeriod || month > period) return [];
    return [{ work, row, month, item: itemOf(work) }];
  });
  const isCut = cutIn(
    open.map(({ item }) => item),
    books,
  );
  return open.map(({ work, row, month, item }): PlannedRow => {
    const plan = planRow(matchRow(work, item), rules, {
      duplicate: duplicates[work.table].has(row.key),
      late: isLate(row.client, month),
      longEntryHours: settings.longEntryHours,
      isCut,
    });
    return { work, item, plan };
  });
}

/** Which SOW texts are too long to go whole into a request about these rows. */
function cutIn(items: readonly MatchItem[], { sows, sowText }: MatchBooks): (sow: string) => boolean {
  const rows = items.map((item) => ({ item, candidates: findCandidates(item, sows).lines }));
  const cut = new Set([...lineTables(rows, sows, sowText).values()].flatMap(cutSows));
  return (sow) => cut.has(sow);
}

function rulesOf(books: MatchBooks, settings: Settings, job: string): MatchRules {
  return {
    book: books.sows,
    firstModel: settings.classificationModel,
    secondModel: settings.secondOpinionModel,
    secondOpinionOn: settings.secondOpinionOn,
    threshold: evidenceNow(books, settings).threshold,
    job,
    sowTextMark: books.sowTextMark,
    memory: memoryOf(decidedRows(books)),
  };
}

function matchRow(work: Work, item: MatchItem): MatchRow {
  const { status, decidedBy, sowLine, flags } = sharedRow(work);
  const { asked, opinions } = work.record ?? { asked: '', opinions: '' };
  return { item, status, decidedBy, line: sowLine, flags, asked, opinions: readOpinions(opinions) };
}

/** Whether the client's month was pushed already. */
function pushedMonths(workbook: Workbook): (client: string, month: string) => boolean {
  const pushed = new Set(
    workbook
      .read(invoices)
      .rows.filter(({ status }) => status === 'pushed' || status === 'paid')
      .map(({ client, period }) => `${period} ${foldName(client)}`),
  );
  return (client, month) => pushed.has(`${month} ${foldName(client)}`);
}

/** What is excluded is no original that a later row could repeat. */
function duplicatesIn(work: readonly Work[]): Readonly<Record<Work['table'], ReadonlySet<string>>> {
  const of = (table: Work['table']): ReadonlySet<string> => {
    const rows = work.filter((one) => one.table === table && sharedRow(one).status !== 'excluded');
    return possibleDuplicates(
      rows.map((one) => (one.table === 'time' ? timeItem(one.row, '') : expenseItem(one.row, ''))),
    );
  };
  return { time: of('time'), expense: of('expense') };
}
