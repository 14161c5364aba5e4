import type { ClientLine, LineChoice, ReviewRow } from '../calls.ts';
import { CHANGED_FLAG } from '../pull/row-change.ts';
import { foldName } from '../workbook/cell.ts';
import { groupsOf } from './alike.ts';
import { type Candidates, findCandidates, type SowBook } from './candidates.ts';
import { readFlags } from './flags.ts';
import type { MatchItem } from './model.ts';
import { type FindSentence, sentencesOf } from './sow-sentence.ts';

/** A row of Time entries or Expenses as the review shows it. */
export interface WaitingRow {
  readonly item: MatchItem;
  readonly status: string;
  readonly line: string;
  readonly flags: string;
  readonly reason: string;
  readonly confidence: number | null;
  /** What changed after billing, in words; only on rows with that flag. */
  readonly changed: { readonly before: string; readonly after: string } | null;
}

/** A row waits for a person: flagged, new with a flag, or billed and changed in the source since. */
export function waits(row: { readonly status: string; readonly flags: string }): boolean {
  if (row.status === 'flagged') return true;
  const flags = readFlags(row.flags);
  return row.status === 'new' ? flags.length > 0 : row.status === 'invoiced' && flags.includes(CHANGED_FLAG);
}

/**
 * What waits, as the sidebar shows it: by client and project, rows that are alike beside each other. Largest groups come first, of the
 * same size the one with the earliest row, by date and then person. At most `limit` rows.
 */
export function reviewList(
  rows: readonly WaitingRow[],
  book: SowBook,
  sowText: (sow: string) => string,
  limit: number,
): readonly ReviewRow[] {
  const groups = groupsOf(rows.map(({ item, line }) => ({ ...item, line })));
  const listed = rows.map((row, index) => ({ row, group: groups[index] ?? '' }));
  listed.sort(
    (a, b) =>
      order(foldName(a.row.item.client), foldName(b.row.item.client)) ||
      order(foldName(a.row.item.project), foldName(b.row.item.project)) ||
      order(a.row.item.date, b.row.item.date) ||
      order(foldName(a.row.item.person), foldName(b.row.item.person)) ||
      order(a.row.item.key, b.row.item.key),
  );
  const groupsIn = new Map<string, { readonly first: number; size: number }>();
  listed.forEach(({ group }, first) => {
    const known = groupsIn.get(group);
    if (known === undefined) groupsIn.set(group, { first, size: 1 });
    else known.size += 1;
  });
  const rank = (group: string) => groupsIn.get(group) ?? { first: 0, size: 0 };
  const lookUp = lineLookUp(book, sowText);
  return listed
    .sort(
      (a, b) =>
        order(foldName(a.row.item.client), foldName(b.row.item.client)) ||
        order(foldName(a.row.item.project), foldName(b.row.item.project)) ||
        rank(b.group).size - rank(a.group).size ||
        rank(a.group).first - rank(b.group).first,
    )
    .slice(0, limit)
    .map(({ row, group }) => shown(row, group, findCandidates(row.item, book), lookUp));
}

/** Every line of these clients, in the order of the tabs, with the days on which it is open. */
export function linesOfClients(clients: readonly string[], book: SowBook): readonly ClientLine[] {
  return [...new Set(clients)].flatMap((client) =>
    (book.byClient.get(foldName(client)) ?? []).flatMap(({ sow, lines }) =>
      lines.map((line) => ({
        client,
        line: line.line,
        title: line.title,
        sow: line.sow,
        table: line.billing === 'expense' ? ('expense' as const) : ('time' as const),
        starts: [line.starts, sow.starts].sort()[1] ?? '',
        ends: [line.ends, sow.ends].filter((day) => day !== '').sort()[0] ?? '',
        active: sow.active,
      })),
    ),
  );
}

interface LineLookUp {
  title(line: string): LineChoice | null;
  sentence(sow: string): FindSentence;
}

function shown(row: WaitingRow, group: string, candidates: Candidates, lookUp: LineLookUp): ReviewRow {
  const { item, line } = row;
  const suggested = line === '' ? null : (lookUp.title(line) ?? { line, title: '', sow: '' });
  const alternatives = candidates.lines.map(({ line: key, title, sow }) => ({ line: key, title, sow }));
  const among = suggested === null || alternatives.some((one) => one.line === suggested.line);
  const sentence = suggested === null ? null : lookUp.sentence(suggested.sow)(item.notes, suggested);
  return {
    table: item.table,
    key: item.key,
    date: item.date,
    person: item.person,
    client: item.client,
    project: item.project,
    task: item.task,
    notes: item.notes,
    hours: item.hours,
    cost: item.cost,
    flags: readFlags(row.flags),
    reason: row.reason,
    suggestion: suggested === null ? null : { line: suggested.line, title: suggested.title },
    confidence: row.confidence,
    ...(sentence === null ? {} : { sowSentence: sentence }),
    alternatives: among ? alternatives : [suggested, ...alternatives],
    status: row.status,
    group,
    ...(row.changed === null ? {} : { changed: row.changed }),
  };
}

/** Lines by key, and the sentences of each SOW, prepared only once and only where wanted. */
function lineLookUp(book: SowBook, sowText: (sow: string) => string): LineLookUp {
  const titles = new Map<string, LineChoice>();
  for (const { lines } of [...book.byClient.values()].flat()) {
    for (const { line, title, sow } of lines) titles.set(foldName(line), { line, title, sow });
  }
  const sentences = new Map<string, FindSentence>();
  return {
    title: (line) => titles.get(foldName(line)) ?? null,
    sentence: (sow) => {
      const known = sentences.get(sow) ?? sentencesOf(sow === '' ? '' : sowText(sow));
      sentences.set(sow, known);
      return known;
    },
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
