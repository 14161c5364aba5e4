import { describe, expect, test } from 'vitest';
import { balanceRow, draft, entry, line, only, pool, rate, shown, type World } from './make.ts';
import { during, openLedger, pushAll } from './month.ts';

const oct = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const retainer = line({ line: 'A/1', billing: 'retainer', fee: 2000, includedHours: 20, rate: 185 });
const covered = line({ line: 'A/2', billing: 'covered', retainer: 'A/1' });
const ofMoney = line({ line: 'A/1', billing: 'retainer', fee: 2000, includedAmount: 2000, rate: 100 });
const september = balanceRow({ line: 'A/1', period: '2026-09', closingHours: 3 });
const septemberMoney = balanceRow({ line: 'A/1', period: '2026-09', closingAmount: 300 });

interface Case {
  readonly title: string;
  readonly world: World;
  readonly lines: readonly string[];
  readonly pool: string;
}

const ofHours: readonly Case[] = [
  {
    title: 'cover what is included',
    world: { lines: [retainer], entries: [entry('A/1', 12)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 12 x 0 = 0.00'],
    pool: '0 + 20 - 12 - 8 = 0',
  },
  {
    title: 'bill what is over, an entry that crosses is split',
    world: { lines: [{ ...retainer, rolloverMonths: 1 }], entries: [entry('A/1', 27.5)], balances: [september] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 overage 4.5 x 185 = 832.50', 'A/1 covered 23 x 0 = 0.00'],
    pool: '3 + 20 - 23 - 0 = 0',
  },
  {
    title: 'are drawn by the retainer’s and the covered lines’ entries together in order; each bills its own overage',
    world: {
      lines: [retainer, { ...covered, rate: 150 }, line({ line: 'A/3', billing: 'covered', retainer: 'A/1' })],
      entries: [
        entry('A/2', 15, { date: oct(1) }),
        entry('A/1', 4, { date: oct(2) }),
        entry('A/3', 3, { date: oct(3) }),
        entry('A/2', 2, { date: oct(4) }),
      ],
    },
    lines: [
      'A/1 fee 1 x 2000.00 = 2000.00',
      'A/1 covered 20 x 0 = 0.00',
      'A/2 overage 2 x 150 = 300.00',
      'A/3 overage 2 x 185 = 370.00',
    ],
    pool: '0 + 20 - 20 - 0 = 0',
  },
  {
    title: 'take the rate in the source where neither line has one',
    world: { lines: [{ ...retainer, rate: null }, covered], entries: [entry('A/2', 21, { rate: 99 })] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 20 x 0 = 0.00', 'A/2 overage 1 x 99 = 99.00'],
    pool: '0 + 20 - 20 - 0 = 0',
  },
  {
    title: 'absorb: what is over is not billed',
    world: { lines: [{ ...retainer, overage: 'absorb' }], entries: [entry('A/1', 25)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 20 x 0 = 0.00'],
    pool: '0 + 20 - 20 - 0 = 0',
  },
  {
    title: 'carry: what is over opens the next month below 0',
    world: { lines: [{ ...retainer, overage: 'carry' }], entries: [entry('A/1', 25)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 25 x 0 = 0.00'],
    pool: '0 + 20 - 25 - 0 = -5',
  },
  {
    title: 'carry: what was taken before is worked off first',
    world: {
      lines: [{ ...retainer, overage: 'carry' }],
      entries: [entry('A/1', 10)],
      balances: [balanceRow({ line: 'A/1', period: '2026-09', closingHours: -5 })],
    },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 10 x 0 = 0.00'],
    pool: '-5 + 20 - 10 - 5 = 0',
  },
  {
    title: 'are prorated by days to 2 decimals',
    world: { lines: [{ ...retainer, prorate: true, starts: oct(12) }], entries: [entry('A/1', 1)] },
    lines: ['A/1 fee 1 x 1290.32 = 1290.32', 'A/1 covered 1 x 0 = 0.00'],
    pool: '0 + 12.9 - 1 - 11.9 = 0',
  },
  {
    title: 'are in full without prorating, if active on any day',
    world: { lines: [{ ...retainer, ends: oct(1) }] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00'],
    pool: '0 + 20 - 0 - 20 = 0',
  },
  {
    title: 'do not expire while they roll over, up to the cap',
    world: {
      lines: [{ ...retainer, rolloverMonths: 2, rolloverCap: 10 }],
      entries: [entry('A/1', 8)],
      balances: [september],
    },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 8 x 0 = 0.00'],
    pool: '3 + 20 - 8 - 5 = 10',
  },
  {
    title: 'are not carried at all with a rollover cap of 0',
    world: { lines: [{ ...retainer, rolloverMonths: 2, rolloverCap: 0 }] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00'],
    pool: '0 + 20 - 0 - 20 = 0',
  },
  {
    title: 'need no rate while they are covered',
    world: { lines: [{ ...retainer, rate: null }], entries: [entry('A/1', 20)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 20 x 0 = 0.00'],
    pool: '0 + 20 - 20 - 0 = 0',
  },
];

describe('included hours', () => {
  test.each(ofHours)('$title', ({ world, lines, pool: expected }) => {
    const drafts = draft(world);
    expect(drafts.problems).toEqual([]);
    expect(shown(only(drafts))).toEqual(lines);
    expect(pool(only(drafts).balances[0])).toBe(expected);
    expect(drafts.conservation.addsUp).toBe(true);
  });

  test('are explained in words that a client accepts', () => {
    const invoice = only(
      draft({ lines: [{ ...retainer, rolloverMonths: 1 }], entries: [entry('A/1', 27.5)], balances: [september] }),
    );
    const words = invoice.lines.find((one) => one.kind === 'covered')?.howComputed;
    expect(words).toBe('20 h included + 3 h carried from September; 27.5 h worked; 4.5 h over at $185.00');
  });

  test('are held over the retainer until someone decides', () => {
    const world = { lines: [{ ...retainer, overage: 'hold' as const }], entries: [entry('A/1', 22)] };
    const invoice = only(draft(world));
    expect([invoice.status, invoice.total, invoice.holds.map((one) => one.decisions)]).toEqual([
      'held',
      '2000.00',
      [['bill', 'absorb']],
    ]);
    const decide = (decision: 'bill' | 'absorb') =>
      only(draft({ ...world, decisions: [{ invoice: invoice.name, decision }] }));
    expect([decide('bill').status, decide('bill').total]).toEqual(['draft', '2370.00']);
    expect([decide('absorb').status, decide('absorb').total]).toEqual(['draft', '2000.00']);
  });

  test('of a month are used up oldest first, and run out after their months', () => {
    const lines = [{ ...retainer, includedHours: 10, rolloverMonths: 2 }];
    let ledger = pushAll(openLedger({ lines, entries: [entry('A/1', 4)] }));
    const rows = () =>
      ledger.books.balances.filter((row) => row.line === 'A/1').map((row) => `${row.closingHours}/${row.expiredHours}`);
    for (const month of ['2026-11', '2026-12', '2027-01']) ledger = pushAll(during(ledger, month));
    // October leaves 6, which can be used in November and December and run out at the end of December.
    expect(rows()).toEqual(['6/0', '16/0', '20/6', '20/10']);
  });
});

const money: readonly Case[] = [
  {
    title: 'covers time at its rates',
    world: { lines: [ofMoney], entries: [entry('A/1', 12)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 time 12 x 100 = 1200.00', 'A/1 covered 1 x -1200.00 = -1200.00'],
    pool: '0.00 + 2000.00 - 1200.00 - 800.00 = 0.00',
  },
  {
    title: 'with what was carried; what is over is billed',
    world: {
      lines: [
        { ...ofMoney, rolloverMonths: 1 },
        { ...covered, rate: 'Card' },
      ],
      rates: [rate({ rate: 50 })],
      entries: [entry('A/1', 20), entry('A/2', 10)],
      balances: [septemberMoney],
    },
    lines: [
      'A/1 fee 1 x 2000.00 = 2000.00',
      'A/1 time 20 x 100 = 2000.00',
      'A/1 covered 1 x -2300.00 = -2300.00',
      'A/2 time 10 x 50 = 500.00',
    ],
    pool: '300.00 + 2000.00 - 2300.00 - 0.00 = 0.00',
  },
  {
    title: 'absorb: everything is taken off',
    world: { lines: [{ ...ofMoney, overage: 'absorb' }], entries: [entry('A/1', 25)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 time 25 x 100 = 2500.00', 'A/1 covered 1 x -2500.00 = -2500.00'],
    pool: '0.00 + 2000.00 - 2000.00 - 0.00 = 0.00',
  },
  {
    title: 'rolls over up to the cap',
    world: { lines: [{ ...ofMoney, rolloverMonths: 1, rolloverCap: 500 }], entries: [entry('A/1', 10)] },
    lines: ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 time 10 x 100 = 1000.00', 'A/1 covered 1 x -1000.00 = -1000.00'],
    pool: '0.00 + 2000.00 - 1000.00 - 500.00 = 500.00',
  },
];

describe('an included amount', () => {
  test.each(money)('$title', ({ world, lines, pool: expected }) => {
    const drafts = draft(world);
    expect(drafts.problems).toEqual([]);
    expect(shown(only(drafts))).toEqual(lines);
    expect(pool(only(drafts).balances[0], 'Amount')).toBe(expected);
    expect(drafts.conservation.addsUp).toBe(true);
  });

  test('is held over the retainer until someone decides, and shows as billed until then', () => {
    const world = { lines: [{ ...ofMoney, overage: 'hold' as const }], entries: [entry('A/1', 25)] };
    const invoice = only(draft(world));
    expect([invoice.status, invoice.total]).toEqual(['held', '2500.00']);
    const decide = (decision: 'bill' | 'absorb') =>
      only(draft({ ...world, decisions: [{ invoice: invoice.name, decision }] }));
    expect([decide('bill').status, decide('bill').total]).toEqual(['draft', '2500.00']);
    expect([decide('absorb').status, decide('absorb').total]).toEqual(['draft', '2000.00']);
  });
});

describe('fees', () => {
  const fee = line({ line: 'A/1', billing: 'fixed monthly', fee: 300 });
  test.each([
    ['in arrears bill the month itself', { ...fee }, {}, ['2026-10']],
    [
      'in arrears are caught up from First period on',
      { ...fee },
      { firstPeriod: '2026-08' },
      ['2026-08', '2026-09', '2026-10'],
    ],
    [
      'in arrears are caught up from the line’s start on',
      { ...fee, starts: '2026-09-15' },
      { firstPeriod: '2026-08' },
      ['2026-09', '2026-10'],
    ],
    [
      'in advance bill the next month; that of First period was billed by hand',
      { ...fee, feeTiming: 'in advance', starts: '2026-01-01' },
      {},
      ['2026-11'],
    ],
    [
      'in advance bill both months of a line that starts in the period',
      { ...fee, feeTiming: 'in advance', starts: '2026-10-10' },
      {},
      ['2026-10', '2026-11'],
    ],
    [
      'in advance bill nothing beyond the line’s end',
      { ...fee, feeTiming: 'in advance', starts: '2026-10-01', ends: '2026-10-31' },
      {},
      ['2026-10'],
    ],
    [
      'are not billed for a month that Balances says is billed',
      { ...fee },
      {
        firstPeriod: '2026-09',
        balances: [balanceRow({ line: 'A/1', period: '2026-08', feeBilledFor: '2026-08, 2026-09' })],
      },
      ['2026-10'],
    ],
  ] as const)('%s', (_, row, world, months) => {
    const invoice = only(draft({ lines: [row], ...world }));
    expect(invoice.lines.map((one) => [one.kind, one.from.slice(0, 7)])).toEqual(months.map((month) => ['fee', month]));
    expect(invoice.balances.find((one) => one.period === '2026-10')?.feeBilledFor).toBe(months.join(', '));
  });

  test('prorated by days count both ends', () => {
    const invoice = only(
      draft({ lines: [{ ...fee, fee: 310, prorate: true, starts: '2026-10-30', ends: '2026-10-31' }] }),
    );
    expect(invoice.total).toBe('20.00');
  });
});
