import { describe, expect, it } from 'vitest';
import { findCandidates, sowBook } from '../../../src/lib/matching/candidates.ts';
import type { MatchItem, MatchLine, MatchSow } from '../../../src/lib/matching/model.ts';
import { entry, expense, line, sow } from './build.ts';

const lines = [
  line({ line: 'A/1', sow: 'A' }),
  line({ line: 'A/2', sow: 'A', billing: 'non-billable' }),
  line({ line: 'A/3', sow: 'A', billing: 'expense' }),
  line({ line: 'B/1', sow: 'B', billing: 'retainer' }),
  line({ line: 'C/1', sow: 'C' }),
];

interface Case {
  readonly name: string;
  readonly item: MatchItem;
  readonly sows: readonly MatchSow[];
  readonly lines?: readonly MatchLine[];
  readonly expected: readonly string[];
  readonly inSow?: boolean;
}

const a = sow({ sow: 'A', projects: 'Strategy, Brand' });
const b = sow({ sow: 'B', projects: 'Support' });
const other = sow({ sow: 'C', client: 'Zenith' });

const cases: readonly Case[] = [
  {
    name: 'lines of the SOW that names the project, of every kind but expense',
    item: entry(),
    sows: [a, b, other],
    expected: ['A/1', 'A/2'],
  },
  { name: 'an expense goes on expense lines only', item: expense(), sows: [a, b, other], expected: ['A/3'] },
  {
    name: 'a project is found by its code',
    item: entry({ project: 'Helpdesk 2026', projectCode: 'support' }),
    sows: [a, b],
    expected: ['B/1'],
  },
  {
    name: 'names compare without case and outer blanks',
    item: entry({ client: ' ACME ', project: ' brand ' }),
    sows: [a, b],
    expected: ['A/1', 'A/2'],
  },
  {
    name: 'a SOW without Projects takes all projects of its client',
    item: entry({ project: 'Anything' }),
    sows: [a, sow({ sow: 'B' })],
    expected: ['B/1'],
  },
  {
    name: 'a project in none of the SOWs may go to all of the client, and is marked',
    item: entry({ project: 'Misc' }),
    sows: [a, b, other],
    expected: ['A/1', 'A/2', 'B/1'],
    inSow: false,
  },
  {
    name: 'an entry without a project is in no SOW that lists projects',
    item: entry({ project: '', projectCode: '' }),
    sows: [a],
    expected: ['A/1', 'A/2'],
    inSow: false,
  },
  {
    name: 'a client without a SOW has no candidate',
    item: entry({ client: 'Nobody' }),
    sows: [a],
    expected: [],
    inSow: false,
  },
  {
    name: 'a project name may hold a comma',
    item: entry({ project: 'Site, phase 2' }),
    sows: [sow({ sow: 'A', projects: 'Brand, Site, phase 2' })],
    expected: ['A/1', 'A/2'],
  },
  { name: 'a SOW that is not active offers nothing', item: entry(), sows: [{ ...a, active: false }], expected: [] },
  {
    name: 'the first day of a SOW counts',
    item: entry(),
    sows: [{ ...a, starts: '2026-10-14' }],
    expected: ['A/1', 'A/2'],
  },
  { name: 'the day before a SOW starts does not', item: entry(), sows: [{ ...a, starts: '2026-10-15' }], expected: [] },
  {
    name: 'the last day of a SOW counts',
    item: entry(),
    sows: [{ ...a, ends: '2026-10-14' }],
    expected: ['A/1', 'A/2'],
  },
  { name: 'the day after a SOW ended does not', item: entry(), sows: [{ ...a, ends: '2026-10-13' }], expected: [] },
  {
    name: 'a line that has ended is not offered, the others are',
    item: entry(),
    sows: [a],
    lines: [line({ line: 'A/1', sow: 'A', ends: '2026-10-13' }), line({ line: 'A/2', sow: 'a ' })],
    expected: ['A/2'],
  },
];

describe('the lines that an entry may go to', () => {
  it.each(cases)('$name', ({ item, sows, lines: own, expected, inSow }) => {
    const found = findCandidates(item, sowBook(sows, own ?? lines));
    expect(found.lines.map((one) => one.line)).toEqual(expected);
    expect(found.projectInSow).toBe(inSow ?? true);
  });
});
