/** Puts the sidebar on the page: runs effects, hands events to `update`, draws the state. */
import { render } from 'preact';
import { keyEvent } from './keys.ts';
import { ask } from './server.ts';
import { type Effect, type Event, INITIAL } from './state.ts';
import './styles.css';
import { update } from './update.ts';
import { Sidebar } from './view/Sidebar.tsx';

let state = INITIAL;

function dispatch(event: Event): void {
  const next = update(state, event);
  state = next.state;
  draw();
  next.effects.forEach(run);
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
