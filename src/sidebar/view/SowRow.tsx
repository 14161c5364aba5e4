import { useEffect, useRef, useState } from 'preact/hooks';
import { dayBefore } from '../../lib/sow-import/dates.ts';
import type { ProposedRow } from '../../lib/sow-import/model.ts';
import {
  type Cell,
  cellsOf,
  type Finding,
  isChanged,
  isOffered,
  madeOf,
  priceMissing,
  shownName,
} from '../proposal.ts';
import { isBusy, proposalRowName } from '../state.ts';
import type { ViewProps } from './Sidebar.tsx';
import { SowCell } from './SowCell.tsx';

interface Props extends ViewProps {
  readonly row: ProposedRow;
  /** What is wrong with it as it would stand. */
  readonly findings: readonly Finding[];
}

/** One proposed row: to be ticked, read with its quotes, and edited. */
export function SowRow({ row, findings, state, dispatch }: Props) {
  const name = proposalRowName(row);
  const byHand = state.addedRows.includes(row);
  const [open, setOpen] = useState(byHand);
  const box = useRef<HTMLFieldSetElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const cells = cellsOf(row, state);
  const edited = cells.filter((cell) => cell.edited);
  const missing = priceMissing(row, cells);
  const called = shownName(row, state);
  const title = cells.find(({ property }) => property === 'title' || property === 'rateCard')?.text || row.title;
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [open]);
  const done = () => {
    setOpen(false);
    button.current?.focus();
  };
  const head = (
    <>
      <strong>{called}</strong> {title}{' '}
      <span class="quiet">{byHand ? 'added by you' : kindWords(row, edited.length > 0)}</span>
    </>
  );
  return (
    <li class="proposed">
      <div class="rowhead">
        {row.kind === 'same' && !isChanged(row, state) ? (
          <span>{head}</span>
        ) : (
          <label>
            <input
              type="checkbox"
              checked={!state.leftOut.includes(name)}
              onChange={() => dispatch({ kind: 'toggle proposed row', row: name })}
            />{' '}
            {head}
          </label>
        )}
        <button
          type="button"
          class="link"
          ref={button}
          aria-expanded={open}
          aria-label={`${open ? 'Close' : 'Edit'} ${called} ${title}`}
          disabled={isBusy(state)}
          onClick={() => (open ? done() : setOpen(true))}
        >
          {open ? 'Close' : 'Edit'}
        </button>
      </div>
      {open ? (
        <fieldset
          ref={box}
          disabled={isBusy(state)}
          aria-label={`Cells of ${called}`}
          onKeyDown={(key) => {
            if (key.key !== 'Escape') return;
            key.stopPropagation();
            done();
          }}
        >
          {cells.filter(({ usual }) => usual).map(input)}
          {cells.every(({ usual }) => usual) ? null : (
            <details>
              <summary>More columns</summary>
              {cells.filter(({ usual }) => !usual).map(input)}
            </details>
          )}
          <button type="button" onClick={done}>
            Done
          </button>
        </fieldset>
      ) : (
        <ul>{cells.map(shown)}</ul>
      )}
      {findings
        .filter(({ ofCell }) => !ofCell)
        .map(({ sentence }) => (
          <p key={sentence} class="bad">
            {sentence}
          </p>
        ))}
      {[missing, ...row.warnings]
        .filter((words) => words !== '')
        .map((warning) => (
          <p key={warning} class="bad">
            {warning}
          </p>
        ))}
      <Remake row={row} state={state} dispatch={dispatch} />
      {edited.length > 0 && !byHand ? (
        <p class="quiet">
          No quote vouches for what you edited: {edited.map(({ column }) => column.header).join(', ')}.
        </p>
      ) : null}
      {byHand ? <p class="quiet">Added by you: no sentence of the document vouches for this row.</p> : null}
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

  function input(cell: Cell) {
    const field = row.fields.find(({ property }) => property === cell.property);
    return (
      <SowCell
        key={cell.property}
        row={name}
        cell={byHand ? { ...cell, edited: false } : cell}
        note={field?.problem ?? ''}
        kind={row.kind}
        dispatch={dispatch}
      />
    );
  }

  /** A cell that something is to be said about; the others stay as they are. */
  function shown(cell: Cell) {
    const { property, column, base } = cell;
    const field = row.fields.find((one) => one.property === property);
    if (cell.problem !== '' && (row.kind === 'new' || cell.edited)) {
      return (
        <li key={property} class="bad">
          {cell.problem}
        </li>
      );
    }
    const from = row.kind === 'new' ? '' : `${words(row.standing[property] ?? '')} → `;
    if (cell.edited) {
      return (
        <li key={property}>
          {column.header}: {from}
          {words(cell.text)} <EditedBy byHand={byHand} base={base} kind={row.kind} field={field !== undefined} />
        </li>
      );
    }
    if (field === undefined) return null;
    if (field.problem !== '') {
      return (
        <li key={property} class="bad">
          {column.header}: {row.kind === 'change' ? `stays ${words(field.before)}` : 'left empty'}. {field.problem}
        </li>
      );
    }
    if (field.offered === true) {
      return (
        <li key={property}>
          <label>
            <input
              type="checkbox"
              checked={!isOffered(row, property, state)}
              onChange={() => dispatch({ kind: 'toggle offered cell', row: name, property })}
            />{' '}
            {column.header}: {from}
            {words(field.value)}
          </label>
        </li>
      );
    }
    return (
      <li key={property}>
        {column.header}: {from}
        {words(field.value)}
      </li>
    );
  }
}

/** The ways out of what was warned of: two rows from a day on, or another number; and back. */
function Remake({ row, state, dispatch }: Omit<Props, 'findings'>) {
  const made = madeOf(row, state);
  const remake = (how: 'split' | 'renumber' | 'as proposed', words: string) => (
    <p>
      <button
        type="button"
        disabled={isBusy(state)}
        onClick={() => dispatch({ kind: 'remake row', row: made?.name ?? proposalRowName(row), how })}
      >
        {words}
      </button>
    </p>
  );
  if (made !== null)
    return row.kind === 'new'
      ? remake('as proposed', made.how === 'split' ? 'One row again' : 'Number as proposed')
      : null;
  if (row.taken !== '') return remake('renumber', `Write it as a new line ${row.taken}`);
  if (row.splitFrom === '') return null;
  return remake(
    'split',
    row.tab === 'Rates'
      ? `Keep the old rate and add a new one from ${row.splitFrom}`
      : `End the old line on ${dayBefore(row.splitFrom)} and add a new line from ${row.splitFrom}`,
  );
}

function EditedBy(props: {
  readonly byHand: boolean;
  readonly base: string;
  readonly kind: string;
  readonly field: boolean;
}) {
  if (props.byHand) return null;
  const proposed = props.field && props.base !== '' ? ` (proposed: ${props.base})` : '';
  return (
    <>
      <span class="edited">edited by you</span>
      <span class="quiet">{proposed}</span>
    </>
  );
}

function kindWords(row: ProposedRow, isEdited: boolean): string {
  if (row.kind === 'new') return 'new';
  if (row.kind === 'same') return isEdited ? 'changed by you' : '';
  return `changes${row.holdsFrom === '' ? '' : ` from ${row.holdsFrom}`}`;
}

function words(value: string | number): string {
  return value === '' ? 'nothing' : String(value);
}
