import type { SowListView, SowProposeArgs, SowReadArgs, SowWriteArgs, SowWriteView } from '../../lib/calls.ts';
import { joinPieces } from '../../lib/invoices/pieces.ts';
import { fingerprint } from '../../lib/matching/fingerprint.ts';
import { checkImport, standingIn } from '../../lib/sow-import/after-writing.ts';
import type { SowRows } from '../../lib/sow-import/confirmed.ts';
import { editableColumn } from '../../lib/sow-import/fields.ts';
import type { CellValue, ConfirmedRow, SowDocument, SowProposal, TermsBook } from '../../lib/sow-import/model.ts';
import { propose, type StandingRows } from '../../lib/sow-import/propose.ts';
import { readProposal } from '../../lib/sow-import/read-answer.ts';
import { DOCUMENT_LIMIT, proposalRequest, type Standing } from '../../lib/sow-import/request.ts';
import { storeText } from '../../lib/sow-import/stored-text.ts';
import { type SowUndo, takeBack, undoRows } from '../../lib/sow-import/undo.ts';
import { foldName, sameName } from '../../lib/workbook/cell.ts';
import {
  clients,
  expenses,
  keyOf,
  type RowOf,
  rates,
  sowLines,
  sows,
  sowTexts,
  timeEntries,
} from '../../lib/workbook/tables.ts';
import type { ClaudeOutcome } from '../clients/claude-model.ts';
import type { Workbook } from '../sheets/workbook.ts';
import { answerText } from '../sow-import/answer-text.ts';
import { readPdf } from '../sow-import/read-pdf.ts';
import type { CallContext, Handlers } from './handler.ts';
import { usedWords } from './used.ts';

/** Documents into SOWs, SOW lines and Rates: proposed first, written when a person has confirmed them. */
export const sowImportCalls: Handlers<'sowList' | 'sowRead' | 'sowPropose' | 'sowCheck' | 'sowWrite' | 'sowUndo'> = {
  sowList: ({ workbook }) => sowList(workbook),
  sowRead: (context, args) => readDocument(context, args),
  sowPropose: (context, args) => proposeRows(context, args),
  sowCheck: ({ workbook }, args) => ({
    problems: checkImport({ ...args, document: '' }, termsBook(workbook)).problems,
  }),
  sowWrite: (context, args) => write(context, args),
  sowUndo: (context, args) => undoImport(context, args),
};

type Row = Readonly<Record<string, unknown>>;

function sowList(workbook: Workbook): SowListView {
  return {
    clients: workbook.read(clients).rows.map(({ client }) => client),
    sows: workbook.read(sows).rows.map(({ sow, client, title, document }) => ({ sow, client, title, document })),
  };
}

/** Has the PDF copied to text, in a call of its own: what was copied is not lost when the terms cannot be read. */
function readDocument(context: CallContext, { name, pdfBase64 }: SowReadArgs): SowDocument {
  const text = readPdf(context.clients.claude(), context.settings().classificationModel, pdfBase64);
  if (!/\p{L}/u.test(text)) throw new Error(noTextIn(name));
  context.log({ what: 'PDF copied by Claude', where: name, after: usedWords(context.usage.snapshot()) });
  return { name, text, fromPdf: true };
}

/** Asks Claude once about the document, and checks every answer against the text. */
function proposeRows(context: CallContext, { client, sow = '', document }: SowProposeArgs): SowProposal {
  const { workbook } = context;
  const { secondOpinionModel } = context.settings();
  if (!workbook.read(clients).rows.some((row) => sameName(row.client, client)))
    throw new Error(`There is no client "${client}" in the tab Clients. Add the client there first.`);
  const book = termsBook(workbook);
  const standing = standingIn(book);
  const amended = standing.SOWs.find((row) => foldName(String(row['sow'])) === foldName(sow));
  if (sow !== '' && amended === undefined) throw new Error(`There is no SOW "${sow}" in the tab SOWs any more.`);
  const { text } = document;
  needText(text);
  if (text.length > DOCUMENT_LIMIT) {
    throw new Error(
      `The document has ${text.length} characters; at most ${DOCUMENT_LIMIT} can be read. Import the parts with terms one by one.`,
    );
  }
  const askedAt = context.clock.now();
  const [outcome] = context.clients.claude().messages([
    proposalRequest(secondOpinionModel, {
      client,
      document: document.name,
      text,
      standing: amended === undefined ? null : ofSow(standing, sow),
    }),
  ]);
  if (outcome?.kind === 'cut' || tookTooLong(outcome, context.clock.now() - askedAt)) throw new Error(inParts(sow));
  const said = readProposal(answerText(outcome, 'the document'));
  context.log({ what: 'Document read by Claude', where: document.name, after: usedWords(context.usage.snapshot()) });
  if (said === null) throw new Error('Claude answered in a form that cannot be used. Nothing was written; try again.');
  return propose(said, { client, sow, document, book });
}

function noTextIn(name: string): string {
  return `No text could be read in ${name}: its pages are blank, or pictures of a scanner that cannot be made out. Have the text recognised first (open the file with Google Docs, which does so), or paste the text.`;
}

function needText(text: string): void {
  if (!/\p{L}/u.test(text)) throw new Error('The document has no text. Choose another file, or paste the text.');
}

/** About this long Apps Script waits for an answer, then it ends the request and says no more than that there was none. */
const MOST_WAIT_MS = 45_000;

function tookTooLong(outcome: ClaudeOutcome | undefined, tookMs: number): boolean {
  return outcome?.kind === 'failed' && outcome.error.status === 0 && tookMs >= MOST_WAIT_MS;
}

function inParts(sow: string): string {
  return `Claude needs longer for all terms of this document than Google lets one request take, about a minute. Nothing was written, and your text is still here. Import it in parts: leave only the first part of the text in the box, read and write it, then do the same with the next part as "an amendment or further part of" ${sow === '' ? 'the same SOW' : sow}; its lines are added.`;
}

function write(context: CallContext, args: SowWriteArgs): SowWriteView {
  const { workbook, clock } = context;
  const { client, sow, document } = args;
  if (!workbook.read(clients).rows.some((row) => sameName(row.client, client)))
    throw new Error(`There is no client "${client}" in the tab Clients. Nothing was written.`);
  const texts = workbook.read(sowTexts).rows;
  const change = storeText(sow, document, texts, { append: args.addText, now: clock.now() });
  const book = termsBook(workbook);
  const { rows, problems } = checkImport({ client, sow, rows: args.rows, document: change.state }, book);
  if (problems.length > 0) {
    const sentences = [...new Set(problems.map(({ sentence }) => sentence))];
    throw new Error(`${sentences.slice(0, 5).join(' ')} Nothing was written.`);
  }
  const written = writtenWords(rows, book);
  const undone = undoRows({ SOWs: rows.sows, 'SOW lines': rows.sowLines, Rates: rows.rates }, standingIn(book));
  const textBefore = textOf(texts, sow);
  workbook.insert(sows, rows.sows);
  workbook.insert(sowLines, rows.sowLines);
  workbook.insert(rates, rows.rates);
  workbook.insert(sowTexts, change.rows);
  workbook.remove(
    sowTexts,
    new Set(change.surplus.map((part) => keyOf(sowTexts, { sow, part, text: '', added: null }))),
  );
  for (const row of args.rows) tellEdits(context, row);
  const left = args.leftOut ?? [];
  const without = left.length === 0 ? '' : `; left out: ${left.join(', ')}`;
  context.log({ what: 'SOW imported', where: sow, after: `${written}, from ${document.name}${without}` });
  const textAfter = fingerprint(textOf(workbook.read(sowTexts).rows, sow));
  return { written, characters: document.text.length, undo: { sow, rows: undone, textBefore, textAfter } };
}

/** All of it is put back, or nothing, with the rows that stand in the way. */
function undoImport({ workbook, clock, log }: CallContext, { sow, rows, textBefore, textAfter }: SowUndo) {
  const { put, removed, problems } = takeBack(rows, termsBook(workbook));
  const stored = workbook.read(sowTexts).rows;
  const now = textOf(stored, sow);
  const isBack = now === textBefore;
  const found = [...problems];
  if (!isBack && fingerprint(now) !== textAfter) found.push(`The text of ${sow} was changed since.`);
  for (const line of removed['SOW lines']) {
    const on = [...workbook.read(timeEntries).rows, ...workbook.read(expenses).rows];
    const count = on.filter((row) => sameName(row.sowLine, line)).length;
    if (count > 0) found.push(`Time entries and expenses are on ${line} by now: ${count}.`);
  }
  if (found.length > 0) throw new Error(`Nothing was taken back. ${found.join(' ')} Mend the tabs by hand.`);
  // Decoded by the columns of these very tables.
  workbook.insert(sows, put.SOWs as unknown as SowRows['sows']);
  workbook.insert(sowLines, put['SOW lines'] as unknown as SowRows['sowLines']);
  workbook.insert(rates, put.Rates as unknown as SowRows['rates']);
  workbook.remove(rates, new Set(removed.Rates));
  workbook.remove(sowLines, new Set(removed['SOW lines']));
  workbook.remove(sows, new Set(removed.SOWs));
  if (!isBack) {
    const document = { name: sow, text: textBefore, fromPdf: false };
    const change = storeText(sow, document, stored, { append: false, now: clock.now() });
    if (textBefore !== '') workbook.insert(sowTexts, change.rows);
    const surplus =
      textBefore === '' ? stored.filter((row) => sameName(row.sow, sow)).map(({ part }) => part ?? 0) : change.surplus;
    workbook.remove(sowTexts, new Set(surplus.map((part) => keyOf(sowTexts, { sow, part, text: '', added: null }))));
  }
  const said = `The import of ${sow} is taken back: ${many(rows.length, 'row')} as before. Press Update drafts if you did so after it.`;
  log({ what: 'SOW import taken back', where: sow, after: many(rows.length, 'row') });
  return { said };
}

function textOf(stored: readonly RowOf<typeof sowTexts>[], sow: string): string {
  return joinPieces(stored.filter((row) => sameName(row.sow, sow)));
}

/** What the person changed of the proposal, or wrote without one: no sentence of the document vouches for it. */
function tellEdits({ log }: CallContext, { tab, key, cells, edited = {}, byHand = false }: ConfirmedRow): void {
  const changed = byHand ? Object.keys(cells) : Object.keys(edited);
  if (changed.length === 0) return;
  const words = (values: Readonly<Record<string, CellValue>>) =>
    changed
      .map((property) => {
        const value = String(values[property] ?? '');
        const shown = value === '' ? 'nothing' : value.length > 200 ? `${value.slice(0, 200)}…` : value;
        return `${editableColumn(tab, property)?.header ?? property}: ${shown}`;
      })
      .join('; ');
  const before = byHand ? '' : words(edited);
  log({
    what: byHand ? 'SOW import: added by hand' : 'SOW import: edited',
    where: `${tab} ${key}`,
    before,
    after: words(cells),
  });
}

/** What the import changes, the stored text aside. */
function writtenWords(rows: SowRows, book: TermsBook): string {
  const lines = changedRows(rows.sowLines, book.sowLines.rows);
  const cards = changedRows(rows.rates, book.rates.rows);
  const words = [
    ...(changedRows(rows.sows.map(noText), book.sows.rows.map(noText)) > 0 ? ['the SOW'] : []),
    ...(lines > 0 ? [many(lines, 'SOW line')] : []),
    ...(cards > 0 ? [many(cards, 'rate')] : []),
  ];
  return words.length > 0 ? words.join(', ') : 'the text';
}

function changedRows(now: readonly Row[], standing: readonly Row[]): number {
  const stands = (row: Row) =>
    standing.some((one) => Object.keys(row).every((property) => one[property] === row[property]));
  return now.filter((row) => !stands(row)).length;
}

function noText(row: Row): Row {
  return { ...row, document: '' };
}

function many(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function termsBook(workbook: Workbook): TermsBook {
  return {
    clients: workbook.read(clients),
    sows: workbook.read(sows),
    sowLines: workbook.read(sowLines),
    rates: workbook.read(rates),
  };
}

/** What the model is told about a SOW that is amended: its own rows, and the rate cards that its lines name. */
function ofSow(standing: StandingRows, sow: string): Standing {
  const own = (row: Readonly<Record<string, unknown>>) => foldName(String(row['sow'])) === foldName(sow);
  const lines = standing['SOW lines'].filter(own);
  const cards = new Set(lines.map((row) => foldName(String(row['rate'] ?? ''))));
  return {
    SOWs: standing.SOWs.filter(own),
    'SOW lines': lines,
    Rates: standing.Rates.filter((row) => cards.has(foldName(String(row['rateCard'])))),
  };
}
