import { isDay } from '../calendar.ts';
import { foldName } from '../workbook/cell.ts';
import { keyOf, rates } from '../workbook/tables.ts';
import { standingIn } from './after-writing.ts';
import { checkField, type Evidence } from './check-field.ts';
import { foreignAmount } from './currency.ts';
import { datesIn, type WrittenDate } from './dates.ts';
import { BLANK_RATE, editableColumn, FIELDS, shownCell } from './fields.ts';
import { freeLine } from './free-line.ts';
import type {
  CellValue,
  ProposedField,
  ProposedRow,
  Quote,
  SowDocument,
  SowProposal,
  SowTab,
  TermsBook,
} from './model.ts';
import type { SaidRow } from './read-answer.ts';
import { standsIn, statesDay } from './stands.ts';
import { cellOf } from './typed.ts';

type Row = Readonly<Record<string, unknown>>;

/** The three tabs as they stand, all rows. */
export type StandingRows = Readonly<Record<SowTab, readonly Row[]>>;

export interface ProposalFacts {
  readonly client: string;
  /** The SOW that the document amends, by the person's choice; empty: as the document names it. */
  readonly sow: string;
  readonly document: SowDocument;
  readonly book: TermsBook;
}

/**
 * Turns what the model said into rows that a person can confirm. Every quote is looked up in the document; every number and day must
 * stand in a quote that does, or its cell is left empty and says so. Rows whose key stands in the workbook say what changes.
 */
export function propose(said: readonly SaidRow[], facts: ProposalFacts): SowProposal {
  const { document, client, book } = facts;
  const standing = standingIn(book);
  const sow = sowName(said, facts);
  const standingSow = find(standing.SOWs, 'sow', sow);
  const cards = new Set(
    [
      ...said.filter((row) => row.tab === 'Rates').map((row) => row.said['rateCard'] ?? ''),
      ...standing.Rates.map((row) => String(row['rateCard'])),
    ]
      .filter((name) => name !== '')
      .map(foldName),
  );
  const own = said.filter((row) => row.tab === 'SOWs');
  const others = said.filter((row) => row.tab !== 'SOWs');
  const seen = new Set<string>();
  const taken = new Set(standing['SOW lines'].map((row) => String(row['line'])));
  others.forEach((row, index) => {
    if (row.tab === 'SOW lines') taken.add(keyFor(row, sow, index + 1));
  });
  const found = [...own.slice(0, 1), ...others].flatMap((row, index) => {
    const key = keyFor(row, sow, index);
    const name = `${row.tab} ${foldName(key)}`;
    if (seen.has(name)) return [];
    seen.add(name);
    const proposed = rowOf(row, key, sow, { document: document.text, cards }, standing, taken);
    if (proposed.taken !== '') taken.add(proposed.taken);
    return [proposed];
  });
  const isSow = standingSow !== undefined || found.some(holdsTerms);
  const rows = isSow ? found : found.map((row) => ({ ...row, doubtful: true }));
  const warnings: string[] = [];
  if (!isSow) warnings.push('This looks like no Statement of Work: no line, rate or cap was found.');
  else if (
    standingSow !== undefined &&
    rows.every((row) => row.kind !== 'new' && row.fields.every((field) => field.offered === true))
  )
    warnings.push(
      `No change to ${sow} was found in this document. Look yourself: what it changes can be typed in with Edit or Add a line.`,
    );
  if (facts.sow === '' && standingSow !== undefined)
    warnings.push(
      `A SOW ${sow} stands already. If this is an amendment or a further part of it, choose that under "Document is"; written as a SOW of its own, this text takes the place of the one that is stored.`,
    );
  const currency = book.clients.rows.find((row) => foldName(row.client) === foldName(client))?.currency ?? '';
  const foreign = foreignAmount(document.text, currency);
  if (foreign !== '')
    warnings.push(
      `The text says ${foreign}, but ${client} is billed in ${currency || 'USD'}. Amounts are not converted.`,
    );
  const notes: string[] = [];
  if (document.fromPdf)
    notes.push(
      'The text is what Claude read in the PDF; quotes were looked up in that text. Compare amounts with the PDF.',
    );
  if (standingSow !== undefined && foldName(String(standingSow['client'])) !== foldName(client))
    warnings.push(`The SOW ${sow} stands in the workbook for ${String(standingSow['client'])}, not for ${client}.`);
  if (own.length > 1)
    notes.push(`The document seems to hold ${own.length} SOWs; only the first is shown. Import them one by one.`);
  if (isSow && rows.some((row) => row.kind === 'new' && row.tab !== 'Rates'))
    notes.push(
      "No document says which Projects of the time source a SOW takes (empty: all of the client's) and which QuickBooks item a line is; fill them in under Edit, More columns, or in the tabs.",
    );
  return {
    client,
    sow,
    amends: standingSow !== undefined,
    amendment: facts.sow !== '',
    document,
    lines: book.sowLines.rows.map(({ line }) => line),
    rows,
    warnings,
    notes,
  };
}

/** As the person chose, as the document says, or a name made of the client's. */
function sowName(said: readonly SaidRow[], { sow, client, book }: ProposalFacts): string {
  if (sow !== '') return sow;
  const named = said.find((row) => row.tab === 'SOWs')?.key ?? '';
  if (named !== '') return named.slice(0, 60);
  const initials = (client.match(/\p{L}+/gu) ?? ['SOW']).map((word) => word.charAt(0).toUpperCase()).join('');
  let number = 1;
  while (find(book.sows.rows, 'sow', `${initials}-${number}`) !== undefined) number += 1;
  return `${initials}-${number}`;
}

function keyFor(row: SaidRow, sow: string, index: number): string {
  if (row.tab === 'SOWs') return sow;
  if (row.tab === 'SOW lines') {
    if (row.key === '') return `${sow}/${index}`;
    return /^\d+[a-z]?$/i.test(row.key) ? `${sow}/${row.key}` : row.key.slice(0, 80);
  }
  const { rateCard = '', person = '', role = '', task = '', fromDate = '' } = row.said;
  const fromHours = Number(row.said['fromHours'] ?? '') || null;
  return keyOf(rates, { ...BLANK_RATE, rateCard, person, role, task, fromHours, fromDate });
}

/** A line, a rate, or a SOW with a cap or discount: without any of them a document holds no terms. */
function holdsTerms({ tab, fields }: ProposedRow): boolean {
  if (tab !== 'SOWs') return true;
  return fields.some(({ property, value }) => value !== '' && (property === 'cap' || property === 'discountPercent'));
}

function rowOf(
  row: SaidRow,
  key: string,
  sow: string,
  known: { readonly document: string; readonly cards: ReadonlySet<string> },
  standing: StandingRows,
  taken: ReadonlySet<string>,
): ProposedRow {
  const quotes: Quote[] = row.quotes.map((text) => ({ text, stands: standsIn(text, known.document) }));
  const quoted = quotes.flatMap(({ text, stands }) => (stands ? [text] : [])).join('\n');
  const now = standingRow(row.tab, key, standing);
  const fields = fieldsOf(row, now, { ...known, quoted });
  const kind = now === undefined ? 'new' : fields.length === 0 ? 'same' : 'change';
  const title = row.said['title'] || shownTitle(row) || (now === undefined ? '' : String(now['title'] ?? ''));
  const standingNow = standingCells(row.tab, now);
  const stated = isDay(row.holdsFrom) && statesDay(known.document, row.holdsFrom) ? row.holdsFrom : '';
  const loose = looseDates(quoted, stated, fields, standingNow);
  const holdsFrom = stated || firstDay(loose.filter(({ begins }) => begins));
  const isTaken = now !== undefined && kind === 'change' && looksLikeAnother(row, now, fields);
  const dated = kind === 'change' ? loose : kind === 'new' ? loose.filter(({ begins }) => begins) : [];
  const warnings: string[] = [];
  if (isTaken && now !== undefined)
    warnings.push(
      `This number is taken by "${String(now['title'] || now['line'])}" (${String(now['billing'])}); give it another number. ${freeLine(sow, taken)} is free.`,
    );
  if (dated.length > 0) warnings.push(datesSentence(dated, kind));
  return {
    tab: row.tab,
    key,
    title,
    kind,
    fields,
    standing: standingNow,
    quotes,
    holdsFrom,
    notes: notesOn(row, kind, sow, quotes),
    warnings,
    doubtful: isTaken || (dated.length > 0 && (kind === 'change' || standing.SOWs.some((one) => one['sow'] === sow))),
    splitFrom: kind === 'change' && !isTaken && fields.some(isPrice) ? holdsFrom : '',
    taken: isTaken ? freeLine(sow, taken) : '',
    asNew: isTaken ? fieldsOf(row, undefined, { ...known, quoted }) : [],
  };
}

/** Of a new row all that was said; of a standing one what differs. Words are only offered in place of others. */
function fieldsOf(row: SaidRow, now: Row | undefined, evidence: Evidence): readonly ProposedField[] {
  return FIELDS[row.tab].flatMap((field): ProposedField[] => {
    const said = row.said[field.property] ?? '';
    const { value, problem } = checkField(field, said, evidence);
    const before = now === undefined ? '' : shownCell(now, field.property);
    if (said === '' || (problem === '' && same(value, before))) return [];
    if (now !== undefined && value === '' && same(said, before)) return [];
    const offered = WORDS.includes(field.property) && before !== '' && problem === '';
    return [
      { property: field.property, header: field.header, value, before, problem, ...(offered ? { offered } : {}) },
    ];
  });
}

const WORDS = ['title', 'description'];

/** Dates of the quotes that stand in no cell of the row, as it is or would be. */
function looseDates(
  quoted: string,
  holdsFrom: string,
  fields: readonly ProposedField[],
  standing: Readonly<Record<string, CellValue>>,
): readonly WrittenDate[] {
  const cells = new Set([...Object.values(standing), ...fields.map(({ value }) => value)]);
  const dates = datesIn(quoted);
  const isQuoted = holdsFrom === '' || dates.some(({ days }) => days.includes(holdsFrom));
  const all = isQuoted ? dates : [...dates, { words: holdsFrom, days: [holdsFrom], begins: true }];
  return all.filter(({ days }) => !days.some((day) => cells.has(day)));
}

/** The day that is meant, where there is just one. */
function firstDay(dates: readonly WrittenDate[]): string {
  const days = new Set(dates.flatMap((date) => date.days));
  const [only = ''] = days;
  return days.size === 1 ? only : '';
}

function datesSentence(dates: readonly WrittenDate[], kind: ProposedRow['kind']): string {
  const words = [...new Set(dates.map((date) => date.words))].join(', ');
  const what =
    kind === 'change'
      ? 'Written as it is, the change counts for every month that is not pushed yet.'
      : 'Fill in Starts if it holds from then on.';
  return `The text has a date that stands in no cell of this row: ${words}. ${what}`;
}

function isPrice({ property, problem }: ProposedField): boolean {
  return problem === '' && (property === 'rate' || property === 'fee');
}

/** Another billing, or a title without a word of the one that stands. */
function looksLikeAnother(row: SaidRow, now: Row, fields: readonly ProposedField[]): boolean {
  if (row.tab !== 'SOW lines') return false;
  const changed = (property: string) => fields.some((field) => field.property === property && field.problem === '');
  if (changed('billing')) return true;
  const [before, said] = [wordsIn(String(now['title'] ?? '')), wordsIn(row.said['title'] ?? '')];
  return changed('title') && before.size > 0 && ![...said].some((word) => before.has(word));
}

function wordsIn(title: string): ReadonlySet<string> {
  return new Set(title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

function standingCells(tab: SowTab, now: Row = {}): Readonly<Record<string, CellValue>> {
  return Object.fromEntries(
    Object.entries(now).flatMap(([property, value]) => {
      const column = editableColumn(tab, property);
      const cell = column === undefined ? '' : cellOf(column, value);
      return cell === '' ? [] : [[property, cell]];
    }),
  );
}

function shownTitle(row: SaidRow): string {
  const { person = '', role = '', task = '' } = row.said;
  return row.tab === 'Rates' ? [person, role, task].filter((part) => part !== '').join(', ') : '';
}

function notesOn(row: SaidRow, kind: ProposedRow['kind'], sow: string, quotes: readonly Quote[]): readonly string[] {
  const notes: string[] = [];
  if (quotes.length === 0) notes.push('The model quoted nothing for this row.');
  else if (quotes.some((quote) => !quote.stands)) notes.push('A quoted sentence does not stand in the document.');
  if (
    row.tab === 'SOW lines' &&
    kind === 'new' &&
    !foldName(row.key).startsWith(foldName(sow)) &&
    row.key.includes('/')
  )
    notes.push(`The line's number does not begin with ${sow}.`);
  if (row.tab === 'SOW lines' && row.said['billing'] === 'milestone' && kind === 'new')
    notes.push(
      'A fixed fee that is paid in parts needs a line for each part: the fee is billed once, when Completed on is filled in.',
    );
  return notes;
}

function standingRow(tab: SowTab, key: string, standing: StandingRows): Row | undefined {
  if (tab === 'SOWs') return find(standing.SOWs, 'sow', key);
  if (tab === 'SOW lines') return find(standing['SOW lines'], 'line', key);
  return standing.Rates.find((row) => foldName(keyOf(rates, { ...BLANK_RATE, ...row })) === foldName(key));
}

function find(rows: readonly Row[], property: string, name: string): Row | undefined {
  return rows.find((row) => foldName(String(row[property] ?? '')) === foldName(name));
}

function same(a: string | number, b: string | number): boolean {
  return a === b || (a !== '' && b !== '' && foldName(String(a)) === foldName(String(b)));
}
