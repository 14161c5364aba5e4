import type { ReviewRow } from '../../lib/calls.ts';
import { acceptCard, answerChange, chooseLine, excludeCard } from '../decisions.ts';
import { LINE_LIST_ID, OPEN_CARD_ID } from '../keys.ts';
import type { Card } from '../state.ts';
import { money, plural } from './parts.tsx';
import type { ViewProps } from './Sidebar.tsx';
import { SplitForm } from './SplitForm.tsx';

interface CardProps extends ViewProps {
  readonly card: Card;
  /** Decisions are offered on the open card alone. */
  readonly open: boolean;
}

const SHOWN_NOTE_CHARS = 600;

/** A group of alike rows: the note, the suggestion, why, and what can be done. */
export function ReviewCard({ card, open, state, dispatch }: CardProps) {
  const row = card.rows[0];
  if (!row) return null;
  if (!open)
    return <ClosedCard card={card} row={row} onOpen={() => dispatch({ kind: 'select card', group: card.group })} />;
  const shown = state.openGroups.includes(card.group);
  return (
    <article class="card open" id={OPEN_CARD_ID} tabIndex={-1} aria-label={`${row.client}, ${row.date}`}>
      <Facts row={row} rows={card.rows.length} />
      <blockquote>{row.notes === '' ? <em>No note</em> : cut(row.notes)}</blockquote>
      {card.rows.length > 1 ? (
        <>
          <button type="button" class="link" onClick={() => dispatch({ kind: 'toggle group', group: card.group })}>
            {shown ? 'Hide' : 'Show'} all {card.rows.length} rows
          </button>
          {shown ? <Rows rows={card.rows} /> : null}
        </>
      ) : null}
      <Flags flags={row.flags} />
      {row.changed ? (
        <Changed card={card} row={row} dispatch={dispatch} />
      ) : (
        <Choices card={card} row={row} splitting={state.splitting === card.group} dispatch={dispatch} />
      )}
      {state.splitting === card.group ? <SplitForm row={row} dispatch={dispatch} /> : null}
    </article>
  );
}

function ClosedCard({ card, row, onOpen }: { card: Card; row: ReviewRow; onOpen: () => void }) {
  return (
    <button type="button" class="card closed" onClick={onOpen}>
      <span class="head">
        <span class="quiet one-line">
          {row.date}, {row.person}, {row.client}
        </span>
        <span class="quiet amount">{card.rows.length > 1 ? plural(card.rows.length, 'row') : sizeOf(row)}</span>
      </span>
      <span class="one-line">{row.notes === '' ? 'No note' : row.notes.slice(0, 120)}</span>
    </button>
  );
}

function Facts({ row, rows }: { row: ReviewRow; rows: number }) {
  return (
    <header>
      <strong>{row.client}</strong>
      <div class="quiet">
        {row.date}, {row.person}, {rows > 1 ? plural(rows, 'row') : sizeOf(row)}
      </div>
      <div class="quiet">
        {row.project}
        {row.task === '' ? '' : `, ${row.task}`}
      </div>
    </header>
  );
}

function Flags({ flags }: { flags: readonly string[] }) {
  if (flags.length === 0) return null;
  return (
    <ul class="flags" aria-label="Why it waits">
      {flags.map((flag) => (
        <li key={flag}>{flag}</li>
      ))}
    </ul>
  );
}

function Rows({ rows }: { rows: readonly ReviewRow[] }) {
  return (
    <ul class="rows">
      {rows.map((row) => (
        <li key={row.key}>
          {row.date}, {row.person}, {sizeOf(row)}: {cut(row.notes)}
        </li>
      ))}
    </ul>
  );
}

interface ChoicesProps {
  readonly card: Card;
  readonly row: ReviewRow;
  /** The form below has the main button then. */
  readonly splitting: boolean;
  readonly dispatch: ViewProps['dispatch'];
}

function Choices({ card, row, splitting, dispatch }: ChoicesProps) {
  const accept = acceptCard(card);
  const exclude = excludeCard(card);
  return (
    <>
      {row.suggestion ? (
        <p>
          Suggested: <strong>{row.suggestion.line}</strong> {row.suggestion.title}
          {row.confidence === null ? '' : ` (${Math.round(row.confidence * 100)} % sure)`}
        </p>
      ) : (
        <p>No line fits by itself. Choose one, or exclude.</p>
      )}
      {row.reason === '' ? null : <p class="quiet">{row.reason}</p>}
      {row.sowSentence ? <p class="sow">SOW: &ldquo;{row.sowSentence}&rdquo;</p> : null}
      <div class="row">
        {accept ? (
          <button type="button" class={splitting ? '' : 'action'} onClick={() => dispatch(accept)}>
            Accept
          </button>
        ) : null}
        {exclude ? (
          <button type="button" onClick={() => dispatch(exclude)}>
            Exclude
          </button>
        ) : null}
        {card.rows.length === 1 && row.hours !== null ? (
          <button
            type="button"
            aria-expanded={splitting}
            onClick={() => dispatch({ kind: 'start split', group: card.group })}
          >
            Split…
          </button>
        ) : null}
      </div>
      <label class="field">
        Another line
        <select
          id={LINE_LIST_ID}
          value=""
          onChange={(change) => {
            const line = change.currentTarget.value;
            if (line !== '') dispatch(chooseLine(card, line));
          }}
        >
          <option value="">Choose&hellip;</option>
          {row.alternatives.map((choice) => (
            <option key={choice.line} value={choice.line}>
              {choice.line} {choice.title}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function Changed({ card, row, dispatch }: { card: Card; row: ReviewRow; dispatch: ViewProps['dispatch'] }) {
  return (
    <>
      <p>Changed in the time source after it was billed.</p>
      <p class="quiet">Billed: {row.changed?.before}</p>
      <p class="quiet">Now: {row.changed?.after}</p>
      <div class="row">
        <button type="button" class="action" onClick={() => dispatch(answerChange(card, 'bill difference'))}>
          Bill the difference
        </button>
        <button type="button" onClick={() => dispatch(answerChange(card, 'ignore'))}>
          Leave as billed
        </button>
      </div>
    </>
  );
}

function sizeOf(row: ReviewRow): string {
  return row.hours === null ? money(row.cost ?? 0) : `${row.hours} h`;
}

function cut(note: string): string {
  return note.length > SHOWN_NOTE_CHARS ? `${note.slice(0, SHOWN_NOTE_CHARS)}\u2026 (cut)` : note;
}
