import { type LearnedRow, learnedRows } from '../../lib/learning/learned.ts';
import type { Lesson } from '../../lib/matching/examples.ts';
import { type DecidedRow, isDecided } from '../../lib/matching/memory.ts';
import type { MatchItem } from '../../lib/matching/model.ts';
import { readOpinions } from '../../lib/matching/opinions.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { type MatchBooks, sharedRow, type Work } from './books.ts';
import { expenseItem, timeItem } from './items.ts';

/** The rows that people have decided, in the order of the tabs, and those that were learnt from the past. */
export function decidedRows(books: MatchBooks): readonly DecidedRow[] {
  return [
    ...decidedWork(books).map((work) => ({ item: plainItem(work), line: lineOf(work) })),
    ...learnedRows(books.records),
  ];
}

/** The same to learn from, newest first. */
export function lessonsOf(books: MatchBooks): readonly Lesson[] {
  const decided = decidedWork(books).map((work) => ({
    item: plainItem(work),
    line: lineOf(work),
    corrected: () => isCorrected(work.record?.opinions, lineOf(work)),
  }));
  const learnt = learnedRows(books.records).map(({ item, line, record }: LearnedRow) => ({
    item,
    line,
    corrected: () => isCorrected(record.opinions, line),
  }));
  return [...decided, ...learnt].sort((a, b) => order(b.item.date, a.item.date));
}

function decidedWork(books: MatchBooks): Work[] {
  return books.work.filter((work) => isDecided(sharedRow(work)));
}

/** Without the project's code: it says only which lines are possible, and its record would have to be decoded. */
function plainItem(work: Work): MatchItem {
  return work.table === 'time' ? timeItem(work.row, '') : expenseItem(work.row, '');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lineOf(work: Work): string {
  const { status, sowLine } = sharedRow(work);
  return status === 'excluded' ? '' : sowLine;
}

function isCorrected(opinions: string | undefined, line: string): boolean {
  const first = readOpinions(opinions ?? '')?.first;
  return first?.kind === 'answer' && foldName(first.line) !== foldName(line);
}
