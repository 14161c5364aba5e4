/** Keys of the review: every decision can be taken without the mouse. */
import type { ReviewRow } from '../lib/calls.ts';
import { type Card, choicesOf, currentCard, splitOf, ticked } from './cards.ts';
import { acceptCard, excludeCard } from './decisions.ts';
import type { Event, State } from './state.ts';

/** Id of the open card. */
export const OPEN_CARD_ID = 'open-card';
/** Id of the field that searches the lines of the open card. */
export const LINE_SEARCH_ID = 'line-search';

interface Key {
  readonly key: string;
  /** The element that has the focus takes text or chooses by letters. */
  readonly typing: boolean;
  /** With Ctrl, Alt or Command. */
  readonly modified: boolean;
  /** The key is held down. */
  readonly repeated: boolean;
}

/** What a key does; null: nothing. A key that is held down moves, but decides only once. */
export function keyEvent(state: State, key: Key): Event | null {
  if (key.modified) return null;
  const pressed = key.key.toLowerCase();
  if (state.view !== 'review') return pressed === 'escape' && !key.typing ? { kind: 'dismiss' } : null;
  if (pressed === 'escape') return { kind: 'leave card' };
  if (key.typing) return null;
  if (pressed === 'j' || pressed === 'arrowdown') return { kind: 'next card', by: 1 };
  if (pressed === 'k' || pressed === 'arrowup') return { kind: 'next card', by: -1 };
  if (key.repeated) return null;
  if (pressed === 'u') return { kind: 'undo' };
  const card = currentCard(state);
  if (!card) return null;
  switch (pressed) {
    case 'a':
      return acceptEvent(state, card);
    case 'x':
      return excludeEvent(state, card);
    case 'c':
      return chooseEvent(state, card);
    case 's':
      return splitEvent(state, card);
    default:
      return null;
  }
}

/** Accepts the ticked rows, or says why that cannot be. */
export function acceptEvent(state: State, card: Card): Event {
  const refused = cannotDecide(state, card);
  if (refused) return refused;
  return (
    acceptCard(ticked(state, card)) ??
    tell('There is no suggestion to accept here. C shows the lines that can be chosen, X excludes.')
  );
}

/** Excludes the ticked rows, or says why that cannot be. */
export function excludeEvent(state: State, card: Card): Event {
  return cannotDecide(state, card) ?? excludeCard(ticked(state, card)) ?? tell(BILLED);
}

/** Opens the list of lines, or says why that cannot be. */
export function chooseEvent(state: State, card: Card): Event {
  const refused = cannotDecide(state, card);
  if (refused) return refused;
  if (choicesOf(state, card.rows).length > 0) return { kind: 'choose', group: card.group };
  return tell(NO_LINES);
}

/** Opens the form of a split for the one ticked row, or says how to come to one. */
export function splitEvent(state: State, card: Card): Event {
  const refused = cannotDecide(state, card);
  if (refused) return refused;
  const open = splitOf(state, card);
  const rows: readonly ReviewRow[] = open ? [open] : ticked(state, card).rows;
  const [row] = rows;
  if (!row || row.hours === null) return tell('An expense cannot be split.');
  if (choicesOf(state, [row]).length === 0) return tell(NO_LINES);
  if (rows.length === 1) return { kind: 'start split', row };
  const text = `A split needs one entry, and ${rows.length} are ticked. Tick only the one to split, then press S or Split.`;
  return { kind: 'tell', text, open: card.group };
}

const NO_LINES = 'This client has no line to choose from. Add one, or press X to exclude.';
const BILLED = 'This was billed already. Choose: bill the difference, or leave as billed.';

function cannotDecide(state: State, card: Card): Event | null {
  if (card.rows[0]?.changed) return tell(BILLED);
  if (ticked(state, card).rows.length > 0) return null;
  return { kind: 'tell', text: 'No row of this card is ticked.', open: card.group };
}

function tell(text: string): Event {
  return { kind: 'tell', text };
}
