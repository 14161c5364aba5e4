import { describe, expect, test } from 'vitest';
import { withCanonicalNames } from '../../../src/lib/workbook/canonical.ts';
import type { Cell } from '../../../src/lib/workbook/cell.ts';
import { checkWorkbook } from '../../../src/lib/workbook/check.ts';
import { problemSentence } from '../../../src/lib/workbook/problem.ts';
import { clients, expenses, rates, settings, sowLines, sows, timeEntries } from '../../../src/lib/workbook/tables.ts';
import { tabOf } from './tab-of.ts';

type Rows = readonly Readonly<Record<string, Cell>>[];

const good = {
  clients: [{ Client: 'Acme' }, { Client: 'Bolt' }],
  sows: [
    { SOW: 'ACME-1', Client: ' acme' },
    { SOW: 'BOLT-1', Client: 'Bolt' },
  ],
  sowLines: [
    { Line: 'ACME-1/1', SOW: 'acme-1', Billing: 'hourly', Rate: 'std' },
    { Line: 'ACME-1/2', SOW: 'ACME-1', Billing: 'retainer', Fee: 900, 'Included hours': 20, Overage: 'carry' },
    { Line: 'ACME-1/3', SOW: 'ACME-1', Billing: 'covered', Retainer: 'acme-1/2' },
    { Line: 'BOLT-1/1', SOW: 'BOLT-1', Billing: 'hourly', Rate: 90 },
  ],
  rates: [{ 'Rate card': 'Std', Person: 'Ada', Rate: 200 }],
  timeEntries: [entry({ 'SOW line': 'acme-1/1 ', Client: 'ACME' }), entry({ Key: 'harvest:2' })],
} satisfies Record<string, Rows>;

describe('names across tabs', () => {
  test('names that differ only in case and outer blanks are the same', () => {
    expect(said(good)).toEqual([]);
  });

  test('a client, SOW, line, retainer or card that stands in no row is told', () => {
    const problems = said({
      ...good,
      sows: [...good.sows, { SOW: 'X', Client: 'Nobody' }],
      sowLines: [
        ...good.sowLines,
        { Line: 'L1', SOW: 'NONE', Billing: 'hourly' },
        { Line: 'L2', SOW: 'X', Billing: 'hourly', Rate: 'Gold' },
        { Line: 'L3', SOW: 'X', Billing: 'covered', Retainer: 'L9' },
      ],
      timeEntries: [entry({ 'SOW line': 'L77', Status: 'approved' })],
    });
    expect(problems).toEqual([
      'Tab SOWs, row 4, column Client: found "Nobody"; allowed is a name that stands in the tab Clients.',
      'Tab SOW lines, row 6, column SOW: found "NONE"; allowed is a name that stands in the tab SOWs.',
      'Tab SOW lines, row 7, column Rate: found "Gold"; allowed is a name that stands in the tab Rates.',
      'Tab SOW lines, row 8, column Retainer: found "L9"; allowed is a name that stands in the tab SOW lines.',
      'Tab Time entries, row 2, column SOW line: found "L77"; allowed is a name that stands in the tab SOW lines.',
    ]);
  });

  test('a row with a problem of its own still lends its name', () => {
    expect(
      said({
        ...good,
        clients: [
          { Client: 'Acme', Currency: 12 },
          { Client: 'Bolt', 'Invoice per': 'moon' },
        ],
      }),
    ).toEqual([]);
  });

  test('an entry cannot be billed on the line of another client', () => {
    expect(
      said({ ...good, timeEntries: [entry({ 'SOW line': 'BOLT-1/1', Client: 'Acme', Status: 'approved' })] }),
    ).toEqual([
      'Tab Time entries, row 2, column SOW line: found "BOLT-1/1", a line of Bolt; allowed is a line of Acme, or empty.',
    ]);
  });

  test('entries that are invoiced or excluded may name lines that are gone', () => {
    const gone = [
      entry({ 'SOW line': 'OLD', Status: 'invoiced' }),
      entry({ Key: 'harvest:2', 'SOW line': 'OLD', Status: 'excluded' }),
    ];
    expect(said({ ...good, timeEntries: gone })).toEqual([]);
  });

  test('terms that contradict each other are told with their rows before anything runs', () => {
    const problems = said({
      ...good,
      rates: [
        { 'Rate card': 'Std', Rate: 100 },
        { 'Rate card': 'Tiers', Rate: 100 },
        { 'Rate card': 'Tiers', Role: 'Lead', Rate: 100 },
      ],
      sows: [...good.sows, { SOW: 'LATE', Client: 'Bolt', Starts: '2026-10-02', Ends: '2026-10-01' }],
      sowLines: [
        ...good.sowLines,
        { Line: 'T1', SOW: 'BOLT-1', Billing: 'tiered', Rate: 100 },
        { Line: 'T3', SOW: 'BOLT-1', Billing: 'tiered', Rate: 'Tiers' },
        { Line: 'R1', SOW: 'BOLT-1', Billing: 'retainer', Fee: 1, 'Included amount': 500, Overage: 'carry' },
        { Line: 'C1', SOW: 'BOLT-1', Billing: 'covered', Retainer: 'BOLT-1/1' },
        { Line: 'M1', SOW: 'BOLT-1', Billing: 'milestone' },
      ],
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'Tab SOWs, row 4, column Ends',
      'Tab SOW lines, row 6, column Rate',
      'Tab SOW lines, row 8, column Overage',
      'Tab SOW lines, row 9, column Retainer',
      'Tab SOW lines, row 10, column Fee',
      'Tab Rates, row 4, column Role',
      'Tab Rates, row 3, column From hours',
    ]);
  });

  test('nothing is said about names of a tab that was not read', () => {
    expect(checkWorkbook({ sowLines: tabOf(sowLines, [{ Line: 'L', SOW: 'NONE', Billing: 'hourly' }]) })).toEqual([]);
  });

  test('wrong settings are told with the rest', () => {
    const problems = checkWorkbook({
      settings: tabOf(settings, [
        { Setting: 'First period', Value: '2026-10' },
        { Setting: 'Audit sample', Value: -1 },
      ]),
    });
    expect(problems.map((problem) => [problem.row, problem.found])).toEqual([[3, '-1 for Audit sample']]);
  });

  test('references can be spelled as the row that they refer to', () => {
    const spelled = withCanonicalNames({
      clients: tabOf(clients, good.clients).rows,
      sows: tabOf(sows, good.sows).rows,
      sowLines: tabOf(sowLines, good.sowLines).rows,
      rates: tabOf(rates, good.rates).rows,
      timeEntries: tabOf(timeEntries, good.timeEntries).rows,
      expenses: tabOf(expenses, []).rows,
    });
    expect(spelled.sows[0]?.client).toBe('Acme');
    expect(spelled.sowLines[0]).toMatchObject({ sow: 'ACME-1', rate: 'Std' });
    expect(spelled.sowLines[2]?.retainer).toBe('ACME-1/2');
    expect(spelled.timeEntries[0]).toMatchObject({ client: 'Acme', sowLine: 'ACME-1/1' });
  });
});

function said(book: Readonly<Record<keyof typeof good, Rows>>): string[] {
  return checkWorkbook({
    clients: tabOf(clients, book.clients),
    sows: tabOf(sows, book.sows),
    sowLines: tabOf(sowLines, book.sowLines),
    rates: tabOf(rates, book.rates),
    timeEntries: tabOf(timeEntries, book.timeEntries),
  }).map(problemSentence);
}

function entry(cells: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> {
  return { Key: 'harvest:1', Date: '2026-10-14', Hours: 1, ...cells };
}
