import { describe, expect, test } from 'vitest';
import { draftClient } from '../../../src/lib/billing/draft-client.ts';
import { balanceRow, books, draft, entry, expense, line, only, rate, shown, sow, type World } from './make.ts';
import { draftsOf, during, openLedger, pushAll } from './month.ts';

const hourly = line({ line: 'A/1', billing: 'hourly', rate: 100 });

describe('invoices', () => {
  test('one per client and period, the SOWs and lines in the order of their tabs', () => {
    const world = {
      sows: [sow({ sow: 'B' }), sow({ sow: 'A' })],
      lines: [
        hourly,
        line({ line: 'B/2', sow: 'B', billing: 'hourly', rate: 50 }),
        line({ line: 'B/1', sow: 'B', billing: 'hourly', rate: 60 }),
      ],
      entries: [entry('A/1', 1), entry('B/1', 1), entry('B/2', 1)],
    };
    const invoice = only(draft(world));
    expect([invoice.name, invoice.sow, invoice.invoiceDate]).toEqual(['2026-10 Acme', null, '2026-10-31']);
    expect(invoice.lines.map((one) => `${one.no} ${one.sowLine}`)).toEqual(['1 B/2', '2 B/1', '3 A/1']);
    const perSow = draft({
      ...world,
      client: { invoicePer: 'SOW' },
      settings: { invoiceDate: 'first day after period' },
    });
    expect(perSow.invoices.map((one) => [one.name, one.sow, one.total, one.invoiceDate])).toEqual([
      ['2026-10 Acme B', 'B', '110.00', '2026-11-01'],
      ['2026-10 Acme A', 'A', '100.00', '2026-11-01'],
    ]);
  });

  test('sum up their columns by kind', () => {
    const invoice = only(
      draft({
        sows: [sow({ discountPercent: 10 })],
        lines: [hourly, line({ line: 'A/2', billing: 'non-billable' }), line({ line: 'A/9', billing: 'expense' })],
        entries: [entry('A/1', 2), entry('A/2', 3), entry('A/1', 7, { status: 'excluded' })],
        expenses: [expense('A/9', 50)],
      }),
    );
    expect([invoice.hours, invoice.fees, invoice.expenses, invoice.adjustments, invoice.total]).toEqual([
      '5',
      '200.00',
      '50.00',
      '-20.00',
      '230.00',
    ]);
    expect(invoice.entryResults.map((one) => [one.billedHours, one.amount, one.becomesInvoiced])).toEqual([
      ['2', '200.00', true],
      ['0', '0.00', true],
    ]);
  });

  test('are held while an entry or expense of the client waits for a review; the draft is made from the rest', () => {
    const waits = entry('A/1', 5, { status: 'flagged' });
    const invoice = only(draft({ lines: [hourly], entries: [entry('A/1', 2), waits] }));
    expect([invoice.status, invoice.total, invoice.holds[0]?.kind, invoice.holds[0]?.entries]).toEqual([
      'held',
      '200.00',
      'waiting',
      [waits.key],
    ]);
  });

  test('replace the draft of their name, and drafts without content are dropped', () => {
    const world: World = {
      lines: [hourly],
      invoices: [{ name: '2026-10 Acme (3)', period: '2026-10', sow: null, status: 'held' }],
    };
    expect(only(draft({ ...world, entries: [entry('A/1', 1)] })).name).toBe('2026-10 Acme (3)');
    expect(draft(world)).toMatchObject({ invoices: [], dropped: ['2026-10 Acme (3)'] });
  });

  test('say what the rate of an entry came from', () => {
    const drafts = draft({
      lines: [{ ...hourly, rate: 'Standard' }],
      rates: [rate({ rateCard: 'Standard', rate: 185, role: 'Senior', fromDate: '2026-01-01' })],
      entries: [entry('A/1', 1, { roles: ['Senior'] })],
    });
    expect(drafts.entries[0]?.rateReason).toBe('$185.00, rate card Standard: Role Senior, from 2026-01-01');
  });
});

describe('entries', () => {
  test('before First period are excluded with the reason', () => {
    const drafts = draft({ lines: [hourly], entries: [entry('A/1', 2, { date: '2026-09-30', status: 'new' })] });
    expect(drafts.entries).toMatchObject([{ exclude: 'before First period (October 2026)' }]);
    expect(drafts.invoices).toEqual([]);
  });

  test('that vanished before they were billed are excluded with the reason', () => {
    const drafts = draft({ lines: [hourly], entries: [entry('A/1', 2, { vanished: true })] });
    expect(drafts.entries).toMatchObject([{ exclude: 'gone in the time source before it was billed' }]);
  });

  test('without a rate are flagged and hold the client, and the rest is drafted', () => {
    const none = entry('A/1', 5);
    const drafts = draft({ lines: [{ ...hourly, rate: null }], entries: [entry('A/1', 2, { rate: 10 }), none] });
    expect(drafts.entries.find((one) => one.key === none.key)?.noRate).toBe(true);
    expect([only(drafts).status, only(drafts).total, drafts.conservation.hours.waiting]).toEqual([
      'held',
      '20.00',
      '5',
    ]);
  });

  test('of a rate card have no fallback to the source', () => {
    const drafts = draft({
      lines: [{ ...hourly, rate: 'Card' }],
      rates: [rate({ rate: 10, role: 'Senior' })],
      entries: [entry('A/1', 2, { rate: 10 })],
    });
    expect(drafts.entries[0]?.noRate).toBe(true);
  });

  test('are divided with nothing left', () => {
    const drafts = draft({
      lines: [
        line({ line: 'A/1', billing: 'retainer', fee: 100, includedHours: 10, rate: 10, overage: 'absorb' }),
        line({ line: 'A/2', billing: 'hourly', rate: 10, capHours: 3, overCap: 'absorb' }),
        line({ line: 'A/3', billing: 'milestone', fee: 100 }),
      ],
      entries: [
        entry('A/1', 12),
        entry('A/2', 4),
        entry('A/3', 5),
        entry('A/2', 6, { status: 'excluded' }),
        entry(null, 7, { status: 'new' }),
      ],
    });
    expect(drafts.conservation).toMatchObject({
      hours: { billed: '3', covered: '10', absorbed: '3', recorded: '5', excluded: '6', waiting: '7' },
      totalHours: '34',
      addsUp: true,
    });
  });
});

describe('caps over the life of a line', () => {
  const capped = { ...hourly, capHours: 10, capAmount: 900 };

  test('hold the draft until someone raises them once or absorbs', () => {
    const world = { lines: [{ ...hourly, capAmount: 900 }], entries: [entry('A/1', 12)] };
    const invoice = only(draft(world));
    expect([invoice.status, invoice.total, invoice.holds[0]?.decisions]).toEqual([
      'held',
      '900.00',
      ['raise cap', 'absorb'],
    ]);
    const decide = (decision: 'raise cap' | 'absorb') =>
      only(draft({ ...world, decisions: [{ invoice: invoice.name, decision }] }));
    expect([decide('raise cap').status, decide('raise cap').total]).toEqual(['draft', '1200.00']);
    expect([decide('absorb').status, decide('absorb').total]).toEqual(['draft', '900.00']);
  });

  test('warn from 80 % on', () => {
    const warnings = (hours: number) => only(draft({ lines: [capped], entries: [entry('A/1', hours)] })).warnings;
    expect(warnings(7.19)).toEqual([]);
    expect(warnings(7.2)).toEqual(['Cap of A/1: 80 % used, $720.00 of $900.00.']);
    expect(warnings(8.5)).toEqual([
      'Cap hours of A/1: 85 % used, 8.5 of 10 h.',
      'Cap of A/1: 94 % used, $850.00 of $900.00.',
    ]);
  });

  test('that were raised say how far above they are, and a cap of 0 that there is none left', () => {
    const raised = (capAmount: number) => {
      const world = { lines: [{ ...hourly, capAmount }], entries: [entry('A/1', 12)] };
      const { name } = only(draft(world));
      return only(draft({ ...world, decisions: [{ invoice: name, decision: 'raise cap' }] })).warnings;
    };
    expect(raised(900)).toEqual(['Cap of A/1: 133 % used, $1,200.00 of $900.00.']);
    expect(raised(0)).toEqual(['Cap of A/1: no cap left, $1,200.00 of $0.00.']);
  });

  test('run on over periods, of a SOW too', () => {
    const world = {
      sows: [sow({ cap: 1000, overCap: 'absorb' as const })],
      lines: [hourly],
      entries: [entry('A/1', 8), entry('A/1', 5, { date: '2026-11-01' })],
    };
    const october = pushAll(openLedger(world));
    expect(october.books.balances.map((row) => [row.line, row.hoursToDate, row.billedToDate])).toEqual([
      ['A/1', '8', '800.00'],
      ['A', null, '800.00'],
    ]);
    expect(shown(only(draftsOf(during(october, '2026-11'))))).toEqual([
      'A/1 time 5 x 100 = 500.00',
      'A cap 1 x -300.00 = -300.00',
    ]);
  });

  test('warn when a volume price falls', () => {
    const rates = [rate({ rate: 100, tiering: 'volume' }), rate({ rate: 90, fromHours: 10, tiering: 'volume' })];
    const invoice = only(
      draft({ lines: [line({ line: 'A/1', billing: 'tiered', rate: 'Card' })], rates, entries: [entry('A/1', 11)] }),
    );
    expect(invoice.warnings).toEqual(['Volume price of A/1: 11 h come to $990.00, less than the $1,000.00 for 10 h.']);
  });
});

describe('problems in the tabs', () => {
  const world: World = {
    sows: [sow({ starts: '2026-10-02', ends: '2026-10-01', discountPercent: 0.1, cap: 10 })],
    lines: [
      line({ line: 'A/1', billing: 'retainer', fee: -1, includedHours: 1, includedAmount: 1, overage: 'carry' }),
      line({ line: 'A/2', billing: 'covered', retainer: 'A/3', rate: 'Nobody' }),
      line({ line: 'A/3', billing: 'hourly', capHours: 1, billedBeforeHours: 2, capAmount: 1, billedBeforeAmount: 20 }),
      line({ line: 'A/4', billing: 'milestone' }),
      line({ line: 'A/5', billing: 'tiered', rate: 'Tiers' }),
      line({ line: 'A/6', billing: 'tiered', rate: 100 }),
      line({ line: 'A/7', billing: 'expense', markupPercent: '0.5' }),
      line({ line: 'a/7 ', billing: 'expense' }),
    ],
    rates: [
      rate({ rateCard: 'Tiers', rate: 1, fromHours: 5, role: 'Senior', tiering: 'volume', tiersCount: 'SOW' }),
      rate({ rateCard: 'Tiers', rate: 1, fromHours: 5 }),
      rate({ rateCard: 'Of others', rate: null }),
    ],
    entries: [
      entry('A/99', 1, { key: 'harvest:1' }),
      entry('A/7', 1, { key: 'harvest:2' }),
      entry('A/3', 1, { key: 'harvest:2' }),
    ],
    expenses: [expense('A/3', 1, { key: 'harvest:3' })],
  };

  test('are all reported together, and nothing is billed', () => {
    const drafts = draft(world);
    expect(drafts.invoices).toEqual([]);
    expect(drafts.problems.map((one) => `${one.tab} ${one.key}: ${one.column} ${one.found}`)).toEqual([
      'SOWs A: Ends 2026-10-01',
      'SOWs A: Discount % 0.1',
      'SOWs A: Cap 10',
      'SOW lines a/7: Line a/7 ',
      'SOW lines A/1: Fee -1',
      'SOW lines A/1: Included amount 1',
      'SOW lines A/1: Overage carry',
      'SOW lines A/2: Rate Nobody',
      'SOW lines A/2: Retainer A/3',
      'SOW lines A/3: Cap hours 1',
      'SOW lines A/3: Cap amount 1',
      'SOW lines A/4: Fee nothing',
      'SOW lines A/6: Rate 100',
      'SOW lines A/7: Markup % 0.5',
      'Rates Tiers: Role Senior',
      'Rates Tiers: From hours 5',
      'Rates Tiers: From hours 5',
      'Rates Tiers: Tiers count SOW',
      'Time entries harvest:2: Key harvest:2',
      'Time entries harvest:1: SOW line A/99',
      'Time entries harvest:2: SOW line A/7 (expense)',
      'Expenses harvest:3: SOW line A/3 (hourly)',
    ]);
    expect(drafts.problems.find((one) => one.column === 'Discount %')?.allowed).toBe(
      '0, or from 1 to 100; 10 means ten per cent',
    );
  });
});

describe('balances typed by hand', () => {
  test('count towards caps and tiers', () => {
    const rates = [rate({ rate: 100, tiersCount: 'SOW' }), rate({ rate: 90, fromHours: 10, tiersCount: 'SOW' })];
    const lines = [
      line({ line: 'A/1', billing: 'tiered', rate: 'Card', billedBeforeHours: 2, capHours: 12, overCap: 'absorb' }),
    ];
    const balances = [balanceRow({ line: 'A/1', period: '2026-09', tierHours: 7, hoursToDate: 9, billedToDate: 900 })];
    expect(shown(only(draft({ lines, rates, balances, entries: [entry('A/1', 5)] })))).toEqual([
      'A/1 time 1 x 100 = 100.00',
      'A/1 time 2 x 90 = 180.00',
    ]);
  });

  test('a period before First period bills nothing', () => {
    const before = books({ lines: [hourly], period: '2026-09', entries: [entry('A/1', 1, { date: '2026-09-01' })] });
    expect(draftClient(before)).toMatchObject({ invoices: [], problems: [] });
  });
});
