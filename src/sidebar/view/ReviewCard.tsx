import type { ReviewRow } from '../../lib/calls.ts';
import { type Card, choicesOf, splitOf, ticked } from '../cards.ts';
import { answerChange, chooseLine } from '../decisions.ts';
import { acceptEvent, chooseEvent, excludeEvent, OPEN_CARD_ID, splitEvent } from '../keys.ts';
import { rowName } from '../state.ts';
import { LineList } from './LineList.tsx';
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
    return (
      <ClosedCard
        card={card}
        row={row}
        begun={splitOf(state, card) !== null}
        onOpen={() => dispatch({ kind: 'select card', group: card.group })}
      />
    );
  const chosen = ticked(state, card);
  const first = chosen.rows[0] ?? row;
  return (
    <article class="card open" id={OPEN_CARD_ID} tabIndex={-1} aria-label={`${row.client}, ${row.date}`}>
      <Facts row={row} rows={card.rows.length} />
      <blockquote>{row.notes === '' ? <em>No note</em> : cut(row.notes)}</blockquote>
      {card.rows.length > 1 ? <Group card={card} chosen={chosen} state={state} dispatch={dispatch} /> : null}
      <Flags flags={first.flags} />
      {row.changed ? (
        <Changed card={card} row={row} dispatch={dispatch} />
      ) : (
        <Choices card={card} chosen={chosen} row={first} state={state} dispatch={dispatch} />
      )}
    </article>
  );
}

interface ClosedProps {
  readonly card: Card;
  readonly row: ReviewRow;
  readonly begun: boolean;
  readonly onOpen: () => void;
}

function ClosedCard({ card, row, begun, onOpen }: ClosedProps) {
  return (
    <button type="button" class="card closed" onClick={onOpen}>
      <span class="head">
        <span class="quiet one-line">
          {row.date}, {row.person}, {row.client}
        </span>
        <span class="quiet amount">{card.rows.length > 1 ? plural(card.rows.length, 'row') : sizeOf(row)}</span>
      </span>
      <span class="one-line">{row.notes === '' ? 'No note' : row.notes.slice(0, 120)}</span>
      {begun ? <span class="quiet">Split not finished</span> : null}
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

interface GroupProps extends ViewProps {
  readonly card: Card;
  /** The ticked rows of it. */
  readonly chosen: Card;
}

/** The rows of a card one by one; those that are not ticked are left out and become cards of their own. */
function Group({ card, chosen, state, dispatch }: GroupProps) {
  const shown = state.openGroups.includes(card.group);
  const all = chosen.rows.length === card.rows.length;
  const none = chosen.rows.length === 0;
  return (
    <>
      <button
        type="button"
        class="link"
        aria-expanded={shown}
        onClick={() => dispatch({ kind: 'toggle group', group: card.group })}
      >
        {shown ? 'Hide' : 'Show'} all {card.rows.length} rows
      </button>
      {shown ? (
        <>
          <button type="button" class="link" onClick={() => dispatch({ kind: 'tick', rows: card.rows, on: none })}>
            {none ? 'Tick all' : 'Untick all'}
          </button>
          <ul class="rows ticks">
            {card.rows.map((row) => (
              <li key={row.key}>
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.rows.includes(row)}
                    onChange={(change) => dispatch({ kind: 'tick', rows: [row], on: change.currentTarget.checked })}
                  />
                  <span>
                    {row.date}, {row.person}, {sizeOf(row)}: {cut(row.notes)}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {all ? null : (
        <p class="quiet">
          Decides {chosen.rows.length} of {card.rows.length}; the others become cards of their own.
        </p>
      )}
    </>
  );
}

interface ChoicesProps extends GroupProps {
  /** The first ticked row. */
  readonly row: ReviewRow;
}

function Choices({ card, chosen, row, state, dispatch }: ChoicesProps) {
  const split = splitOf(state, card);
  const parts = split ? state.splits[rowName(split)] : undefined;
  const choosing = state.choosing === card.group;
  const choices = choicesOf(state, chosen.rows.length > 0 ? chosen.rows : card.rows);
  const open = choices.some((choice) => choice.note === '');
  return (
    <>
      {row.suggestion ? (
        <p>
          Suggested: <strong>{row.suggestion.line}</strong> {row.suggestion.title}
          {row.confidence === null ? '' : ` (${Math.round(row.confidence * 100)} % sure)`}
        </p>
      ) : (
        <NoSuggestion row={row} lines={choices.length} open={open} dispatch={dispatch} />
      )}
      {row.reason === '' ? null : <p class="quiet">{row.reason}</p>}
      {row.sowSentence ? <p class="sow">SOW: &ldquo;{row.sowSentence}&rdquo;</p> : null}
      <div class="row">
        {row.suggestion ? (
          <button
            type="button"
            class={parts || choosing ? '' : 'action'}
            onClick={() => dispatch(acceptEvent(state, card))}
          >
            Accept
          </button>
        ) : null}
        <button type="button" onClick={() => dispatch(excludeEvent(state, card))}>
          Exclude
        </button>
        {row.hours === null || choices.length === 0 ? null : (
          <button type="button" aria-expanded={Boolean(parts)} onClick={() => dispatch(splitEvent(state, card))}>
            Split&hellip;
          </button>
        )}
        {choices.length > 0 ? (
          <button
            type="button"
            id="choose-line"
            aria-expanded={choosing}
            onClick={() => dispatch(choosing ? { kind: 'choose', group: '' } : chooseEvent(state, card))}
          >
            {row.suggestion ? 'Another line' : 'Choose a line'}&hellip;
          </button>
        ) : null}
      </div>
      {choosing ? (
        <LineList
          choices={choices}
          suggested={row.suggestion?.line ?? ''}
          onBook={(line) => dispatch(chooseLine(chosen, line))}
          onLeave={() => dispatch({ kind: 'choose', group: '' })}
        />
      ) : null}
      {split && parts ? (
        <SplitForm row={split} parts={parts} choices={choicesOf(state, [split])} dispatch={dispatch} />
      ) : null}
    </>
  );
}

interface NoSuggestionProps {
  readonly row: ReviewRow;
  /** How many lines the client has for this row, and whether one of them is open for it. */
  readonly lines: number;
  readonly open: boolean;
  readonly dispatch: ViewProps['dispatch'];
}

/** What can be done where no line is suggested. */
function NoSuggestion({ row, lines, open, dispatch }: NoSuggestionProps) {
  if (open) return <p>No line fits by itself. Choose one, or exclude.</p>;
  if (lines > 0)
    return (
      <p>
        No line is open for it. Choose one all the same, or exclude; or put the days and Projects right in SOWs and SOW
        lines, and run the month again.
      </p>
    );
  return (
    <>
      <p>
        {row.client === '' ? 'This client' : row.client} has no line for {row.hours === null ? 'expenses' : 'time'}, so
        there is none to choose. Add {row.hours === null ? 'a line whose Billing is expense' : 'a SOW with its lines'}
        {' and run the month again, or exclude.'}
      </p>
      <button type="button" class="link" onClick={() => dispatch({ kind: 'show', view: 'sowList' })}>
        Go to the SOWs
      </button>
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
