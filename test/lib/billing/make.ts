import { draftClient } from '../../../src/lib/billing/draft-client.ts';
import type {
  BalanceResult,
  BalanceRow,
  ClientBooks,
  ClientDrafts,
  ClientTerms,
  DraftInvoice,
  ExistingInvoice,
  Expense,
  LineTerms,
  RateRow,
  SowTerms,
  TimeEntry,
} from '../../../src/lib/billing/model.ts';

/** Rows with everything empty but what a test is about. */
export function sow(row: Partial<SowTerms> = {}): SowTerms {
  return {
    sow: 'A',
    client: 'Acme',
    title: '',
    poNumber: '',
    starts: '',
    ends: '',
    roundHours: '',
    cap: null,
    overCap: '',
    discountPercent: null,
    ...row,
  };
}

export function line(row: Partial<LineTerms> & Pick<LineTerms, 'line' | 'billing'>): LineTerms {
  return {
    sow: 'A',
    title: '',
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
    completedOn: '',
    capHours: null,
    capAmount: null,
    overCap: '',
    minimum: null,
    markupPercent: null,
    prorate: false,
    billedBeforeHours: null,
    billedBeforeAmount: null,
    quickBooksItem: 'Services',
    starts: '',
    ends: '',
    ...row,
  };
}

export function rate(row: Partial<RateRow> & Pick<RateRow, 'rate'>): RateRow {
  return {
    rateCard: 'Card',
    person: '',
    role: '',
    task: '',
    fromHours: null,
    tiersCount: '',
    tiering: '',
    fromDate: '',
    ...row,
  };
}

export function client(row: Partial<ClientTerms> = {}): ClientTerms {
  return {
    client: 'Acme',
    quickBooksCustomer: 'Acme Inc',
    currency: 'USD',
    terms: 'Net 30',
    billEmail: '',
    invoicePer: '',
    groupLinesBy: '',
    taxCode: '',
    timeDetail: '',
    ...row,
  };
}

let nextId = 1000;

/** An approved entry: `entry('A/1', 2.5)`, on 5 October unless said otherwise. */
export function entry(on: string | null, hours: number | string, row: Partial<TimeEntry> = {}): TimeEntry {
  nextId += 1;
  return {
    key: `harvest:${nextId}`,
    date: '2026-10-05',
    person: 'Ana',
    roles: [],
    project: 'P',
    task: 'Work',
    notes: '',
    hours,
    roundedHours: null,
    rate: null,
    line: on,
    status: 'approved',
    invoice: null,
    ...row,
  };
}

export function expense(on: string | null, cost: number | string, row: Partial<Expense> = {}): Expense {
  nextId += 1;
  return {
    key: `harvest:${nextId}`,
    date: '2026-10-05',
    person: 'Ana',
    project: 'P',
    category: 'Travel',
    notes: '',
    cost,
    line: on,
    status: 'approved',
    invoice: null,
    ...row,
  };
}

export interface World {
  readonly lines: readonly LineTerms[];
  readonly entries?: readonly TimeEntry[];
  readonly expenses?: readonly Expense[];
  readonly rates?: readonly RateRow[];
  readonly sows?: readonly SowTerms[];
  readonly client?: Partial<ClientTerms>;
  readonly period?: string;
  readonly firstPeriod?: string;
  readonly balances?: readonly BalanceRow[];
  readonly invoices?: readonly ExistingInvoice[];
  readonly decisions?: ClientBooks['decisions'];
  readonly settings?: Partial<ClientBooks['today']['settings']>;
}

export function books(world: World): ClientBooks {
  return {
    client: 'Acme',
    period: world.period ?? '2026-10',
    firstPeriod: world.firstPeriod ?? '2026-10',
    today: {
      settings: { roundHours: 'as tracked', invoiceDate: 'last day of period', ...world.settings },
      client: client(world.client),
      sows: world.sows ?? [sow()],
      sowLines: world.lines,
      rates: world.rates ?? [],
    },
    entries: world.entries ?? [],
    expenses: world.expenses ?? [],
    balances: world.balances ?? [],
    invoices: world.invoices ?? [],
    decisions: world.decisions ?? [],
  };
}

export function draft(world: World): ClientDrafts {
  return draftClient(books(world));
}

/** The one invoice of the drafts; fails where there is none or more than one. */
export function only(drafts: ClientDrafts): DraftInvoice {
  const [invoice, ...more] = drafts.invoices;
  if (invoice === undefined || more.length > 0)
    throw new Error(`${drafts.invoices.length} invoices: ${JSON.stringify(drafts.problems)}`);
  return invoice;
}

/** Lines as a reader of the invoice sees them: `A/1 time 2.5 x 100 = 250.00`. */
export function shown(invoice: DraftInvoice | undefined): string[] {
  return (invoice?.lines ?? []).map(
    (one) => `${one.sowLine} ${one.kind} ${one.quantity} x ${one.unitPrice} = ${one.amount}`,
  );
}

export function balanceRow(row: Partial<BalanceRow> & Pick<BalanceRow, 'line' | 'period'>): BalanceRow {
  return {
    openingHours: null,
    addedHours: null,
    usedHours: null,
    expiredHours: null,
    closingHours: null,
    openingAmount: null,
    addedAmount: null,
    usedAmount: null,
    expiredAmount: null,
    closingAmount: null,
    tierHours: null,
    hoursToDate: null,
    billedToDate: null,
    feeBilledFor: '',
    ...row,
  };
}

/** What a row of Balances says of a pool: `opening + added - used - expired = closing`. */
export function pool(row: BalanceResult | undefined, of: 'Hours' | 'Amount' = 'Hours'): string {
  if (row === undefined) return 'no row';
  const cell = (name: 'opening' | 'added' | 'used' | 'expired' | 'closing') => row[`${name}${of}`];
  return `${cell('opening')} + ${cell('added')} - ${cell('used')} - ${cell('expired')} = ${cell('closing')}`;
}
