/** Moments of a site in memory: cheap to keep by the hundred, because what is the same in two of them is there once. */
import type { Unflushed } from './run/faults.ts';
import { abandon } from './services/writes.ts';
import type { Book, Cell, SheetState } from './sheet/book.ts';
import type { CacheEntry, Mail, Running, Site, StateToken, TriggerState } from './types.ts';

type Cells = readonly (Readonly<Cell> | undefined)[];

/** A tab that does not change any more. Two moments share the rows in which they are the same. */
export interface KeptSheet extends Omit<SheetState, 'rows'> {
  readonly rows: readonly Cells[];
}

/** Everything that lasts, at one moment. */
export interface Kept {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly book: Omit<Book, 'sheets'> & { readonly sheets: readonly KeptSheet[] };
  /** Store name to its properties. */
  readonly properties: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly caches: ReadonlyMap<string, ReadonlyMap<string, CacheEntry>>;
  readonly triggers: readonly TriggerState[];
  readonly mails: readonly Mail[];
  readonly tokens: ReadonlyMap<string, StateToken>;
  readonly fetches: Site['fetches'];
  readonly uuids: number;
}

export interface Keeper {
  readonly keep: () => Kept;
  /** What would last if this execution were killed now; nothing is changed by asking. */
  readonly ifKilled: (run: Running, unflushed: Unflushed) => Kept;
  /** Puts a moment in place of the present; the clock moves forward to it, never back. */
  readonly goBack: (kept: Kept) => void;
}

/** Keeps moments of one site. */
export function keeperOf(site: Site): Keeper {
  /** The last copy of each tab, with what it was taken at. */
  const copies = new Map<SheetState, { readonly copy: KeptSheet; readonly version: number; readonly looks: number }>();

  const copyOf = (sheet: SheetState): KeptSheet => {
    const { looks } = site.book;
    const known = copies.get(sheet);
    // Results of formulas change without anybody's writing.
    if (known?.version === sheet.version && known.looks === looks && sheet.formulas === 0) return known.copy;
    const copy = copySheet(sheet, known?.copy);
    copies.set(sheet, { copy, version: sheet.version, looks });
    return copy;
  };
  const keepAt = (now: number): Kept => ({
    now,
    book: { ...site.book, namedRanges: new Map(site.book.namedRanges), sheets: site.book.sheets.map(copyOf) },
    properties: new Map([...site.properties].map(([name, store]) => [name, new Map(store)])),
    caches: new Map([...site.caches].map(([name, store]) => [name, new Map(store)])),
    triggers: site.triggers.map((trigger) => ({ ...trigger })),
    mails: [...site.mails],
    tokens: new Map(site.tokens),
    fetches: { ...site.fetches },
    uuids: site.uuids,
  });

  return {
    keep: () => keepAt(site.clock.now()),
    ifKilled(run, unflushed) {
      const now = Math.max(site.clock.now(), run.nowMs);
      if (run.pending.length === 0 || unflushed === 'lost') return keepAt(now);
      const before = keepAt(now);
      const live = { ...site.book };
      const { sheets } = live;
      abandon({ ...run, pending: run.pending }, unflushed);
      const after = keepAt(now);
      Object.assign(site.book, live, { namedRanges: new Map(before.book.namedRanges), sheets });
      for (const [index, sheet] of sheets.entries()) {
        const copy = before.book.sheets[index];
        if (copy === undefined || copies.get(sheet)?.copy === copy) continue;
        putBack(sheet, copy, copies.get(sheet)?.copy ?? copy);
        copies.set(sheet, { copy, version: sheet.version, looks: site.book.looks });
      }
      return after;
    },
    goBack(kept) {
      copies.clear();
      const sheets = kept.book.sheets.map((copy) => {
        const sheet: SheetState = { ...factsOf(copy), rows: copy.rows.map(liveRow) };
        copies.set(sheet, { copy, version: sheet.version, looks: kept.book.looks });
        return sheet;
      });
      site.book = { ...kept.book, namedRanges: new Map(kept.book.namedRanges), sheets };
      site.properties = new Map([...kept.properties].map(([name, store]) => [name, new Map(store)]));
      site.caches = new Map([...kept.caches].map(([name, store]) => [name, new Map(store)]));
      site.triggers = kept.triggers.map((trigger) => ({ ...trigger }));
      site.mails = [...kept.mails];
      site.tokens = new Map(kept.tokens);
      site.fetches = { ...kept.fetches };
      site.uuids = kept.uuids;
      site.clock.advanceTo(kept.now);
    },
  };
}

function copySheet(sheet: SheetState, before: KeptSheet | undefined): KeptSheet {
  const rows = sheet.rows.map((cells, index): Cells => {
    const known = before?.rows[index];
    return known !== undefined && isSame(cells, known) ? known : liveRow(cells);
  });
  return { ...factsOf(sheet), rows };
}

/** Puts a tab back to `copy` in place; `now` is a copy of what it holds. */
function putBack(sheet: SheetState, copy: KeptSheet, now: KeptSheet): void {
  const { rows } = sheet;
  rows.length = copy.rows.length;
  copy.rows.forEach((cells, index) => {
    if (now.rows[index] !== cells) rows[index] = liveRow(cells);
  });
  Object.assign(sheet, factsOf(copy), { rows });
}

/** All of a tab but its rows, each part its own. */
function factsOf(sheet: Omit<SheetState, 'rows'>): Omit<SheetState, 'rows'> {
  const { rows: _, ...facts } = sheet as SheetState;
  return {
    ...facts,
    widths: new Map(sheet.widths),
    hiddenColumns: new Set(sheet.hiddenColumns),
    protections: sheet.protections.map((each) => ({ ...each })),
    charts: sheet.charts.map((each) => ({ ...each })),
    conditional: [...sheet.conditional],
  };
}

function liveRow(cells: Cells): (Cell | undefined)[] {
  return cells.map((cell) => (cell === undefined ? undefined : { ...cell }));
}

function isSame(a: Cells, b: Cells): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    const one = a[index];
    const other = b[index];
    if (one === undefined || other === undefined) {
      if (one !== other) return false;
    } else if (one.value !== other.value || one.formula !== other.formula || one.style !== other.style) return false;
  }
  return true;
}
