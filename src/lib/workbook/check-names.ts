import { foldName } from './cell.ts';
import type { TableContent } from './decode.ts';
import type { RowOf, TableDef } from './define.ts';
import type { CellProblem } from './problem.ts';

/** The place of a problem, with nothing said about it yet. */
export type Place = CellProblem;

/** A row with its place; values that could not be read are left out. */
export interface NamedRow<R> {
  readonly values: Partial<R>;
  at(column: string, found?: string, allowed?: string): CellProblem;
}

/** All rows of a tab, also those that have a problem of their own. */
export function rowsOf<D extends TableDef>(tab: string, content: TableContent<D> | undefined): NamedRow<RowOf<D>>[] {
  if (content === undefined) return [];
  const complete = content.rows.map((row, index) => namedRow<RowOf<D>>(tab, content.rowNumbers[index] ?? null, row));
  const incomplete = content.incomplete.map((row) => namedRow<RowOf<D>>(tab, row.rowNumber, row.values));
  return [...complete, ...incomplete];
}

/**
 * The names in a column, folded, also of rows that have a problem. `null` where the tab was not read or its column is missing:
 * then nothing can be said about names.
 */
export function namesIn<D extends TableDef>(
  content: TableContent<D> | undefined,
  property: keyof RowOf<D>,
): ReadonlySet<string> | null {
  if (content === undefined) return null;
  if (content.problems.some((problem) => problem.row === null || problem.row === 1)) return null;
  const names = new Set<string>();
  for (const row of [...content.rows, ...content.incomplete.map(({ values }) => values)]) {
    const value: unknown = row[property];
    if (typeof value === 'string') names.add(foldName(value));
  }
  return names;
}

function namedRow<R>(tab: string, row: number | null, values: Partial<R>): NamedRow<R> {
  return { values, at: (column, found = '', allowed = '') => ({ tab, row, column, found, allowed }) };
}
