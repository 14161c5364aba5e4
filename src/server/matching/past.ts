import type { Lesson } from '../../lib/matching/examples.ts';
import { type DecidedRow, isDecided } from '../../lib/matching/memory.ts';
import { readOpinions } from '../../lib/matching/opinions.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { itemOf, type MatchBooks, sharedRow, type Work } from './books.ts';

/** The rows that people have decided, in the order of the tabs. */
export function decidedRows(books: MatchBooks): readonly DecidedRow[] {
  return decidedWork(books).map((work) => ({ item: itemOf(work), line: lineOf(work) }));
}

/** The same to learn from, newest first. */
export function lessonsOf(books: MatchBooks): readonly Lesson[] {
  return decidedWork(books)
    .sort((a, b) => (sharedRow(a).date < sharedRow(b).date ? 1 : -1))
    .map((work) => ({ item: itemOf(work), line: lineOf(work), corrected: () => isCorrected(work) }));
}

function decidedWork(books: MatchBooks): Work[] {
  return books.work.filter((work) => isDecided(sharedRow(work)));
}

function lineOf(work: Work): string {
  const { status, sowLine } = sharedRow(work);
  return status === 'excluded' ? '' : sowLine;
}

function isCorrected(work: Work): boolean {
  const first = readOpinions(work.record?.opinions ?? '')?.first;
  return first?.kind === 'answer' && foldName(first.line) !== foldName(lineOf(work));
}
