import { monthOf } from '../../lib/calendar.ts';
import { learnedRows, WAITING } from '../../lib/learning/learned.ts';
import type { LearnView } from '../../lib/learning/model.ts';
import { type History, PAST, readHistory, separatorOf } from '../../lib/learning/read-history.ts';
import { agreementReport } from '../../lib/learning/report.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import type { Settings } from '../../lib/workbook/settings.ts';
import { entryRecords, sowLines, timeEntries } from '../../lib/workbook/tables.ts';
import { readMatchBooks } from '../matching/books.ts';
import { timeItem } from '../matching/items.ts';
import { learnFrom } from '../matching/learn.ts';
import type { Workbook } from '../sheets/workbook.ts';
import type { CallContext, Handlers } from './handler.ts';
import { usedWords } from './used.ts';

/** Matches months whose answers are known, and keeps what comes of it. */
export const learningCalls: Handlers<'learn' | 'learnLeft'> = {
  learn: (context, { csv }) => learn(context, csv),
  learnLeft: ({ workbook }) => ({ left: waitingRows(workbook).left }),
};

function learn(context: CallContext, csv: string): LearnView {
  const { workbook } = context;
  const settings = context.settings();
  const { rows, problems } = csv.trim() === '' ? fromTab(workbook, settings) : fromTable(workbook, csv);
  if (rows.length === 0) {
    const why = problems.length > 0 ? problems.join(' ') : 'There is no row with a SOW line.';
    throw new Error(`Nothing can be learnt from this. ${why}`);
  }
  const books = readMatchBooks(workbook);
  const { matched, left, audited } = learnFrom(
    { workbook, claude: () => context.clients.claude() },
    books,
    settings,
    rows,
  );
  const report = agreementReport(matched, { left, audited, problems });
  context.log({
    what: 'Learnt from the past',
    where: `${report.rows} rows`,
    after: `${report.agree} agree with how they were billed; ${audited} count as checked. ${usedWords(context.usage.snapshot())}`,
  });
  return report;
}

function fromTable(workbook: Workbook, csv: string): History {
  const cells: string[][] = Utilities.parseCsv(csv.replace(/\r\n?/g, '\n').trim(), separatorOf(csv));
  return readHistory(cells, lineKeys(workbook));
}

/** Rows that the firm put into Time entries itself, from before the first month that is billed here, and those that wait to be gone on with. */
function fromTab(workbook: Workbook, settings: Settings): History {
  const known = new Set(lineKeys(workbook).map(foldName));
  const own = workbook
    .read(timeEntries)
    .rows.filter((row) => monthOf(row.date) < settings.firstPeriod)
    .filter((row) => row.sowLine !== '' && known.has(foldName(row.sowLine)))
    .map((row) => ({ item: { ...timeItem(row, ''), key: `${PAST}${row.key}` }, line: row.sowLine }));
  const keys = new Set(own.map(({ item }) => item.key));
  const { left, rows } = waitingRows(workbook);
  const before = rows.filter(({ item }) => !keys.has(item.key));
  return { rows: left === 0 ? own : [...own, ...before], problems: [] };
}

/** What was learnt so far on lines that still stand, and how many rows of it still wait to be matched. */
function waitingRows(workbook: Workbook) {
  const known = new Set(['', ...lineKeys(workbook).map(foldName)]);
  const rows = learnedRows(workbook.read(entryRecords).rows).filter(({ line }) => known.has(foldName(line)));
  return { rows, left: rows.filter(({ record }) => record.asked === WAITING).length };
}

function lineKeys(workbook: Workbook): readonly string[] {
  return workbook.read(sowLines).rows.map(({ line }) => line);
}
