import type { EntryDisplay, ExpenseDisplay } from '../billing/model.ts';
import { isBlocking, readFlags, writeFlags } from '../matching/flags.ts';
import type { ExpenseRow, TimeRow } from '../pull/model.ts';
import { foldName } from '../workbook/cell.ts';

const NO_RATE = 'no rate';
const NEAR = 'near a cap';

/**
 * What a draft changes on the row of an entry that is not billed: its hours, amount and invoice, the flags `no rate` and `near a cap`,
 * and whether it is excluded. An entry without an answer from the engine is on no draft.
 */
export function timeUpdate(row: TimeRow, display: EntryDisplay | null, near: ReadonlySet<string>): Partial<TimeRow> {
  const numbers = {
    invoice: display?.invoice ?? '',
    billedHours: display === null ? null : Number(display.billedHours),
    coveredHours: display === null ? null : Number(display.coveredHours),
    amount: display === null ? null : Number(display.amount),
  };
  const wanted: Partial<TimeRow> = { ...numbers, ...judgement(row, display, near) };
  return changed(row, wanted);
}

/** The same for an expense. */
export function expenseUpdate(row: ExpenseRow, display: ExpenseDisplay | null): Partial<ExpenseRow> {
  const wanted: Partial<ExpenseRow> = {
    invoice: display?.invoice ?? '',
    amount: display === null ? null : Number(display.amount),
    ...(display === null || display.exclude === null || row.status === 'excluded'
      ? {}
      : { status: 'excluded' as const, reason: display.exclude, flags: '', decidedBy: '' }),
  };
  return changed(row, wanted);
}

function judgement(row: TimeRow, display: EntryDisplay | null, near: ReadonlySet<string>): Partial<TimeRow> {
  if (row.status === 'excluded') return {};
  if (display !== null && display.exclude !== null) {
    return { status: 'excluded', reason: display.exclude, flags: '', decidedBy: '' };
  }
  const isNear = display?.invoice != null && near.has(foldName(row.sowLine));
  const before = readFlags(row.flags);
  const others = before.filter((flag) => flag !== NO_RATE && flag !== NEAR);
  const noRate = display?.noRate === true;
  const flags = writeFlags([...others, ...(noRate ? [NO_RATE] : []), ...(isNear ? [NEAR] : [])]);
  const sameFlags = flags === writeFlags(before);
  return { ...(sameFlags ? {} : { flags }), ...statusAfter(row, before, others, noRate) };
}

/** A row is flagged while it has no rate; when that was its only flag it goes back to what it was. */
function statusAfter(
  row: TimeRow,
  before: readonly string[],
  others: readonly string[],
  noRate: boolean,
): Partial<TimeRow> {
  if (noRate) return row.status === 'auto' || row.status === 'approved' ? { status: 'flagged' } : {};
  const wasOnlyNoRate = before.includes(NO_RATE) && !others.some(isBlocking);
  if (row.status !== 'flagged' || !wasOnlyNoRate || row.sowLine === '') return {};
  return { status: isPerson(row.decidedBy) ? 'approved' : 'auto' };
}

/** People decide under their email address. */
function isPerson(decidedBy: string): boolean {
  return decidedBy.includes('@');
}

function changed<Row extends object>(row: Row, wanted: Partial<Row>): Partial<Row> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([property, value]) => Reflect.get(row, property) !== value),
  ) as Partial<Row>;
}
