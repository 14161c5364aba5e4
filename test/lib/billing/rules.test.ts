import { describe, expect, test } from 'vitest';
import { draft, entry, expense, line, only, rate, shown, sow, type World } from './make.ts';

interface Case {
  readonly title: string;
  readonly world: World;
  readonly lines: readonly string[];
}

const oct = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const hourly = line({ line: 'A/1', billing: 'hourly', rate: 100 });
const senior = { person: 'Bo', roles: ['Senior'] };
const card = line({ line: 'A/1', billing: 'hourly', rate: 'Standard' });
const onCard = { rateCard: 'Standard' };
const tiered = line({ line: 'A/1', billing: 'tiered', rate: 'Card' });
const graduated = [rate({ rate: 100 }), rate({ rate: 90, fromHours: 10 }), rate({ rate: 80, fromHours: 20 })];
const volume = graduated.map((row) => ({ ...row, tiering: 'volume' as const }));
const ofSow = graduated.map((row) => ({ ...row, tiersCount: 'SOW' as const }));

const cases: Record<string, readonly Case[]> = {
  'hourly lines': [
    {
      title: 'bill all hours at the line’s rate, rounded once',
      world: { lines: [hourly], entries: [entry('A/1', 0.3333), entry('A/1', 0.3333)] },
      lines: ['A/1 time 0.6666 x 100 = 66.66'],
    },
    {
      title: 'round half away from zero at the invoice line',
      world: { lines: [{ ...hourly, rate: 0.01 }], entries: [entry('A/1', 0.5)] },
      lines: ['A/1 time 0.5 x 0.01 = 0.01'],
    },
    {
      title: 'count a double as its shortest decimal text',
      world: { lines: [{ ...hourly, rate: 1.1 }], entries: [entry('A/1', 0.1), entry('A/1', 0.2)] },
      lines: ['A/1 time 0.3 x 1.1 = 0.33'],
    },
    {
      title: 'take the entry’s rate in the source where Rate is empty, higher rates first',
      world: {
        lines: [{ ...hourly, rate: null }],
        entries: [entry('A/1', 1, { rate: 90 }), entry('A/1', 2, { rate: '185.50' }), entry('A/1', 3, { rate: 90 })],
      },
      lines: ['A/1 time 2 x 185.5 = 371.00', 'A/1 time 4 x 90 = 360.00'],
    },
    {
      title: 'write hours at rate 0',
      world: { lines: [{ ...hourly, rate: 0 }], entries: [entry('A/1', 2)] },
      lines: ['A/1 time 2 x 0 = 0.00'],
    },
    { title: 'write no line for 0 hours', world: { lines: [hourly], entries: [entry('A/1', 0)] }, lines: [] },
    {
      title: 'have no decimals in yen',
      world: { client: { currency: 'JPY' }, lines: [{ ...hourly, rate: 1001 }], entries: [entry('A/1', 1.5)] },
      lines: ['A/1 time 1.5 x 1001 = 1502'],
    },
    {
      title: 'are split by person where the client wants it, in order of name without case, each rounded on its own',
      world: {
        client: { groupLinesBy: 'person' },
        lines: [{ ...hourly, rate: 0.5 }],
        entries: [
          entry('A/1', 0.01, { person: 'bo' }),
          entry('A/1', 0.01, { person: 'Ana' }),
          entry('A/1', 0.01, { person: 'Bo' }),
        ],
      },
      lines: ['A/1 time 0.01 x 0.5 = 0.01', 'A/1 time 0.02 x 0.5 = 0.01'],
    },
    {
      title: 'are split by entry where the client wants it, in order of date and id',
      world: {
        client: { groupLinesBy: 'entry' },
        lines: [hourly],
        entries: [
          entry('A/1', 3, { key: 'harvest:20', date: oct(2) }),
          entry('A/1', 2, { key: 'harvest:9', date: oct(2) }),
          entry('A/1', 1, { key: 'harvest:30', date: oct(1) }),
        ],
      },
      lines: ['A/1 time 1 x 100 = 100.00', 'A/1 time 2 x 100 = 200.00', 'A/1 time 3 x 100 = 300.00'],
    },
  ],
  'rate cards': [
    {
      title: 'Person and Task goes before Person, Role and Task, Role, Task and any',
      world: {
        lines: [card],
        rates: [
          rate({ ...onCard, rate: 1 }),
          rate({ ...onCard, rate: 2, task: 'design' }),
          rate({ ...onCard, rate: 3, role: 'Senior' }),
          rate({ ...onCard, rate: 4, role: 'Senior', task: 'Design' }),
          rate({ ...onCard, rate: 5, person: 'BO' }),
          rate({ ...onCard, rate: 6, person: 'Bo', task: 'Design ' }),
        ],
        entries: [
          entry('A/1', 1, { task: 'Work' }),
          entry('A/1', 1, { task: 'Design' }),
          entry('A/1', 1, { roles: ['Junior', 'senior'] }),
          entry('A/1', 1, { roles: ['Senior'], task: 'Design' }),
          entry('A/1', 1, { ...senior }),
          entry('A/1', 1, { ...senior, task: 'Design' }),
        ],
      },
      lines: [6, 5, 4, 3, 2, 1].map((value) => `A/1 time 1 x ${value} = ${value}.00`),
    },
    {
      title: 'the latest From date that is not after the entry counts',
      world: {
        lines: [card],
        rates: [
          rate({ ...onCard, rate: 100 }),
          rate({ ...onCard, rate: 120, fromDate: oct(20) }),
          rate({ ...onCard, rate: 110, fromDate: oct(10) }),
        ],
        entries: [
          entry('A/1', 1, { date: oct(9) }),
          entry('A/1', 2, { date: oct(10) }),
          entry('A/1', 4, { date: oct(31) }),
        ],
      },
      lines: ['A/1 time 4 x 120 = 480.00', 'A/1 time 2 x 110 = 220.00', 'A/1 time 1 x 100 = 100.00'],
    },
    {
      title: 'a more specific row wins over a later one',
      world: {
        lines: [card],
        rates: [rate({ ...onCard, rate: 100, fromDate: oct(1) }), rate({ ...onCard, rate: 90, role: 'Senior' })],
        entries: [entry('A/1', 1, senior)],
      },
      lines: ['A/1 time 1 x 90 = 90.00'],
    },
  ],
  'tiered lines': [
    {
      title: 'graduated: an entry that crosses a bound is split',
      world: { lines: [tiered], rates: graduated, entries: [entry('A/1', 8), entry('A/1', 14)] },
      lines: ['A/1 time 10 x 100 = 1000.00', 'A/1 time 10 x 90 = 900.00', 'A/1 time 2 x 80 = 160.00'],
    },
    {
      title: 'graduated: a tier ends with the next one’s From hours',
      world: { lines: [tiered], rates: graduated, entries: [entry('A/1', 10)] },
      lines: ['A/1 time 10 x 100 = 1000.00'],
    },
    {
      title: 'volume: all hours at the rate of the total’s tier',
      world: { lines: [tiered], rates: volume, entries: [entry('A/1', 8), entry('A/1', 4)] },
      lines: ['A/1 time 12 x 90 = 1080.00'],
    },
    {
      title: 'volume: a total on the bound stays in the lower tier',
      world: { lines: [tiered], rates: volume, entries: [entry('A/1', 10)] },
      lines: ['A/1 time 10 x 100 = 1000.00'],
    },
    {
      title: 'volume: the tier is found before Cap hours cut',
      world: { lines: [{ ...tiered, capHours: 5, overCap: 'absorb' }], rates: volume, entries: [entry('A/1', 12)] },
      lines: ['A/1 time 5 x 90 = 450.00'],
    },
    {
      title: 'volume: the From date counts as of the period’s last day',
      world: {
        lines: [tiered],
        rates: [...volume, { ...rate({ rate: 95, fromHours: 10, fromDate: oct(31) }), tiering: 'volume' as const }],
        entries: [entry('A/1', 12)],
      },
      lines: ['A/1 time 12 x 95 = 1140.00'],
    },
    {
      title: 'counted over the SOW: Billed before hours come first',
      world: { lines: [{ ...tiered, billedBeforeHours: 9 }], rates: ofSow, entries: [entry('A/1', 3)] },
      lines: ['A/1 time 1 x 100 = 100.00', 'A/1 time 2 x 90 = 180.00'],
    },
    {
      title: 'a tier that has not begun does not exist for the entry',
      world: {
        lines: [tiered],
        rates: [rate({ rate: 100 }), rate({ rate: 90, fromHours: 10, fromDate: oct(15) })],
        entries: [entry('A/1', 12, { date: oct(14) }), entry('A/1', 1, { date: oct(15) })],
      },
      lines: ['A/1 time 12 x 100 = 1200.00', 'A/1 time 1 x 90 = 90.00'],
    },
  ],
  expenses: [
    {
      title: 'are passed on with their markup, each rounded, by date and id',
      world: {
        lines: [line({ line: 'A/9', billing: 'expense', markupPercent: 10 })],
        expenses: [expense('A/9', 12.35, { date: oct(9) }), expense('A/9', 100.05, { date: oct(2) })],
      },
      lines: ['A/9 expense 1 x 110.06 = 110.06', 'A/9 expense 1 x 13.59 = 13.59'],
    },
    {
      title: 'of 0 are written',
      world: { lines: [line({ line: 'A/9', billing: 'expense' })], expenses: [expense('A/9', 0)] },
      lines: ['A/9 expense 1 x 0.00 = 0.00'],
    },
  ],
  minimums: [
    {
      title: 'bring the month up to the minimum',
      world: { lines: [{ ...hourly, minimum: 500 }], entries: [entry('A/1', 2)] },
      lines: ['A/1 time 2 x 100 = 200.00', 'A/1 minimum 1 x 300.00 = 300.00'],
    },
    {
      title: 'are billed without any hours',
      world: { lines: [{ ...hourly, minimum: 500 }] },
      lines: ['A/1 minimum 1 x 500.00 = 500.00'],
    },
    {
      title: 'are not written once reached',
      world: { lines: [{ ...hourly, minimum: 200 }], entries: [entry('A/1', 2)] },
      lines: ['A/1 time 2 x 100 = 200.00'],
    },
    {
      title: 'wait for the line to be active',
      world: { lines: [{ ...hourly, minimum: 500, starts: '2026-11-01' }] },
      lines: [],
    },
    {
      title: 'are prorated by days where the line is',
      world: { lines: [{ ...hourly, minimum: 310, prorate: true, starts: oct(22) }] },
      lines: ['A/1 minimum 1 x 100.00 = 100.00'],
    },
  ],
  'caps and discounts': [
    {
      title: 'Cap hours stop the line in the order of its entries, an entry is split',
      world: {
        lines: [{ ...hourly, rate: null, capHours: 10, billedBeforeHours: 4, overCap: 'absorb' }],
        entries: [entry('A/1', 5, { rate: 50 }), entry('A/1', 5, { rate: 100 })],
      },
      lines: ['A/1 time 1 x 100 = 100.00', 'A/1 time 5 x 50 = 250.00'],
    },
    {
      title: 'Cap amount takes off what is over it, the minimum included',
      world: {
        lines: [{ ...hourly, minimum: 500, capAmount: 900, billedBeforeAmount: 600, overCap: 'absorb' }],
        entries: [entry('A/1', 2)],
      },
      lines: ['A/1 time 2 x 100 = 200.00', 'A/1 minimum 1 x 300.00 = 300.00', 'A cap 1 x -200.00 = -200.00'],
    },
    {
      title: 'a cap that is used up takes off all of the period and no more',
      world: {
        lines: [{ ...hourly, capAmount: 900, billedBeforeAmount: 900, overCap: 'absorb' }],
        entries: [entry('A/1', 2)],
      },
      lines: ['A/1 time 2 x 100 = 200.00', 'A cap 1 x -200.00 = -200.00'],
    },
    {
      title: 'a cap on an expense line counts the markup',
      world: {
        lines: [line({ line: 'A/9', billing: 'expense', markupPercent: 10, capAmount: 100, overCap: 'absorb' })],
        expenses: [expense('A/9', 100)],
      },
      lines: ['A/9 expense 1 x 110.00 = 110.00', 'A cap 1 x -10.00 = -10.00'],
    },
    {
      title:
        'the SOW cap counts all lines but those of expense lines, their caps applied; the discount follows on what is left',
      world: {
        sows: [sow({ cap: 500, overCap: 'absorb', discountPercent: 10 })],
        lines: [
          { ...hourly, capAmount: 300, overCap: 'absorb' },
          line({ line: 'A/2', billing: 'hourly', rate: 100, quickBooksItem: 'Other' }),
          line({ line: 'A/9', billing: 'expense' }),
        ],
        entries: [entry('A/1', 4), entry('A/2', 3)],
        expenses: [expense('A/9', 50)],
      },
      lines: [
        'A/1 time 4 x 100 = 400.00',
        'A cap 1 x -100.00 = -100.00',
        'A/2 time 3 x 100 = 300.00',
        'A/9 expense 1 x 50.00 = 50.00',
        'A cap 1 x -100.00 = -100.00',
        'A discount 1 x -50.00 = -50.00',
      ],
    },
    {
      title: 'a discount is rounded once, half away from zero',
      world: { sows: [sow({ discountPercent: 10 })], lines: [{ ...hourly, rate: 0.35 }], entries: [entry('A/1', 1)] },
      lines: ['A/1 time 1 x 0.35 = 0.35', 'A discount 1 x -0.04 = -0.04'],
    },
  ],
  'lines that bill no hours': [
    {
      title: 'fixed monthly bills its fee',
      world: { lines: [line({ line: 'A/1', billing: 'fixed monthly', fee: 750 })], entries: [entry('A/1', 9)] },
      lines: ['A/1 fee 1 x 750.00 = 750.00'],
    },
    {
      title: 'a milestone bills once it is completed',
      world: { lines: [line({ line: 'A/1', billing: 'milestone', fee: 5000, completedOn: oct(31) })] },
      lines: ['A/1 milestone 1 x 5000.00 = 5000.00'],
    },
    {
      title: 'a milestone completed before First period was billed by hand',
      world: { lines: [line({ line: 'A/1', billing: 'milestone', fee: 5000, completedOn: '2026-09-30' })] },
      lines: [],
    },
    {
      title: 'a milestone completed after the period waits',
      world: { lines: [line({ line: 'A/1', billing: 'milestone', fee: 5000, completedOn: '2026-11-01' })] },
      lines: [],
    },
    {
      title: 'non-billable bills nothing',
      world: { lines: [line({ line: 'A/1', billing: 'non-billable' })], entries: [entry('A/1', 9)] },
      lines: [],
    },
  ],
};

for (const [rule, rows] of Object.entries(cases)) {
  describe(rule, () => {
    test.each(rows)('$title', ({ world, lines }) => {
      const drafts = draft(world);
      expect(drafts.problems).toEqual([]);
      expect(shown(drafts.invoices[0])).toEqual(lines);
      expect(drafts.conservation.addsUp).toBe(true);
    });
  });
}

describe('rounding of entries', () => {
  test.each([
    ['as tracked', 1.23, '1.23'],
    ['as tracked', 0.00005, '0.0001'],
    ['as rounded by Harvest', 1.23, '1.25'],
    ['up to 6 min', 1.2001, '1.3'],
    ['up to 6 min', 1.2, '1.2'],
    ['up to 15 min', 1.01, '1.25'],
    ['up to 15 min', 1.25, '1.25'],
    ['nearest 6 min', 1.25, '1.3'],
    ['nearest 6 min', 1.2499, '1.2'],
    ['nearest 15 min', 1.125, '1.25'],
    ['nearest 15 min', 1.1249, '1'],
  ] as const)('%s makes %d h into %s h', (roundHours, hours, quantity) => {
    const entries = [entry('A/1', hours, { roundedHours: 1.25 })];
    const bySetting = draft({ settings: { roundHours }, lines: [hourly], entries });
    const bySow = draft({
      settings: { roundHours: 'up to 15 min' },
      sows: [sow({ roundHours })],
      lines: [hourly],
      entries,
    });
    expect([only(bySetting).lines[0]?.quantity, only(bySow).lines[0]?.quantity]).toEqual([quantity, quantity]);
  });
});

describe('amounts of entries', () => {
  test('share their line by largest remainder, the earlier entry first', () => {
    const entries = [entry('A/1', 1), entry('A/1', 1), entry('A/1', 1)];
    const invoice = only(draft({ lines: [{ ...hourly, rate: '0.3333' }], entries }));
    expect(invoice.total).toBe('1.00');
    expect(invoice.entryResults.map((one) => one.amount)).toEqual(['0.34', '0.33', '0.33']);
  });
});

describe('to QuickBooks', () => {
  test('goes quantity 1 at the amount where the currency has no decimals and the product does', () => {
    const invoice = only(
      draft({ client: { currency: 'JPY' }, lines: [{ ...hourly, rate: 1001 }], entries: [entry('A/1', 1.5)] }),
    );
    expect(invoice.lines[0]?.quickBooks).toEqual({
      quantity: '1',
      unitPrice: '1502',
      amount: '1502',
      description: 'A/1, October 2026 (1.5 h x ¥1,001)',
    });
  });
});
