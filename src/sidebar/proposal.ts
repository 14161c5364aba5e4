/** The proposal as it stands after a person's edits: cell by cell, and what is sent to be written. */
import type { SowWriteArgs } from '../lib/calls.ts';
import { BLANKS, editableColumn, FIELDS, TABLES } from '../lib/sow-import/fields.ts';
import type { CellValue, ConfirmedRow, ProposedRow } from '../lib/sow-import/model.ts';
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

/** The model's rows, then those added by hand. */
export function proposedRows(state: State): readonly ProposedRow[] {
  return [...(state.proposal?.rows ?? []), ...state.addedRows];
}

/** The property that names a row and may be chosen on a new one; null on a row that stands, and for rates. */
export function keyProperty({ tab, kind }: ProposedRow): 'sow' | 'line' | null {
  if (kind !== 'new' || tab === 'Rates') return null;
  return tab === 'SOWs' ? 'sow' : 'line';
}

/** What stands in a cell before any edit. */
export function baseText(row: ProposedRow, property: string): string {
  if (property === keyProperty(row)) return row.key;
  const field = row.fields.find((one) => one.property === property && one.problem === '');
  if (field !== undefined) return String(field.value);
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
    const base = baseText(row, property);
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

/** What is wrong with the chosen rows, with the row that it stands in. */
export function problemsOf(state: State): readonly { readonly row: string; readonly sentence: string }[] {
  return chosenRows(state).flatMap((row) =>
    cellsOf(row, state).flatMap(({ problem }) =>
      problem === '' ? [] : [{ row: shownName(row, state), sentence: problem }],
    ),
  );
}

/** What is sent to be written; null where there is no proposal. */
export function writeArgs(state: State): SowWriteArgs | null {
  const { proposal } = state;
  if (proposal === null) return null;
  const own = proposal.rows.find(({ tab }) => tab === 'SOWs');
  const rows = chosenRows(state);
  const left = proposal.rows.filter((row) => row.kind !== 'same' && !rows.includes(row));
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
  const proposed = new Set(row.fields.flatMap((field) => (field.problem === '' ? [field.property] : [])));
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
  const others = proposedRows(state).filter((one) => one.tab === row.tab && one !== row);
  const sows = row.tab === 'SOWs' ? (known(state.sowList)?.sows ?? []) : [];
  const taken = others.some((one) => same(nameOf(one, state))) || sows.some(({ sow }) => same(sow));
  return taken ? cellSentence(row.tab, '', column, text, 'a name that no other row has') : '';
}
