/** What a person makes of a SOW import before anything is written: the document, cells that are edited, rows that are added. */
import { freeLine } from '../lib/sow-import/free-line.ts';
import type { ProposedRow, RowProblem, SowProposal, SowTab } from '../lib/sow-import/model.ts';
import { baseText, keyProperty, offeredName, proposedRows, toCheck, writeArgs } from './proposal.ts';
import { type Next, proposalRowName, type State } from './state.ts';

export const NO_PROPOSAL = {
  proposal: null,
  leftOut: [],
  edits: {},
  remade: {},
  checked: { rows: '', problems: [] },
  takenOver: [],
  addedRows: [],
} as const;

/** A proposal as it is first shown: what is doubtful is not ticked. */
export function showProposal(state: State, proposal: SowProposal): State {
  const leftOut = proposal.rows.filter(({ doubtful }) => doubtful).map(proposalRowName);
  return { ...state, ...NO_PROPOSAL, proposal, leftOut };
}

/** Has the server check the rows as they would be written, one call at a time; what was changed meanwhile is asked about next. */
export function checkRows({ state, effects }: Next): Next {
  const rows = state.checking === '' && state.proposal !== null ? toCheck(state) : '';
  const args = writeArgs(state);
  if (rows === '' || args === null || rows === state.checked.rows) return { state, effects };
  const { client, sow } = args;
  const request = { name: 'sowCheck', args: { client, sow, rows: args.rows } } as const;
  return { state: { ...state, checking: rows }, effects: [...effects, { kind: 'call', request }] };
}

export function rowsChecked(state: State, problems: readonly RowProblem[]): State {
  return { ...state, checking: '', checked: { rows: state.checking, problems } };
}

/** Makes two rows of one from a day on, or gives it the next free number; `as proposed` takes that back. The row is ticked then. */
export function remakeRow(state: State, name: string, how: 'split' | 'renumber' | 'as proposed'): State {
  const row = state.proposal?.rows.find((one) => proposalRowName(one) === name);
  if (row === undefined || state.proposal === null) return state;
  const others = Object.fromEntries(Object.entries(state.remade).filter(([other]) => other !== name));
  const before = state.remade[name];
  // What was typed into the row, or into the one made of it, was meant for what it was then.
  const dropped = new Set([name, ...(before === undefined ? [] : [proposalRowName({ ...row, key: before.key })])]);
  const edits = Object.fromEntries(Object.entries(state.edits).filter(([one]) => !dropped.has(one)));
  const kept = state.leftOut.filter((one) => !dropped.has(one));
  if (how === 'as proposed') return { ...state, edits, remade: others, leftOut: [...kept, name] };
  const taken = takenKeys(state);
  const free = how === 'renumber' && !taken.includes(row.taken) ? row.taken : freeLine(state.proposal.sow, taken);
  const key = row.tab === 'Rates' ? `${row.key} from ${row.splitFrom}` : free;
  return { ...state, edits, remade: { ...others, [name]: { how, key } }, leftOut: kept };
}

export function toggleOffered(state: State, row: string, property: string): State {
  const cell = offeredName(row, property);
  const { takenOver } = state;
  const without = takenOver.filter((one) => one !== cell);
  return { ...state, takenOver: without.length < takenOver.length ? without : [...takenOver, cell] };
}

/** Keys of all lines, those of the workbook and those of the import under the names that they were given. */
function takenKeys(state: State): readonly string[] {
  const rows = proposedRows(state);
  return [
    ...(state.proposal?.lines ?? []),
    ...rows.flatMap((row) => [row.key, state.edits[proposalRowName(row)]?.[keyProperty(row) ?? ''] ?? '']),
  ];
}

/** Asks for the text of a PDF first, then for the rows; what was entered stays. */
export function readDocument(state: State): Next {
  const { client, sow, pdf, name, text, fromPdf } = state.sowForm;
  if (pdf !== null) {
    return {
      state: { ...state, busy: 'copy PDF' },
      effects: [{ kind: 'call', request: { name: 'sowRead', args: pdf } }],
    };
  }
  if (text.trim() === '') return { state: { ...state, busy: '' }, effects: [] };
  const document = { name: name === '' ? 'Pasted text' : name, text, fromPdf };
  const args = sow === '' ? { client, document } : { client, sow, document };
  return {
    state: { ...state, busy: 'read document' },
    effects: [{ kind: 'call', request: { name: 'sowPropose', args } }],
  };
}

/** Takes what was typed into a cell; the proposal's own text typed again is no edit. */
export function editCell(state: State, name: string, property: string, text: string): State {
  const row = proposedRows(state).find((one) => proposalRowName(one) === name);
  if (row === undefined) return state;
  if (text === baseText(row, property, state)) return resetCell(state, name, property);
  return { ...state, edits: { ...state.edits, [name]: { ...state.edits[name], [property]: text } } };
}

export function resetCell(state: State, name: string, property: string): State {
  const kept = Object.entries(state.edits[name] ?? {}).filter(([other]) => other !== property);
  return { ...state, edits: { ...state.edits, [name]: Object.fromEntries(kept) } };
}

/** A blank row, a line under the next free number of its SOW. */
export function addRow(state: State, tab: SowTab): State {
  const { proposal, addedRows } = state;
  if (proposal === null) return state;
  const byHand = addedRows.filter((row) => row.tab === 'Rates').length;
  const key = tab === 'SOW lines' ? freeLine(proposal.sow, takenKeys(state)) : `by hand ${byHand + 1}`;
  const row: ProposedRow = {
    tab,
    key,
    title: '',
    kind: 'new',
    fields: [],
    standing: {},
    quotes: [],
    holdsFrom: '',
    notes: [],
    warnings: [],
    doubtful: false,
    splitFrom: '',
    taken: '',
    asNew: [],
  };
  return { ...state, addedRows: [...addedRows, row] };
}
