import { describe, expect, test } from 'vitest';
import { mayPush } from '../../../src/lib/jobs/may-push.ts';
import { type Job, NO_USAGE } from '../../../src/lib/jobs/model.ts';
import { isOverdue, nextRunAt, previousMonth } from '../../../src/lib/jobs/schedule.ts';
import { monthSummary } from '../../../src/lib/jobs/summary.ts';
import { createUsageCounter } from '../../../src/lib/jobs/usage.ts';
import { busySentence, viewOf } from '../../../src/lib/jobs/view.ts';
import { costUsd } from '../../../src/lib/prices.ts';

describe('the mail', () => {
  const rows: readonly [string, Parameters<typeof monthSummary>[0], string][] = [
    [
      'a full month',
      { period: '2026-10', entries: 1574, toLookAt: 41, invoices: 12, totals: new Map([['USD', 84_310.4]]) },
      'October: 1,574 entries, 41 to look at, 12 invoices, $84,310',
    ],
    [
      'one of each, in euros',
      { period: '2026-01', entries: 1, toLookAt: 0, invoices: 1, totals: new Map([['EUR', 1200]]) },
      'January: 1 entry, 0 to look at, 1 invoice, 1,200 EUR',
    ],
    [
      'two currencies and a credit',
      {
        period: '2026-12',
        entries: 1_000_000,
        toLookAt: 2,
        invoices: 3,
        totals: new Map([
          ['USD', -500],
          ['JPY', 10],
        ]),
      },
      'December: 1,000,000 entries, 2 to look at, 3 invoices, -$500, 10 JPY',
    ],
    [
      'nothing',
      { period: '2026-12', entries: 0, toLookAt: 0, invoices: 0, totals: new Map() },
      'December: 0 entries, 0 to look at, 0 invoices',
    ],
  ];
  test.each(rows)('%s', (_, counts, text) => {
    expect(monthSummary(counts)).toBe(text);
  });
});

describe('who may push', () => {
  test.each([
    ['named, in another case and with blanks', ['Ana@Brook.example '], 'ana@brook.EXAMPLE', true],
    ['not named', ['ana@brook.example'], 'ben@brook.example', false],
    ['nobody is named', [], 'ana@brook.example', false],
    ['Google does not say who it is', ['ana@brook.example', ''], '', false],
    ['part of an address is no address', ['ana@brook.example'], 'ana@brook.example.evil', false],
  ] as const)('%s', (_, named, email, may) => {
    expect(mayPush(named, email)).toBe(may);
  });
});

describe('the monthly run', () => {
  test('bills the month before, also in January', () => {
    expect([previousMonth('2026-11-01T01:04'), previousMonth('2027-01-31T23:59')]).toEqual(['2026-10', '2026-12']);
  });
  test('comes on the 1st at one', () => {
    expect(nextRunAt('2026-11-01T00:59')).toBe('2026-11-01T01:00');
    expect(nextRunAt('2026-11-01T01:00')).toBe('2026-12-01T01:00');
    expect(nextRunAt('2026-12-15T09:00')).toBe('2027-01-01T01:00');
  });
  test.each([
    ['in the night it may still come', '2026-11-01T06:59', '2026-10', null, false],
    ['in the morning it should have come', '2026-11-01T07:00', '2026-10', null, true],
    ['it came', '2026-11-20T07:00', '2026-09', '2026-10', false],
    ['only the month before came', '2026-11-20T07:00', '2026-09', '2026-09', true],
    ['before First period nothing is due', '2026-11-20T07:00', '2026-11', null, false],
    ['without First period nothing is due', '2026-11-20T07:00', '', null, false],
  ] as const)('%s', (_, now, firstPeriod, lastDone, overdue) => {
    expect(isOverdue(now, firstPeriod, lastDone)).toBe(overdue);
  });
});

describe('what Claude costs', () => {
  test('a small prompt of Haiku 5.5 at list price', () => {
    expect(costUsd('claude-haiku-5-5', { input: 50_000, cacheWrite: 0, cacheRead: 0, output: 10_000 })).toBeCloseTo(
      0.01,
      10,
    );
  });
  test('a prompt over 100,000 tokens is dearer as a whole, cache included', () => {
    const usage = { input: 50_000, cacheWrite: 0, cacheRead: 50_001, output: 0 };
    expect(costUsd('claude-haiku-5-5', usage)).toBeCloseTo((50_000 * 0.5 + 50_001 * 0.05) / 1e6, 10);
  });
  test('a dated id is found by its family, an unknown model is taken to be dear', () => {
    const usage = { input: 1_000_000, cacheWrite: 0, cacheRead: 0, output: 0 };
    expect(costUsd('claude-haiku-4-5-20251001', usage)).toBe(1);
    expect(costUsd('some-future-model', usage)).toBe(10);
  });
  test('a counter goes on from what was used before and counts every token once', () => {
    const counter = createUsageCounter({ ...NO_USAGE, claudeRequests: 3, costUsd: 1 });
    counter.request('Claude');
    counter.request('Harvest');
    counter.tokens('claude-sonnet-5-5', { input: 100, cacheWrite: 200, cacheRead: 300, output: 400 });
    const { costUsd: cost, ...rest } = counter.snapshot();
    expect(rest).toEqual({
      harvestRequests: 1,
      claudeRequests: 4,
      quickbooksRequests: 0,
      inputTokens: 300,
      cachedTokens: 300,
      outputTokens: 400,
    });
    expect(cost).toBeCloseTo(1 + (100 * 2 + 200 * 2.5 + 300 * 0.1 + 400 * 10) / 1e6, 10);
  });
});

describe('a job in words', () => {
  const job: Job = {
    id: 'j1',
    kind: 'month-end',
    period: '2026-10',
    state: 'running',
    startedBy: 'ana@brook.example',
    startedAtMs: 0,
    endedAtMs: null,
    stepIndex: 2,
    cursor: null,
    failures: 1,
    waits: 0,
    executions: 1,
    progress: 'Matched 320 of 1,574 entries',
    doneCount: 320,
    totalCount: 1574,
    message: 'Claude did not answer.',
    nextAtMs: null,
    usage: NO_USAGE,
  };
  test('the second caller is told who runs what since when', () => {
    expect(busySentence(job, '2026-11-01 06:00')).toBe(
      'Month-end of October 2026 has been running since 2026-11-01 06:00, started by ana@brook.example. Try again when it is done, or press Stop this.',
    );
  });
  test('while it runs, the sidebar shows progress and no stale message', () => {
    expect(viewOf(job)).toEqual({
      id: 'j1',
      kind: 'month-end',
      period: '2026-10',
      state: 'running',
      step: 'match',
      progress: 'Matched 320 of 1,574 entries',
      done: 320,
      total: 1574,
      message: '',
      nextAt: null,
    });
  });
});
