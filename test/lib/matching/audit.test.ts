import { describe, expect, it } from 'vitest';
import { type Audit, auditOutcome, readAudit, writeAudit } from '../../../src/lib/matching/audit.ts';
import { readFlags, withoutBlocking } from '../../../src/lib/matching/flags.ts';
import { linesMarks, modelsMark, pooled } from '../../../src/lib/matching/pool.ts';
import { type JudgedRow, sampleRows } from '../../../src/lib/matching/sample-rows.ts';
import { line, sow } from './build.ts';

const audit: Audit = { period: '2026-10', client: 'Acme', line: 'ACME-1/2', score: 0.95, models: 'm', lines: 'l' };
const state = (status: string, sowLine: string, decidedBy: string) => ({ status, sowLine, decidedBy });
const ana = 'ana@firm.example';

describe('what a person made of a drawn row', () => {
  it.each([
    ['waits', state('flagged', 'ACME-1/2', ''), 'pending'],
    ['reopened, waits again', state('flagged', 'ACME-1/2', ana), 'pending'],
    ['approved as it was', state('approved', 'ACME-1/2', ana), 'right'],
    ['approved, whatever the case of its key', state('approved', 'acme-1/2', ana), 'right'],
    ['moved to another line', state('approved', 'ACME-1/1', ana), 'wrong'],
    ['excluded', state('excluded', 'ACME-1/2', ana), 'wrong'],
    ['excluded by the product, since it is gone in the source', state('excluded', 'ACME-1/2', ''), 'void'],
    ['billed after it was approved', state('invoiced', 'ACME-1/2', ana), 'right'],
    ['billed on another line', state('invoiced', 'ACME-1/1', ana), 'wrong'],
    ['billed without a person', state('invoiced', 'ACME-1/2', ''), 'void'],
    ['new again', state('new', '', ''), 'pending'],
  ] as const)('%s', (_, row, outcome) => {
    expect(auditOutcome(audit, row, [])).toBe(outcome);
  });

  it('split between lines is wrong, split on the same line is right, gone says nothing', () => {
    const part = (to: string) => state('approved', to, ana);
    expect(auditOutcome(audit, null, [part('ACME-1/2'), part('ACME-1/1')])).toBe('wrong');
    expect(auditOutcome(audit, null, [part('ACME-1/2'), part('ACME-1/2')])).toBe('right');
    expect(auditOutcome(audit, null, [])).toBe('void');
  });

  it('an answer known from the past needs no row', () => {
    expect(auditOutcome({ ...audit, answer: 'ACME-1/2' }, null, [])).toBe('right');
    expect(auditOutcome({ ...audit, answer: '' }, null, [])).toBe('wrong');
  });

  it('is kept as text and read back; what was tampered with is no record', () => {
    expect(readAudit(writeAudit(audit))).toEqual(audit);
    for (const cell of ['', '{', '[]', '{"period":"2026-10"}', 'null']) expect(readAudit(cell)).toBeNull();
  });
});

describe('checked rows of all months', () => {
  const sows = [sow(), sow({ sow: 'Z-1', client: 'Zenith' })];
  const lines = [line(), line({ line: 'Z-1/1', sow: 'Z-1' })];
  const marks = linesMarks(sows, lines, () => 'text');
  const models = modelsMark('small', 'strong', 'every row');
  const drawn = (client: string, more: Partial<Audit> = {}) => ({
    audit: { ...audit, client, models, lines: marks(client), ...more },
    row: state('approved', 'ACME-1/2', ana),
    parts: [],
  });

  it('count together while models, prompt and lines stay the same', () => {
    const pool = [drawn('Acme'), drawn('Zenith', { period: '2026-03' })];
    expect(pooled(pool, { models, linesOf: marks })).toHaveLength(2);
    for (const other of [
      modelsMark('small', 'other', 'every row'),
      modelsMark('small', 'strong', 'doubtful rows'),
      modelsMark('small', 'strong', 'off'),
    ])
      expect(pooled(pool, { models: other, linesOf: marks })).toEqual([]);
  });

  it.each([
    ['another wording', [line({ description: 'Other' }), ...lines.slice(1)], sows, 1],
    ['one more line', [...lines, line({ line: 'ACME-1/9' })], sows, 1],
    ['another day on which a line ends', [line({ ends: '2026-12-31' }), ...lines.slice(1)], sows, 2],
    ['a SOW that is no longer active', lines, [sow({ active: false }), ...sows.slice(1)], 2],
  ] as const)('%s of one client leaves the others counted', (_, linesNow, sowsNow, left) => {
    const now = linesMarks(sowsNow, linesNow, () => 'text');
    expect(pooled([drawn('Acme'), drawn('Zenith')], { models, linesOf: now })).toHaveLength(left);
  });

  it('rows that nobody has decided do not count', () => {
    const waiting = { ...drawn('Acme'), row: state('flagged', 'ACME-1/2', '') };
    expect(pooled([waiting, drawn('Acme')], { models, linesOf: marks })).toEqual([{ score: 0.95, wrong: false }]);
  });
});

describe('drawn rows among the verdicts', () => {
  const verdict = { status: 'auto', line: 'ACME-1/2', confidence: 0.95, reason: 'why', flags: ['late'] } as const;
  const judged = (n: number, more: Partial<JudgedRow> = {}): JudgedRow => ({
    key: `time harvest:${n}`,
    client: 'Acme',
    period: '2026-10',
    weight: 2,
    status: 'new',
    flags: '',
    audit: null,
    verdict,
    byModels: true,
    ...more,
  });
  const facts = (size: number) => ({ size, models: 'm', linesOf: () => 'l', otherWeight: () => 0 });
  const many = (more: Partial<JudgedRow> = {}) => Array.from({ length: 20 }, (_, n) => judged(n, more));

  it('wait without their score, and look like any other row that waits', () => {
    const after = sampleRows(many(), facts(5));
    const held = after.filter((row) => row.verdict.status === 'flagged');
    expect(held).toHaveLength(5);
    for (const row of held) {
      expect(row.verdict).toEqual({ ...verdict, status: 'flagged', confidence: null, flags: ['late', 'to check'] });
      expect(row.audit).toEqual(audit);
    }
    for (const row of after.filter((one) => !held.includes(one)))
      expect(row).toMatchObject({ verdict, audit: undefined });
  });

  it('are not drawn among what was accepted before, waits anyway, or rests on a decision', () => {
    const none = (more: Partial<JudgedRow>) =>
      sampleRows(many(more), facts(5)).every(
        (row) => row.audit === undefined && row.verdict === (more.verdict ?? verdict),
      );
    expect(none({ status: 'auto' })).toBe(true);
    expect(none({ status: 'flagged', flags: 'no rate' })).toBe(true);
    expect(none({ byModels: false })).toBe(true);
    expect(none({ verdict: { ...verdict, status: 'flagged', flags: ['models disagree'], confidence: 0 } })).toBe(true);
    expect(none({ verdict: { ...verdict, status: 'flagged', flags: ['low confidence', 'long entry'] } })).toBe(true);
  });

  it('doubtful rows are kept for the record and change nothing', () => {
    const low = { ...verdict, status: 'flagged', flags: ['low confidence'], confidence: 0.8 } as const;
    const after = sampleRows([...many(), judged(99, { verdict: low, weight: 400 })], facts(5));
    expect(after.at(-1)).toEqual({
      key: 'time harvest:99',
      verdict: low,
      audit: { ...audit, score: 0.8, stands: 50 },
      passedOver: false,
    });
  });

  it('stay drawn until they are decided, also when nothing is drawn any more', () => {
    const [row] = sampleRows([judged(1, { status: 'flagged', flags: 'to check', audit })], facts(0));
    expect(row).toMatchObject({ audit: undefined, verdict: { status: 'flagged', confidence: null } });
    const [byMemory] = sampleRows([judged(1, { status: 'flagged', audit, byModels: false })], facts(5));
    expect(byMemory).toMatchObject({ audit: undefined, verdict: { status: 'flagged' } });
  });

  it('were all in one draw: broken off and made again, it draws no others', () => {
    const first = sampleRows(many(), facts(5));
    const written = first.slice(0, 12);
    const again = many().map((row, n) => {
      const done = written[n];
      // What was written before it broke off: the records of all rows, the verdicts of some.
      const kept = { audit: first[n]?.audit ?? null, passedOver: first[n]?.passedOver === true };
      return done === undefined
        ? { ...row, ...kept }
        : { ...row, ...kept, status: done.verdict.status, flags: done.verdict.flags.join(', ') };
    });
    const second = sampleRows(again, facts(5));
    expect(second.map((row) => row.verdict)).toEqual(first.map((row) => row.verdict));
    expect(second.every((row) => row.audit === undefined && !row.passedOver)).toBe(true);
  });

  it('what the models say anew takes the place of what they said; what is no suggestion any more is no audit', () => {
    const changed = judged(1, { status: 'new', audit, verdict: { ...verdict, line: 'ACME-1/1' } });
    expect(sampleRows([changed], facts(5))[0]).toMatchObject({
      audit: { line: 'ACME-1/1' },
      verdict: { status: 'flagged' },
    });
    const disagree = { ...verdict, status: 'flagged', flags: ['models disagree'], confidence: 0 } as const;
    expect(sampleRows([judged(1, { audit, verdict: disagree })], facts(5))[0]?.audit).toBeNull();
    expect(sampleRows([judged(1, { audit, byModels: false })], facts(5))[0]).toMatchObject({ audit: null, verdict });
  });

  it('are marked as a sample only once they are decided', () => {
    expect(withoutBlocking('late, to check')).toBe('late, audit sample');
    expect(readFlags(withoutBlocking('low confidence'))).toEqual([]);
  });
});
