import type {
  BalanceRow,
  ClientBooks,
  ExistingInvoice,
  Expense,
  FrozenInvoice,
  InvoiceStatus,
  Terms,
  TimeEntry,
} from '../billing/model.ts';
import { isBlocking, readFlags } from '../matching/flags.ts';
import { answerFor } from '../pull/answered.ts';
import { sourceFingerprint } from '../pull/fingerprint.ts';
import { recordKey } from '../pull/keys.ts';
import { expenseKind, timeKind } from '../pull/kinds.ts';
import type { ExpenseRow, PullFacts, RecordRow, TimeRow } from '../pull/model.ts';
import {
  type ExpenseSource,
  readBilledLine,
  readExpenseSource,
  readTimeSource,
  shortNote,
  type TimeSource,
} from '../pull/source.ts';
import { foldName, sameName } from '../workbook/cell.ts';
import type { ApprovedInvoice, BilledExpense, BilledTime } from './approved.ts';
import type { ClientTables, InvoiceRow } from './tables.ts';

/** An invoice that stands, with the record of its draft where one was made in this very pass. */
export interface StandingInvoice {
  readonly name: string;
  readonly period: string;
  readonly sow: string;
  readonly status: InvoiceStatus;
  readonly frozen: FrozenInvoice | null;
}

/**
 * All that the engine needs to draft one period of one client. An invoice that is approved and on its way counts as pushed: its
 * entries are on it, as they were then, and its balances hold.
 */
export function clientBooks(tables: ClientTables, period: string, standing: readonly StandingInvoice[]): ClientBooks {
  const onTheWay = entriesOnTheWay(tables);
  const rounded = roundedHoursCount(tables);
  return {
    client: tables.client,
    period,
    firstPeriod: tables.settings.firstPeriod,
    today: termsOf(tables),
    entries: tables.timeEntries
      .map((row) => timeEntry(row, tables, onTheWay.get(row.key) ?? null, rounded))
      .filter(isUpTo(period)),
    expenses: tables.expenses
      .map((row) => expenseEntry(row, tables, onTheWay.get(`expense ${row.key}`) ?? null))
      .filter(isUpTo(period)),
    balances: balancesNow(tables),
    invoices: standing.map(existing),
    decisions: tables.decisions.map(({ invoice, decision }) => ({ invoice, decision })),
  };
}

/** What is dated up to the end of the period, or was when it was billed: a date that moves on takes nothing off by itself. */
function isUpTo(period: string) {
  return (row: TimeEntry | Expense) => {
    const days = row.asBilled === undefined ? [row.date] : [row.date, row.asBilled.date];
    return days.some((day) => day.slice(0, 7) <= period);
  };
}

/** The client's invoices as they stand in the tab, before anything is drafted anew. */
export function standingInvoices(tables: ClientTables): readonly StandingInvoice[] {
  return tables.invoices.map((row) => ({
    name: row.invoice,
    period: row.period,
    sow: row.sow,
    status: row.status,
    frozen: tables.approved.get(foldName(row.invoice))?.draft.frozen ?? null,
  }));
}

/** Statuses of invoices that are approved and not in QuickBooks yet. */
export function isOnTheWay(status: InvoiceRow['status']): boolean {
  return status === 'approved' || status === 'pushing' || status === 'failed';
}

/** A change of the hours as Harvest rounds them matters to this client. */
export function roundedHoursCount(tables: Pick<ClientTables, 'settings' | 'sows'>): boolean {
  const rule = 'as rounded by Harvest';
  return tables.settings.roundHours === rule || tables.sows.some((sow) => sow.roundHours === rule);
}

function termsOf(tables: ClientTables): Terms {
  const row = tables.clients[0];
  return {
    settings: { roundHours: tables.settings.roundHours, invoiceDate: tables.settings.invoiceDate },
    client: row ?? {
      client: tables.client,
      quickBooksCustomer: '',
      currency: '',
      terms: '',
      billEmail: '',
      invoicePer: '',
      groupLinesBy: '',
      taxCode: '',
      timeDetail: '',
    },
    sows: tables.sows,
    sowLines: tables.sowLines,
    rates: tables.rates,
  };
}

function existing(invoice: StandingInvoice): ExistingInvoice {
  return {
    name: invoice.name,
    period: invoice.period,
    sow: invoice.sow === '' ? null : invoice.sow,
    status: isOnTheWay(invoice.status) ? 'pushed' : invoice.status,
    ...(invoice.frozen === null ? {} : { frozen: invoice.frozen }),
  };
}

interface OnTheWay {
  readonly invoice: string;
  readonly record: ApprovedInvoice;
}

/** Keys of rows (expenses with `expense ` before them) that are on an invoice which is approved and not pushed yet. */
function entriesOnTheWay(tables: ClientTables): ReadonlyMap<string, OnTheWay> {
  const found = new Map<string, OnTheWay>();
  for (const row of tables.invoices) {
    const record = isOnTheWay(row.status) ? tables.approved.get(foldName(row.invoice)) : undefined;
    if (record === undefined) continue;
    const here = { invoice: row.invoice, record };
    for (const entry of record.draft.entryResults) if (entry.becomesInvoiced) found.set(entry.key, here);
    for (const expense of record.draft.expenseResults) {
      if (expense.becomesInvoiced) found.set(`expense ${expense.key}`, here);
    }
  }
  return found;
}

/** What was typed beside a billed row counts when it is a line of this client; anything else leaves it where it was billed. */
function lineOfBilled(typed: string | null, billed: string | null, tables: ClientTables): string | null {
  const isOurs = typed === null || tables.sowLines.some((line) => sameName(line.line, typed));
  return isOurs || billed === null ? typed : billed;
}

function timeEntry(row: TimeRow, tables: ClientTables, way: OnTheWay | null, rounded: boolean): TimeEntry {
  const record = tables.recordOf.get(recordKey('time', row.key)) ?? null;
  const kept = readTimeSource(record?.source ?? '');
  const now = timeNow(row, kept);
  const entry: TimeEntry = {
    key: row.key,
    date: row.date,
    person: row.person,
    roles: now.roles,
    project: row.project,
    task: row.task,
    notes: row.notes,
    hours: row.hours ?? 0,
    roundedHours: now.roundedHours,
    rate: row.rateInSource,
    line: row.sowLine === '' ? null : row.sowLine,
    status: row.status,
    invoice: row.invoice === '' ? null : row.invoice,
  };
  if (way === null && row.status !== 'invoiced') {
    return { ...entry, status: statusForBilling(row), invoice: null, ...(now.gone ? { vanished: true } : {}) };
  }
  const billed = way === null ? billedTime(record) : (way.record.entries[row.key] ?? null);
  const billedEntry = {
    ...entry,
    line: lineOfBilled(entry.line, billed?.line ?? null, tables),
    status: 'invoiced' as const,
    invoice: way === null ? entry.invoice : way.invoice,
  };
  if (billed === null) return billedEntry;
  const said = kept ?? now;
  const changed = changedAnswer(timeKind.sameForBilling(billed, said, billingFacts(rounded)), record, said);
  const { date, person, roles, project, task, hours, roundedHours, rate, line } = billed;
  return {
    ...billedEntry,
    // A role given or taken later changes no month by itself.
    roles: changed === 'bill difference' ? entry.roles : roles,
    ...(changed === null && sameLine(line, billedEntry.line)
      ? {}
      : { asBilled: { date, person, roles, project, task, hours, roundedHours, rate, line } }),
    ...(changed === null ? {} : { changed }),
    ...(now.gone ? { vanished: true } : {}),
  };
}

function expenseEntry(row: ExpenseRow, tables: ClientTables, way: OnTheWay | null): Expense {
  const record = tables.recordOf.get(recordKey('expense', row.key)) ?? null;
  const kept = readExpenseSource(record?.source ?? '');
  const now: ExpenseSource = { ...expenseKind.fromRow(row), gone: kept?.gone ?? false };
  const entry: Expense = {
    key: row.key,
    date: row.date,
    person: row.person,
    project: row.project,
    category: row.category,
    notes: row.notes,
    cost: row.cost ?? 0,
    line: row.sowLine === '' ? null : row.sowLine,
    status: row.status,
    invoice: row.invoice === '' ? null : row.invoice,
  };
  if (way === null && row.status !== 'invoiced') {
    return { ...entry, invoice: null, ...(now.gone ? { vanished: true } : {}) };
  }
  const billed = way === null ? billedExpense(record) : (way.record.expenses[row.key] ?? null);
  const billedEntry = { ...entry, status: 'invoiced' as const, invoice: way === null ? entry.invoice : way.invoice };
  if (billed === null) return billedEntry;
  const said = kept ?? now;
  const changed = changedAnswer(expenseKind.sameForBilling(billed, said, billingFacts(false)), record, said);
  const { date, person, project, category, cost, line } = billed;
  return {
    ...billedEntry,
    ...(changed === null && sameLine(line, entry.line)
      ? {}
      : { asBilled: { date, person, project, category, cost, line } }),
    ...(changed === null ? {} : { changed }),
    ...(now.gone ? { vanished: true } : {}),
  };
}

/** What the row says now; what no cell shows (rounded hours, roles one by one, gone) from its record. */
export function timeNow(row: TimeRow, kept: TimeSource | null): TimeSource {
  const shown = timeKind.fromRow(row);
  if (kept === null) return shown;
  const roles = kept.roles.join(', ') === row.role ? kept.roles : shown.roles;
  return {
    ...shown,
    roles,
    projectCode: kept.projectCode,
    roundedHours: kept.hours === shown.hours ? kept.roundedHours : null,
    gone: kept.gone,
  };
}

/** A row that drafting itself flagged for want of a rate is tried again as it was before. */
function statusForBilling(row: TimeRow): TimeEntry['status'] {
  if (row.status !== 'flagged' || row.sowLine === '') return row.status;
  const blocking = readFlags(row.flags).filter(isBlocking);
  return blocking.length === 1 && blocking[0] === 'no rate' ? 'auto' : row.status;
}

function sameLine(a: string | null, b: string | null): boolean {
  return sameName(a ?? '', b ?? '');
}

function changedAnswer(
  same: boolean,
  record: RecordRow | null,
  now: TimeSource | ExpenseSource,
): 'waiting' | 'ignored' | 'bill difference' | null {
  if (same) return null;
  const answer = answerFor(record?.answered ?? '', sourceFingerprint(now));
  if (answer === null) return 'waiting';
  return answer === 'ignore' ? 'ignored' : answer;
}

/**
 * What is kept as billed of a time entry when its invoice is pushed. An entry that is billed by it: as it is now. An earlier one that is
 * only priced again: as it is now where the difference is billed, else as it was billed, on the line where it stands now.
 */
export function billedTimeAfter(
  row: TimeRow,
  record: RecordRow | null,
  becomesInvoiced: boolean,
  rounded: boolean,
): BilledTime {
  const kept = readTimeSource(record?.source ?? '');
  const now = timeNow(row, kept);
  const line = row.sowLine === '' ? null : row.sowLine;
  const before = becomesInvoiced ? null : billedTime(record);
  if (before === null) return { ...now, notes: shortNote(now.notes), line };
  const said = kept ?? now;
  const changed = changedAnswer(timeKind.sameForBilling(before, said, billingFacts(rounded)), record, said);
  const state = changed === 'waiting' || changed === 'ignored' ? before : now;
  return { ...state, notes: shortNote(state.notes), line };
}

/** The same of an expense. */
export function billedExpenseAfter(row: ExpenseRow, record: RecordRow | null, becomesInvoiced: boolean): BilledExpense {
  const kept = readExpenseSource(record?.source ?? '');
  const shown = expenseKind.fromRow(row);
  const now = kept === null ? shown : { ...shown, projectCode: kept.projectCode, gone: kept.gone };
  const line = row.sowLine === '' ? null : row.sowLine;
  const before = becomesInvoiced ? null : billedExpense(record);
  if (before === null) return { ...now, notes: shortNote(now.notes), line };
  const said = kept ?? now;
  const changed = changedAnswer(expenseKind.sameForBilling(before, said, billingFacts(false)), record, said);
  const state = changed === 'waiting' || changed === 'ignored' ? before : now;
  return { ...state, notes: shortNote(state.notes), line };
}

function billedTime(record: RecordRow | null): BilledTime | null {
  const source = readTimeSource(record?.billedAs ?? '');
  return source === null ? null : { ...source, line: readBilledLine(record?.billedAs ?? '') };
}

function billedExpense(record: RecordRow | null): BilledExpense | null {
  const source = readExpenseSource(record?.billedAs ?? '');
  return source === null ? null : { ...source, line: readBilledLine(record?.billedAs ?? '') };
}

/** Balances as pushed, and over them those of invoices that are on their way, in the order of the tab. */
function balancesNow(tables: ClientTables): readonly BalanceRow[] {
  const rows = new Map<string, BalanceRow>(tables.balances.map((row) => [balanceKey(row), row]));
  for (const invoice of tables.invoices) {
    if (!isOnTheWay(invoice.status)) continue;
    for (const row of tables.approved.get(foldName(invoice.invoice))?.draft.balances ?? [])
      rows.set(balanceKey(row), row);
  }
  return [...rows.values()];
}

/** Names a row of Balances. */
export function balanceKey(row: { readonly line: string; readonly period: string }): string {
  return `${foldName(row.line)} | ${row.period}`;
}

function billingFacts(roundedHours: boolean): PullFacts {
  return {
    from: '',
    to: '',
    now: 0,
    prefix: '',
    sourceName: '',
    longEntryHours: 0,
    roundedHoursCount: roundedHours,
  };
}
