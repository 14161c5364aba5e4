import type { ExpenseSource, SourceRecord, TimeSource } from './model.ts';

/** What we use of Harvest's records, as its client decodes them. */
export interface HarvestTime {
  readonly id: number;
  readonly day: string;
  readonly user: Ref;
  readonly client: Ref;
  readonly project: Ref;
  readonly task: Ref;
  readonly notes: string;
  readonly hours: number;
  readonly roundedHours: number;
  readonly billable: boolean;
  readonly rate: number | null;
  readonly running: boolean;
  readonly updatedAt: string;
}

export interface HarvestCost {
  readonly id: number;
  readonly day: string;
  readonly user: Ref;
  readonly client: Ref;
  readonly project: Ref;
  readonly projectCode: string;
  readonly category: Ref;
  readonly notes: string;
  readonly cost: number;
  readonly billable: boolean;
  readonly updatedAt: string;
}

interface Ref {
  readonly id: number;
  readonly name: string;
}

/** Roles by user id and codes by project id: what a time entry itself does not carry. */
export interface HarvestNames {
  readonly rolesOf: ReadonlyMap<number, readonly string[]>;
  readonly codeOf: ReadonlyMap<number, string>;
}

/** A Harvest time entry as the tabs mirror it; its key is `harvest:<id>`. */
export function timeFromHarvest(entry: HarvestTime, names: HarvestNames): SourceRecord<TimeSource> {
  return {
    key: `harvest:${entry.id}`,
    running: entry.running,
    source: {
      date: entry.day,
      person: entry.user.name.trim(),
      roles: (names.rolesOf.get(entry.user.id) ?? []).map((role) => role.trim()),
      client: entry.client.name.trim(),
      project: entry.project.name.trim(),
      projectCode: (names.codeOf.get(entry.project.id) ?? '').trim(),
      task: entry.task.name.trim(),
      notes: tidyNote(entry.notes),
      hours: entry.hours,
      roundedHours: entry.roundedHours,
      rate: entry.rate,
      billable: entry.billable,
      updatedAt: entry.updatedAt,
      gone: false,
    },
  };
}

/** A Harvest expense as the tabs mirror it; its key is `harvest:<id>`. */
export function expenseFromHarvest(expense: HarvestCost, names: HarvestNames): SourceRecord<ExpenseSource> {
  return {
    key: `harvest:${expense.id}`,
    running: false,
    source: {
      date: expense.day,
      person: expense.user.name.trim(),
      client: expense.client.name.trim(),
      project: expense.project.name.trim(),
      projectCode: (expense.projectCode || (names.codeOf.get(expense.project.id) ?? '')).trim(),
      category: expense.category.name.trim(),
      notes: tidyNote(expense.notes),
      cost: expense.cost,
      billable: expense.billable,
      updatedAt: expense.updatedAt,
      gone: false,
    },
  };
}

/** One kind of line end, nothing but blanks is nothing, and never more than a cell holds. */
function tidyNote(notes: string): string {
  const text = notes.replace(/\r\n?/g, '\n');
  if (text.trim() === '') return '';
  return text.length <= LONGEST_NOTE
    ? text
    : `${text.slice(0, LONGEST_NOTE)}… (cut: the note has ${text.length} characters)`;
}

/** A cell holds 50,000 characters (limit of Google Sheets). */
const LONGEST_NOTE = 45_000;
