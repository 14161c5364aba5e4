import type { SowProposal as Proposal, ProposedRow } from '../../lib/sow-import/model.ts';
import { chosenRows, problemsOf, proposedRows, shownName, toCheck, writeArgs } from '../proposal.ts';
import { isBusy, proposalRowName } from '../state.ts';
import { plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';
import { SowRow } from './SowRow.tsx';

/** What a document would put into the tabs: looked at, edited, then written or dropped. */
export function SowProposal({ proposal, state, dispatch }: ViewProps & { readonly proposal: Proposal }) {
  const off = isBusy(state);
  const rows = proposedRows(state);
  const open = rows.filter((row) => row.kind !== 'same');
  const same = rows.filter((row) => row.kind === 'same');
  const chosen = chosenRows(state);
  const problems = problemsOf(state);
  const args = writeArgs(state);
  const unchecked = toCheck(state) !== state.checked.rows && toCheck(state) !== '';
  const own = rows.find((row) => row.tab === 'SOWs');
  const rowsOf = (rows: readonly ProposedRow[]) => (
    <ul class="problems plainlist">
      {rows.map((row) => (
        <SowRow
          key={proposalRowName(row)}
          row={row}
          findings={problems.filter(({ name }) => name === proposalRowName(row))}
          state={state}
          dispatch={dispatch}
        />
      ))}
    </ul>
  );
  return (
    <>
      <h2>
        {proposal.amends ? 'Changes to' : 'New SOW'} {own ? shownName(own, state) : proposal.sow}
      </h2>
      <p class="quiet">
        {proposal.client}, from {proposal.document.name}
      </p>
      {proposal.warnings.map((warning) => (
        <p key={warning} class="notice bad">
          {warning}
        </p>
      ))}
      {proposal.notes.map((note) => (
        <p key={note} class="notice plain">
          {note}
        </p>
      ))}
      {rowsOf(open)}
      {same.length === 0 ? null : (
        <details>
          <summary>
            {same.length === 1 ? '1 row stands already' : `${same.length} rows stand already`} as the document has it
          </summary>
          {rowsOf(same)}
        </details>
      )}
      <div class="row">
        <button type="button" disabled={off} onClick={() => dispatch({ kind: 'add row', tab: 'SOW lines' })}>
          Add a line
        </button>
        <button type="button" disabled={off} onClick={() => dispatch({ kind: 'add row', tab: 'Rates' })}>
          Add a rate
        </button>
      </div>
      <details>
        <summary>{proposal.document.fromPdf ? 'Text that Claude read in the PDF' : 'Text of the document'}</summary>
        <pre class="document">{proposal.document.text}</pre>
      </details>
      <div aria-live="polite">
        {problems
          .filter(({ name }) => name === '')
          .map(({ sentence }) => (
            <p key={sentence} class="bad">
              {sentence}
            </p>
          ))}
        {unchecked ? <p class="quiet">Checking against the tabs&hellip;</p> : null}
        {problems.length === 0 ? null : (
          <p class="bad">
            Correct {plural(problems.length, 'cell')} first: {[...new Set(problems.map(({ row }) => row))].join(', ')}.
            Or leave the row out.
          </p>
        )}
      </div>
      <div class="row">
        <button
          type="button"
          class="action"
          disabled={off || problems.length > 0 || args === null || chosen.length === 0 || unchecked}
          onClick={() => {
            if (args !== null) dispatch({ kind: 'do', busy: 'write SOW', call: { name: 'sowWrite', args } });
          }}
        >
          {state.busy === 'write SOW' ? 'Writing…' : `Write ${plural(chosen.length, 'row')}`}
        </button>
        <button type="button" disabled={off} onClick={() => dispatch({ kind: 'drop proposal' })}>
          Do not write
        </button>
        {proposal.amends && chosen.length === 0 && args !== null ? (
          <button
            type="button"
            disabled={off}
            onClick={() => dispatch({ kind: 'do', busy: 'write SOW', call: { name: 'sowWrite', args } })}
          >
            Keep the text only
          </button>
        ) : null}
      </div>
    </>
  );
}
