import type { Expense, RoundHours, SowTerms, Terms, TimeEntry } from '../../src/lib/billing/model.ts';
import { type Num, num, numOrNull, ONE, round } from './decimal.ts';
import { name } from './naive-model.ts';

/** A time entry as it counts for billing now. */
export interface Work {
  readonly key: string;
  readonly date: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly task: string;
  readonly tracked: Num;
  readonly byHarvest: Num | null;
  readonly sourceRate: Num | null;
  readonly line: string;
  readonly isNew: boolean;
}

/** An expense as it counts for billing now. */
export interface Cost {
  readonly key: string;
  readonly date: string;
  readonly cost: Num;
  readonly line: string;
  readonly isNew: boolean;
}

/** A billed row whose source changed counts as it was billed until a person bills the difference; a vanished one then is gone. */
export function workNow(entry: TimeEntry): Work | null {
  if (!counts(entry)) return null;
  const facts = stays(entry) && entry.asBilled !== undefined ? entry.asBilled : entry;
  return {
    key: entry.key,
    date: facts.date,
    person: facts.person,
    roles: facts.roles,
    task: facts.task,
    tracked: num(facts.hours),
    byHarvest: numOrNull(facts.roundedHours),
    sourceRate: numOrNull(facts.rate),
    line: name(entry.line ?? ''),
    isNew: entry.status !== 'invoiced',
  };
}

export function costNow(expense: Expense): Cost | null {
  if (!counts(expense)) return null;
  const facts = stays(expense) && expense.asBilled !== undefined ? expense.asBilled : expense;
  return {
    key: expense.key,
    date: facts.date,
    cost: num(facts.cost),
    line: name(expense.line ?? ''),
    isNew: expense.status !== 'invoiced',
  };
}

/** Date, then the source's id as a number, then the part of a split entry. */
export function inOrder<T extends { key: string; date: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => {
    if (a.date !== b.date) return a.date < b.date ? -1 : 1;
    const [idA, partA] = idOf(a.key);
    const [idB, partB] = idOf(b.key);
    return idA - idB || partA - partB;
  });
}

/** The hours of an entry as the SOW, else the setting, rounds them. */
export function roundedHours(work: Work, sow: SowTerms, terms: Terms): Num {
  const how = sow.roundHours === '' ? terms.settings.roundHours : sow.roundHours;
  if (how === 'as tracked') return round(work.tracked, 4);
  if (how === 'as rounded by Harvest') return round(work.byHarvest ?? work.tracked, 4);
  const step = STEPS[how];
  const below = (work.tracked / step) * step;
  const rest = work.tracked - below;
  if (rest === 0n) return work.tracked;
  if (how.startsWith('up')) return below + step;
  return rest * 2n >= step ? below + step : below;
}

const STEPS: Record<Exclude<RoundHours, 'as tracked' | 'as rounded by Harvest'>, Num> = {
  'up to 6 min': ONE / 10n,
  'up to 15 min': ONE / 4n,
  'nearest 6 min': ONE / 10n,
  'nearest 15 min': ONE / 4n,
};

type Row = Pick<TimeEntry, 'status' | 'changed' | 'vanished'>;

function counts(row: Row): boolean {
  if (row.status === 'invoiced') return !(row.vanished === true && row.changed === 'bill difference');
  return (row.status === 'auto' || row.status === 'approved') && row.vanished !== true;
}

function stays(row: Row): boolean {
  return row.status === 'invoiced' && (row.changed === 'waiting' || row.changed === 'ignored');
}

function idOf(key: string): [number, number] {
  const found = /:(\d+)(?:#(\d+))?$/.exec(key);
  if (found === null) throw new Error(`a key without a number: ${key}`);
  return [Number(found[1]), Number(found[2] ?? 0)];
}
