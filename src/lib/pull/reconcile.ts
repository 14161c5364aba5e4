import { sameName } from '../workbook/cell.ts';
import { baseKey, partOf, recordKey } from './keys.ts';
import type {
  ExpenseSource,
  PullFacts,
  Reconciled,
  RecordRow,
  RowKind,
  SourceRecord,
  TimeSource,
  WorkRow,
  WorkSource,
} from './model.ts';
import { followSource, leaveBefore, leaveSource, type RowChange } from './row-change.ts';
import { shareOut } from './share-out.ts';

/**
 * Compares what the source holds with what the tabs hold and says what must be written. Pure; run twice on the same source it says
 * nothing the second time. The rules are in docs/billing-rules.md ("After an invoice was pushed") and, for one row, in row-change.ts.
 *
 * Rows of one entry that was split keep its hours between them. A billed row stays with the client that it was billed to: when the
 * entry moves to another client it counts as gone there, and a further row (`harvest:1001#2`) brings it to the new one.
 *
 * @param sources everything the source holds from `facts.from` to `facts.to`; of two records with one key the later counts
 */
export function reconcile<Row extends WorkRow, Source extends WorkSource & (TimeSource | ExpenseSource)>(
  kind: RowKind<Row, Source>,
  sources: readonly SourceRecord<Source>[],
  rows: readonly Row[],
  records: readonly RecordRow[],
  facts: PullFacts,
): Reconciled<Row> {
  const found = new Map(sources.map((record) => [record.key, record]));
  const groups = groupByEntry(rows, facts.prefix);
  const recordOf = new Map(records.map((record) => [record.record, record]));
  const recordFor = (row: Row) => recordOf.get(recordKey(kind.table, row.key)) ?? null;
  const out = collector<Row>(kind.table, recordOf);

  for (const record of found.values()) {
    if (record.running) out.countRunning();
    else follow(kind, record, groups.get(record.key) ?? [], recordFor, facts, out);
  }
  for (const [key, group] of groups) {
    if (found.has(key)) continue;
    for (const row of group) {
      if (facts.from <= row.date && row.date <= facts.to)
        out.change(row, leaveSource(kind, row, recordFor(row), facts));
    }
  }
  for (const row of rows) {
    if (row.date < facts.from && !found.has(baseKey(row.key))) out.change(row, leaveBefore(kind, row, facts));
  }
  return out.result();
}

/** One entry of the source and the rows that stand for it. */
function follow<Row extends WorkRow, Source extends WorkSource & (TimeSource | ExpenseSource)>(
  kind: RowKind<Row, Source>,
  record: SourceRecord<Source>,
  group: readonly Row[],
  recordFor: (row: Row) => RecordRow | null,
  facts: PullFacts,
  out: Collector<Row>,
): void {
  const here = group.filter((row) => row.status !== 'invoiced' || sameName(row.client, record.source.client));
  for (const row of group) {
    if (!here.includes(row)) out.change(row, leaveSource(kind, row, recordFor(row), facts));
  }
  if (here.length === 0) {
    const key = group.length === 0 ? record.key : nextPart(record.key, group);
    out.add(kind.blank(key, record.source, facts.now), kind.toText(record.source));
    return;
  }
  const amounts = shareOut(
    here.map((row) => ({ amount: kind.amountOf(row), billed: row.status === 'invoiced' })),
    kind.amountIn(record.source),
  );
  here.forEach((row, index) => {
    const source = kind.withAmount(record.source, amounts[index] ?? kind.amountOf(row));
    out.change(row, followSource(kind, row, recordFor(row), source, facts, here.length > 1));
  });
}

interface Collector<Row> {
  add(row: Row & WorkRow, source: string): void;
  change(row: Row & WorkRow, change: RowChange<Row>): void;
  countRunning(): void;
  result(): Reconciled<Row>;
}

function collector<Row>(table: 'time' | 'expense', recordOf: ReadonlyMap<string, RecordRow>): Collector<Row> {
  const insert: Row[] = [];
  const update = new Map<string, Partial<Row>>();
  const insertRecords: RecordRow[] = [];
  const updateRecords = new Map<string, Partial<RecordRow>>();
  const counts = { updated: 0, excluded: 0, asks: 0, none: 0 };
  let running = 0;
  const newRecord = (key: string, cells: { readonly source?: string; readonly billedAs?: string }) =>
    insertRecords.push({
      source: '',
      billedAs: '',
      ...cells,
      record: key,
      answered: '',
      asked: '',
      opinions: '',
      audit: '',
    });

  return {
    add(row, source) {
      insert.push(row);
      const key = recordKey(table, row.key);
      if (recordOf.has(key)) updateRecords.set(key, { source });
      else newRecord(key, { source });
    },
    change(row, change) {
      counts[change.kind] += 1;
      if (change.cells !== null) update.set(row.key, change.cells);
      if (change.record === null) return;
      const key = recordKey(table, row.key);
      if (recordOf.has(key)) updateRecords.set(key, change.record);
      else newRecord(key, change.record);
    },
    countRunning() {
      running += 1;
    },
    result: () => ({
      insert,
      update,
      insertRecords,
      updateRecords,
      counts: {
        added: insert.length,
        updated: counts.updated,
        excluded: counts.excluded,
        changedAfterInvoicing: counts.asks,
        running,
      },
    }),
  };
}

/** Rows of this source by the entry that they come from, parts in order. */
function groupByEntry<Row extends WorkRow>(rows: readonly Row[], prefix: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (!row.key.startsWith(prefix)) continue;
    const key = baseKey(row.key);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  for (const group of groups.values()) group.sort((a, b) => partOf(a.key) - partOf(b.key));
  return groups;
}

function nextPart(key: string, group: readonly WorkRow[]): string {
  const last = Math.max(1, ...group.map((row) => partOf(row.key)));
  return `${key}#${last + 1}`;
}
