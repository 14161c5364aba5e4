/** What the review shows of the rows that wait: cards, the rows that are ticked on them, the lines to choose from. */
import type { ClientLine, ReviewRow } from '../lib/calls.ts';
import { known, rowName, type State } from './state.ts';

/** Rows that are decided as one. */
export interface Card {
  readonly group: string;
  readonly rows: readonly ReviewRow[];
}

/** The rows that still wait for a decision, alike ones together, in the order in which the server gave them. */
export function cardsOf(state: State): readonly Card[] {
  const view = known(state.review);
  if (!view) return [];
  const hidden = hiddenRows(state);
  const apart = new Set(state.apart);
  const groups = new Map<string, ReviewRow[]>();
  for (const row of view.rows) {
    const name = rowName(row);
    if (hidden.has(name)) continue;
    // What was billed already needs another answer than what was not.
    const group = apart.has(name) ? name : `${row.group}${row.changed ? ' changed' : ''}`;
    const rows = groups.get(group);
    if (rows) rows.push(row);
    else groups.set(group, [row]);
  }
  return [...groups].map(([group, rows]) => ({ group, rows }));
}

/** Rows of the list that were decided, also those whose decision is still on its way; the last word on a row counts. */
export function hiddenRows(state: State): ReadonlySet<string> {
  const hidden = new Set(state.settled);
  for (const decision of [...state.saving, ...state.queue]) {
    if (decision.action === 'reopen') hidden.delete(rowName(decision));
    else hidden.add(rowName(decision));
  }
  return hidden;
}

/** How many rows wait, those that the list leaves out included. */
export function waitingCount(state: State): number {
  const view = known(state.review);
  if (!view) return 0;
  const hidden = hiddenRows(state);
  return view.total - view.rows.filter((row) => hidden.has(rowName(row))).length;
}

/** The card that keys and buttons act on: the chosen one, or else the first. */
export function currentCard(state: State): Card | null {
  const cards = cardsOf(state);
  return cards.find((card) => card.group === state.card) ?? cards[0] ?? null;
}

/** The rows of a card that a decision applies to. */
export function ticked(state: State, card: Card): Card {
  if (card.rows.length === 1) return card;
  return { ...card, rows: card.rows.filter((row) => !state.unticked.includes(rowName(row))) };
}

/** The row of a card that is being split. */
export function splitOf(state: State, card: Card): ReviewRow | null {
  return card.rows.find((row) => state.splits[rowName(row)] !== undefined) ?? null;
}

export interface Choice {
  readonly line: string;
  readonly title: string;
  /** Why the line is not among those that are open for these rows; empty: it is. */
  readonly note: string;
}

/** Every line that these rows may go on: first those that are open for them, then the client's others with their days. */
export function choicesOf(state: State, rows: readonly ReviewRow[]): readonly Choice[] {
  const [first] = rows;
  if (!first) return [];
  const all = (known(state.review)?.lines ?? []).filter(
    (line) => line.client === first.client && line.table === first.table,
  );
  const days = rows.map((row) => row.date).sort();
  const offered = first.alternatives.map(({ line, title }): Choice => {
    const full = all.find((one) => one.line === line);
    return { line, title, note: full ? spanNote(full, days) : '' };
  });
  const others = all
    .filter((one) => !offered.some((choice) => choice.line === one.line))
    .map((one): Choice => ({ line: one.line, title: one.title, note: spanNote(one, days) || 'another project' }));
  const choices = [...offered, ...others];
  return [...choices.filter((choice) => choice.note === ''), ...choices.filter((choice) => choice.note !== '')];
}

/** Why a line is not open on all these days; empty when it is. */
function spanNote(line: ClientLine, days: readonly string[]): string {
  if (!line.active) return 'SOW not active';
  const from = line.starts !== '' && (days[0] ?? '') < line.starts;
  const until = line.ends !== '' && (days.at(-1) ?? '') > line.ends;
  if (!from && !until) return '';
  if (line.starts === '') return `until ${line.ends}`;
  return line.ends === '' ? `from ${line.starts}` : `${line.starts} to ${line.ends}`;
}
