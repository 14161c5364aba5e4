import { describe, expect, test } from 'vitest';
import type { TimeEntry } from '../../../src/lib/billing/model.ts';
import { entry, expense, line, only, pool, rate, shown, sow } from './make.ts';
import {
  accept,
  addEntries,
  draftsOf,
  during,
  editEntry,
  keepDrafts,
  type Ledger,
  openLedger,
  push,
  pushAll,
  voidInvoice,
} from './month.ts';

const hourly = line({ line: 'A/1', billing: 'hourly', rate: 100 });
const retainer = line({ line: 'A/1', billing: 'retainer', fee: 2000, includedHours: 20, rate: 185, rolloverMonths: 1 });
const november = (on: string, hours: number, row: Partial<TimeEntry> = {}) =>
  entry(on, hours, { date: '2026-11-05', ...row });

function setLines(ledger: Ledger, ...sowLines: Parameters<typeof openLedger>[0]['lines'][number][]): Ledger {
  return { books: { ...ledger.books, today: { ...ledger.books.today, sowLines } } };
}

describe('after an invoice was pushed', () => {
  test('a second run with nothing new drafts nothing', () => {
    const ledger = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2)] }));
    expect(draftsOf(ledger).invoices).toEqual([]);
  });

  test('a second run of the period bills a late entry on an additional invoice', () => {
    const pushed = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2)] }));
    const invoice = only(draftsOf(addEntries(pushed, entry('A/1', 1.5))));
    expect([invoice.name, invoice.hours, invoice.fees, invoice.adjustments]).toEqual([
      '2026-10 Acme (2)',
      '1.5',
      '0.00',
      '150.00',
    ]);
    expect(shown(invoice)).toEqual(['A/1 correction 1.5 x 100 = 150.00']);
  });

  test('fees and milestones of a second run wait for the next period', () => {
    const pushed = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2)] }));
    const added = setLines(
      pushed,
      hourly,
      line({ line: 'A/2', billing: 'fixed monthly', fee: 300, starts: '2026-10-01' }),
      line({ line: 'A/3', billing: 'milestone', fee: 900, completedOn: '2026-10-20' }),
    );
    expect(draftsOf(added).invoices).toEqual([]);
    expect(shown(only(draftsOf(during(added, '2026-11'))))).toEqual([
      'A/2 fee 1 x 300.00 = 300.00',
      'A/2 fee 1 x 300.00 = 300.00',
      'A/3 milestone 1 x 900.00 = 900.00',
    ]);
  });

  test('a late entry is billed at the rate of its month, not today’s', () => {
    const pushed = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2)] }));
    const later = during(
      setLines(addEntries(pushed, entry('A/1', 1), november('A/1', 3)), { ...hourly, rate: 120 }),
      '2026-11',
    );
    expect(shown(only(draftsOf(later)))).toEqual(['A/1 time 3 x 120 = 360.00', 'A/1 correction 1 x 100 = 100.00']);
  });

  test('a late entry draws on its month’s included hours, and the months after it are priced again', () => {
    const october = pushAll(openLedger({ lines: [retainer], entries: [entry('A/1', 15)] }));
    const both = pushAll(addEntries(during(october, '2026-11'), november('A/1', 25)));
    const late = during(addEntries(both, entry('A/1', 3)), '2026-12');
    const invoice = only(draftsOf(late));
    // October had 5 h left for November; 3 of them are gone, so 3 of November’s 25 h are over.
    expect(shown(invoice)).toEqual(['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 correction 3 x 185 = 555.00']);
    expect(invoice.lines[1]?.from).toBe('2026-11-01');
    const rows = invoice.balances.map((row) => `${row.period}: ${pool(row)}`);
    expect(rows).toEqual([
      '2026-10: 0 + 20 - 18 - 0 = 2',
      '2026-11: 2 + 20 - 22 - 0 = 0',
      '2026-12: 0 + 20 - 0 - 0 = 20',
    ]);
    expect(invoice.entryResults.map((one) => [one.coveredHours, one.billedHours, one.becomesInvoiced])).toEqual([
      ['15', '0', false],
      ['3', '0', true],
      ['22', '3', false],
    ]);
    expect(draftsOf(during(push(late, invoice), '2026-12')).invoices).toEqual([]);
  });

  test('hours carried into a month stay usable in it when Rollover months is edited', () => {
    const october = pushAll(openLedger({ lines: [retainer], entries: [entry('A/1', 15)] }));
    const edited = during(
      setLines(addEntries(october, november('A/1', 25)), { ...retainer, rolloverMonths: 0 }),
      '2026-11',
    );
    const invoice = only(draftsOf(edited));
    expect([shown(invoice), pool(invoice.balances[0])]).toEqual([
      ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 covered 25 x 0 = 0.00'],
      '5 + 20 - 25 - 0 = 0',
    ]);
  });

  test('a late entry that takes the place of another under a cap rewrites the numbers of both', () => {
    const capped = { ...hourly, capHours: 3, overCap: 'absorb' as const };
    const pushed = pushAll(
      openLedger({ lines: [capped], entries: [entry('A/1', 5, { key: 'harvest:2', date: '2026-10-27' })] }),
    );
    const late = addEntries(during(pushed, '2026-11'), entry('A/1', 3, { key: 'harvest:1' }));
    const invoice = only(
      draftsOf({
        books: {
          ...late.books,
          today: {
            ...late.books.today,
            sowLines: [capped, line({ line: 'A/2', billing: 'fixed monthly', fee: 10, starts: '2026-11-01' })],
          },
        },
      }),
    );
    expect(shown(invoice)).toEqual(['A/2 fee 1 x 10.00 = 10.00']);
    expect(invoice.entryResults.map((one) => [one.key, one.billedHours, one.amount])).toEqual([
      ['harvest:1', '3', '300.00'],
      ['harvest:2', '0', '0.00'],
    ]);
  });

  test('a late entry that is covered changes no money: it becomes invoiced with the next invoice', () => {
    const pushed = pushAll(openLedger({ lines: [retainer], entries: [entry('A/1', 15)] }));
    const late = addEntries(pushed, entry('A/1', 3));
    expect(draftsOf(late).invoices).toEqual([]);
    const next = only(draftsOf(during(late, '2026-11')));
    expect(next.entryResults.filter((one) => one.becomesInvoiced).map((one) => one.coveredHours)).toEqual(['3']);
  });

  test('an entry moved to another line takes its hours with it', () => {
    const other = line({ line: 'A/2', billing: 'hourly', rate: 80 });
    const pushed = pushAll(
      openLedger({ lines: [hourly, other], entries: [entry('A/1', 2, { key: 'harvest:1' }), entry('A/1', 1)] }),
    );
    const moved = editEntry(pushed, 'harvest:1', (one) => ({ ...one, asBilled: { ...one }, line: 'A/2' }));
    const invoice = only(draftsOf(during(moved, '2026-11')));
    expect(shown(invoice)).toEqual(['A/1 correction -2 x 100 = -200.00', 'A/2 correction 2 x 80 = 160.00']);
    expect([invoice.status, invoice.holds.map((one) => one.kind), invoice.total]).toEqual([
      'held',
      ['negative total'],
      '-40.00',
    ]);
  });

  test('a change in the source counts only once a person accepts it', () => {
    const pushed = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2, { key: 'harvest:1' })] }));
    const change = (changed: 'waiting' | 'ignored' | 'bill difference') =>
      during(
        editEntry(pushed, 'harvest:1', (one) => ({ ...one, asBilled: { ...one }, hours: 5, changed })),
        '2026-11',
      );
    expect(draftsOf(change('waiting')).invoices).toEqual([]);
    expect(draftsOf(change('ignored')).invoices).toEqual([]);
    expect(shown(only(draftsOf(change('bill difference'))))).toEqual(['A/1 correction 3 x 100 = 300.00']);
  });

  test('an entry that vanished is taken back once a person accepts it', () => {
    const pushed = pushAll(
      openLedger({ lines: [hourly], entries: [entry('A/1', 2, { key: 'harvest:1' }), entry('A/1', 1)] }),
    );
    const gone = during(addEntries(accept(pushed, 'harvest:1', { vanished: true }), november('A/1', 4)), '2026-11');
    const invoice = only(draftsOf(gone));
    expect(shown(invoice)).toEqual(['A/1 time 4 x 100 = 400.00', 'A/1 correction -2 x 100 = -200.00']);
    expect(invoice.entryResults.find((one) => one.key === 'harvest:1')).toMatchObject({
      billedHours: '0',
      amount: '0.00',
      becomesInvoiced: false,
    });
  });

  test('minimum, caps and discount of the month are worked out again', () => {
    const lines = [{ ...hourly, minimum: 500 }];
    const sows = [sow({ discountPercent: 10 })];
    const pushed = pushAll(openLedger({ lines, sows, entries: [entry('A/1', 2)] }));
    const late = addEntries(during(pushed, '2026-11'), entry('A/1', 4), november('A/1', 7));
    expect(shown(only(draftsOf(late)))).toEqual([
      'A/1 time 7 x 100 = 700.00',
      'A/1 correction 4 x 100 = 400.00',
      'A/1 correction 1 x -300.00 = -300.00',
      'A discount 1 x -70.00 = -70.00',
      'A correction 1 x -10.00 = -10.00',
    ]);
  });

  test('a difference that is no hours times rate is one at the difference', () => {
    const lines = [{ ...hourly, rate: '0.5' }];
    const pushed = pushAll(openLedger({ lines, entries: [entry('A/1', 0.01)] }));
    const late = addEntries(pushed, entry('A/1', 0.01), entry('A/1', 0.01));
    // 0.03 h come to 0.02 and 0.01 was billed; 0.02 h at 0.5 is that 0.01.
    expect(shown(only(draftsOf(late)))).toEqual(['A/1 correction 0.02 x 0.5 = 0.01']);
    // 0.06 h come to 0.03, 0.01 more than before; but 0.03 h at 0.5 would be 0.02.
    expect(shown(only(draftsOf(addEntries(pushAll(late), entry('A/1', 0.03)))))).toEqual([
      'A/1 correction 1 x 0.01 = 0.01',
    ]);
  });

  test('an hour that shifts a tier bound corrects both rates', () => {
    const lines = [line({ line: 'A/1', billing: 'tiered', rate: 'Card' })];
    const rates = [rate({ rate: 100, tiering: 'volume' }), rate({ rate: 90, fromHours: 10, tiering: 'volume' })];
    const pushed = pushAll(openLedger({ lines, rates, entries: [entry('A/1', 10)] }));
    const invoice = only(draftsOf(addEntries(pushed, entry('A/1', 2))));
    expect(shown(invoice)).toEqual(['A/1 correction -10 x 100 = -1000.00', 'A/1 correction 12 x 90 = 1080.00']);
    expect(invoice.total).toBe('80.00');
  });

  test('a late expense is one correction', () => {
    const lines = [line({ line: 'A/9', billing: 'expense', markupPercent: 10 })];
    const pushed = pushAll(openLedger({ lines, expenses: [expense('A/9', 10)] }));
    const late = { books: { ...pushed.books, expenses: [...pushed.books.expenses, expense('A/9', 20)] } };
    expect(shown(only(draftsOf(late)))).toEqual(['A/9 correction 1 x 22.00 = 22.00']);
  });

  test('a hold that appears in a month priced again holds the current invoice; the decision counts for that month from then on', () => {
    const lines = [{ ...retainer, overage: 'hold' as const, rolloverMonths: 0 }];
    const pushed = pushAll(openLedger({ lines, entries: [entry('A/1', 19)] }));
    const late = addEntries(during(pushed, '2026-11'), entry('A/1', 3));
    const held = only(draftsOf(late));
    expect([held.status, held.holds.map((one) => [one.kind, one.month])]).toEqual(['held', [['overage', '2026-10']]]);
    const decided = { books: { ...late.books, decisions: [{ invoice: held.name, decision: 'bill' as const }] } };
    const invoice = only(draftsOf(decided));
    expect([invoice.status, shown(invoice)]).toEqual([
      'draft',
      ['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 correction 2 x 185 = 370.00'],
    ]);
    const again = addEntries(during(push(decided, invoice), '2026-12'), entry('A/1', 1));
    expect(shown(only(draftsOf(again)))).toEqual(['A/1 fee 1 x 2000.00 = 2000.00', 'A/1 correction 1 x 185 = 185.00']);
  });
});

describe('months that were not pushed', () => {
  test('come as corrections of a later period, at today’s terms, without their fees', () => {
    const lines = [hourly, line({ line: 'A/2', billing: 'fixed monthly', fee: 300 })];
    const ledger = during(openLedger({ lines, entries: [entry('A/1', 2), november('A/1', 1)] }), '2026-11');
    expect(shown(only(draftsOf(ledger)))).toEqual([
      'A/1 time 1 x 100 = 100.00',
      'A/1 correction 2 x 100 = 200.00',
      'A/2 fee 1 x 300.00 = 300.00',
      'A/2 fee 1 x 300.00 = 300.00',
    ]);
    const pushed = pushAll(ledger);
    expect(draftsOf(pushed).invoices).toEqual([]);
    expect(draftsOf(during(pushed, '2026-10')).invoices).toEqual([]);
    expect(
      shown(only(draftsOf(during(setLines(addEntries(pushed, entry('A/1', 1)), { ...hourly, rate: 999 }), '2026-11')))),
    ).toEqual(['A/1 correction 1 x 100 = 100.00']);
  });

  test('with a draft of their own are billed by it; later drafts take its balances and wait for it', () => {
    const drafted = keepDrafts(openLedger({ lines: [retainer], entries: [entry('A/1', 15)] }));
    const invoice = only(draftsOf(addEntries(during(drafted, '2026-11'), november('A/1', 26))));
    expect(shown(invoice)).toEqual([
      'A/1 fee 1 x 2000.00 = 2000.00',
      'A/1 overage 1 x 185 = 185.00',
      'A/1 covered 25 x 0 = 0.00',
    ]);
    expect(invoice.pushAfter).toEqual(['2026-10 Acme']);
  });

  test('an approved invoice is not made anew, nor joined by another before it is pushed', () => {
    const approved = keepDrafts(openLedger({ lines: [hourly], entries: [entry('A/1', 2)] }), 'approved');
    expect(draftsOf(addEntries(approved, entry('A/1', 1)))).toMatchObject({ invoices: [], dropped: [] });
  });
});

describe('a negative total', () => {
  test('is held; the next period drops the draft and carries its content', () => {
    const pushed = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 10, { key: 'harvest:1' })] }));
    const credited = keepDrafts(
      addEntries(during(accept(pushed, 'harvest:1', { hours: 4 }), '2026-11'), november('A/1', 1)),
    );
    expect(credited.books.invoices.map((one) => [one.name, one.status])).toEqual([
      ['2026-10 Acme', 'pushed'],
      ['2026-11 Acme', 'held'],
    ]);
    const december = during(addEntries(credited, entry('A/1', 20, { date: '2026-12-01' })), '2026-12');
    const drafts = draftsOf(december);
    expect(drafts.dropped).toEqual(['2026-11 Acme']);
    expect(shown(only(drafts))).toEqual([
      'A/1 time 20 x 100 = 2000.00',
      'A/1 correction -6 x 100 = -600.00',
      'A/1 correction 1 x 100 = 100.00',
    ]);
    expect(only(drafts).status).toBe('draft');
  });

  test('a total of exactly 0 is still drafted', () => {
    const absorbed = line({ line: 'A/1', billing: 'retainer', fee: 0, includedHours: 20 });
    const invoice = only(draftsOf(openLedger({ lines: [absorbed], entries: [entry('A/1', 10)] })));
    expect([invoice.total, invoice.status, shown(invoice)]).toEqual(['0.00', 'draft', ['A/1 covered 10 x 0 = 0.00']]);
  });
});

describe('a voided invoice', () => {
  test('is drafted anew in full, under the next free name', () => {
    const lines = [hourly, line({ line: 'A/2', billing: 'fixed monthly', fee: 300 })];
    const pushed = pushAll(openLedger({ lines, entries: [entry('A/1', 2)] }));
    const invoice = only(draftsOf(voidInvoice(pushed, '2026-10 Acme')));
    expect(invoice.name).toBe('2026-10 Acme (2)');
    expect(shown(invoice)).toEqual(['A/1 time 2 x 100 = 200.00', 'A/2 fee 1 x 300.00 = 300.00']);
  });

  test('takes its decisions along: the hold must be decided again', () => {
    const lines = [{ ...retainer, overage: 'hold' as const, rolloverMonths: 0 }];
    const decisions = [{ invoice: '2026-10 Acme', decision: 'bill' as const }];
    const october = pushAll(openLedger({ lines, entries: [entry('A/1', 22)], decisions }));
    const both = pushAll(during(october, '2026-11'));
    const again = only(draftsOf(during(voidInvoice(both, '2026-10 Acme'), '2026-12')));
    expect([again.status, again.holds.map((one) => one.month)]).toEqual(['held', ['2026-10']]);
  });

  test('leaves no credit behind that a later invoice gave for its month', () => {
    const october = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2, { key: 'harvest:1' })] }));
    const credited = pushAll(
      addEntries(during(accept(october, 'harvest:1', { hours: 1 }), '2026-11'), november('A/1', 9)),
    );
    expect(credited.books.invoices.length).toBe(2);
    const voided = editEntry(voidInvoice(credited, '2026-10 Acme'), 'harvest:1', (one) => ({
      ...one,
      status: 'excluded',
    }));
    expect(shown(only(draftsOf(during(voided, '2026-12'))))).toEqual(['A/1 correction 1 x 100 = 100.00']);
  });

  test('leaves out what a later invoice billed for its month', () => {
    const october = pushAll(openLedger({ lines: [hourly], entries: [entry('A/1', 2)] }));
    const both = pushAll(addEntries(during(october, '2026-11'), entry('A/1', 1), november('A/1', 4)));
    const invoice = only(draftsOf(during(voidInvoice(both, '2026-10 Acme'), '2026-10')));
    expect([shown(invoice), invoice.total]).toEqual([
      ['A/1 time 3 x 100 = 300.00', 'A/1 correction -1 x 100 = -100.00'],
      '200.00',
    ]);
  });
});
