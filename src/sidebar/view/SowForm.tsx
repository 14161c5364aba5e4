import { useState } from 'preact/hooks';
import type { SowListView } from '../../lib/calls.ts';
import { readSowFile, typedText } from '../sow-file.ts';
import { type SowForm as Form, isBusy } from '../state.ts';
import type { ViewProps } from './Sidebar.tsx';

/** Chooses what is imported. What is entered is kept until it is written, whatever goes wrong meanwhile. */
export function SowForm({ list, state, dispatch }: ViewProps & { readonly list: SowListView }) {
  const [problem, setProblem] = useState('');
  const form = state.sowForm;
  const client = list.clients.includes(form.client) ? form.client : (list.clients[0] ?? '');
  const fill = (change: Partial<Form>) => dispatch({ kind: 'fill sow form', change });
  if (list.clients.length === 0) {
    return <p class="empty">There is no client yet. Add your clients to the tab Clients first.</p>;
  }
  const choose = (input: HTMLInputElement) => {
    const [chosen] = input.files ?? [];
    setProblem('');
    if (!chosen) fill({ pdf: null });
    else
      chosen.arrayBuffer().then(
        (bytes) => {
          const read = readSowFile(chosen.name, new Uint8Array(bytes));
          if ('fill' in read) fill(read.fill);
          else setProblem(read.problem);
        },
        () => setProblem(`${chosen.name} could not be opened. Choose it again, or paste the text.`),
      );
  };
  const working = WORKING[state.busy];
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        if (form.client !== client) fill({ client });
        dispatch({ kind: 'read document' });
      }}
    >
      <h2>Import a SOW</h2>
      <p class="quiet">
        Claude reads the document once and proposes rows. You can edit them, and nothing is written before you have
        looked.
      </p>
      <label class="field">
        Client
        <select value={client} onChange={(change) => fill({ client: change.currentTarget.value, sow: '' })}>
          {list.clients.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        Document is
        <select value={form.sow} onChange={(change) => fill({ sow: change.currentTarget.value })}>
          <option value="">a SOW of its own</option>
          {list.sows
            .filter((one) => one.client === client)
            .map((one) => (
              <option key={one.sow} value={one.sow}>
                an amendment or further part of {one.sow}
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
      {form.pdf === null ? (
        <label class="field">
          {form.text === '' ? 'Or its text' : `Text${form.name === '' ? '' : ` of ${form.name}`}`}
          <textarea
            rows={form.text === '' ? 4 : 8}
            value={form.text}
            onInput={(input) => fill(typedText(input.currentTarget.value, form.text))}
          />
        </label>
      ) : (
        <p class="quiet">
          {form.pdf.name}: Claude first copies its text, then reads it.{' '}
          <button type="button" class="link" disabled={isBusy(state)} onClick={() => fill({ pdf: null })}>
            Paste text instead
          </button>
        </p>
      )}
      {problem === '' ? null : (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <div class="row">
        <button type="submit" class="action" disabled={isBusy(state) || (form.pdf === null && form.text.trim() === '')}>
          {working ?? 'Read document'}
        </button>
      </div>
      {working === undefined ? null : (
        <p class="quiet" aria-live="polite">
          This may take a minute or two.
        </p>
      )}
    </form>
  );
}

const WORKING: Readonly<Record<string, string>> = {
  'copy PDF': 'Claude is copying the PDF…',
  'read document': 'Claude is reading…',
};
