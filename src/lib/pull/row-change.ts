import { monthName } from '../calendar.ts';
import { readFlags, writeFlags } from '../matching/flags.ts';
import { sameName } from '../workbook/cell.ts';
import { answerFor } from './answered.ts';
import { sourceFingerprint } from './fingerprint.ts';
import type { ExpenseSource, PullFacts, RecordRow, RowKind, TimeSource, WorkRow, WorkSource } from './model.ts';

/** What becomes of one row and of its record; null where nothing changes. */
export interface RowChange<Row> {
  readonly cells: Partial<Row> | null;
  readonly record: { readonly source?: string; readonly billedAs?: string } | null;
  readonly kind: 'none' | 'updated' | 'excluded' | 'asks';
}

/** Flag of a billed row whose source changed since; it waits in the review and holds nothing. */
export const CHANGED_FLAG = 'changed after invoicing';

/** Reason of rows that the product itself excluded because the source no longer has them. */
export function goneReason(sourceName: string): string {
  return `gone in ${sourceName}`;
}

/** Reason of rows that the product itself excluded because they lie before First period. */
export function beforeReason(from: string): string {
  return `${BEFORE}(${monthName(from.slice(0, 7))})`;
}

/**
 * A row whose entry is in the source. Its cells show what the source says now.
 * - Billed: a change that matters for the bill is flagged until a person answers for just that state.
 * - Excluded by the product itself (gone, before First period): it is back, so it is `new`.
 * - Decided by a person: the decision stays, whatever changes, unless the work moved to another client.
 * - Else: another note, project, task, client, person or date asks for a new match; other hours do not, unless they cross the
 *   limit for long entries.
 * - Parts of a split entry whose hours had to change are flagged: a person looks at the split again.
 */
export function followSource<Row extends WorkRow, Source extends WorkSource & (TimeSource | ExpenseSource)>(
  kind: RowKind<Row, Source>,
  row: Row,
  record: RecordRow | null,
  source: Source,
  facts: PullFacts,
  isPart: boolean,
): RowChange<Row> {
  if (row.status === 'invoiced') return billed(kind, row, record, source, differing(row, kind.cells(source)), facts);
  const before = kind.read(record?.source ?? '') ?? kind.fromRow(row);
  const decision = decisionAfter(kind, row, before, source, facts, isPart);
  const cells = { ...differing(row, kind.cells(source)), ...differing(row, kind.patch(decision)) };
  return {
    cells: Object.keys(cells).length === 0 ? null : { ...cells, ...kind.patch({ seen: facts.now }) },
    record: recordChange(kind, record, source, null),
    kind: Object.keys(cells).length === 0 ? 'none' : 'updated',
  };
}

/** A row whose entry is no longer in the source, or moved away from the row's client. Not billed: excluded. Billed: a person is asked. */
export function leaveSource<Row extends WorkRow, Source extends WorkSource & (TimeSource | ExpenseSource)>(
  kind: RowKind<Row, Source>,
  row: Row,
  record: RecordRow | null,
  facts: PullFacts,
): RowChange<Row> {
  const gone = kind.withGone(kind.read(record?.source ?? '') ?? kind.fromRow(row));
  if (row.status === 'invoiced') return billed(kind, row, record, gone, {}, facts);
  const recorded = recordChange(kind, record, gone, null);
  if (row.status === 'excluded') return { cells: null, record: recorded, kind: 'none' };
  return { cells: excluded(kind, row, goneReason(facts.sourceName), facts), record: recorded, kind: 'excluded' };
}

/** A row that lies before First period and is not billed: excluded. */
export function leaveBefore<Row extends WorkRow, Source>(
  kind: RowKind<Row, Source>,
  row: Row,
  facts: PullFacts,
): RowChange<Row> {
  if (row.status === 'invoiced' || row.status === 'excluded') return { cells: null, record: null, kind: 'none' };
  return { cells: excluded(kind, row, beforeReason(facts.from), facts), record: null, kind: 'excluded' };
}

function excluded<Row extends WorkRow, Source>(
  kind: RowKind<Row, Source>,
  row: Row,
  reason: string,
  facts: PullFacts,
): Partial<Row> {
  const cells = differing(row, kind.patch({ status: 'excluded', reason, flags: '', decidedBy: '' }));
  return { ...cells, ...kind.patch({ seen: facts.now }) };
}

function billed<Row extends WorkRow, Source extends WorkSource & (TimeSource | ExpenseSource)>(
  kind: RowKind<Row, Source>,
  row: Row,
  record: RecordRow | null,
  source: Source,
  shown: Partial<Row>,
  facts: PullFacts,
): RowChange<Row> {
  const kept = record?.billedAs ?? '';
  const billedAs = kind.read(kept) ?? kind.read(record?.source ?? '') ?? kind.fromRow(row);
  const differs = !kind.sameForBilling(billedAs, source, facts);
  const asks = differs && answerFor(record?.answered ?? '', sourceFingerprint(source)) === null;
  const flags = readFlags(row.flags);
  const flagged = flags.includes(CHANGED_FLAG);
  const flagCells =
    asks === flagged
      ? {}
      : kind.patch({
          flags: writeFlags(asks ? [...flags, CHANGED_FLAG] : flags.filter((flag) => flag !== CHANGED_FLAG)),
        });
  const cells = { ...shown, ...flagCells };
  const changed = Object.keys(cells).length > 0;
  const keep = differs && kept === '' ? kind.toText(billedAs, { line: row.sowLine }) : null;
  return {
    cells: changed ? { ...cells, ...kind.patch({ seen: facts.now }) } : null,
    record: recordChange(kind, record, source, keep),
    kind: asks && !flagged ? 'asks' : changed ? 'updated' : 'none',
  };
}

function decisionAfter<Row extends WorkRow, Source>(
  kind: RowKind<Row, Source>,
  row: Row,
  before: Source & WorkSource,
  source: Source & WorkSource,
  facts: PullFacts,
  isPart: boolean,
): Partial<WorkRow> {
  if (row.status === 'excluded') {
    const byProduct = row.reason === goneReason(facts.sourceName) || row.reason.startsWith(BEFORE);
    return byProduct && row.decidedBy === '' ? UNDECIDED : {};
  }
  if (!sameName(before.client, source.client)) return UNDECIDED;
  const amount = kind.amountIn(source);
  const amountChanged = isPart ? kind.amountOf(row) !== amount : kind.amountIn(before) !== amount;
  if (isPart && amountChanged) {
    const reason = `The hours of this split entry changed in ${facts.sourceName}: check the parts.`;
    return { status: 'flagged', reason };
  }
  if (row.status === 'approved' || row.status === 'new') return {};
  if (!kind.sameSubject(before, source)) return UNDECIDED;
  const odd = (hours: number) => kind.table === 'time' && (hours < 0 || hours >= facts.longEntryHours);
  return amountChanged && odd(kind.amountIn(before)) !== odd(amount) ? UNDECIDED : {};
}

/** How `beforeReason` begins, whatever the First period was then. */
const BEFORE = 'before First period ';

const UNDECIDED: Partial<WorkRow> = {
  status: 'new',
  sowLine: '',
  confidence: null,
  reason: '',
  flags: '',
  decidedBy: '',
};

function recordChange<Row, Source extends WorkSource>(
  kind: RowKind<Row, Source>,
  record: RecordRow | null,
  source: Source,
  billedAs: string | null,
): RowChange<Row>['record'] {
  const text = kind.toText(source);
  const before = record === null ? null : kind.read(record.source);
  // When only the time of the last edit differs, nothing that we use changed.
  const same = before !== null && kind.toText({ ...before, updatedAt: source.updatedAt }) === text;
  if (same && billedAs === null) return null;
  return { ...(same ? {} : { source: text }), ...(billedAs === null ? {} : { billedAs }) };
}

/** The cells that hold something else than wanted. */
function differing<Row extends object>(row: Row, wanted: Partial<Row>): Partial<Row> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([property, value]) => Reflect.get(row, property) !== value),
  ) as Partial<Row>;
}
