import { isDay } from '../calendar.ts';
import { foldName } from '../workbook/cell.ts';
import { keyOf, rates } from '../workbook/tables.ts';
import { checkField, type Evidence } from './check-field.ts';
import { BLANK_RATE, editableColumn, FIELDS, shownCell } from './fields.ts';
import type { CellValue, ProposedField, ProposedRow, Quote, SowDocument, SowProposal, SowTab } from './model.ts';
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
  readonly standing: StandingRows;
}

/**
 * Turns what the model said into rows that a person can confirm. Every quote is looked up in the document; every number and day must
 * stand in a quote that does, or its cell is left empty and says so. Rows whose key stands in the workbook say what changes.
 */
export function propose(said: readonly SaidRow[], facts: ProposalFacts): SowProposal {
  const { standing, document, client } = facts;
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
  const rows = [...own.slice(0, 1), ...others].flatMap((row, index) => {
    const key = keyFor(row, sow, index);
    const name = `${row.tab} ${foldName(key)}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [rowOf(row, key, sow, { document: document.text, cards }, standing)];
  });
  const notes: string[] = [];
  if (document.fromPdf)
    notes.push(
      'The text is what Claude read in the PDF; quotes were looked up in that text. Compare amounts with the PDF.',
    );
  if (standingSow !== undefined && foldName(String(standingSow['client'])) !== foldName(client))
    notes.push(`The SOW ${sow} stands in the workbook for ${String(standingSow['client'])}, not for ${client}.`);
  if (own.length > 1)
    notes.push(`The document seems to hold ${own.length} SOWs; only the first is shown. Import them one by one.`);
  if (rows.some((row) => row.kind === 'new' && row.tab !== 'Rates'))
    notes.push(
      "No document says which Projects of the time source a SOW takes (empty: all of the client's) and which QuickBooks item a line is; fill them in under Edit, More columns, or in the tabs.",
    );
  if (rows.length === 0) notes.push('Nothing was found in this document that could be put into the tabs.');
  return { client, sow, amends: standingSow !== undefined, amendment: facts.sow !== '', document, rows, notes };
}

/** As the person chose, as the document says, or a name made of the client's. */
function sowName(said: readonly SaidRow[], { sow, client, standing }: ProposalFacts): string {
  if (sow !== '') return sow;
  const named = said.find((row) => row.tab === 'SOWs')?.key ?? '';
  if (named !== '') return named.slice(0, 60);
  const initials = (client.match(/\p{L}+/gu) ?? ['SOW']).map((word) => word.charAt(0).toUpperCase()).join('');
  let number = 1;
  while (find(standing.SOWs, 'sow', `${initials}-${number}`) !== undefined) number += 1;
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

function rowOf(
  row: SaidRow,
  key: string,
  sow: string,
  known: { readonly document: string; readonly cards: ReadonlySet<string> },
  standing: StandingRows,
): ProposedRow {
  const quotes: Quote[] = row.quotes.map((text) => ({ text, stands: standsIn(text, known.document) }));
  const quoted = quotes.flatMap(({ text, stands }) => (stands ? [text] : [])).join('\n');
  const evidence: Evidence = { ...known, quoted };
  const now = standingRow(row.tab, key, standing);
  const fields = FIELDS[row.tab].flatMap((field): ProposedField[] => {
    const said = row.said[field.property] ?? '';
    const { value, problem } = checkField(field, said, evidence);
    const before = now === undefined ? '' : shownCell(now, field.property);
    if (said === '' || (problem === '' && same(value, before))) return [];
    if (now !== undefined && value === '' && same(said, before)) return [];
    return [{ property: field.property, header: field.header, value, before, problem }];
  });
  const kind = now === undefined ? 'new' : fields.length === 0 ? 'same' : 'change';
  const holdsFrom = isDay(row.holdsFrom) && statesDay(known.document, row.holdsFrom) ? row.holdsFrom : '';
  const title = row.said['title'] || shownTitle(row) || (now === undefined ? '' : String(now['title'] ?? ''));
  return {
    tab: row.tab,
    key,
    title,
    kind,
    fields,
    standing: standingCells(row.tab, now),
    quotes,
    holdsFrom,
    notes: notesOn(row, kind, sow, quotes, fields, holdsFrom),
  };
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

function notesOn(
  row: SaidRow,
  kind: ProposedRow['kind'],
  sow: string,
  quotes: readonly Quote[],
  fields: readonly ProposedField[],
  holdsFrom: string,
): readonly string[] {
  const notes: string[] = [];
  if (quotes.length === 0) notes.push('The model quoted nothing for this row.');
  else if (quotes.some((quote) => !quote.stands)) notes.push('A quoted sentence does not stand in the document.');
  if (kind === 'change' && holdsFrom !== '' && fields.some(({ property }) => property !== 'ends'))
    notes.push(
      `The document lets this hold from ${holdsFrom}. Writing it changes the row for every month that is drafted from now on; where earlier work must keep the old terms, end the old line on the day before and add a new one.`,
    );
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
