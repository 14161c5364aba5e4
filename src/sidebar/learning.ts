/** Matching of earlier months: one call after another until no row is left, it is stopped, or a call gets nowhere. */
import type { LearnDoneView, LearnView } from '../lib/learning/model.ts';
import type { Next, State } from './state.ts';

/** Starts, or goes on. */
export function learn(state: State): Next {
  const { csv } = state.learning;
  const isSame = state.learning.started === csv && state.learning.left > 0;
  const learning = { ...state.learning, started: csv, going: true, left: isSame ? state.learning.left : 0 };
  return askOn({ ...state, busy: 'learn', notice: null, learnt: isSame ? state.learnt : null, learning });
}

/** A call has answered: the next one follows by itself where rows are left. */
export function learnt(state: State, view: LearnView): Next {
  const { going, left: before } = state.learning;
  const stuck = view.left > 0 && view.left === before;
  // What was given before is so from the second go on; the first knows.
  const { known, replaced } = state.learnt ?? view;
  const { left, pending, used } = view;
  const after: State = {
    ...state,
    learnt: { ...view, known, replaced },
    learning: { ...state.learning, left, pending, used },
  };
  if (going && view.left > 0 && !stuck) return askOn(after);
  const text = `The models gave no answer for the last ${view.left} rows. Try again later, or leave them.`;
  const notice = stuck ? ({ tone: 'bad', text, undo: [] } as const) : state.notice;
  return { state: { ...after, busy: '', notice, learning: { ...after.learning, going: false } }, effects: [] };
}

/** What was matched is kept on the server, and so is what was not: how much that is tells the person that they can go on. */
export function learningRefused(state: State, message: string): Next {
  const kept = (state.learnt?.rows ?? 0) > 0 ? ' What was matched so far is kept; go on when you like.' : '';
  const notice = { tone: 'bad', text: `${message}${kept}`, undo: [] } as const;
  return {
    state: { ...state, busy: '', notice, learning: { ...state.learning, going: false } },
    effects: [{ kind: 'call', request: { name: 'learnLeft', args: {} } }],
  };
}

/** Used, discarded or forgotten: the report is done with. What was discarded stays in the box, to be mended. */
export function learningDone(
  state: State,
  name: 'learnUse' | 'learnDiscard' | 'learnForget',
  { said, left, pending, used }: LearnDoneView,
): Next {
  const csv = name === 'learnUse' ? '' : state.learning.csv;
  const learning = { ...state.learning, csv, started: null, left, pending, used };
  const notice = { tone: 'good', text: said, undo: [] } as const;
  return { state: { ...state, busy: '', confirm: null, learnt: null, learning, notice }, effects: [] };
}

function askOn(state: State): Next {
  const { csv, dates } = state.learning;
  const args = dates === '' ? { csv } : { csv, dates };
  return { state, effects: [{ kind: 'call', request: { name: 'learn', args } }] };
}
