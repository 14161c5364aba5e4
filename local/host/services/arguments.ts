import { Refusal } from '../refusal.ts';
import type { Area, SheetState } from '../sheet/book.ts';
import { sheetOf } from '../sheet/book.ts';
import type { Site } from '../types.ts';

/** A service call's argument as text. */
export function textArg(args: readonly unknown[], at: number): string {
  return String(args[at] ?? '');
}

/** A service call's argument as a number. */
export function numberArg(args: readonly unknown[], at: number): number {
  const value = args[at];
  if (typeof value !== 'number') throw new Refusal(`Cannot convert ${String(value)} to a number.`);
  return value;
}

/** A service call's argument as a list. */
export function listArg(args: readonly unknown[], at: number): readonly unknown[] {
  const value = args[at];
  return Array.isArray(value) ? value : [];
}

/** A service call's argument as an object. */
export function objectArg(args: readonly unknown[], at: number): Readonly<Record<string, unknown>> {
  const value = args[at];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A service call's argument as an area. */
export function areaArg(args: readonly unknown[], at: number): Area {
  const [sheet = 0, row = 1, column = 1, rows = 1, columns = 1] = listArg(args, at).map(Number);
  return [sheet, row, column, rows, columns];
}

/** The sheet that a service call's argument names by its id. */
export function sheetArg(site: Site, args: readonly unknown[], at: number): SheetState {
  return sheetOf(site.book, Number(args[at]));
}
