/** Puts the sidebar on the page: runs effects, hands events to `update`, draws the state. */
import { render } from 'preact';
import { keyEvent, OPEN_CARD_ID } from './keys.ts';
import { ask } from './server.ts';
import { type Effect, type Event, INITIAL } from './state.ts';
import './styles.css';
import { update } from './update.ts';
import { Sidebar } from './view/Sidebar.tsx';

let state = INITIAL;

function dispatch(event: Event): void {
  const before = document.getElementById(OPEN_CARD_ID);
  const inCard = Boolean(document.activeElement?.closest('.card'));
  const next = update(state, event);
  state = next.state;
  draw();
  const card = document.getElementById(OPEN_CARD_ID);
  if (card && card !== before) showCard(card, inCard);
  focusQuestion();
  next.effects.forEach(run);
}

/** A question that took the place of the pressed button takes its focus too. */
function focusQuestion(): void {
  if (!document.hasFocus() || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>('[role=alertdialog] button')?.focus();
}

/** Another card is open: it comes into sight, and takes the focus that its forerunner had. */
function showCard(card: HTMLElement, takesFocus: boolean): void {
  if (takesFocus && document.hasFocus() && !document.activeElement?.closest('main'))
    card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
}

function draw(): void {
  const place = document.getElementById('app');
  if (place) render(<Sidebar state={state} dispatch={dispatch} />, place);
}

function run(effect: Effect): void {
  if (effect.kind === 'wait') {
    setTimeout(() => dispatch({ kind: 'time passed' }), effect.waitMs);
    return;
  }
  ask(effect.request).then(
    (answer) => dispatch({ kind: 'answered', answer }),
    (error: Error) => dispatch({ kind: 'refused', call: effect.request.name, message: error.message }),
  );
}

document.addEventListener('keydown', (key) => {
  const target = key.target instanceof HTMLElement ? key.target.tagName : '';
  const event = keyEvent(state, { key: key.key, target, modified: key.ctrlKey || key.metaKey || key.altKey });
  if (!event) return;
  key.preventDefault();
  if (event.kind === 'focus') document.getElementById(event.id)?.focus();
  else dispatch(event);
});

draw();
dispatch({ kind: 'opened' });
