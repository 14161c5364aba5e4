import { expect, test } from 'vitest';
import { connectionEnd } from '../../../src/lib/jobs/connection-end.ts';

const DAY = 86_400_000;
const rows: readonly [string, number, number | null, string | null][] = [
  ['far off, nothing is said', 100, 1800, null],
  [
    'a month before it is forgotten, Test keeps it',
    31,
    null,
    'QuickBooks forgets this connection in 31 days unless it is used. Press Test to keep it.',
  ],
  ['on the last day', 0, null, 'QuickBooks forgets this connection today unless it is used. Press Test to keep it.'],
  [
    'before the end after five years, only consent helps',
    90,
    1,
    'Intuit ends this connection in a day, five years after it was made. Press Connect QuickBooks before then.',
  ],
  [
    'the end after five years counts more than the other',
    5,
    10,
    'Intuit ends this connection in 10 days, five years after it was made. Press Connect QuickBooks before then.',
  ],
  ['afterwards', -1, 900, 'The connection has ended. Press Connect QuickBooks.'],
];

test.each(rows)('%s', (_, idle, hard, said) => {
  const ends = { refreshExpiresAtMs: idle * DAY, hardExpiresAtMs: hard === null ? null : hard * DAY };
  expect(connectionEnd(ends, 0)).toBe(said);
});
