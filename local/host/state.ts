import { type Book, type Cell, freshId, newBook, type Rows, type SheetState } from './sheet/book.ts';
import { plainStyle, restyled, type Style, type StyleKey } from './sheet/style.ts';
import type { CacheEntry, Mail, Site, StateToken, TriggerState } from './types.ts';

type SavedCell = readonly [value: Cell['value'], style: number, formula?: string] | null;

interface SavedSheet extends Omit<SheetState, 'rows' | 'widths' | 'hiddenColumns'> {
  readonly rows: readonly (readonly SavedCell[])[];
  readonly widths: readonly (readonly [number, number])[];
  readonly hiddenColumns: readonly number[];
}

interface Saved {
  readonly format: 1;
  readonly now: number;
  readonly book: Omit<Book, 'sheets' | 'namedRanges'> & {
    readonly sheets: readonly SavedSheet[];
    readonly namedRanges: readonly (readonly [string, SheetState['protections'][number]['area']])[];
  };
  readonly styles: readonly Style[];
  readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[];
  readonly caches: readonly (readonly [string, readonly (readonly [string, CacheEntry])[]])[];
  readonly triggers: readonly TriggerState[];
  readonly mails: readonly Mail[];
  readonly tokens: readonly (readonly [string, StateToken])[];
  readonly fetches: Site['fetches'];
  readonly uuids: number;
}

/** Everything that lasts between sessions, as JSON text. Secrets in properties are in it as well. */
export function saveState(site: Site): string {
  const styles: Style[] = [];
  const numbers = new Map<Style, number>();
  const styleNumber = (style: Style): number => {
    const known = numbers.get(style);
    if (known !== undefined) return known;
    styles.push(style);
    numbers.set(style, styles.length - 1);
    return styles.length - 1;
  };
  const saveCell = (cell: Cell | undefined): SavedCell => {
    if (!cell) return null;
    return cell.formula === ''
      ? [cell.value, styleNumber(cell.style)]
      : [cell.value, styleNumber(cell.style), cell.formula];
  };
  const sheets = site.book.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((cells) => Array.from(cells, saveCell)),
    widths: [...sheet.widths],
    hiddenColumns: [...sheet.hiddenColumns],
  }));
  const saved: Saved = {
    format: 1,
    now: site.clock.now(),
    book: { ...site.book, sheets, namedRanges: [...site.book.namedRanges] },
    styles,
    properties: [...site.properties].map(([name, store]) => [name, [...store]] as const),
    caches: [...site.caches].map(([name, store]) => [name, [...store]] as const),
    triggers: site.triggers,
    mails: site.mails,
    tokens: [...site.tokens],
    fetches: site.fetches,
    uuids: site.uuids,
  };
  return JSON.stringify(saved);
}

/** Puts a saved state in place of the present one; the clock moves forward to the saved time, never back. */
export function restoreState(site: Site, text: string): void {
  const saved = JSON.parse(text) as Saved;
  if (saved.format !== 1) throw new Error('The saved session was written by another version.');
  const styles = saved.styles.map(internStyle);
  const restoreCell = (cell: SavedCell): Cell | undefined =>
    cell === null ? undefined : { value: cell[0], style: styles[cell[1]] ?? plainStyle, formula: cell[2] ?? '' };
  site.book = {
    ...newBook(saved.book.id, saved.book.timeZone),
    ...saved.book,
    namedRanges: new Map(saved.book.namedRanges),
    sheets: saved.book.sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((cells) => cells.map(restoreCell)) as Rows,
      widths: new Map(sheet.widths),
      hiddenColumns: new Set(sheet.hiddenColumns),
    })),
  };
  freshId(site.book);
  site.properties = new Map(saved.properties.map(([name, store]) => [name, new Map(store)]));
  site.caches = new Map(saved.caches.map(([name, store]) => [name, new Map(store)]));
  site.triggers = [...saved.triggers];
  site.mails = [...saved.mails];
  site.tokens = new Map(saved.tokens);
  site.fetches = saved.fetches;
  site.uuids = saved.uuids;
  site.clock.advanceTo(saved.now);
}

function internStyle(style: Style): Style {
  return Object.entries(style).reduce((made, [key, value]) => restyled(made, key as StyleKey, value), plainStyle);
}
