import { monthOf } from '../../lib/calendar.ts';
import { answeredText, isPast, keptRows, WAITING } from '../../lib/learning/learned.ts';
import type { LearnArgs, LearnDoneView, LearnLeftView, LearnView } from '../../lib/learning/model.ts';
import { type History, noLine, PAST, readHistory, separatorOf } from '../../lib/learning/read-history.ts';
import { agreementReport } from '../../lib/learning/report.ts';
import { findCandidates, sowBook } from '../../lib/matching/candidates.ts';
import type { RecordRow } from '../../lib/pull/model.ts';
import { foldName } from '../../lib/workbook/cell.ts';
import { clients, entryRecords, sowLines, sows, timeEntries } from '../../lib/workbook/tables.ts';
import { localTimes } from '../local-time.ts';
import { readMatchBooks } from '../matching/books.ts';
import { timeItem } from '../matching/items.ts';
import { learnFrom, useRows } from '../matching/learn.ts';
import type { Workbook } from '../sheets/workbook.ts';
import type { CallContext, Handlers } from './handler.ts';
import { refreshed } from './refreshed.ts';
import { usedWords } from './used.ts';

/** Matches months whose answers are known; what comes of it is used when a person says so, and can be forgotten. */
export const learningCalls: Handlers<'learn' | 'learnLeft' | 'learnUse' | 'learnDiscard' | 'learnForget'> = {
  learn: (context, args) => learn(context, args),
  learnLeft: ({ workbook }) => leftIn(workbook),
  learnUse: (context) => use(context),
  learnDiscard: (context) => discard(context),
  learnForget: (context) => forget(context),
};

function learn(context: CallContext, args: LearnArgs): LearnView {
  const { workbook } = context;
  const settings = context.settings();
  const { rows, skipped, problems } = args.csv.trim() === '' ? fromTab(context) : fromTable(context, args);
  if (rows.length === 0) {
    const why = problems.length > 0 ? problems.join(' ') : 'There is no row with a SOW line.';
    throw new Error(`Nothing can be learnt from this. ${why}`);
  }
  const before = new Map(keptRows(workbook.read(entryRecords).rows).map((row) => [row.item.key, row]));
  const known = rows.flatMap(({ item, line }) => {
    const kept = before.get(item.key);
    return kept === undefined ? [] : [(kept.given ?? kept.used) !== line];
  });
  const { matched, left, audited } = learnFrom(
    { workbook, claude: () => context.clients.claude() },
    readMatchBooks(workbook),
    settings,
    rows,
  );
  const report = agreementReport(matched, {
    ...leftIn(workbook),
    left,
    audited,
    known: known.length,
    replaced: known.filter((differs) => differs).length,
    skipped,
    problems,
  });
  context.log({
    what: 'Earlier months compared',
    where: `${report.rows} rows`,
    after: `${report.agree} agree with how they were billed; nothing of it is used yet. ${usedWords(context.usage.snapshot())}`,
  });
  return report;
}

function use(context: CallContext): LearnDoneView {
  const { workbook } = context;
  const rows = pendingRows(workbook);
  if (rows.length === 0) throw new Error('No rows of earlier months wait to be used.');
  const audited = useRows(workbook, readMatchBooks(workbook), context.settings(), rows);
  const said = `${many(rows.length)} of earlier months ${rows.length === 1 ? 'serves' : 'serve'} as examples from now on; ${audited} of them count as checked.`;
  return done(context, 'Learnt from the past', rows.length, said);
}

/** Lets go of what was given and not used, also what waits to be matched. */
function discard(context: CallContext): LearnDoneView {
  const { workbook } = context;
  const rows = keptRows(workbook.read(entryRecords).rows).filter(({ given }) => given !== null);
  const back = rows.flatMap(({ record, used }): RecordRow[] =>
    used === null
      ? []
      : [{ ...record, answered: answeredText(used, null), asked: record.asked === WAITING ? '' : record.asked }],
  );
  workbook.insert(entryRecords, back);
  remove(
    workbook,
    rows.flatMap(({ record, used }) => (used === null ? [record] : [])),
  );
  return done(
    context,
    'Earlier months discarded',
    rows.length,
    `${many(rows.length)} discarded; nothing of it is used.`,
  );
}

/** Forgets every row of the past, used or not: no example and no checked row of it is left. */
function forget(context: CallContext): LearnDoneView {
  const { workbook } = context;
  const records = workbook.read(entryRecords).rows.filter(isPast);
  remove(workbook, records);
  return done(
    context,
    'Earlier months forgotten',
    records.length,
    `${many(records.length)} of earlier months forgotten.`,
  );
}

function remove(workbook: Workbook, records: readonly RecordRow[]): void {
  workbook.remove(entryRecords, new Set(records.map(({ record }) => record)));
}

/** Tells Activity, and has the Dashboard say what is proven now. */
function done(context: CallContext, what: string, rows: number, said: string): LearnDoneView {
  const { workbook } = context;
  context.log({ what, where: many(rows), after: said });
  const dashboard = refreshed(context);
  return { ...leftIn(workbook), said: dashboard === '' ? said : `${said} The Dashboard: ${dashboard}` };
}

function fromTable({ workbook, clock }: CallContext, { csv, dates }: LearnArgs): History {
  const cells: string[][] = Utilities.parseCsv(csv.replace(/\r\n?/g, '\n').trim(), separatorOf(csv));
  const [agreements, lines] = [workbook.read(sows).rows, workbook.read(sowLines).rows];
  return readHistory(cells, {
    clients: workbook.read(clients).rows.map(({ client }) => client),
    sows: agreements,
    lines,
    book: sowBook(agreements, lines),
    today: localTimes(workbook.timeZone).of(clock.now()).slice(0, 10),
    dates,
  });
}

/** Rows that the firm put into Time entries itself, from before the first month that is billed here, and those that were given and wait. */
function fromTab({ workbook, settings }: CallContext): History {
  const known = knownLines(workbook);
  const { firstPeriod } = settings();
  const { sows: book } = readMatchBooks(workbook);
  const own = workbook
    .read(timeEntries)
    .rows.filter((row) => monthOf(row.date) < firstPeriod)
    .filter((row) => row.sowLine !== '' && known.has(foldName(row.sowLine)))
    .map((row) => ({ item: { ...timeItem(row, ''), key: `${PAST}${row.key}` }, line: row.sowLine }));
  const usable = own.filter(({ item }) => findCandidates(item, book).lines.length > 0);
  const keys = new Set(usable.map(({ item }) => item.key));
  const waiting = givenRows(workbook).flatMap(({ item, given }) =>
    given === null || keys.has(item.key) ? [] : [{ item, line: given }],
  );
  const skipped = own.filter(({ item }) => !keys.has(item.key));
  return {
    rows: [...usable, ...waiting],
    skipped: skipped.length,
    problems: [...new Set(skipped.map(({ item }) => noLine(item.client)))].map(
      (problem) => `Tab Time entries: ${problem}.`,
    ),
  };
}

/** Rows that were given and are not used yet, on lines that still stand. */
function givenRows(workbook: Workbook) {
  const known = knownLines(workbook);
  return keptRows(workbook.read(entryRecords).rows).filter(({ given }) => given !== null && known.has(foldName(given)));
}

function pendingRows(workbook: Workbook) {
  return givenRows(workbook).filter(({ record }) => record.asked !== WAITING);
}

function leftIn(workbook: Workbook): LearnLeftView {
  const given = givenRows(workbook);
  const left = given.filter(({ record }) => record.asked === WAITING).length;
  const used = keptRows(workbook.read(entryRecords).rows).filter((row) => row.used !== null).length;
  return { left, pending: given.length - left, used };
}

/** Folded keys of the lines that stand, and the empty one of time that was not billed. */
function knownLines(workbook: Workbook): ReadonlySet<string> {
  return new Set(['', ...workbook.read(sowLines).rows.map(({ line }) => foldName(line))]);
}

function many(rows: number): string {
  return `${rows} row${rows === 1 ? '' : 's'}`;
}
