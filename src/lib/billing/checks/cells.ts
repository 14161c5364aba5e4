import { isDay } from '../../calendar.ts';
import { exact } from '../../money.ts';
import type { Decimal, TermsProblem } from '../model.ts';
import { isEmpty, nameKey } from '../names.ts';
import { isDecimal } from '../rate.ts';

export type Tab = TermsProblem['tab'];

export function problem(tab: Tab, key: string, column: string, found: unknown, allowed: string): TermsProblem {
  return { tab, key: key.trim(), column, found: isEmpty(found) ? 'nothing' : String(found), allowed };
}

/** A cell that may be empty and otherwise holds a number from 0 on. */
export function checkNumber(tab: Tab, key: string, column: string, cell: Decimal | null): TermsProblem[] {
  if (cell === null || isEmpty(cell)) return [];
  return isDecimal(cell) && exact(cell).gte(0) ? [] : [problem(tab, key, column, cell, 'a number, 0 or more')];
}

/** A cell that must hold a number from 0 on. */
export function needNumber(tab: Tab, key: string, column: string, cell: Decimal | null): TermsProblem[] {
  return isEmpty(cell) ? [problem(tab, key, column, cell, 'a number, 0 or more')] : checkNumber(tab, key, column, cell);
}

/** 10 means ten per cent: a value over 0 and under 1 is most likely a fraction, and refused. */
export function checkPercent(
  tab: Tab,
  key: string,
  column: string,
  cell: Decimal | null,
  most: number | null,
): TermsProblem[] {
  if (cell === null || isEmpty(cell)) return [];
  const range = most === null ? '0, or 1 or more' : `0, or from 1 to ${most}`;
  const allowed = `${range}; 10 means ten per cent`;
  if (!isDecimal(cell)) return [problem(tab, key, column, cell, allowed)];
  const value = exact(cell);
  const wrong = value.lt(0) || (value.gt(0) && value.lt(1)) || (most !== null && value.gt(most));
  return wrong ? [problem(tab, key, column, cell, allowed)] : [];
}

export function checkDays(tab: Tab, key: string, starts: string | null, ends: string | null): TermsProblem[] {
  const wrong = [
    ...(isEmpty(starts) || isDay(starts ?? '') ? [] : [problem(tab, key, 'Starts', starts, 'a date, or empty')]),
    ...(isEmpty(ends) || isDay(ends ?? '') ? [] : [problem(tab, key, 'Ends', ends, 'a date, or empty')]),
  ];
  if (wrong.length > 0 || isEmpty(starts) || isEmpty(ends) || (ends ?? '') >= (starts ?? '')) return wrong;
  return [problem(tab, key, 'Ends', ends, `a date not before Starts (${starts})`)];
}

/** Names that stand twice (compared without case), each reported once. */
export function checkUnique(tab: Tab, column: string, names: readonly string[]): TermsProblem[] {
  return checkUniqueKeys(tab, column, names, names.map(nameKey));
}

/** Keys that stand twice, each reported once. */
export function checkUniqueKeys(
  tab: Tab,
  column: string,
  shown: readonly string[],
  keys: readonly string[] = shown,
): TermsProblem[] {
  if (new Set(keys).size === keys.length) return [];
  const seen = new Set<string>();
  const twice = new Map<string, string>();
  keys.forEach((key, index) => {
    if (seen.has(key)) twice.set(key, shown[index] ?? key);
    seen.add(key);
  });
  return [...twice.values()].map((key) => problem(tab, key, column, key, 'each key once'));
}
