/** What events of the review lead to: decisions leave at once, one call at a time, and can be taken back. */
import type { Decision, ReviewRow, ReviewView } from '../lib/calls.ts';
import { baseKey } from '../lib/pull/keys.ts';
import { cardsOf, currentCard, splitOf, waitingCount } from './cards.ts';
import type { Effect, Next, SplitPart, State, Taken } from './state.ts';
import { known, rowName } from './state.ts';

/** How many presses can be taken back. */
const MOST_PAST = 50;

/** The card before or after the open one. What is half filled in stays with its card. */
export function moveOn(state: State, by: 1 | -1): State {
  const cards = cardsOf(state);
  const now = cards.findIndex((card) => card.group === currentCard(state)?.group);
  const card = cards[Math.min(cards.length - 1, Math.max(0, now + by))]?.group ?? '';
  return { ...state, card, choosing: '', returning: '' };
}

/** The decided rows leave the list at once. Rows of a card that were not ticked become cards of their own. */
export function decide(state: State, decisions: readonly Decision[], words: string): Next {
  if (decisions.length === 0) return { state, effects: [] };
  const cards = cardsOf(state);
  const names = new Set(decisions.map(rowName));
  const at = cards.findIndex((card) => card.rows.some((row) => names.has(rowName(row))));
  const card = cards[at];
  const rows = (card?.rows ?? []).filter((row) => names.has(rowName(row)));
  const left = (card?.rows ?? []).filter((row) => !names.has(rowName(row))).map(rowName);
  const isSplit = decisions.some((decision) => decision.action === 'split');
  // Taking an answer about billed rows back is for the tabs: the server cannot.
  const lasting = decisions.some((decision) => decision.action === 'changed');
  const taken: Taken = { decisions, rows, words };
  const shown: State = {
    ...state,
    choosing: '',
    returning: '',
    unticked: state.unticked.filter((name) => !left.includes(name) && !names.has(name)),
    apart: isSplit ? state.apart : [...state.apart, ...left.filter((name) => !state.apart.includes(name))],
    notice: { tone: 'good', text: words, undo: lasting ? [] : decisions },
    past: lasting ? state.past : [...state.past, taken].slice(-MOST_PAST),
    queue: [...state.queue, ...decisions],
  };
  const after = cardsOf(shown);
  const waiting = new Map(after.flatMap((one) => one.rows.map((row) => [rowName(row), one.group] as const)));
  const inOrder = [...cards.slice(at), ...cards.slice(0, at).reverse()].flatMap((one) => one.rows.map(rowName));
  const next = inOrder.find((name) => waiting.has(name));
  return send({ ...shown, card: next === undefined ? '' : (waiting.get(next) ?? '') });
}

/** Takes the last press back: what was not sent yet is dropped, the rest is opened again on the server. Its card is shown. */
export function undo(state: State): Next {
  const taken = state.past.at(-1);
  if (!taken) {
    const text = 'There is nothing more to take back.';
    return { state: { ...state, notice: { tone: 'plain', text, undo: [] } }, effects: [] };
  }
  const past = state.past.slice(0, -1);
  const sent = taken.decisions.filter((decision) => !state.queue.includes(decision));
  const reopen = sent.map((decision): Decision => {
    const row = taken.rows.find((one) => rowName(one) === rowName(decision));
    const before = row ? { before: { line: row.suggestion?.line ?? '', flags: row.flags } } : {};
    return { table: decision.table, key: decision.key, action: 'reopen', ...before };
  });
  const [first] = taken.decisions;
  const shown: State = {
    ...state,
    past,
    undoing: sent.length > 0 ? [...state.undoing, taken] : state.undoing,
    queue: [...state.queue.filter((decision) => !taken.decisions.includes(decision)), ...reopen],
    choosing: '',
    returning: first ? rowName(first) : '',
    notice: { tone: 'plain', text: `Taken back: ${taken.words}`, undo: past.at(-1)?.decisions ?? [] },
  };
  return send(showReturning(shown));
}

/** Sends what waits, as far as it can go in one call: two words on the same entry go one after the other. */
function send(state: State): Next {
  if (state.saving.length > 0 || state.queue.length === 0) return { state, effects: [] };
  const entries = new Set<string>();
  const end = state.queue.findIndex((decision) => {
    const entry = `${decision.table} ${baseKey(decision.key)} ${decision.action === 'reopen'}`;
    const other = `${decision.table} ${baseKey(decision.key)} ${decision.action !== 'reopen'}`;
    entries.add(entry);
    return entries.has(other);
  });
  const decisions = end < 0 ? state.queue : state.queue.slice(0, end);
  const next: State = { ...state, saving: decisions, queue: state.queue.slice(decisions.length), outdated: true };
  return { state: next, effects: [{ kind: 'call', request: { name: 'decide', args: { decisions } } }] };
}

/** The server has carried the decisions out, all but those it has a sentence about. */
export function decided(state: State, done: number, problems: readonly string[]): Next {
  const settled = new Set(state.settled);
  for (const decision of state.saving) {
    if (decision.action === 'reopen') settled.delete(rowName(decision));
    else settled.add(rowName(decision));
  }
  const reopened = state.saving.some((decision) => decision.action === 'reopen');
  const after: State = {
    ...state,
    saving: [],
    settled: [...settled],
    undoing: state.undoing.filter((taken) => !within(taken, state.saving)),
    // The invoices were worked out anew, so what is known of them is old.
    invoices: { kind: 'idle' },
  };
  if (problems.length > 0) {
    const split = state.saving.find((decision) => decision.action === 'split');
    const refusedAll = done === 0;
    const next = send({
      ...after,
      past: refusedAll ? state.past.filter((taken) => !within(taken, state.saving)) : state.past,
      returning: split ? rowName(split) : '',
      notice: { tone: 'bad', text: problems.join(' '), undo: [] },
    });
    return next.effects.length > 0 ? readLater(next) : askReview(next.state);
  }
  const splits = withoutSplits(after, state.saving);
  const next = send({ ...after, splits });
  const empty = cardsOf(next.state).length === 0 && waitingCount(next.state) > 0;
  const wanted = reopened || empty || state.review.kind === 'loading';
  if (next.effects.length > 0) return wanted ? readLater(next) : next;
  return wanted ? askReview(next.state) : next;
}

/** The server did not answer or would not: everything is as it was, and the list is read again. */
export function notDecided(state: State, message: string): Next {
  const lost = [...state.saving, ...state.queue];
  const split = lost.find((decision) => decision.action === 'split');
  const past = state.past.filter((taken) => !taken.decisions.some((decision) => lost.includes(decision)));
  return askReview({
    ...state,
    saving: [],
    queue: [],
    // What could not be taken back may be tried again, the last one last.
    past: [...past, ...[...state.undoing].reverse()],
    undoing: [],
    returning: split ? rowName(split) : state.returning,
    notice: { tone: 'bad', text: `${message} The decisions were not saved; the rows are back in the list.`, undo: [] },
  });
}

/** A new list. One that was asked for before something was decided is asked for again, once all is saved. */
export function listed(state: State, view: ReviewView): Next {
  if (state.outdated && known(state.review) !== null) {
    if (state.saving.length > 0) return { state, effects: [] };
    return askReview(state);
  }
  const before = cardsOf(state);
  const named = (group: string) => before.find((card) => card.group === group)?.rows.map(rowName) ?? [];
  const shown = currentCard(state)?.group ?? '';
  const fresh: State = { ...state, review: { kind: 'ready', value: view }, settled: [] };
  // The names of groups are new: what was open stays so by its rows.
  const after = new Map(cardsOf(fresh).flatMap((card) => card.rows.map((row) => [rowName(row), card.group] as const)));
  const again = (group: string) => {
    const name = named(group).find((one) => after.has(one));
    return name === undefined ? '' : (after.get(name) ?? '');
  };
  const next: State = {
    ...fresh,
    card: again(shown),
    choosing: state.choosing === '' ? '' : again(state.choosing),
    openGroups: state.openGroups.map(again).filter((group) => group !== ''),
  };
  return { state: { ...showReturning(next), returning: '' }, effects: [] };
}

/** Asks for the list; what was known stays on screen meanwhile. */
function askReview(state: State): Next {
  const effects: readonly Effect[] = [{ kind: 'call', request: { name: 'review', args: {} } }];
  return { state: { ...state, outdated: false, review: { kind: 'loading', last: known(state.review) } }, effects };
}

/** The list is read again when all is saved. */
function readLater(next: Next): Next {
  return { ...next, state: { ...next.state, review: { kind: 'loading', last: known(next.state.review) } } };
}

/** Shows the card of the row that came back, unless the person is in the middle of something else. */
function showReturning(state: State): State {
  if (state.returning === '') return state;
  const card = cardsOf(state).find((one) => one.rows.some((row) => rowName(row) === state.returning));
  return card ? { ...state, card: card.group } : state;
}

/** Opens the form of a split, with the suggestion in its first part. */
export function startSplit(state: State, row: ReviewRow): State {
  const name = rowName(row);
  if (state.splits[name]) return { ...state, choosing: '' };
  return { ...state, choosing: '', splits: { ...state.splits, [name]: firstParts(row.suggestion?.line ?? '') } };
}

/** Takes rows of a group into the next decision on it, or leaves them out. */
export function tick(state: State, rows: readonly ReviewRow[], on: boolean): State {
  const names = rows.map(rowName);
  const others = state.unticked.filter((name) => !names.includes(name));
  return { ...state, unticked: on ? others : [...others, ...names] };
}

/** Leaves what is open on the card: the list of lines, else the split, else what was said at the top. */
export function leaveCard(state: State): State {
  const card = currentCard(state);
  const split = card === null ? null : splitOf(state, card);
  if (state.choosing !== '') return { ...state, choosing: '' };
  if (split !== null) return { ...state, splits: withoutSplits(state, [split]) };
  return { ...state, notice: null };
}

/** Says why nothing happens, and opens the rows of the group that it is about. */
export function tell(state: State, text: string, open = ''): State {
  const openGroups = open === '' || state.openGroups.includes(open) ? state.openGroups : [...state.openGroups, open];
  return { ...state, openGroups, notice: { tone: 'plain', text, undo: [] } };
}

function firstParts(line: string): readonly SplitPart[] {
  return [
    { line, hours: '', typed: false },
    { line: '', hours: '', typed: false },
  ];
}

/** Throws away what was filled in for these rows. */
export function withoutSplits(
  state: State,
  rows: readonly { readonly table: string; readonly key: string }[],
): State['splits'] {
  const names = new Set(rows.map(rowName));
  return Object.fromEntries(Object.entries(state.splits).filter(([name]) => !names.has(name)));
}

function within(taken: Taken, decisions: readonly Decision[]): boolean {
  const names = new Set(decisions.map(rowName));
  return taken.decisions.every((decision) => names.has(rowName(decision)));
}
