/** Keys of the review: every decision can be taken without the mouse. */
import { acceptCard, excludeCard } from './decisions.ts';
import type { Event, State } from './state.ts';
import { currentCard } from './state.ts';

/** Id of the list of lines on the open card. */
export const LINE_LIST_ID = 'line-list';
/** Id of the open card itself. */
export const OPEN_CARD_ID = 'open-card';

interface Key {
  readonly key: string;
  /** Tag name of the element that has the focus. */
  readonly target: string;
  /** With Ctrl, Alt or Command. */
  readonly modified: boolean;
}

/** What a key does: an event, something to focus, or nothing. */
export function keyEvent(state: State, key: Key): Event | { readonly kind: 'focus'; readonly id: string } | null {
  if (key.modified || ['INPUT', 'SELECT', 'TEXTAREA'].includes(key.target)) return null;
  if (key.key === 'Escape') return { kind: 'dismiss' };
  if (state.view !== 'review') return null;
  if (key.key.toLowerCase() === 'u') return { kind: 'undo' };
  const card = currentCard(state);
  if (!card) return null;
  switch (key.key.toLowerCase()) {
    case 'a':
      return acceptCard(card);
    case 'x':
      return excludeCard(card);
    case 'c':
      return { kind: 'focus', id: LINE_LIST_ID };
    case 's':
      return card.rows.length === 1 ? { kind: 'start split', group: card.group } : null;
    case 'j':
    case 'arrowdown':
      return { kind: 'next card', by: 1 };
    case 'k':
    case 'arrowup':
      return { kind: 'next card', by: -1 };
    default:
      return null;
  }
}
