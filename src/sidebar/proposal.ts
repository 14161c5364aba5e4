/** The proposal as it stands after a person's edits: cell by cell, and what is sent to be written. */
import type { SowWriteArgs } from '../lib/calls.ts';
import { BLANKS, editableColumn, FIELDS, TABLES } from '../lib/sow-import/fields.ts';
import { missingPrice } from '../lib/sow-import/missing.ts';
import type { CellValue, ConfirmedRow, ProposedRow } from '../lib/sow-import/model.ts';
import { splitFromDay } from '../lib/sow-import/split.ts';
import { cellOf, cellSentence, decodeTyped } from '../lib/sow-import/typed.ts';
import { foldName } from '../lib/workbook/cell.ts';
import type { Column } from '../lib/workbook/column.ts';
import { known, proposalRowName, type State } from './state.ts';

/** One cell of a proposed row as the person sees it. */
export interface Cell {
  readonly property: string;
  readonly column: Column<unknown>;
  /** A cell that a document can fill; the others are filled in by people mostly. */
  readonly usual: boolean;
  /** What stands in the input. */
  readonly text: string;
  /** What was proposed, or stands there without a proposal. */
  readonly base: string;
  /** The person changed it: no quote vouches for it. */
  readonly edited: boolean;
  /** What would be written. */
  readonly value: CellValue;
  /** Why it cannot be written; empty when it can. */
  readonly problem: string;
}

/** The model's rows, split or renumbered where the person has it so, then those added by hand. */
export function proposedRows(state: State): readonly ProposedRow[] {
  const rows = (state.proposal?.rows ?? []).flatMap((row): readonly ProposedRow[] => {
    const made = state.remade[proposalRowName(row)];
    if (made === undefined) return [row];
    return made.how === 'split' ? splitFromDay(row, made.key) : [renumbered(row, made.key)];
  });
  return [...rows, ...state.addedRows];
}

/** The row of the proposal that a shown row was made of, and how; null where it is as it was proposed. */
export function madeOf(row: ProposedRow, state: State): { readonly name: string; readonly how: string } | null {
  const found = Object.entries(state.remade).find(
    ([name, { key }]) =>
      name === proposalRowName(row) || proposalRowName({ tab: row.tab, key }) === proposalRowName(row),
  );
  return found === undefined ? null : { name: found[0], how: found[1].how };
}

function renumbered(row: ProposedRow, key: string): ProposedRow {
  const plain = { standing: {}, taken: '', doubtful: false, warnings: [], splitFrom: '' } as const;
  return { ...row, ...plain, key, kind: 'new', fields: row.asNew };
}

/** How an offered cell is known in `takenOver`. */
export function offeredName(row: string, property: string): string {
  return `${row}, ${property}`;
}

/** Whether a cell is only offered, and the person has not taken it over. */
export function isOffered(row: ProposedRow, property: string, state: State): boolean {
  const field = row.fields.find((one) => one.property === property);
  return field?.offered === true && !state.takenOver.includes(offeredName(proposalRowName(row), property));
}

/** The property that names a row and may be chosen on a new one; null on a row that stands, and for rates. */
export function keyProperty({ tab, kind }: ProposedRow): 'sow' | 'line' | null {
  if (kind !== 'new' || tab === 'Rates') return null;
  return tab === 'SOWs' ? 'sow' : 'line';
}

/** What stands in a cell before any edit. */
export function baseText(row: ProposedRow, property: string, state: State): string {
  if (property === keyProperty(row)) return row.key;
  const field = row.fields.find((one) => one.property === property && one.problem === '');
  if (field !== undefined && !isOffered(row, property, state)) return String(field.value);
  if (row.kind !== 'new') return String(row.standing[property] ?? '');
  const column = editableColumn(row.tab, property);
  return column === undefined ? '' : String(cellOf(column, BLANKS[row.tab][property]));
}

/** All cells of a row that may be edited: its name, what a document can fill, the rest. */
export function cellsOf(row: ProposedRow, state: State): readonly Cell[] {
  const key = keyProperty(row);
  const usual = FIELDS[row.tab].map(({ property }) => property);
  const others = Object.keys(TABLES[row.tab].columns).filter(
    (property) => !usual.includes(property) && editableColumn(row.tab, property) !== undefined,
  );
  return [...(key === null ? [] : [key]), ...usual, ...others].flatMap((property): Cell[] => {
    const column = property === key ? TABLES[row.tab].columns[property] : editableColumn(row.tab, property);
    if (column === undefined) return [];
    const base = baseText(row, property, state);
    const typed = state.edits[proposalRowName(row)]?.[property];
    const text = typed ?? base;
    const read = decodeTyped(column, text);
    const problem = read.ok ? '' : cellSentence(row.tab, '', column, text, read.allowed);
    return [
      {
        property,
        column,
        usual: !others.includes(property),
        text,
        base,
        edited: typed !== undefined,
        value: read.ok ? cellOf(column, read.value) : '',
        problem: problem === '' && property === key ? nameTaken(row, column, text, state) : problem,
      },
    ];
  });
}

/** Rows that would be written: ticked, and new or changed. */
export function chosenRows(state: State): readonly ProposedRow[] {
  return proposedRows(state).filter(
    (row) => !state.leftOut.includes(proposalRowName(row)) && (row.kind === 'new' || isChanged(row, state)),
  );
}

/** A standing row of which a cell would change. */
export function isChanged(row: ProposedRow, state: State): boolean {
  return cellsOf(row, state).some((cell) => cell.problem !== '' || cell.value !== (row.standing[cell.property] ?? ''));
}

/** Something wrong with a chosen row, or with a row of the workbook as it would stand. */
export interface Finding {
  /** Name over the three tabs; of no shown row where the import makes another row wrong. */
  readonly name: string;
  /** How the row is called. */
  readonly row: string;
  readonly sentence: string;
  /** It stands at the cell already. */
  readonly ofCell: boolean;
}

/**
 * What is wrong with the chosen rows: cell by cell, and once every cell is right, what the server says of the tabs as they would stand
 * after writing.
 */
export function problemsOf(state: State): readonly Finding[] {
  const cells = cellProblems(state);
  if (cells.length > 0 || state.checked.rows !== toCheck(state)) return cells;
  const shown = new Map(proposedRows(state).map((row) => [`${row.tab} ${foldName(nameOf(row, state))}`, row]));
  return state.checked.problems.map(({ tab, key, sentence }) => {
    const row = shown.get(`${tab} ${foldName(key)}`);
    const name = row === undefined ? '' : proposalRowName(row);
    return { name, row: row === undefined ? key : shownName(row, state), sentence, ofCell: false };
  });
}

/** The rows that the server is to be asked about, as text; empty where there is nothing to ask, or a cell is wrong anyway. */
export function toCheck(state: State): string {
  const args = writeArgs(state);
  if (args === null || args.rows.length === 0 || cellProblems(state).length > 0) return '';
  return JSON.stringify([args.client, args.sow, args.rows]);
}

function cellProblems(state: State): readonly Finding[] {
  return chosenRows(state).flatMap((row) =>
    cellsOf(row, state).flatMap(({ problem }): Finding[] =>
      problem === ''
        ? []
        : [{ name: proposalRowName(row), row: shownName(row, state), sentence: problem, ofCell: true }],
    ),
  );
}

/** What is to be said where the price of a line was not found; empty where there is one. */
export function priceMissing(row: ProposedRow, cells: readonly Cell[]): string {
  if (row.tab !== 'SOW lines' || row.kind === 'same') return '';
  return missingPrice((property) => cells.find((cell) => cell.property === property)?.value);
}

/** What is sent to be written; null where there is no proposal. */
export function writeArgs(state: State): SowWriteArgs | null {
  const { proposal } = state;
  if (proposal === null) return null;
  const own = proposal.rows.find(({ tab }) => tab === 'SOWs');
  const rows = chosenRows(state);
  const chosen = new Set(rows.map(proposalRowName));
  const left = proposedRows(state).filter(
    (row) => row.kind !== 'same' && !chosen.has(proposalRowName(row)) && !state.addedRows.includes(row),
  );
  return {
    client: proposal.client,
    sow: own === undefined ? proposal.sow : nameOf(own, state),
    document: proposal.document,
    addText: proposal.amendment,
    rows: rows.map((row) => confirmed(row, state)),
    ...(left.length === 0 ? {} : { leftOut: left.map((row) => `${row.tab} ${nameOf(row, state)}`) }),
  };
}

/** How a row is called on the screen. */
export function shownName(row: ProposedRow, state: State): string {
  return row.tab === 'Rates' ? 'Rate' : nameOf(row, state);
}

function nameOf(row: ProposedRow, state: State): string {
  return (state.edits[proposalRowName(row)]?.[keyProperty(row) ?? ''] ?? row.key).trim();
}

function confirmed(row: ProposedRow, state: State): ConfirmedRow {
  const key = keyProperty(row);
  const proposed = new Set(
    row.fields.flatMap(({ property, problem }) =>
      problem === '' && !isOffered(row, property, state) ? [property] : [],
    ),
  );
  const cells = cellsOf(row, state).filter(
    (cell) => cell.property !== key && (cell.edited || proposed.has(cell.property)),
  );
  const edited = cells.filter((cell) => cell.edited);
  return {
    tab: row.tab,
    key: nameOf(row, state),
    cells: Object.fromEntries(cells.map(({ property, value }) => [property, value])),
    ...(row.kind === 'new' ? { isNew: true } : {}),
    ...(edited.length === 0
      ? {}
      : { edited: Object.fromEntries(edited.map(({ property, base }) => [property, base])) }),
    ...(state.addedRows.includes(row) ? { byHand: true } : {}),
  };
}

/** A new row may not bear the name of another one, here or, for a SOW, in the workbook. */
function nameTaken(row: ProposedRow, column: Column<unknown>, text: string, state: State): string {
  const same = (name: string) => foldName(name) === foldName(text);
  const others = proposedRows(state).filter(
    (one) => proposalRowName(one) !== proposalRowName(row) && one.tab === row.tab,
  );
  const sows = row.tab === 'SOWs' ? (known(state.sowList)?.sows ?? []) : [];
  const taken = others.some((one) => same(nameOf(one, state))) || sows.some(({ sow }) => same(sow));
  return taken ? cellSentence(row.tab, '', column, text, 'a name that no other row has') : '';
}
