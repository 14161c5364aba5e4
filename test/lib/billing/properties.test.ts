import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftClient } from '../../../src/lib/billing/draft-client.ts';
import type { DraftInvoice, LineTerms, RateRow, SowTerms, TimeEntry } from '../../../src/lib/billing/model.ts';
import { books, entry, expense, line, only, rate, sow, type World } from './make.ts';
import { accept, draftsOf, during, openLedger, push, pushAll } from './month.ts';

const quarters = fc.integer({ min: 0, max: 48 }).map((count) => count / 4);
const odd = fc.integer({ min: 0, max: 120_000 }).map((count) => count / 10_000);
const hours = fc.oneof(quarters, odd);
const price = fc.integer({ min: 0, max: 30_000 }).map((cents) => cents / 100);
const lineNames = ['A/1', 'A/2', 'A/3', 'A/4', 'A/5', 'A/6', 'A/7'] as const;

const terms: fc.Arbitrary<{ sows: SowTerms[]; lines: LineTerms[]; rates: RateRow[] }> = fc
  .record({
    price,
    included: hours,
    money: price,
    overage: fc.constantFrom('bill', 'absorb', 'hold', 'carry'),
    ofMoney: fc.constantFrom('bill', 'absorb', 'hold'),
    rollover: fc.integer({ min: 0, max: 3 }),
    rolloverCap: fc.option(quarters),
    capHours: fc.option(hours),
    capAmount: fc.option(price.map((value) => value * 5)),
    sowCap: fc.option(price.map((value) => value * 20)),
    minimum: fc.option(price),
    discount: fc.option(fc.integer({ min: 1, max: 100 })),
    tiering: fc.constantFrom('graduated', 'volume'),
    absorbs: fc.constantFrom('absorb', 'hold'),
  })
  .map((one) => ({
    sows: [sow({ cap: one.sowCap, overCap: one.absorbs, discountPercent: one.discount })],
    lines: [
      line({
        line: 'A/1',
        billing: 'hourly',
        rate: one.price,
        capHours: one.capHours,
        minimum: one.minimum,
        overCap: one.absorbs,
      }),
      line({ line: 'A/2', billing: 'tiered', rate: 'Card', capAmount: one.capAmount, overCap: one.absorbs }),
      line({
        line: 'A/3',
        billing: 'retainer',
        fee: one.price,
        includedHours: one.included,
        rate: one.price,
        overage: one.overage,
        rolloverMonths: one.rollover,
        rolloverCap: one.rolloverCap,
        capHours: one.capHours,
        overCap: one.absorbs,
      }),
      line({ line: 'A/4', billing: 'covered', retainer: 'A/3' }),
      line({
        line: 'A/5',
        billing: 'retainer',
        fee: 10,
        includedAmount: one.money,
        rate: one.price,
        overage: one.ofMoney,
        rolloverMonths: one.rollover,
      }),
      line({ line: 'A/6', billing: 'non-billable' }),
      line({ line: 'A/7', billing: 'hourly' }),
      line({ line: 'A/9', billing: 'expense', markupPercent: one.discount }),
    ],
    rates: [
      rate({ rate: 100, tiering: one.tiering }),
      rate({ rate: 90.55, fromHours: 4, tiering: one.tiering }),
      rate({ rate: 120, fromHours: 7.5, tiering: one.tiering }),
    ],
  }));

const entries = (month: string) =>
  fc
    .array(
      fc.record({
        on: fc.constantFrom(...lineNames),
        hours,
        day: fc.integer({ min: 1, max: 28 }),
        rate: price,
        status: fc.constantFrom('approved', 'auto', 'approved', 'excluded'),
        person: fc.constantFrom('Ana', 'Bo'),
      }),
      { maxLength: 14 },
    )
    .map((rows) =>
      rows.map((one) =>
        entry(one.on, one.hours, {
          date: `${month}-${String(one.day).padStart(2, '0')}`,
          rate: one.rate,
          status: one.status as TimeEntry['status'],
          person: one.person,
        }),
      ),
    );

const world: fc.Arbitrary<World> = fc
  .record({
    terms,
    entries: entries('2026-10'),
    costs: fc.array(price, { maxLength: 3 }),
    groupLinesBy: fc.constantFrom('line item', 'person', 'entry'),
  })
  .map(({ terms: { sows, lines, rates }, entries: rows, costs, groupLinesBy }) => ({
    sows,
    lines,
    rates,
    entries: rows,
    expenses: costs.map((cost) => expense('A/9', cost)),
    client: { groupLinesBy: groupLinesBy as 'line item' },
  }));

const cents = (text: string) => Math.round(Number(text) * 100);
const sumOf = (values: readonly string[]) => values.reduce((sum, value) => sum + cents(value), 0);
const essence = (invoice: DraftInvoice | undefined) =>
  invoice && { lines: invoice.lines, total: invoice.total, balances: invoice.balances, holds: invoice.holds };

describe('for all months', () => {
  test('hours in are hours out', () => {
    fc.assert(
      fc.property(world, (one) => {
        expect(draftClient(books(one)).conservation.addsUp).toBe(true);
      }),
    );
  });

  test('a total is the sum of its lines, and each line is quantity times unit price, rounded once', () => {
    fc.assert(
      fc.property(world, (one) => {
        for (const invoice of draftClient(books(one)).invoices) {
          expect(sumOf(invoice.lines.map((row) => row.amount))).toBe(cents(invoice.total));
          expect(sumOf([invoice.fees, invoice.expenses, invoice.adjustments])).toBe(cents(invoice.total));
          for (const row of invoice.lines) {
            const scaled =
              BigInt(Math.round(Number(row.quantity) * 10_000)) * BigInt(Math.round(Number(row.unitPrice) * 100));
            const half = scaled < 0n ? -5_000n : 5_000n;
            expect(BigInt(cents(row.amount))).toBe((scaled + half) / 10_000n);
          }
        }
      }),
    );
  });

  test('the amounts of entries sum to the lines of time and overage', () => {
    fc.assert(
      fc.property(world, (one) => {
        for (const invoice of draftClient(books(one)).invoices) {
          const time = invoice.lines.filter((row) => row.kind === 'time' || row.kind === 'overage');
          expect(sumOf(invoice.entryResults.map((row) => row.amount))).toBe(sumOf(time.map((row) => row.amount)));
        }
      }),
    );
  });

  test('pricing twice is the same, and so is any order of the rows', () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat()), (one, random) => {
        const shuffled = [...(one.entries ?? [])]
          .map((row) => ({ row, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        const first = draftClient(books(one)).invoices.map(essence);
        expect(draftClient(books(one)).invoices.map(essence)).toEqual(first);
        expect(draftClient(books({ ...one, entries: shuffled })).invoices.map(essence)).toEqual(first);
      }),
    );
  });

  test('splitting an entry in two changes no line of the invoice', () => {
    fc.assert(
      fc.property(world, fc.nat(), (one, pick) => {
        const rows = one.entries ?? [];
        const split = rows[pick % Math.max(1, rows.length)];
        fc.pre(split !== undefined && Number(split.hours) > 0.001 && one.client?.groupLinesBy !== 'entry');
        if (split === undefined) return;
        const part = Math.floor(Number(split.hours) * 5_000) / 10_000;
        const rest = Math.round((Number(split.hours) - part) * 10_000) / 10_000;
        const parts = [
          { ...split, key: `${split.key}#1`, hours: part },
          { ...split, key: `${split.key}#2`, hours: rest },
        ];
        const lines = (entriesNow: readonly TimeEntry[]) =>
          draftClient(books({ ...one, entries: entriesNow })).invoices.map((invoice) =>
            invoice.lines.map((row) => [row.key, row.quantity, row.amount]),
          );
        expect(lines(rows.flatMap((row) => (row === split ? parts : [row])))).toEqual(lines(rows));
      }),
    );
  });

  test('pushed, and priced again with its own data, there is nothing to correct', () => {
    fc.assert(
      fc.property(world, entries('2026-11'), (one, next) => {
        const decisions = ['2026-10 Acme', '2026-11 Acme'].map((invoice) => ({ invoice, decision: 'absorb' as const }));
        const october = pushAll(openLedger({ ...one, entries: [...(one.entries ?? []), ...next], decisions }));
        const both = pushAll(during(october, '2026-11'));
        expect(draftsOf(both).invoices).toEqual([]);
        expect(draftsOf(during(both, '2026-10')).invoices).toEqual([]);
      }),
    );
  });

  test('what arrives late comes, in the end, to what it would have come to in time', () => {
    fc.assert(
      fc.property(world, entries('2026-10'), (one, late) => {
        const decisions = ['2026-10 Acme', '2026-10 Acme (2)'].flatMap((invoice) => [
          { invoice, decision: 'absorb' as const },
        ]);
        const inTime = draftsOf(openLedger({ ...one, entries: [...(one.entries ?? []), ...late], decisions }))
          .invoices[0];
        const before = draftsOf(openLedger({ ...one, decisions })).invoices[0];
        fc.pre(before !== undefined && before.status === 'draft' && inTime !== undefined);
        if (before === undefined || inTime === undefined) return;
        const ledger = push(openLedger({ ...one, decisions }), before);
        const additional = draftsOf({ books: { ...ledger.books, entries: [...ledger.books.entries, ...late] } })
          .invoices[0];
        expect(cents(before.total) + cents(additional?.total ?? '0')).toBe(cents(inTime.total));
      }),
    );
  });

  test('what is billed and then taken back leaves nothing', () => {
    fc.assert(
      fc.property(terms, entries('2026-10'), (fixed, rows) => {
        const kept = rows.filter((row) => row.status !== 'excluded');
        const lines = fixed.lines
          .filter((row) => row.billing !== 'retainer' && row.billing !== 'covered')
          .map((row) => ({ ...row, minimum: null }));
        const on = kept.filter((row) => lines.some((one) => one.line === row.line));
        const pushed = pushAll(
          openLedger({
            sows: fixed.sows,
            lines,
            rates: fixed.rates,
            entries: on,
            decisions: [{ invoice: '2026-10 Acme', decision: 'absorb' }],
          }),
        );
        const gone = on.reduce((ledger, row) => accept(ledger, row.key, { vanished: true }), pushed);
        const first = draftsOf(
          openLedger({
            sows: fixed.sows,
            lines,
            rates: fixed.rates,
            entries: on,
            decisions: [{ invoice: '2026-10 Acme', decision: 'absorb' }],
          }),
        ).invoices[0];
        expect(sumOf(draftsOf(gone).invoices.map((invoice) => invoice.total)) + cents(first?.total ?? '0')).toBe(0);
      }),
    );
  });
});

describe('what a client may rely on', () => {
  test('an extra hour inside the included hours never changes the total', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 39 }), (included, worked) => {
        fc.pre(worked < included);
        const lines = [line({ line: 'A/1', billing: 'retainer', fee: 500, includedHours: included, rate: 90 })];
        const total = (count: number) => only(draftClient(books({ lines, entries: [entry('A/1', count)] }))).total;
        expect(total(worked + 1)).toBe(total(worked));
      }),
    );
  });

  test('a graduated total never falls when hours rise', () => {
    const lines = [line({ line: 'A/1', billing: 'tiered', rate: 'Card' })];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), price), { maxLength: 4 }),
        hours,
        quarters,
        (tiers, some, more) => {
          const bounds = [...new Map([[0, 10.5] as const, ...tiers])];
          const rates = bounds.map(([fromHours, value]) => rate({ fromHours, rate: value }));
          const total = (count: number) =>
            cents(draftClient(books({ lines, rates, entries: [entry('A/1', count)] })).invoices[0]?.total ?? '0');
          // Each tier's line is rounded on its own, but a line never falls when its own hours rise.
          expect(total(Math.round((some + more) * 10_000) / 10_000)).toBeGreaterThanOrEqual(total(some));
        },
      ),
    );
  });

  test('ten times the rates are ten times the total', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(quarters, fc.integer({ min: 1, max: 300 })), { maxLength: 6 }), (rows) => {
        const total = (factor: number) => {
          const lines = [
            line({
              line: 'A/1',
              billing: 'hourly',
              minimum: 500 * factor,
              capAmount: 2000 * factor,
              overCap: 'absorb',
            }),
          ];
          const list = rows.map(([count, value]) => entry('A/1', count, { rate: value * factor }));
          return cents(only(draftClient(books({ lines, entries: list }))).total);
        };
        expect(total(10)).toBe(10 * total(1));
      }),
    );
  });
});
