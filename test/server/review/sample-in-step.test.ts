import { describe, expect, it } from 'vitest';
import { monthOf } from '../../../src/lib/calendar.ts';
import { ServiceError } from '../../../src/lib/jobs/service-error.ts';
import { readAudit } from '../../../src/lib/matching/audit.ts';
import type { RecordRow } from '../../../src/lib/pull/model.ts';
import { entryRecords, expenses, timeEntries } from '../../../src/lib/workbook/tables.ts';
import type { StepContext } from '../../../src/server/jobs/step.ts';
import { matchStep } from '../../../src/server/jobs/steps/match.ts';
import { evidenceNow, provenNow } from '../../../src/server/matching/audits.ts';
import { readMatchBooks } from '../../../src/server/matching/books.ts';
import { applyDecisions } from '../../../src/server/matching/decisions.ts';
import { claudeThat, expenseRow, lineRow, type Says, settings, stepContext, timeRow, workbookWith } from './build.ts';
import type { MemoryWorkbook } from './memory-workbook.ts';

function run(ctx: StepContext): void {
  let cursor: string | null = null;
  for (let chunk = 1; chunk <= 50; chunk++) {
    const outcome = matchStep(ctx, cursor);
    if (outcome.kind === 'done') return;
    if (outcome.kind === 'hindered') throw outcome.error;
    if (outcome.kind !== 'more') throw new Error(`the step ended as ${outcome.kind}`);
    cursor = outcome.cursor;
  }
  throw new Error('the step goes round for ever');
}

const sure = (): Says => ({ line: 'L02' });
const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => timeRow({ key: `harvest:${n + 1}`, hours: 1 + (n % 4) }));
const drawnIn = (workbook: MemoryWorkbook) =>
  workbook
    .rows(entryRecords)
    .filter((record) => record.audit.startsWith('{'))
    .map((record) => record.record);
const toCheck = (workbook: MemoryWorkbook) => workbook.rows(timeEntries).filter((row) => row.flags === 'to check');
const decide = (workbook: MemoryWorkbook, keys: readonly string[], line = 'ACME-1/2') =>
  applyDecisions(
    { workbook, who: 'ana@firm.example', log: () => undefined, tell: () => undefined },
    keys.map((key) => ({ table: 'time', key, action: 'line', line }) as const),
  );

describe('the audit sample of a run', () => {
  it('waits for a person, without a score and without saying what it is', () => {
    const workbook = workbookWith({ time: rows(50) });
    const ctx = stepContext(workbook, claudeThat(sure), { auditSample: 8 });
    run(ctx);
    expect(toCheck(workbook)).toHaveLength(8);
    for (const row of toCheck(workbook))
      expect(row).toMatchObject({ status: 'flagged', sowLine: 'ACME-1/2', confidence: null, decidedBy: '' });
    expect(drawnIn(workbook)).toHaveLength(8);
    expect(workbook.rows(timeEntries).filter((row) => row.status === 'auto')).toHaveLength(42);
    expect(ctx.notes).toEqual([{ what: 'Matched', where: '2026-10', after: '42 accepted, 8 to look at' }]);
  });

  it('is drawn once: further runs change nothing', () => {
    const workbook = workbookWith({ time: rows(50), expenses: [expenseRow({ key: 'harvest:9' })] });
    run(stepContext(workbook, claudeThat(sure), { auditSample: 8 }));
    const before = JSON.stringify([workbook.rows(timeEntries), workbook.rows(entryRecords)]);
    run(stepContext(workbook, null, { auditSample: 8 }, 'job-2'));
    expect(JSON.stringify([workbook.rows(timeEntries), workbook.rows(entryRecords)])).toBe(before);
  });

  it('decided, its rows are marked and speak for the models; none waits for ever', () => {
    const workbook = workbookWith({ time: rows(50) });
    const own = { auditSample: 8 };
    run(stepContext(workbook, claudeThat(sure), own));
    expect(provenNow(readMatchBooks(workbook), settings(own))).toMatch(/8 drawn for checking wait in the review\.$/);
    const keys = toCheck(workbook).map((row) => row.key);
    decide(workbook, keys.slice(1));
    decide(workbook, keys.slice(0, 1), 'ACME-1/1');
    expect(workbook.rows(timeEntries).filter((row) => row.flags === 'audit sample')).toHaveLength(8);
    expect(evidenceNow(readMatchBooks(workbook), settings(own))).toMatchObject({ checked: 8, wrong: 1 });
    expect(workbook.rows(timeEntries).filter((row) => row.status === 'flagged')).toEqual([]);
  });

  it('of two months is pooled; the rows of a client whose lines were edited are not', () => {
    const workbook = workbookWith({ time: rows(50) });
    const own = { auditSample: 8 };
    run(stepContext(workbook, claudeThat(sure), own));
    decide(
      workbook,
      toCheck(workbook).map((row) => row.key),
    );
    workbook.insert(
      timeEntries,
      rows(40).map((row, n) => ({
        ...row,
        key: `harvest:${n + 101}`,
        date: '2026-11-03',
        notes: `New deck ${n} pages`,
      })),
    );
    const november = { ...stepContext(workbook, claudeThat(sure), own), period: '2026-11' };
    run(november);
    expect(drawnIn(workbook)).toHaveLength(16);
    decide(
      workbook,
      toCheck(workbook).map((row) => row.key),
    );
    expect(evidenceNow(readMatchBooks(workbook), settings(own))).toMatchObject({ checked: 16, wrong: 0 });
    expect(evidenceNow(readMatchBooks(workbook), settings({ ...own, classificationModel: 'other' })).checked).toBe(0);
    const months = workbook.rows(entryRecords).flatMap((record) => readAudit(record.audit)?.period ?? []);
    expect(months.filter((month) => month === monthOf('2026-11-03'))).toHaveLength(8);
  });

  it('a failure on the way draws from what was accepted so far, and the rest of the sample later', () => {
    const workbook = workbookWith({ time: rows(80) });
    const failing = claudeThat(sure, (_, __, nth) =>
      nth >= 2
        ? { kind: 'failed', error: new ServiceError({ service: 'Claude', kind: 'rateLimited', message: 'Later.' }) }
        : null,
    );
    const own = { auditSample: 20, secondOpinionOn: 'off' } as const;
    expect(() => run(stepContext(workbook, failing, own))).toThrow('Later.');
    expect(toCheck(workbook)).toHaveLength(10);
    run(stepContext(workbook, claudeThat(sure), own));
    expect(toCheck(workbook)).toHaveLength(20);
  });

  it('mistakes that were found make the next month stricter by themselves', () => {
    const workbook = workbookWith({ time: rows(50) });
    const own = { auditSample: 8 };
    run(stepContext(workbook, claudeThat(sure), own));
    decide(
      workbook,
      toCheck(workbook).map((row) => row.key),
      'ACME-1/1',
    );
    const evidence = evidenceNow(readMatchBooks(workbook), settings(own));
    expect(evidence).toMatchObject({ threshold: 0.96, checked: 0 });
    run(stepContext(workbook, null, own, 'job-2'));
    expect(workbook.rows(timeEntries).filter((row) => row.status === 'auto')).toEqual([]);
  });
});

describe('learning from decisions', () => {
  const decided = (n: number, notes: string, more = {}) =>
    timeRow({
      key: `harvest:${n}`,
      date: '2026-10-01',
      status: 'approved',
      sowLine: 'ACME-1/2',
      decidedBy: 'ana@firm.example',
      notes,
      ...more,
    });

  it('the same work goes on the same line, and no model is asked', () => {
    const workbook = workbookWith({
      time: [decided(1, 'Board deck, final'), timeRow({ key: 'harvest:2', notes: 'board DECK final' })],
    });
    run(stepContext(workbook, null, { auditSample: 30 }));
    expect(workbook.rows(timeEntries)[1]).toMatchObject({
      status: 'auto',
      sowLine: 'ACME-1/2',
      confidence: 1,
      reason: 'As decided for the same work on 2026-10-01 (harvest:1).',
      decidedBy: '',
    });
    expect(drawnIn(workbook)).toEqual([]);
  });

  it('a vague note is asked about although the same was decided before', () => {
    const workbook = workbookWith({ time: [decided(1, 'Meeting'), timeRow({ key: 'harvest:2', notes: 'Meeting' })] });
    const claude = claudeThat(sure);
    run(stepContext(workbook, claude));
    expect(claude.asked.flat().map((entry) => entry.note)).toEqual(['Meeting', 'Meeting']);
  });

  it('a line that is closed by now is not taken over', () => {
    const workbook = workbookWith({
      time: [
        decided(1, 'Board deck, final'),
        timeRow({ key: 'harvest:2', notes: 'Board deck, final', date: '2026-10-20' }),
      ],
      lines: [lineRow({ line: 'ACME-1/1' }), lineRow({ line: 'ACME-1/2', ends: '2026-10-15' })],
    });
    const claude = claudeThat(() => ({ line: 'L01' }));
    run(stepContext(workbook, claude));
    expect(claude.asked).toHaveLength(2);
    expect(workbook.rows(timeEntries)[1]).toMatchObject({ status: 'auto', sowLine: 'ACME-1/1' });
  });

  it('similar decisions are shown to the models after the SOW; new ones do not ask answered rows again', () => {
    const workbook = workbookWith({
      time: [decided(1, 'Board deck, final'), timeRow({ key: 'harvest:2', notes: 'Board deck, second draft' })],
    });
    const claude = claudeThat((entry) => ({ line: entry.note.includes('second') ? 'L01' : 'L02', confidence: 0.5 }));
    run(stepContext(workbook, claude));
    const [message] = (claude.bodies[0] ?? { messages: [] })['messages'] as readonly {
      readonly content: readonly { readonly text: string; readonly cache_control?: object }[];
    }[];
    const blocks = message?.content;
    expect(blocks?.[0]?.cache_control).toEqual({ type: 'ephemeral' });
    expect(JSON.parse(blocks?.[1]?.text ?? '')).toEqual({
      past_decisions: [{ project: 'Strategy', task: 'Consulting', note: 'Board deck, final', line: 'L02' }],
    });
    workbook.insert(timeEntries, [decided(3, 'Board deck, third draft', { sowLine: 'ACME-1/1' })]);
    run(stepContext(workbook, null, {}, 'job-2'));
    expect(workbook.rows(timeEntries)[1]).toMatchObject({ status: 'flagged', flags: 'low confidence' });
  });

  it('expenses learn in the same way', () => {
    const lines = ['8', '9'].map((n) => lineRow({ line: `ACME-1/${n}`, billing: 'expense' }));
    const known = { status: 'approved', sowLine: 'ACME-1/9', decidedBy: 'ana@firm.example' } as const;
    const workbook = workbookWith({
      expenses: [
        expenseRow({ key: 'harvest:1', notes: 'Train to Boston', ...known }),
        expenseRow({ key: 'harvest:2', notes: 'Train to Boston', cost: 61 }),
      ],
      lines,
    });
    run(stepContext(workbook, null));
    expect(workbook.rows(expenses)[1]).toMatchObject({ status: 'auto', sowLine: 'ACME-1/9' });
  });

  it('what is checked proves a lower threshold, and then doubtful rows are accepted', () => {
    const lines = [lineRow({ line: 'ACME-1/1' }), lineRow({ line: 'ACME-1/2', title: 'Deck' })];
    const workbook = workbookWith({ time: rows(4), lines });
    const claude = claudeThat(() => ({ line: 'L02', confidence: 0.8 }));
    run(stepContext(workbook, claude));
    expect(workbook.rows(timeEntries).every((row) => row.status === 'flagged')).toBe(true);
    const mark = readMatchBooks(workbook).linesMark('Acme');
    workbook.insert(
      entryRecords,
      Array.from({ length: 360 }, (_, n) => pastAudit(n, n % 10 === 0 ? 0.8 : 0.95, mark)),
    );
    run(stepContext(workbook, null, {}, 'job-2'));
    expect(workbook.rows(timeEntries).every((row) => row.status === 'auto')).toBe(true);
  });
});

it('checked rows of a client go on counting when the text of its SOW is put back with other white space', () => {
  const mark = (text: string) =>
    readMatchBooks(
      workbookWith({ lines: [lineRow({ line: 'ACME-1/1' })], texts: [{ sow: 'ACME-1', part: 1, text, added: null }] }),
    ).linesMark('Acme');
  expect(mark('Terms.\n\nRates.\n')).toBe(mark('Terms.\r\n\r\nRates.'));
  expect(mark('Terms. Rates.')).not.toBe(mark('Terms. Other rates.'));
});

/** A row of the past whose right line is known. */
function pastAudit(n: number, score: number, lines: string): RecordRow {
  const models = 'claude-haiku-5-5 and claude-sonnet-5-5 on every row, prompt lines-2';
  const audit = { period: '2026-07', client: 'Acme', line: 'ACME-1/2', score, models, lines, answer: 'ACME-1/2' };
  return {
    record: `time past:${n}`,
    source: '',
    billedAs: '',
    answered: '',
    asked: '',
    opinions: '',
    audit: JSON.stringify(audit),
  };
}
