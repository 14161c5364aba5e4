import type { Cell } from '../proposal.ts';
import type { Event } from '../state.ts';

interface Props {
  /** Name of the row. */
  readonly row: string;
  readonly cell: Cell;
  /** Why the proposal left it empty. */
  readonly note: string;
  readonly kind: 'new' | 'change' | 'same';
  readonly dispatch: (event: Event) => void;
}

/** One cell in an input: a drop-down where the tab has one of fixed words, and what the tab's own cell would say to it. */
export function SowCell({ row, cell, note, kind, dispatch }: Props) {
  const { property, column, text, base, edited, problem } = cell;
  const id = `${row} ${property}`.replace(/[^\w-]+/g, '-');
  const change = (event: { readonly currentTarget: { readonly value: string } }) =>
    dispatch({ kind: 'edit cell', row, property, text: event.currentTarget.value });
  const common = {
    id,
    value: text,
    'aria-invalid': problem !== '',
    'aria-describedby': `${id}-said`,
    class: edited ? 'changed' : '',
  };
  const isDay = column.kind === 'a date';
  return (
    <div class="field">
      <label for={id} title={column.about}>
        {column.header}
      </label>
      {column.dropDown?.from === 'words' ? (
        <select {...common} onChange={change}>
          {column.dropDown.words.includes(text) ? null : <option value={text}>{text}</option>}
          {column.dropDown.words.map((word) => (
            <option key={word}>{word}</option>
          ))}
        </select>
      ) : property === 'description' ? (
        <textarea {...common} rows={4} onInput={change} />
      ) : (
        <input {...common} type="text" placeholder={isDay ? '2026-10-14' : ''} autocomplete="off" onInput={change} />
      )}
      <div id={`${id}-said`} aria-live="polite">
        {problem === '' ? null : <p class="bad">{problem}</p>}
        {note !== '' && !edited ? (
          <p class="bad">
            {kind === 'new' ? 'Left empty' : 'Left as it is'}. {note}
          </p>
        ) : null}
        {edited ? (
          <p class="quiet">
            <span class="edited">edited by you</span>{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                dispatch({ kind: 'reset cell', row, property });
                document.getElementById(id)?.focus();
              }}
            >
              Reset {column.header} to {base === '' ? 'nothing' : base.length > 40 ? 'the proposal' : base}
            </button>
          </p>
        ) : null}
      </div>
    </div>
  );
}
