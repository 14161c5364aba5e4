/** The decisions that a card offers, as events with the words that tell what was done. */
import type { Decision, ReviewRow } from '../lib/calls.ts';
import type { Card } from './cards.ts';
import type { Event } from './state.ts';

/** Accepts the suggestion of every row of the card; null where there is none to accept. */
export function acceptCard(card: Card): Event | null {
  const rows = card.rows.filter((row) => row.suggestion && !row.changed);
  if (rows.length === 0) return null;
  const decisions = rows.map((row): Decision => ({ table: row.table, key: row.key, action: 'accept' }));
  return { kind: 'decide', decisions, words: `Accepted ${count(rows)} on ${rows[0]?.suggestion?.line ?? ''}.` };
}

/** Leaves every row of the card out of billing; null on rows that were billed already. */
export function excludeCard(card: Card): Event | null {
  const rows = card.rows.filter((row) => !row.changed);
  if (rows.length === 0) return null;
  const decisions = rows.map((row): Decision => ({ table: row.table, key: row.key, action: 'exclude' }));
  return { kind: 'decide', decisions, words: `Excluded ${count(rows)}.` };
}

/** Puts every row of the card on another line. */
export function chooseLine(card: Card, line: string): Event {
  const decisions = card.rows.map((row): Decision => ({ table: row.table, key: row.key, action: 'line', line }));
  return { kind: 'decide', decisions, words: `Put ${count(card.rows)} on ${line}.` };
}

/** Splits one entry over several lines; the parts must add up to its hours. */
export function splitRow(row: ReviewRow, parts: readonly { readonly line: string; readonly hours: number }[]): Event {
  const decision: Decision = { table: row.table, key: row.key, action: 'split', parts };
  return { kind: 'decide', decisions: [decision], words: `Split ${row.hours ?? 0} h over ${parts.length} lines.` };
}

/** Answers what to do about rows that changed after they were billed. */
export function answerChange(card: Card, answer: 'ignore' | 'bill difference'): Event {
  const decisions = card.rows.map((row): Decision => ({ table: row.table, key: row.key, action: 'changed', answer }));
  const words =
    answer === 'ignore'
      ? `Left ${count(card.rows)} as billed.`
      : `The difference of ${count(card.rows)} will be billed.`;
  return { kind: 'decide', decisions, words };
}

function count(rows: readonly ReviewRow[]): string {
  const what = rows[0]?.table === 'expense' ? 'expense' : 'entry';
  if (rows.length === 1) return `1 ${what}`;
  return `${rows.length} ${what === 'entry' ? 'entries' : 'expenses'}`;
}
