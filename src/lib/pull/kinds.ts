import type { ExpenseRow, RowKind, TimeRow } from './model.ts';
import {
  type ExpenseSource,
  readExpenseSource,
  readTimeSource,
  shortNote,
  sourceText,
  type TimeSource,
} from './source.ts';

/** How the tab Time entries mirrors the source. */
export const timeKind: RowKind<TimeRow, TimeSource> = {
  table: 'time',
  patch: (cells) => cells,
  cells: (source) => ({
    period: source.date.slice(0, 7),
    date: source.date,
    person: source.person,
    role: source.roles.join(', '),
    client: source.client,
    project: source.project,
    task: source.task,
    notes: source.notes,
    hours: source.hours,
    rateInSource: source.rate,
    billable: source.billable,
  }),
  blank: (key, source, now) => ({
    key,
    period: source.date.slice(0, 7),
    date: source.date,
    person: source.person,
    role: source.roles.join(', '),
    client: source.client,
    project: source.project,
    task: source.task,
    notes: source.notes,
    hours: source.hours,
    rateInSource: source.rate,
    billable: source.billable,
    sowLine: '',
    confidence: null,
    reason: '',
    flags: '',
    status: 'new',
    decidedBy: '',
    billedHours: null,
    coveredHours: null,
    amount: null,
    invoice: '',
    seen: now,
  }),
  amountOf: (row) => row.hours ?? 0,
  amountIn: (source) => source.hours,
  withAmount: (source, hours) => (hours === source.hours ? source : { ...source, hours, roundedHours: null }),
  withGone: (source) => ({ ...source, gone: true }),
  toText: sourceText,
  read: readTimeSource,
  fromRow: (row) => ({
    date: row.date,
    person: row.person,
    roles: row.role
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== ''),
    client: row.client,
    project: row.project,
    projectCode: '',
    task: row.task,
    notes: row.notes,
    hours: row.hours ?? 0,
    roundedHours: null,
    rate: row.rateInSource,
    billable: row.billable,
    updatedAt: '',
    gone: false,
  }),
  sameSubject: (a, b) =>
    a.date === b.date &&
    a.person === b.person &&
    a.client === b.client &&
    a.project === b.project &&
    a.task === b.task &&
    shortNote(a.notes) === shortNote(b.notes),
  sameForBilling: (a, b, facts) =>
    a.gone === b.gone &&
    a.hours === b.hours &&
    (!facts.roundedHoursCount || a.roundedHours === null || a.roundedHours === b.roundedHours) &&
    a.date === b.date &&
    a.person === b.person &&
    a.project === b.project &&
    a.task === b.task &&
    a.rate === b.rate,
};

/** How the tab Expenses mirrors the source. */
export const expenseKind: RowKind<ExpenseRow, ExpenseSource> = {
  table: 'expense',
  patch: (cells) => cells,
  cells: (source) => ({
    period: source.date.slice(0, 7),
    date: source.date,
    person: source.person,
    client: source.client,
    project: source.project,
    category: source.category,
    notes: source.notes,
    cost: source.cost,
    billable: source.billable,
  }),
  blank: (key, source, now) => ({
    key,
    period: source.date.slice(0, 7),
    date: source.date,
    person: source.person,
    client: source.client,
    project: source.project,
    category: source.category,
    notes: source.notes,
    cost: source.cost,
    billable: source.billable,
    sowLine: '',
    confidence: null,
    reason: '',
    flags: '',
    status: 'new',
    decidedBy: '',
    amount: null,
    invoice: '',
    seen: now,
  }),
  amountOf: (row) => row.cost ?? 0,
  amountIn: (source) => source.cost,
  withAmount: (source, cost) => (cost === source.cost ? source : { ...source, cost }),
  withGone: (source) => ({ ...source, gone: true }),
  toText: sourceText,
  read: readExpenseSource,
  fromRow: (row) => ({
    date: row.date,
    person: row.person,
    client: row.client,
    project: row.project,
    projectCode: '',
    category: row.category,
    notes: row.notes,
    cost: row.cost ?? 0,
    billable: row.billable,
    updatedAt: '',
    gone: false,
  }),
  sameSubject: (a, b) =>
    a.date === b.date &&
    a.person === b.person &&
    a.client === b.client &&
    a.project === b.project &&
    a.category === b.category &&
    shortNote(a.notes) === shortNote(b.notes),
  sameForBilling: (a, b) =>
    a.gone === b.gone &&
    a.cost === b.cost &&
    a.date === b.date &&
    a.person === b.person &&
    a.project === b.project &&
    a.category === b.category,
};
