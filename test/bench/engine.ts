/** Times the billing engine on one client with many entries over forty lines. */
import { draftClient } from '../../src/lib/billing/draft-client.ts';
import type { ClientBooks, LineTerms, TimeEntry } from '../../src/lib/billing/model.ts';

const LINES = 40;
const PERIOD = '2026-10';

export interface EngineFigures {
  readonly entries: number;
  /** Median of three runs. */
  readonly ms: number;
  /** Heap in use after a run, in MB. */
  readonly heapMb: number;
  readonly total: string;
}

/** Prices a month of that many entries; throws when the engine reports a problem or drafts nothing. */
export function measureEngine(count: number): EngineFigures {
  const books = booksOf(count);
  const times: number[] = [];
  let total = '';
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const drafts = draftClient(books);
    times.push(performance.now() - start);
    const invoice = drafts.invoices[0];
    if (!invoice || drafts.problems.length > 0 || !drafts.conservation.addsUp)
      throw new Error('The engine did not draft.');
    total = invoice.total;
  }
  const ms = times.sort((a, b) => a - b)[1] ?? 0;
  return { entries: count, ms, heapMb: process.memoryUsage().heapUsed / 1_048_576, total };
}

function booksOf(count: number): ClientBooks {
  return {
    client: 'Acme',
    period: PERIOD,
    firstPeriod: PERIOD,
    today: {
      settings: { roundHours: 'nearest 6 min', invoiceDate: 'last day of period' },
      client: {
        client: 'Acme',
        quickBooksCustomer: 'Acme',
        currency: 'USD',
        terms: '',
        billEmail: '',
        invoicePer: 'client',
        groupLinesBy: 'line item',
        taxCode: '',
        timeDetail: 'none',
      },
      sows: [
        {
          sow: 'A-1',
          client: 'Acme',
          title: 'Engagement',
          poNumber: '',
          starts: null,
          ends: null,
          roundHours: '',
          cap: null,
          overCap: '',
          discountPercent: 5,
        },
      ],
      sowLines: Array.from({ length: LINES }, (_, index) => lineOf(index)),
      rates: [
        cardRow('Tiers', null, 200),
        cardRow('Tiers', 100, 180),
        cardRow('Tiers', 1000, 150),
        { ...cardRow('Card', null, 185), role: 'Senior' },
        cardRow('Card', null, 140),
      ],
    },
    entries: Array.from({ length: count }, (_, index) => entryOf(index)),
    expenses: [],
    balances: [],
    invoices: [],
    decisions: [],
  };
}

function cardRow(rateCard: string, fromHours: number | null, rate: number) {
  return {
    rateCard,
    person: '',
    role: '',
    task: '',
    fromHours,
    tiersCount: '',
    tiering: '',
    rate,
    fromDate: null,
  } as const;
}

function lineOf(index: number): LineTerms {
  const kinds = [
    { billing: 'hourly', rate: 'Card' },
    { billing: 'tiered', rate: 'Tiers' },
    { billing: 'retainer', fee: 5000, includedHours: 200, rate: 160 },
    { billing: 'covered', rate: 150, retainer: `A-1/${index}` },
  ] as const;
  return {
    line: `A-1/${index + 1}`,
    sow: 'A-1',
    title: `Work ${index + 1}`,
    description: '',
    rate: null,
    fee: null,
    feeTiming: '',
    includedHours: null,
    includedAmount: null,
    retainer: '',
    overage: '',
    rolloverMonths: null,
    rolloverCap: null,
    completedOn: null,
    capHours: null,
    capAmount: null,
    overCap: '',
    minimum: null,
    markupPercent: null,
    prorate: false,
    billedBeforeHours: null,
    billedBeforeAmount: null,
    quickBooksItem: 'Consulting',
    starts: null,
    ends: null,
    ...kinds[index % kinds.length],
  } as LineTerms;
}

function entryOf(index: number): TimeEntry {
  return {
    key: `harvest:${index + 1}`,
    date: `${PERIOD}-${String(1 + (index % 28)).padStart(2, '0')}`,
    person: `Person ${index % 15}`,
    roles: [index % 3 === 0 ? 'Senior' : 'Junior'],
    project: 'Project',
    task: 'Consulting',
    notes: '',
    hours: (1 + ((index * 7) % 31)) / 10,
    roundedHours: null,
    rate: null,
    line: `A-1/${1 + (index % LINES)}`,
    status: 'auto',
    invoice: null,
  };
}
