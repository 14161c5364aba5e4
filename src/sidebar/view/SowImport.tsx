import { useState } from 'preact/hooks';
import type { SowListView } from '../../lib/calls.ts';
import type { ConfirmedRow, ProposedField, ProposedRow, SowProposal } from '../../lib/sow-import/model.ts';
import { isBusy, proposalRowName } from '../state.ts';
import { Learning } from './Learning.tsx';
import { Loaded, plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';

/** A document of a SOW in, rows for the tabs out: proposed, looked at, then written. */
export function SowImport({ state, dispatch }: ViewProps) {
  return (
    <section aria-label="SOWs">
      <Loaded remote={state.sowList} what="the SOWs" dispatch={dispatch}>
        {(list) =>
          state.proposal ? (
            <Proposal proposal={state.proposal} state={state} dispatch={dispatch} />
          ) : (
            <>
              <Choose list={list} state={state} dispatch={dispatch} />
              <Learning state={state} dispatch={dispatch} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

type Chosen =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly pdfBase64: string }
  | null;

function Choose({ list, state, dispatch }: ViewProps & { readonly list: SowListView }) {
  const [client, setClient] = useState(list.clients[0] ?? '');
  const [sow, setSow] = useState('');
  const [file, setFile] = useState<Chosen>(null);
  const [pasted, setPasted] = useState('');
  const [problem, setProblem] = useState('');
  const off = state.busy !== '';
  const document = file ?? (pasted.trim() === '' ? null : { name: 'Pasted text', text: pasted });
  if (list.clients.length === 0) {
    return <p class="empty">There is no client yet. Add your clients to the tab Clients first.</p>;
  }
  const choose = (input: HTMLInputElement) => {
    const [chosen] = input.files ?? [];
    setProblem('');
    if (!chosen) setFile(null);
    else readFile(chosen).then(setFile, (error: Error) => setProblem(error.message));
  };
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!document) return;
        const args = sow === '' ? { client, document } : { client, sow, document };
        dispatch({ kind: 'do', busy: 'read document', call: { name: 'sowPropose', args } });
      }}
    >
      <h2>Import a SOW</h2>
      <p class="quiet">Claude reads the document once and proposes rows. Nothing is written before you have looked.</p>
      <label class="field">
        Client
        <select value={client} onChange={(change) => setClient(change.currentTarget.value)}>
          {list.clients.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        Document is
        <select value={sow} onChange={(change) => setSow(change.currentTarget.value)}>
          <option value="">a SOW of its own</option>
          {list.sows
            .filter((one) => one.client === client)
            .map((one) => (
              <option key={one.sow} value={one.sow}>
                an amendment of {one.sow}
              </option>
            ))}
        </select>
      </label>
      <label class="field">
        PDF or text file
        <input
          type="file"
          accept=".pdf,.txt,.md,text/plain,application/pdf"
          onChange={(e) => choose(e.currentTarget)}
        />
      </label>
      <label class="field">
        Or its text
        <textarea rows={4} value={pasted} onInput={(input) => setPasted(input.currentTarget.value)} />
      </label>
      {problem === '' ? null : (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <div class="row">
        <button type="submit" class="action" disabled={off || !document}>
          {state.busy === 'read document' ? 'Claude is reading…' : 'Read document'}
        </button>
      </div>
    </form>
  );
}

/** Text as text, a PDF as base64; anything else is refused. */
async function readFile(file: File): Promise<Chosen> {
  const isPdf = file.type === 'application/pdf' || /\.pdf$/i.test(file.name);
  if (!isPdf && !/^text\/|^$/.test(file.type))
    throw new Error('Only PDF and text files can be read. Paste the text instead.');
  if (file.size > MOST_BYTES)
    throw new Error('The file is larger than 20 MB. Paste the text of the pages with terms instead.');
  if (!isPdf) return { name: file.name, text: await file.text() };
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In pieces, since a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return { name: file.name, pdfBase64: btoa(binary) };
}

const MOST_BYTES = 20_000_000;

function Proposal({ proposal, state, dispatch }: ViewProps & { readonly proposal: SowProposal }) {
  const off = isBusy(state);
  const chosen = proposal.rows.filter((row) => row.kind !== 'same' && !state.leftOut.includes(proposalRowName(row)));
  const same = proposal.rows.filter((row) => row.kind === 'same').length;
  return (
    <>
      <h2>
        {proposal.amends ? 'Changes to' : 'New SOW'} {proposal.sow}
      </h2>
      <p class="quiet">
        {proposal.client}, from {proposal.document.name}
        {same > 0 ? `; ${plural(same, 'row')} as it stands already` : ''}
      </p>
      {proposal.notes.map((note) => (
        <p key={note} class="notice plain">
          {note}
        </p>
      ))}
      <ul class="problems plainlist">
        {proposal.rows
          .filter((row) => row.kind !== 'same')
          .map((row) => (
            <Row key={proposalRowName(row)} row={row} state={state} dispatch={dispatch} />
          ))}
      </ul>
      <details>
        <summary>{proposal.document.fromPdf ? 'Text that Claude read in the PDF' : 'Text of the document'}</summary>
        <pre class="document">{proposal.document.text}</pre>
      </details>
      <div class="row">
        <button
          type="button"
          class="action"
          disabled={off}
          onClick={() =>
            dispatch({ kind: 'do', busy: 'write SOW', call: { name: 'sowWrite', args: writeArgs(proposal, chosen) } })
          }
        >
          Write {plural(chosen.length, 'row')}
        </button>
        <button type="button" disabled={off} onClick={() => dispatch({ kind: 'drop proposal' })}>
          Do not write
        </button>
      </div>
    </>
  );
}

function writeArgs(proposal: SowProposal, rows: readonly ProposedRow[]) {
  const { client, sow, document, amendment } = proposal;
  return { client, sow, document, addText: amendment, rows: rows.map(confirmed) };
}

function confirmed({ tab, key, fields }: ProposedRow): ConfirmedRow {
  const filled = fields.filter((field) => field.problem === '');
  return { tab, key, cells: Object.fromEntries(filled.map(({ property, value }) => [property, value])) };
}

function Row({ row, state, dispatch }: ViewProps & { readonly row: ProposedRow }) {
  const name = proposalRowName(row);
  return (
    <li class="proposed">
      <label>
        <input
          type="checkbox"
          checked={!state.leftOut.includes(name)}
          onChange={() => dispatch({ kind: 'toggle proposed row', row: name })}
        />{' '}
        <strong>{row.tab === 'Rates' ? 'Rate' : row.key}</strong> {row.title}{' '}
        <span class="quiet">
          {row.kind === 'new' ? 'new' : `changes${row.holdsFrom === '' ? '' : ` from ${row.holdsFrom}`}`}
        </span>
      </label>
      <ul>
        {row.fields.map((field) => (
          <Field key={field.property} field={field} kind={row.kind} />
        ))}
      </ul>
      {row.quotes.map((quote) => (
        <blockquote key={quote.text} class={quote.stands ? '' : 'bad'}>
          {quote.text}
          {quote.stands ? null : <em> (does not stand in the document)</em>}
        </blockquote>
      ))}
      {row.notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
    </li>
  );
}

function Field({ field, kind }: { readonly field: ProposedField; readonly kind: ProposedRow['kind'] }) {
  if (field.problem !== '') {
    return (
      <li class="bad">
        {field.header}: {kind === 'change' ? `stays ${shown(field.before)}` : 'left empty'}. {field.problem}
      </li>
    );
  }
  return (
    <li>
      {field.header}: {kind === 'change' ? `${shown(field.before)} → ` : ''}
      {shown(field.value)}
    </li>
  );
}

function shown(value: string | number): string {
  return value === '' ? 'nothing' : String(value);
}
