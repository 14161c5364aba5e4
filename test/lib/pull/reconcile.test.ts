import { describe, expect, it } from 'vitest';
import { answeredText } from '../../../src/lib/pull/answered.ts';
import { sourceFingerprint } from '../../../src/lib/pull/fingerprint.ts';
import { expenseKind, timeKind } from '../../../src/lib/pull/kinds.ts';
import type { PullFacts, Reconciled, RecordRow, SourceRecord, TimeRow } from '../../../src/lib/pull/model.ts';
import { reconcile } from '../../../src/lib/pull/reconcile.ts';
import type { TimeSource } from '../../../src/lib/pull/source.ts';

const facts: PullFacts = {
  from: '2026-10-01',
  to: '2026-10-31',
  now: 5_000,
  prefix: 'harvest:',
  sourceName: 'Harvest',
  longEntryHours: 12,
  roundedHoursCount: false,
};

function source(change: Partial<TimeSource> = {}): TimeSource {
  return {
    date: '2026-10-05',
    person: 'Ana Ruiz',
    roles: ['Senior'],
    client: 'Acme',
    project: 'Strategy',
    projectCode: 'STR',
    task: 'Review',
    notes: 'Final review of Q3 deck',
    hours: 3,
    roundedHours: 3,
    rate: 185,
    billable: true,
    updatedAt: '2026-10-06T08:00:00Z',
    gone: false,
    ...change,
  };
}

const held = (change: Partial<TimeSource> = {}, key = 'harvest:1', running = false): SourceRecord<TimeSource> => ({
  key,
  running,
  source: source(change),
});

function row(change: Partial<TimeRow> = {}, said: Partial<TimeSource> = {}): TimeRow {
  return { ...timeKind.blank('harvest:1', source(said), 1_000), ...change };
}

function record(change: Partial<RecordRow> = {}, said: Partial<TimeSource> = {}): RecordRow {
  const text = timeKind.toText(source(said));
  return {
    record: 'time harvest:1',
    source: text,
    billedAs: '',
    answered: '',
    asked: '',
    opinions: '',
    audit: '',
    ...change,
  };
}

/** The tabs after what was said is written. */
function apply(rows: readonly TimeRow[], records: readonly RecordRow[], result: Reconciled<TimeRow>) {
  return {
    rows: [...rows.map((one) => ({ ...one, ...result.update.get(one.key) })), ...result.insert],
    records: [...records.map((one) => ({ ...one, ...result.updateRecords.get(one.record) })), ...result.insertRecords],
  };
}

function pull(sources: readonly SourceRecord<TimeSource>[], rows: readonly TimeRow[], records: readonly RecordRow[]) {
  const result = reconcile(timeKind, sources, rows, records, facts);
  const after = apply(rows, records, result);
  const again = reconcile(timeKind, sources, after.rows, after.records, { ...facts, now: 9_000 });
  expect([again.insert, again.update.size, again.insertRecords, again.updateRecords.size]).toEqual([[], 0, [], 0]);
  return { ...after, counts: result.counts, result };
}

describe('a time entry seen for the first time', () => {
  it('becomes a row that nobody has looked at, with its month, roles and what the source said', () => {
    const { rows, records } = pull([held()], [], []);
    expect(rows).toEqual([
      expect.objectContaining({
        key: 'harvest:1',
        period: '2026-10',
        role: 'Senior',
        hours: 3,
        rateInSource: 185,
        status: 'new',
        seen: 5_000,
      }),
    ]);
    expect(records).toMatchObject([{ record: 'time harvest:1' }]);
  });

  it('waits while its timer runs', () => {
    const { rows, counts } = pull([held({}, 'harvest:1', true)], [], []);
    expect(rows).toEqual([]);
    expect(counts.running).toBe(1);
  });

  it('is there once although two pages of the source both listed it', () => {
    expect(pull([held(), held()], [], []).rows).toHaveLength(1);
  });
});

describe('a row that is not billed yet', () => {
  const auto = row({ status: 'auto', sowLine: 'A/1', confidence: 0.95, decidedBy: 'claude' });
  const approved = row({ status: 'approved', sowLine: 'A/1', decidedBy: 'ana@firm.example' });
  const cases: readonly [string, TimeRow, Partial<TimeSource>, Partial<TimeRow>][] = [
    ['keeps its line when only the hours change', auto, { hours: 4 }, { status: 'auto', sowLine: 'A/1', hours: 4 }],
    [
      'is matched anew when the note changes',
      auto,
      { notes: 'Travel' },
      { status: 'new', sowLine: '', notes: 'Travel' },
    ],
    ['is matched anew when the project changes', auto, { project: 'Other' }, { status: 'new', project: 'Other' }],
    ['is matched anew when the hours become those of a long entry', auto, { hours: 12 }, { status: 'new', hours: 12 }],
    ['is matched anew when the hours fall below zero', auto, { hours: -1 }, { status: 'new', hours: -1 }],
    [
      'keeps what a person decided when the note changes',
      approved,
      { notes: 'x' },
      { status: 'approved', sowLine: 'A/1' },
    ],
    ['moves to the month of its new date', auto, { date: '2026-10-07' }, { date: '2026-10-07', status: 'new' }],
    ['does not stay with a line of another client', approved, { client: 'Other' }, { status: 'new', sowLine: '' }],
    ['takes a new rate', auto, { rate: 200 }, { status: 'auto', rateInSource: 200 }],
  ];
  it.each(cases)('%s', (_name, before, change, after) => {
    const { rows } = pull([held(change)], [before], [record()]);
    expect(rows).toEqual([expect.objectContaining(after)]);
    expect(rows[0]?.seen).toBe(5_000);
  });

  it('is left alone while its timer runs again', () => {
    expect(pull([held({ hours: 9 }, 'harvest:1', true)], [auto], [record()]).rows).toEqual([auto]);
  });

  it('is excluded when it vanished, and new again when it comes back', () => {
    const gone = pull([], [auto], [record()]);
    expect(gone.rows).toMatchObject([{ status: 'excluded', reason: 'gone in Harvest', decidedBy: '' }]);
    expect(gone.counts.excluded).toBe(1);
    expect(pull([held()], gone.rows, gone.records).rows).toMatchObject([{ status: 'new', reason: '', sowLine: '' }]);
  });

  it('stays excluded when a person excluded it, whatever happens in the source', () => {
    const excluded = row({ status: 'excluded', decidedBy: 'ana@firm.example', reason: 'internal' });
    expect(pull([held({ notes: 'x' })], [excluded], [record()]).rows).toMatchObject([{ status: 'excluded' }]);
    expect(pull([], [excluded], [record()]).rows).toMatchObject([{ status: 'excluded', reason: 'internal' }]);
  });

  it('is excluded when it lies before First period', () => {
    const early = row({ date: '2026-09-30', period: '2026-09' });
    expect(pull([], [early], [record()]).rows).toMatchObject([
      { status: 'excluded', reason: 'before First period (October 2026)' },
    ]);
  });

  it('is not missed when its day lies after the days that were read', () => {
    const later = row({ date: '2026-11-02', period: '2026-11' });
    expect(pull([], [later], [record()]).rows).toEqual([later]);
  });
});

describe('a billed row', () => {
  const billed = row({ status: 'invoiced', sowLine: 'A/1', invoice: '2026-10 Acme' });
  const kept = record({ billedAs: timeKind.toText(source(), { line: 'A/1' }) });
  it.each<[string, Partial<TimeSource>, boolean]>([
    ['hours', { hours: 4 }, true],
    ['date', { date: '2026-10-06' }, true],
    ['person', { person: 'Bo' }, true],
    ['project', { project: 'Other' }, true],
    ['task', { task: 'Travel' }, true],
    ['rate', { rate: 200 }, true],
    ['notes', { notes: 'reworded' }, false],
    ['rounded hours, which this firm does not bill', { roundedHours: 3.25 }, false],
  ])('is flagged when its %s changed', (_what, change, flagged) => {
    const { rows, records } = pull([held(change)], [billed], [kept]);
    expect(rows[0]?.status).toBe('invoiced');
    expect(rows[0]?.flags).toBe(flagged ? 'changed after invoicing' : '');
    expect(rows[0]).toMatchObject(timeKind.cells(source(change)));
    expect(records[0]?.billedAs).toBe(kept.billedAs);
  });

  it('is flagged when it vanished, and keeps what it showed', () => {
    const { rows, counts } = pull([], [billed], [kept]);
    expect(rows).toMatchObject([{ status: 'invoiced', hours: 3, flags: 'changed after invoicing' }]);
    expect(counts.changedAfterInvoicing).toBe(1);
  });

  it('is no longer flagged when the source says again what was billed', () => {
    const changed = pull([held({ hours: 4 })], [billed], [kept]);
    expect(pull([held()], changed.rows, changed.records).rows).toMatchObject([{ flags: '', hours: 3 }]);
  });

  it('stays ignored for the state that was ignored, and asks again for a further change', () => {
    const answered = answeredText('ignore', sourceFingerprint(source({ hours: 4 })));
    const ignored = { ...kept, source: timeKind.toText(source({ hours: 4 })), answered };
    const shown = { ...billed, hours: 4 };
    expect(pull([held({ hours: 4, notes: 'other words' })], [shown], [ignored]).rows[0]?.flags).toBe('');
    expect(pull([held({ hours: 5 })], [shown], [ignored]).rows[0]?.flags).toBe('changed after invoicing');
  });

  it('remembers what was billed although no record of it was kept', () => {
    const { records } = pull([held({ hours: 4 })], [billed], []);
    expect(records[0]?.billedAs).toContain('"hours":3');
    expect(records[0]?.billedAs).toContain('"line":"A/1"');
  });

  it('counts as gone for its client when the work moved to another, where it comes in as a further row', () => {
    const { rows } = pull([held({ client: 'Other' })], [billed], [kept]);
    expect(rows).toMatchObject([
      { key: 'harvest:1', client: 'Acme', status: 'invoiced', flags: 'changed after invoicing' },
      { key: 'harvest:1#2', client: 'Other', status: 'new', hours: 3 },
    ]);
  });
});

describe('a split entry', () => {
  const one = row({ key: 'harvest:1#1', hours: 1, status: 'approved', sowLine: 'A/1' });
  const two = row({ key: 'harvest:1#2', hours: 2, status: 'approved', sowLine: 'A/2' });
  it('is left as the person split it while its hours stay', () => {
    const { rows } = pull([held()], [one, two], []);
    expect(rows).toEqual([one, two]);
  });

  it('keeps all hours when they change in the source, and asks a person to look at the split', () => {
    const { rows } = pull([held({ hours: 3.5 })], [one, two], []);
    expect(rows).toMatchObject([
      { key: 'harvest:1#1', hours: 1, status: 'approved' },
      { key: 'harvest:1#2', hours: 2.5, status: 'flagged' },
    ]);
  });

  it('gives back hours from the last part first', () => {
    expect(pull([held({ hours: 0.5 })], [one, two], []).rows.map((part) => part.hours)).toEqual([0.5, 0]);
  });
});

it('an expense follows the same rules', () => {
  const said = {
    date: '2026-10-02',
    person: 'Ana Ruiz',
    client: 'Acme',
    project: 'Strategy',
    projectCode: '',
    category: 'Meals',
    notes: '=1+1',
    cost: 38.25,
    billable: true,
    updatedAt: '',
    gone: false,
  };
  const first = reconcile(expenseKind, [{ key: 'harvest:55', running: false, source: said }], [], [], facts);
  expect(first.insert).toMatchObject([{ key: 'harvest:55', cost: 38.25, notes: '=1+1', status: 'new' }]);
  const billed = first.insert.map((one) => ({ ...one, status: 'invoiced' as const }));
  const dearer = [{ key: 'harvest:55', running: false, source: { ...said, cost: 40 } }];
  const second = reconcile(expenseKind, dearer, billed, first.insertRecords, facts);
  expect(second.update.get('harvest:55')).toMatchObject({ cost: 40, flags: 'changed after invoicing' });
});
