/** Puts the sidebar on the page: runs effects, hands events to `update`, draws the state. */
import { render } from 'preact';
import { keyEvent, OPEN_CARD_ID } from './keys.ts';
import { ask } from './server.ts';
import { type Effect, type Event, INITIAL } from './state.ts';
import './styles.css';
import { update } from './update.ts';
import { Sidebar } from './view/Sidebar.tsx';

let state = INITIAL;
/** The open card takes the focus as soon as it is there. */
let wantsFocus = true;

function dispatch(event: Event): void {
  const before = document.getElementById(OPEN_CARD_ID);
  const inCard = Boolean(document.activeElement?.closest('.card'));
  if (event.kind === 'show') wantsFocus = event.view === 'review';
  const next = update(state, event);
  state = next.state;
  draw();
  const card = document.getElementById(OPEN_CARD_ID);
  if (card) {
    const lost = inCard && document.hasFocus() && !document.activeElement?.closest('main');
    if (lost || wantsFocus) card.focus({ preventScroll: true });
    wantsFocus = false;
    if (card !== before) card.scrollIntoView({ block: 'nearest' });
  }
  if (event.kind === 'start split') showSplit();
  focusQuestion();
  next.effects.forEach(run);
}

/** A question that took the place of the pressed button takes its focus too. */
function focusQuestion(): void {
  if (!document.hasFocus() || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>('[role=alertdialog] button')?.focus();
}

/** The form opens below the card: it comes into sight and takes the focus. */
function showSplit(): void {
  const form = document.querySelector('form.split');
  form?.scrollIntoView({ block: 'nearest' });
  form?.querySelector<HTMLElement>('select')?.focus({ preventScroll: true });
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

/** The field takes text, or chooses by letters and arrows; a checkbox does not. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

document.addEventListener('keydown', (key) => {
  const event = keyEvent(state, {
    key: key.key,
    typing: isTyping(key.target),
    modified: key.ctrlKey || key.metaKey || key.altKey,
    repeated: key.repeat,
  });
  if (!event) return;
  key.preventDefault();
  dispatch(event);
});

/** Keys reach the sidebar only while it has the focus; the hint says so while it has not. */
const showAway = () => document.body.classList.toggle('away', !document.hasFocus());
window.addEventListener('focus', showAway);
window.addEventListener('blur', showAway);

draw();
window.focus();
showAway();
dispatch({ kind: 'opened' });
