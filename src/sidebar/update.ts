/** The one place that decides: a state and an event give the next state and what is to be done. No browser in it. */
import type { JobView } from '../lib/calls.ts';
import { learn, learningDone, learningRefused, learnt } from './learning.ts';
import {
  decide,
  decided,
  leaveCard,
  listed,
  moveOn,
  notDecided,
  startSplit,
  tell,
  tick,
  undo,
  withoutSplits,
} from './review.ts';
import {
  addRow,
  checkRows,
  editCell,
  NO_PROPOSAL,
  readDocument,
  remakeRow,
  resetCell,
  rowsChecked,
  showProposal,
  toggleOffered,
} from './sow-import.ts';
import type { Answer, Effect, Event, Remote, Request, State, ViewName } from './state.ts';
import { INITIAL, isActive, isOver, known, type Next } from './state.ts';

/** How often an open sidebar looks at work that runs elsewhere. */
const LOOK_AGAIN_MS = 5_000;

/** The next state, and the calls to make. */
export function update(state: State, event: Event): Next {
  return checkRows(step(state, event));
}

function step(state: State, event: Event): Next {
  switch (event.kind) {
    case 'opened':
      return ask(ask(stay(state), 'status'), 'review');
    case 'show':
      return load(stay({ ...state, view: event.view, confirm: null, notice: null }), event.view);
    case 'refresh':
      return ask(load(stay({ ...state, notice: null }), state.view), 'status');
    case 'select card':
      return stay({ ...state, card: event.group, choosing: '', returning: '' });
    case 'next card':
      return stay(moveOn(state, event.by));
    case 'toggle group':
      return stay({ ...state, openGroups: toggled(state.openGroups, event.group) });
    case 'start split':
      return stay(startSplit(state, event.row));
    case 'fill split':
      // A field that goes with its form says a last word too.
      return stay(
        state.splits[event.row] ? { ...state, splits: { ...state.splits, [event.row]: event.parts } } : state,
      );
    case 'drop split':
      return stay({ ...state, splits: withoutSplits(state, [event.row]) });
    case 'choose':
      return stay({ ...state, choosing: event.group });
    case 'tick':
      return stay(tick(state, event.rows, event.on));
    case 'leave card':
      return stay(leaveCard(state));
    case 'tell':
      return stay(tell(state, event.text, event.open));
    case 'decide':
      return decide(state, event.decisions, event.words);
    case 'undo':
      return undo(state);
    case 'toggle invoice':
      return stay({ ...state, openInvoices: toggled(state.openInvoices, event.invoice) });
    case 'ask':
      return stay({ ...state, confirm: event.question });
    case 'dismiss':
      return stay({ ...state, notice: null, confirm: null });
    case 'do':
      return state.busy === ''
        ? call(stay({ ...state, busy: event.busy, confirm: null, notice: null }), event.call)
        : stay(state);
    case 'answered':
      return answered(state, event.answer);
    case 'refused':
      return refused(state, event.call, event.message);
    case 'toggle proposed row':
      return stay({ ...state, leftOut: toggled(state.leftOut, event.row) });
    case 'edit cell':
      return stay(editCell(state, event.row, event.property, event.text));
    case 'reset cell':
      return stay(resetCell(state, event.row, event.property));
    case 'add row':
      return stay(addRow(state, event.tab));
    case 'remake row':
      return stay(remakeRow(state, event.row, event.how));
    case 'toggle offered cell':
      return stay(toggleOffered(state, event.row, event.property));
    case 'drop proposal':
      return stay({ ...state, ...NO_PROPOSAL });
    case 'fill sow form':
      return stay({ ...state, sowForm: { ...state.sowForm, ...event.change } });
    case 'read document':
      return state.busy === '' ? readDocument({ ...state, notice: null, confirm: null }) : stay(state);
    case 'earlier months':
      return stay({ ...state, learning: { ...state.learning, csv: event.csv } });
    case 'order of dates':
      return stay({ ...state, learning: { ...state.learning, dates: event.dates } });
    case 'learn':
      return state.busy === '' ? learn(state) : stay(state);
    case 'stop learning':
      return stay({ ...state, learning: { ...state.learning, going: false } });
    case 'time passed':
      return lookAtJob(state);
  }
}

function stay(state: State): Next {
  return { state, effects: [] };
}

function call(next: Next, request: Request): Next {
  return { state: next.state, effects: [...next.effects, { kind: 'call', request }] };
}

/** Asks for a view anew; what was known stays on screen meanwhile. */
function ask(next: Next, name: ViewName): Next {
  const outdated = name === 'review' ? false : next.state.outdated;
  const state = { ...next.state, outdated, [name]: { kind: 'loading', last: known<unknown>(next.state[name]) } };
  return call({ state, effects: next.effects }, { name, args: {} });
}

function load(next: Next, view: ViewName): Next {
  return next.state[view].kind === 'loading' ? next : ask(next, view);
}

function toggled(list: readonly string[], item: string): readonly string[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

function answered(state: State, answer: Answer): Next {
  switch (answer.name) {
    case 'status': {
      const { job } = answer.value;
      const next = stay({ ...state, status: ready(answer.value), job });
      if (isActive(job)) return followJob(next, job);
      // The job ended elsewhere, so what is shown of its work is old.
      return state.job !== null && !isOver(state.job) && (job === null || isOver(job))
        ? ask(ask(next, 'invoices'), 'review')
        : next;
    }
    case 'review':
      return listed(state, answer.value);
    case 'decide':
      return decided(state, answer.value.done, answer.value.problems);
    case 'invoices':
    case 'decideHold':
    case 'approve':
    case 'unapprove':
    case 'undoPush':
      return stay({ ...state, invoices: ready(answer.value), busy: '' });
    case 'updateDrafts': {
      const { changes } = answer.value;
      const text = changes.length === 0 ? 'Nothing changed.' : changes.map(changeWords).join(' ');
      return ask(stay({ ...state, busy: '', notice: { tone: 'plain', text, undo: [] } }), 'invoices');
    }
    case 'continueJob':
      return jobAnswered({ ...state, following: false }, answer.value);
    case 'startMonthEnd':
    case 'cancelJob':
    case 'push':
    case 'sync':
      return jobAnswered(state, answer.value);
    case 'setUp': {
      const { created } = answer.value;
      const text = created.length === 0 ? 'Everything was set up already.' : `Created: ${created.join(', ')}.`;
      return ask(stay({ ...state, busy: '', notice: { tone: 'good', text, undo: [] } }), 'status');
    }
    case 'connectHarvest':
    case 'connectClaude':
    case 'testConnection':
    case 'disconnect': {
      const tone = answer.value.connected || answer.name === 'disconnect' ? 'good' : 'bad';
      return ask(stay({ ...state, busy: '', notice: { tone, text: answer.value.text, undo: [] } }), 'status');
    }
    case 'sowList': {
      const next = stay({ ...state, sowList: ready(answer.value) });
      return state.learnt === null && !state.learning.going ? call(next, { name: 'learnLeft', args: {} }) : next;
    }
    case 'sowRead': {
      const { name, text, fromPdf } = answer.value;
      return readDocument({ ...state, sowForm: { ...state.sowForm, name, text, fromPdf, pdf: null } });
    }
    case 'sowPropose':
      return stay(showProposal({ ...state, busy: '' }, answer.value));
    case 'sowWrite': {
      const text = `Written: ${answer.value.written}. Look at the tabs, then press Update drafts.`;
      const notice = { tone: 'good', text, undo: [] } as const;
      const sowForm = { ...INITIAL.sowForm, client: state.sowForm.client };
      return ask(stay({ ...state, busy: '', ...NO_PROPOSAL, sowForm, notice, sowUndo: answer.value.undo }), 'sowList');
    }
    case 'sowCheck':
      return stay(rowsChecked(state, answer.value.problems));
    case 'sowUndo': {
      const notice = { tone: 'good', text: answer.value.said, undo: [] } as const;
      return ask(stay({ ...state, busy: '', notice, sowUndo: null }), 'sowList');
    }
    case 'learn':
      return learnt(state, answer.value);
    case 'learnLeft':
      return stay({ ...state, learning: { ...state.learning, ...answer.value } });
    case 'learnUse':
    case 'learnDiscard':
    case 'learnForget':
      return learningDone(state, answer.name, answer.value);
    case 'startQuickBooks':
      return stay({ ...state, busy: '', quickBooksUrl: answer.value.url });
  }
}

function ready<T>(value: T): Remote<T> {
  return { kind: 'ready', value };
}

function changeWords(change: { invoice: string; before: number | null; after: number | null }): string {
  const money = (amount: number | null) => (amount === null ? 'nothing' : amount.toFixed(2));
  return `${change.invoice}: ${money(change.before)} before, ${money(change.after)} now.`;
}

function stay2(state: State, effects: readonly Effect[]): Next {
  return { state, effects };
}

function jobAnswered(state: State, job: JobView): Next {
  const next = stay({ ...state, job, busy: '' });
  if (isActive(job)) return followJob(next, job);
  return ask(ask(ask(next, 'status'), 'invoices'), 'review');
}

/** The open sidebar drives running work on, and looks again at waiting work. */
function followJob(next: Next, job: JobView): Next {
  if (next.state.following) return next;
  const waitMs = job.state === 'running' ? 0 : LOOK_AGAIN_MS;
  return wait(next, waitMs);
}

function wait(next: Next, waitMs: number): Next {
  return stay2({ ...next.state, following: true }, [...next.effects, { kind: 'wait', waitMs }]);
}

function lookAtJob(state: State): Next {
  if (!isActive(state.job)) return stay({ ...state, following: false });
  return call(stay(state), { name: 'continueJob', args: {} });
}

/** A refused call leaves everything as it was and says so. */
function refused(state: State, name: Request['name'], message: string): Next {
  const notice = { tone: 'bad', text: message, undo: [] } as const;
  if (name === 'review' || name === 'invoices' || name === 'sowList' || name === 'status') {
    return stay({ ...state, [name]: { kind: 'failed', message, last: known<unknown>(state[name]) } });
  }
  if (name === 'decide') {
    return notDecided(state, message);
  }
  // Nobody asked for it.
  if (name === 'learnLeft') return stay(state);
  // Writing checks again.
  if (name === 'sowCheck') return stay(rowsChecked(state, []));
  if (name === 'learn') return learningRefused(state, message);
  const next = stay({ ...state, busy: '', notice });
  // What was refused may no longer count as connected.
  if (name === 'testConnection') return ask(next, 'status');
  // One lost answer is no reason to leave running work alone.
  if (name === 'continueJob' && isActive(state.job)) return wait(next, LOOK_AGAIN_MS);
  return next;
}
