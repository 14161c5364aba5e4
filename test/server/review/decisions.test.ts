import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/lib/calls.ts';
import { activity, entryRecords, expenses, timeEntries } from '../../../src/lib/workbook/tables.ts';
import { applyDecisions } from '../../../src/server/matching/decisions.ts';
import { expenseRow, lineRow, sourceOf, timeRow, workbookWith } from './build.ts';
import type { MemoryWorkbook } from './memory-workbook.ts';

const lines = [
  lineRow({ line: 'ACME-1/1' }),
  lineRow({ line: 'ACME-1/2' }),
  lineRow({ line: 'ACME-1/9', billing: 'expense' }),
];
const flagged = (n: number) =>
  timeRow({ key: `harvest:${n}`, status: 'flagged', sowLine: 'ACME-1/1', flags: 'low confidence' });

function decide(workbook: MemoryWorkbook, ...decisions: Decision[]) {
  const notes: object[] = [];
  const done = applyDecisions({ workbook, who: 'ana@firm.example', log: (note) => notes.push(note) }, decisions);
  return { ...done, notes };
}

describe('decisions of a person', () => {
  it('are written with who decided, and go to Activity with before and after', () => {
    const workbook = workbookWith({
      time: [flagged(1), flagged(2)],
      expenses: [expenseRow({ key: 'harvest:1', status: 'flagged' })],
      lines,
    });
    const done = decide(
      workbook,
      { table: 'time', key: 'harvest:1', action: 'accept' },
      { table: 'time', key: 'harvest:2', action: 'line', line: 'acme-1/2' },
      { table: 'expense', key: 'harvest:1', action: 'line', line: 'ACME-1/9' },
    );
    expect(done).toMatchObject({ done: 3, problems: [], clients: ['Acme'] });
    expect(workbook.rows(timeEntries).map((row) => [row.status, row.sowLine, row.flags, row.decidedBy])).toEqual([
      ['approved', 'ACME-1/1', '', 'ana@firm.example'],
      ['approved', 'ACME-1/2', '', 'ana@firm.example'],
    ]);
    expect(workbook.rows(expenses)[0]).toMatchObject({ status: 'approved', sowLine: 'ACME-1/9' });
    expect(done.notes[1]).toEqual({
      what: 'Line chosen',
      where: 'Time entries harvest:2',
      before: 'flagged, ACME-1/1 (low confidence)',
      after: 'approved, ACME-1/2',
    });
    expect(workbook.rows(activity)).toEqual([]);
  });

  it('one that cannot be does not hold up the others', () => {
    const workbook = workbookWith({ time: [flagged(1), flagged(2)], lines });
    const done = decide(
      workbook,
      { table: 'time', key: 'harvest:7', action: 'accept' },
      { table: 'time', key: 'harvest:1', action: 'line', line: 'NOPE' },
      { table: 'time', key: 'harvest:2', action: 'exclude' },
      { table: 'time', key: 'harvest:2', action: 'accept' },
    );
    expect(done.done).toBe(1);
    expect(done.problems).toEqual([
      'There is no time entry harvest:7 any more.',
      'There is no line "NOPE" in the tab SOW lines.',
      'harvest:2 was decided twice at once.',
    ]);
    expect(workbook.rows(timeEntries).map((row) => row.status)).toEqual(['flagged', 'excluded']);
  });

  it('a split, split again and undone gives back the entry, with nothing lost', () => {
    const whole = { ...flagged(1), hours: 2 };
    const record = {
      ...sourceOf(whole),
      asked: 'mark',
      opinions: JSON.stringify({
        prompt: 'p',
        first: { kind: 'answer', model: 'm', line: 'ACME-1/1', confidence: 0.5, reason: 'why' },
      }),
    };
    const workbook = workbookWith({ time: [whole, flagged(2)], records: [record], lines });
    decide(workbook, {
      table: 'time',
      key: 'harvest:1',
      action: 'split',
      parts: [
        { line: 'ACME-1/1', hours: 0.5 },
        { line: 'ACME-1/2', hours: 1.5 },
      ],
    });
    expect(workbook.rows(timeEntries).map((row) => [row.key, row.hours, row.sowLine, row.status])).toEqual([
      ['harvest:2', 2, 'ACME-1/1', 'flagged'],
      ['harvest:1#1', 0.5, 'ACME-1/1', 'approved'],
      ['harvest:1#2', 1.5, 'ACME-1/2', 'approved'],
    ]);
    const part = workbook.rows(entryRecords).find((one) => one.record === 'time harvest:1#2');
    expect(JSON.parse(part?.source ?? '')).toMatchObject({
      hours: 1.5,
      roundedHours: null,
      roles: ['Consultant'],
      rate: 150,
    });

    decide(workbook, {
      table: 'time',
      key: 'harvest:1#2',
      action: 'split',
      parts: [
        { line: 'ACME-1/1', hours: 1 },
        { line: 'ACME-1/2', hours: 0.5 },
      ],
    });
    expect(workbook.rows(timeEntries).map((row) => row.key)).toEqual([
      'harvest:2',
      'harvest:1#1',
      'harvest:1#3',
      'harvest:1#4',
    ]);

    decide(workbook, { table: 'time', key: 'harvest:1#3', action: 'reopen' });
    expect(workbook.rows(timeEntries).map((row) => [row.key, row.hours, row.sowLine, row.status])).toEqual([
      ['harvest:2', 2, 'ACME-1/1', 'flagged'],
      ['harvest:1', 2, 'ACME-1/1', 'flagged'],
    ]);
    expect(workbook.rows(entryRecords)).toEqual([record]);
  });

  it('a split is taken back by the name of the entry, which has no row while it is split', () => {
    const whole = { ...flagged(1), hours: 2, flags: 'low confidence, late' };
    const workbook = workbookWith({ time: [whole], lines });
    const parts = [
      { line: 'ACME-1/1', hours: 1.25 },
      { line: 'ACME-1/2', hours: 0.75 },
    ];
    decide(workbook, { table: 'time', key: 'harvest:1', action: 'split', parts });
    const before = { line: 'ACME-1/1', flags: ['low confidence', 'late'] };
    const done = decide(workbook, { table: 'time', key: 'harvest:1', action: 'reopen', before });
    expect(done).toMatchObject({ done: 1, problems: [] });
    expect(workbook.rows(timeEntries).map((row) => [row.key, row.hours, row.status, row.flags])).toEqual([
      ['harvest:1', 2, 'flagged', 'low confidence, late'],
    ]);
  });

  it('other decisions find no entry that is split', () => {
    const workbook = workbookWith({ time: [timeRow({ key: 'harvest:1#1', hours: 0.5, status: 'approved' })], lines });
    const done = decide(workbook, { table: 'time', key: 'harvest:1', action: 'exclude' });
    expect(done.problems).toEqual(['There is no time entry harvest:1 any more.']);
  });

  it('reopening two parts at once joins them once', () => {
    const workbook = workbookWith({
      time: [timeRow({ key: 'harvest:1#1', hours: 0.5 }), timeRow({ key: 'harvest:1#2', hours: 1.5 })],
      lines,
    });
    const done = decide(
      workbook,
      { table: 'time', key: 'harvest:1#1', action: 'reopen' },
      { table: 'time', key: 'harvest:1#2', action: 'reopen' },
    );
    expect(done).toMatchObject({ done: 1, problems: ['harvest:1#2 was decided twice at once.'] });
    expect(workbook.rows(timeEntries).map((row) => [row.key, row.hours])).toEqual([['harvest:1', 2]]);
  });

  it('an answer about a change after invoicing is kept for that state of the source', () => {
    const row = timeRow({
      key: 'harvest:1',
      status: 'invoiced',
      sowLine: 'ACME-1/1',
      flags: 'changed after invoicing',
    });
    const workbook = workbookWith({ time: [row], records: [sourceOf(row, { hours: 3 })], lines });
    decide(workbook, { table: 'time', key: 'harvest:1', action: 'changed', answer: 'ignore' });
    expect(workbook.rows(timeEntries)[0]).toMatchObject({
      status: 'invoiced',
      flags: '',
      decidedBy: 'ana@firm.example',
    });
    expect(workbook.rows(entryRecords)[0]?.answered).toMatch(/^ignore [0-9a-f]{16}$/);
  });
});
