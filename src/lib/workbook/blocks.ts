/** A rectangle of cells to write in one go; row and column are indexes from 0. */
export interface Block<V> {
  readonly row: number;
  readonly column: number;
  readonly values: readonly (readonly V[])[];
}

/** What the planner must know of the tab: what stands in a cell now, and whether a formula stands there. */
export interface Ground<V> {
  current(row: number, column: number): V;
  hasFormula(row: number, column: number): boolean;
}

/** Rows that lie at most this far apart are written as one block, the rows between with what stands there. */
const BRIDGE = 400;

/**
 * Packs changed cells into few rectangles. Adjacent changed columns go together; unchanged cells inside a rectangle are
 * written back as they stand, but never one that holds a formula: there the rectangle is split.
 *
 * @param changes row index to column index to new value
 */
export function planBlocks<V>(changes: ReadonlyMap<number, ReadonlyMap<number, V>>, ground: Ground<V>): Block<V>[] {
  const columns = new Set<number>();
  for (const row of changes.values()) for (const column of row.keys()) columns.add(column);
  return runs([...columns]).flatMap(([first, last]) => planStripe(changes, first, last, ground));
}

/** Groups whole numbers into runs of neighbours, `[first, last]`, in rising order. */
export function runs(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const value of [...numbers].sort((a, b) => a - b)) {
    const last = found[found.length - 1];
    if (last !== undefined && value <= last[1] + 1) last[1] = value;
    else found.push([value, value]);
  }
  return found;
}

function planStripe<V>(
  changes: ReadonlyMap<number, ReadonlyMap<number, V>>,
  first: number,
  last: number,
  ground: Ground<V>,
): Block<V>[] {
  const touched = [...changes.keys()].filter((row) => touches(changes.get(row), first, last)).sort((a, b) => a - b);
  const blocks: Block<V>[] = [];
  let open: { row: number; values: V[][] } | null = null;
  const close = () => {
    if (open !== null) blocks.push({ row: open.row, column: first, values: open.values });
    open = null;
  };
  for (const row of touched) {
    const change = changes.get(row);
    const cells = filledRow(row, first, last, change, ground);
    if (cells === null) {
      close();
      blocks.push(...singleRow(row, first, last, change));
      continue;
    }
    const between: V[][] | null =
      open === null ? null : bridge(open.row + open.values.length, row, first, last, ground);
    if (open !== null && between !== null) open.values.push(...between, cells);
    else {
      close();
      open = { row, values: [cells] };
    }
  }
  close();
  return blocks;
}

function touches<V>(change: ReadonlyMap<number, V> | undefined, first: number, last: number): boolean {
  for (const column of change?.keys() ?? []) if (column >= first && column <= last) return true;
  return false;
}

/** The cells of a row with its changes in them; `null` where an unchanged cell holds a formula. */
function filledRow<V>(
  row: number,
  first: number,
  last: number,
  change: ReadonlyMap<number, V> | undefined,
  ground: Ground<V>,
): V[] | null {
  const cells: V[] = [];
  for (let column = first; column <= last; column++) {
    const changed = change?.get(column);
    if (changed !== undefined) cells.push(changed);
    else if (ground.hasFormula(row, column)) return null;
    else cells.push(ground.current(row, column));
  }
  return cells;
}

/** The unchanged rows from `from` up to `to` (not counted); `null` where they are too many or hold a formula. */
function bridge<V>(from: number, to: number, first: number, last: number, ground: Ground<V>): V[][] | null {
  if (to - from > BRIDGE) return null;
  const between: V[][] = [];
  for (let row = from; row < to; row++) {
    const cells = filledRow(row, first, last, undefined, ground);
    if (cells === null) return null;
    between.push(cells);
  }
  return between;
}

function singleRow<V>(
  row: number,
  first: number,
  last: number,
  change: ReadonlyMap<number, V> | undefined,
): Block<V>[] {
  const columns = [...(change?.keys() ?? [])].filter((column) => column >= first && column <= last);
  return runs(columns).map(([from, to]) => {
    const cells: V[] = [];
    for (let column = from; column <= to; column++) {
      const value = change?.get(column);
      if (value !== undefined) cells.push(value);
    }
    return { row, column: from, values: [cells] };
  });
}
