import { describe, expect, test } from 'vitest';
import { meanwhileSentence } from '../../../src/lib/jobs/meanwhile.ts';

const row = (client: string, status = 'new', period = '2026-10') => ({ client, status, period });
const DONE = 'What is matched is drafted.';

describe('what a month says whose matching has stopped', () => {
  test.each([
    ['nothing waits', [row('Acme', 'auto'), row('Acme', 'flagged')], DONE],
    ['what is of a later month does not count', [row('Acme', 'new', '2026-11')], DONE],
    ['one row', [row('Acme')], `${DONE} One time entry or expense of Acme waits to be matched and holds its client.`],
    [
      'late rows of earlier months count too',
      [row('Acme'), row('Acme', 'new', '2026-09'), row('Brook'), row('Zenith', 'auto')],
      `${DONE} 3 time entries and expenses of Acme and Brook wait to be matched and hold their clients.`,
    ],
    [
      'rows without a client',
      [row(''), row('')],
      `${DONE} 2 time entries and expenses wait to be matched and hold their clients.`,
    ],
    [
      'six clients are named',
      ['A', 'B', 'C', 'D', 'E', 'F'].map((client) => row(client)),
      `${DONE} 6 time entries and expenses of A, B, C, D, E and F wait to be matched and hold their clients.`,
    ],
    [
      'of more, five',
      ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((client) => row(client)),
      `${DONE} 7 time entries and expenses of A, B, C, D, E and 2 more clients wait to be matched and hold their clients.`,
    ],
  ])('%s', (_, rows, sentence) => {
    expect(meanwhileSentence(rows, '2026-10')).toBe(sentence);
  });
});
