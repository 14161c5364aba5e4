import { foldName } from '../workbook/cell.ts';
import type { SowBook } from './candidates.ts';
import type { MatchItem, MatchLine } from './model.ts';
import { CHUNK_SIZE, type LineTable, type Question } from './prompt.ts';

/** One request: rows of one client and one table, for one model. */
export interface Chunk {
  readonly model: string;
  readonly table: LineTable;
  readonly questions: readonly Question[];
}

/** A row to ask about, and whom. */
export interface ToAsk {
  readonly item: MatchItem;
  readonly candidates: readonly MatchLine[];
  readonly models: readonly string[];
}

/**
 * Puts rows into requests: per client, table and model at most `CHUNK_SIZE` rows, all requests of a client with the same beginning.
 * The requests to all models about the same rows stand beside each other, so that taking some from the front completes rows.
 * @param tables the line table of each group, by `groupOf`
 */
export function chunksOf(rows: readonly ToAsk[], tables: ReadonlyMap<string, LineTable>): readonly Chunk[] {
  const groups = new Map<string, ToAsk[]>();
  for (const row of rows) {
    const key = JSON.stringify([groupOf(row.item), row.models]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const chunks: Chunk[] = [];
  for (const group of groups.values()) {
    for (let at = 0; at < group.length; at += CHUNK_SIZE) {
      const part = group.slice(at, at + CHUNK_SIZE);
      const [head] = part;
      const table = head === undefined ? undefined : tables.get(groupOf(head.item));
      if (head === undefined || table === undefined) continue;
      const questions = part.map(({ item, candidates }) => ({ item, candidates: candidates.map((line) => line.line) }));
      chunks.push(...head.models.map((model) => ({ model, table, questions })));
    }
  }
  return chunks;
}

/** Rows of the same group share a line table: the same client and table. */
export function groupOf(item: Pick<MatchItem, 'client' | 'table'>): string {
  return JSON.stringify([item.table, foldName(item.client)]);
}

/**
 * The line table of each group: the lines that any of its rows may go to, in the order of the tabs, with the texts of their SOWs.
 * Made of all open rows, not only those still to ask, so that it stays the same from wave to wave and the models' cache is met.
 */
export function lineTables(
  rows: readonly { readonly item: MatchItem; readonly candidates: readonly MatchLine[] }[],
  book: SowBook,
  sowText: (sow: string) => string,
): ReadonlyMap<string, LineTable> {
  const wanted = new Map<string, Set<string>>();
  const clients = new Map<string, string>();
  for (const { item, candidates } of rows) {
    const group = groupOf(item);
    const lines = wanted.get(group) ?? new Set<string>();
    for (const { line } of candidates) lines.add(line);
    wanted.set(group, lines);
    clients.set(group, foldName(item.client));
  }
  const tables = new Map<string, LineTable>();
  for (const [group, keys] of wanted) {
    const listed = book.byClient.get(clients.get(group) ?? '') ?? [];
    const lines = listed.flatMap((one) => one.lines.filter((line) => keys.has(line.line)));
    const sows = listed.filter((one) => one.lines.some((line) => keys.has(line.line)));
    tables.set(group, {
      sows: sows.map(({ sow }) => ({ sow: sow.sow, title: sow.title, text: sowText(sow.sow) })),
      lines,
    });
  }
  return tables;
}
