import { FIELDS } from './fields.ts';
import type { SowTab } from './model.ts';
import { snake } from './request.ts';

/** A row as the model said it: texts by property, nothing checked yet. */
export interface SaidRow {
  readonly tab: SowTab;
  /** Its own name for the SOW or the line; empty for a rate. */
  readonly key: string;
  readonly said: Readonly<Record<string, string>>;
  readonly holdsFrom: string;
  readonly quotes: readonly string[];
}

const LISTS: readonly (readonly [name: string, tab: SowTab, key: string])[] = [
  ['sows', 'SOWs', 'sow'],
  ['lines', 'SOW lines', 'line'],
  ['rates', 'Rates', ''],
];

/** Rows of one answer; more are no SOW. */
const MOST_ROWS = 300;

/** Reads a proposal; null where it is none. Values that are not text count as left out. */
export function readProposal(text: string): readonly SaidRow[] | null {
  const answer = parse(text);
  if (!isRecord(answer)) return null;
  const rows = LISTS.flatMap(([name, tab, key]) => {
    const list = answer[name];
    return Array.isArray(list) ? list.filter(isRecord).map((row) => saidRow(row, tab, key)) : [];
  });
  return rows.slice(0, MOST_ROWS);
}

/** The pages that a transcription gave, and how many the document has; null where it is none. */
export function readPages(
  text: string,
): { readonly inDocument: number; readonly pages: ReadonlyMap<number, string> } | null {
  const answer = parse(text);
  if (!isRecord(answer) || !Array.isArray(answer['pages'])) return null;
  const pages = new Map<number, string>();
  for (const page of answer['pages'].filter(isRecord)) {
    if (typeof page['page'] === 'number' && typeof page['text'] === 'string') pages.set(page['page'], page['text']);
  }
  const count = answer['pages_in_document'];
  return { inDocument: typeof count === 'number' && count > 0 ? count : pages.size, pages };
}

function saidRow(row: Readonly<Record<string, unknown>>, tab: SowTab, key: string): SaidRow {
  const textOf = (name: string): string => {
    const value = row[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const quotes = row['quotes'];
  return {
    tab,
    key: key === '' ? '' : textOf(key),
    said: Object.fromEntries(FIELDS[tab].map(({ property }) => [property, textOf(snake(property))])),
    holdsFrom: textOf('holds_from'),
    quotes: Array.isArray(quotes)
      ? quotes.filter((quote): quote is string => typeof quote === 'string' && quote.trim() !== '')
      : [],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
