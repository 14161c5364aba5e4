/** What a person makes of a SOW import before anything is written: the document, cells that are edited, rows that are added. */
import type { ProposedRow, SowTab } from '../lib/sow-import/model.ts';
import { baseText, keyProperty, proposedRows } from './proposal.ts';
import { type Next, proposalRowName, type State } from './state.ts';

export const NO_PROPOSAL = { proposal: null, leftOut: [], edits: {}, addedRows: [] } as const;

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
  if (text === baseText(row, property)) return resetCell(state, name, property);
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
  const rows = proposedRows(state);
  const start = tab === 'SOW lines' ? `${proposal.sow}/` : 'by hand ';
  const taken = new Set(
    rows.flatMap((row) => [row.key, state.edits[proposalRowName(row)]?.[keyProperty(row) ?? ''] ?? '']),
  );
  let number = rows.filter((row) => row.tab === tab).length + 1;
  while (taken.has(`${start}${number}`)) number += 1;
  const row: ProposedRow = {
    tab,
    key: `${start}${number}`,
    title: '',
    kind: 'new',
    fields: [],
    standing: {},
    quotes: [],
    holdsFrom: '',
    notes: [],
  };
  return { ...state, addedRows: [...addedRows, row] };
}
