import type { Column } from './column.ts';

/** One tab of the workbook, declared once: its headers, kinds, checks, drop-downs, notes and documentation come from here. */
export interface TableDef {
  readonly tab: string;
  /** Hidden tabs hold what people need not see. */
  readonly hidden: boolean;
  /** What the tab is for, one sentence. */
  readonly about: string;
  /** Properties that together name a row; empty for a tab that is only appended to. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column<unknown>>>;
}

/** The row type of a table: property to value. */
export type RowOf<D extends TableDef> = {
  readonly [K in keyof D['columns']]: D['columns'][K] extends Column<infer T> ? T : never;
};

/** Declares a tab. The key may name only declared properties. */
export function defineTable<const C extends Readonly<Record<string, Column<unknown>>>>(definition: {
  readonly tab: string;
  readonly hidden?: boolean;
  readonly about: string;
  readonly key: readonly (keyof C & string)[];
  readonly columns: C;
}): {
  readonly tab: string;
  readonly hidden: boolean;
  readonly about: string;
  readonly key: readonly string[];
  readonly columns: C;
} {
  return { hidden: false, ...definition };
}

/** The text that names a row: its key columns joined with ` | `. */
export function keyOf<D extends TableDef>(table: D, row: RowOf<D>): string {
  const values: Readonly<Record<string, unknown>> = row;
  return table.key.map((property) => keyPart(values[property])).join(' | ');
}

function keyPart(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).trim();
}
