import type { ActivityNote } from '../lib/jobs/model.ts';
import { type ChooseLine, chooseLine } from '../lib/matching/choose-line.ts';
import type { RowStatus } from '../lib/matching/decide.ts';
import { type HandChange, type HandEdit, handEdit } from '../lib/matching/hand-edit.ts';
import type { WorkRow } from '../lib/pull/model.ts';
import { foldName, isBlank, sameName } from '../lib/workbook/cell.ts';
import type { TableContent } from '../lib/workbook/decode.ts';
import { TableError } from '../lib/workbook/problem.ts';
import { expenses, invoices, sowLines, sows, type TableDef, timeEntries } from '../lib/workbook/tables.ts';
import { entryStatusWords } from '../lib/workbook/words.ts';
import { appendActivity } from './activity.ts';
import type { Guard } from './guard.ts';
import type { TypedEdit, TypedNotes, TypedRow } from './hand-edit-notes.ts';
import type { Step } from './jobs/step.ts';
import type { Steps } from './jobs/steps.ts';
import { stateText } from './matching/decisions.ts';
import type { Workbook } from './sheets/workbook.ts';

/**
 * Makes decisions of what people typed, in the order in which they typed it, whatever the rows hold by now: who has typed last has decided. To be
 * called with the document lock. A note goes when its rows are written, so that an edit that is cut off here is taken up again, with the same end.
 */
export function takeUpTyped(notes: TypedNotes, workbook: () => Workbook): void {
  for (const { edit, keys } of notes.left()) {
    if (edit.rows.length > 0) takeUp(workbook(), edit);
    notes.drop(keys);
  }
}

/**
 * A lock under which what people typed meanwhile is taken up first, so that nothing is written over it, and once more at the end. What cannot be taken up
 * now waits for the next holder, and keeps nobody from working.
 */
export function takingUp(guard: Guard, takeUpNow: () => void): Guard {
  return {
    tryRun: (waitMs, work) =>
      guard.tryRun(waitMs, () => {
        quietly(takeUpNow);
        const value = work();
        quietly(takeUpNow);
        return value;
      }),
  };
}

/** The steps of a job, each of which sees what people typed while the one before was at work. */
export function stepsTakingUp(steps: Steps, takeUpNow: () => void): Steps {
  const after =
    (step: Step): Step =>
    (context, cursor) => {
      quietly(takeUpNow);
      return step(context, cursor);
    };
  const { check, pull, match, draft, dashboard, push, sync } = steps;
  return {
    check: after(check),
    pull: after(pull),
    match: after(match),
    draft: after(draft),
    dashboard: after(dashboard),
    push: after(push),
    sync: after(sync),
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'What was typed by hand could not be taken up.');
  }
}

type WorkTable = typeof timeEntries | typeof expenses;

/** Makes decisions of one edit. To be called with the document lock. */
export function takeUp(workbook: Workbook, edit: TypedEdit): void {
  const table = edit.table === 'time' ? timeEntries : expenses;
  const who = edit.who === '' ? SOMEONE : edit.who;
  const changes = new Map<string, Partial<WorkRow>>();
  const tell = (told: readonly ActivityNote[]) => appendActivity(workbook, told, who, edit.atMs);
  // What was read of these tabs earlier may be older than what was typed, and what is read here must not stay for what comes.
  const used = [table, sows, sowLines, invoices];
  for (const one of used) workbook.forget(one);
  try {
    const choose = chooseLine(workbook.read(sows).rows, workbook.read(sowLines).rows);
    const isPushed = pushedInvoices(workbook);
    const rows = rowsByKey(workbook, table);
    // Told first: the person's own edit stands already, and no decision may stand that Activity does not know.
    tell(
      edit.rows.map((typed) =>
        decideRow(edit, table, typed, rows.get(foldName(typed.key)), { choose, isPushed, changes }),
      ),
    );
    if (edit.table === 'time') workbook.update(timeEntries, changes);
    else workbook.update(expenses, changes);
  } catch (error) {
    // The same again would come to the same; what Google's services have is another matter.
    if (!(error instanceof TableError)) throw error;
    tell([{ what: 'What was typed by hand was not taken', where: table.tab, after: error.message }]);
  } finally {
    for (const one of used) workbook.forget(one);
  }
  workbook.flush();
}

/** Who edited, where Google does not say. */
const SOMEONE = 'a person';

interface Desk {
  readonly choose: ChooseLine;
  readonly isPushed: (invoice: string) => boolean;
  readonly changes: Map<string, Partial<WorkRow>>;
}

function decideRow(
  edit: TypedEdit,
  table: WorkTable,
  typed: TypedRow,
  row: KnownRow | undefined,
  { choose, isPushed, changes }: Desk,
): ActivityNote {
  const where = `${table.tab} ${typed.key}`;
  const before = edit.before ?? '';
  if (row === undefined) {
    return { what: 'Typed by hand: not taken', where, before, after: 'The row is no longer there.' };
  }
  const done = handEdit(editOf(edit, row, typed, isPushed), choose);
  changes.set(row.key, cellsOf(done, edit.who));
  return {
    what: done.problem === null ? done.what : `${done.what}: not taken`,
    where,
    before,
    after: done.problem ?? stateText(done.change.status, done.change.sowLine, done.change.flags),
  };
}

function cellsOf({ change, decided, problem }: HandChange, who: string): Partial<WorkRow> {
  const decidedBy = decided ? (who === '' ? SOMEONE : who) : '';
  return { ...change, decidedBy, ...(problem === null ? {} : { reason: problem }) };
}

/** The row as it stands now, with what the person typed over it. */
function editOf(edit: TypedEdit, row: KnownRow, typed: TypedRow, isPushed: (invoice: string) => boolean): HandEdit {
  const { edited, before } = edit;
  const status = edited === 'SOW line' ? (row.status ?? null) : statusWord(typed.status);
  const invoice = row.invoice ?? '';
  return {
    row: {
      table: edit.table,
      key: row.key,
      client: row.client ?? '',
      status,
      sowLine: edited === 'Status' ? (row.sowLine ?? '') : typed.line,
      flags: row.flags ?? '',
      reason: row.reason ?? '',
      hours: null,
      invoice,
    },
    edited,
    statusBefore: edited === 'Status' && before !== null ? statusWord(before) : null,
    lineBefore: edited === 'SOW line' ? before : null,
    billed: isPushed(invoice) || (edited === 'SOW line' && row.status === 'invoiced'),
  };
}

function statusWord(text: string): RowStatus | null {
  return entryStatusWords.find((word) => sameName(word, text)) ?? null;
}

/** A row that was edited, with what of it can be read: a wrong word in Status leaves that out. */
type KnownRow = Partial<WorkRow> & { readonly key: string };

function rowsByKey(workbook: Workbook, table: WorkTable): ReadonlyMap<string, KnownRow> {
  const content: TableContent<TableDef> = workbook.read(table satisfies TableDef);
  const all: readonly Partial<WorkRow>[] = [...content.rows, ...content.incomplete.map(({ values }) => values)];
  return new Map(
    all.flatMap((row): [string, KnownRow][] =>
      row.key === undefined || row.key === '' ? [] : [[foldName(row.key), { ...row, key: row.key }]],
    ),
  );
}

/** Whether an invoice is in QuickBooks, or on its way there. */
function pushedInvoices(workbook: Workbook): (invoice: string) => boolean {
  const pushed = new Set(
    workbook
      .read(invoices)
      .rows.filter(({ status }) => status === 'pushing' || status === 'pushed' || status === 'paid')
      .map(({ invoice }) => foldName(invoice)),
  );
  return (invoice) => !isBlank(invoice) && pushed.has(foldName(invoice));
}
