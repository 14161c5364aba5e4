import type {
  Billing,
  BillingSettings,
  LineTerms,
  RateRow,
  RoundHours,
  SowTerms,
  Terms,
} from '../../../../src/lib/billing/model.ts';
import { addMonths } from '../../../naive-engine/calendar.ts';
import type { Chance } from './random.ts';

export const PEOPLE = [
  { person: 'Ana', roles: ['Senior'] },
  { person: 'bo', roles: ['Junior'] },
  { person: 'Cy', roles: [] },
];
export const TASKS = ['Design', 'Code', 'Talk'];
const ROUNDINGS: RoundHours[] = [
  'as tracked',
  'as rounded by Harvest',
  'up to 6 min',
  'up to 15 min',
  'nearest 6 min',
  'nearest 15 min',
];
const BILLINGS: Billing[] = [
  'hourly',
  'hourly',
  'tiered',
  'tiered',
  'retainer',
  'retainer',
  'retainer',
  'covered',
  'fixed monthly',
  'milestone',
  'expense',
  'non-billable',
];

/** Random terms of one client: one to three SOWs, up to six lines of all kinds, rate cards that always give a rate. */
export function makeTerms(by: Chance, first: string, months: number): Terms {
  const yen = by.often(15);
  const rates: RateRow[] = makeCard(by, first, yen);
  const sows = Array.from({ length: by.pick([1, 1, 1, 2, 2, 3]) }, (_, at) => makeSow(by, at, yen));
  const sowLines: LineTerms[] = [];
  const count = by.int(sows.length, 6);
  for (let at = 0; at < count; at += 1) {
    const sow = at < sows.length ? sows[at] : by.pick(sows);
    if (sow !== undefined) sowLines.push(allowed(makeLine(by, at, sow.sow, sowLines, rates, first, months, yen)));
  }
  return {
    settings: {
      roundHours: by.often(70) ? 'as tracked' : by.pick(ROUNDINGS),
      invoiceDate: 'last day of period',
    } satisfies BillingSettings,
    client: {
      client: 'Acme',
      quickBooksCustomer: 'Acme Inc',
      currency: yen ? 'JPY' : by.pick(['USD', 'EUR']),
      terms: '',
      billEmail: '',
      invoicePer: by.pick(['client', '', 'SOW', 'client']),
      groupLinesBy: by.pick(['line item', '', 'person', 'entry', 'line item']),
      taxCode: '',
      timeDetail: 'none',
    },
    sows: sows.map((sow) => {
      const before = sowLines
        .filter((line) => line.sow === sow.sow)
        .map((line) => Number(line.billedBeforeAmount ?? 0));
      const least = before.reduce((so, each) => so + each, 0);
      return sow.cap !== null && Number(sow.cap) < least ? { ...sow, cap: Math.ceil(least) } : sow;
    }),
    sowLines,
    rates,
  };
}

function makeSow(by: Chance, at: number, yen: boolean): SowTerms {
  return {
    sow: `S${at + 1}`,
    client: 'Acme',
    title: '',
    poNumber: '',
    starts: '',
    ends: '',
    roundHours: by.often(15) ? by.pick(ROUNDINGS) : '',
    cap: by.often(25) ? money(by, 500, 9000, yen) : null,
    overCap: by.pick(['', 'hold', 'absorb']),
    discountPercent: by.often(25) ? by.pick([10, 5, 12.5, 33.3, 100]) : null,
  };
}

function makeLine(
  by: Chance,
  at: number,
  sow: string,
  before: readonly LineTerms[],
  rates: RateRow[],
  first: string,
  months: number,
  yen: boolean,
): LineTerms {
  const retainers = before.filter((line) => line.sow === sow && line.billing === 'retainer');
  const wanted = retainers.length > 0 && by.often(35) ? 'covered' : by.pick(BILLINGS);
  const billing: Billing = wanted === 'covered' && retainers.length === 0 ? 'hourly' : wanted;
  const plainRate = by.often(60) ? money(by, 50, 250, yen) : by.often(50) ? 'Card' : null;
  const isIn = (...kinds: Billing[]): boolean => kinds.includes(billing);
  const hasDates = by.often(35);
  const startsIn = addMonths(first, by.int(-1, months - 1));
  const endsIn = addMonths(startsIn, by.int(0, 3));
  const inMoney = billing === 'retainer' && by.often(40);
  if (billing === 'tiered') rates.push(...makeTiers(by, `Tiers ${at}`, first, yen));
  return {
    line: `L${at + 1}`,
    sow,
    title: '',
    description: '',
    billing,
    rate: billing === 'tiered' ? `Tiers ${at}` : isIn('hourly', 'retainer', 'covered') ? plainRate : null,
    fee: isIn('retainer', 'fixed monthly', 'milestone') ? (by.often(85) ? money(by, 1, 3000, yen) : 0) : null,
    feeTiming: isIn('retainer', 'fixed monthly') ? by.pick(['', 'in arrears', 'in advance']) : '',
    includedHours: billing === 'retainer' && !inMoney ? by.pick([0, 1, 4, 7.5, 10, 12.25, 20]) : null,
    includedAmount: inMoney ? money(by, 100, 2000, yen) : null,
    retainer: billing === 'covered' ? by.pick(retainers).line : '',
    overage:
      billing === 'retainer'
        ? by.pick(inMoney ? ['', 'bill', 'absorb', 'hold'] : ['', 'bill', 'absorb', 'hold', 'carry'])
        : '',
    rolloverMonths: billing === 'retainer' && by.often(60) ? by.int(0, 3) : null,
    rolloverCap:
      billing === 'retainer' && by.often(35) ? (inMoney ? money(by, 0, 900, yen) : by.pick([0, 2, 5.5, 10])) : null,
    completedOn:
      billing === 'milestone' && by.often(80)
        ? `${addMonths(first, by.int(-1, months - 1))}-${two(by.int(1, 28))}`
        : '',
    capHours: isIn('hourly', 'tiered', 'retainer', 'covered') && by.often(20) ? by.pick([0, 3, 8.5, 15, 30]) : null,
    capAmount: by.often(20) && billing !== 'non-billable' ? money(by, 100, 4000, yen) : null,
    overCap: by.pick(['', 'hold', 'absorb']),
    minimum: isIn('hourly', 'tiered') && by.often(25) ? money(by, 50, 1500, yen) : null,
    markupPercent: billing === 'expense' && by.often(60) ? by.pick([10, 2.5, 15, 7.75]) : null,
    prorate: by.often(30),
    billedBeforeHours: by.often(12) && isIn('hourly', 'tiered', 'retainer', 'covered') ? by.pick([1, 2.5, 6]) : null,
    billedBeforeAmount: by.often(12) ? money(by, 50, 800, yen) : null,
    quickBooksItem: 'Services',
    starts: hasDates ? `${startsIn}-${two(by.int(1, 28))}` : '',
    ends: hasDates && by.often(50) ? `${endsIn}-${two(by.int(28, 28))}` : '',
  };
}

/** A cap below what was billed before is refused. */
function allowed(line: LineTerms): LineTerms {
  const hours = Number(line.billedBeforeHours ?? 0);
  const amount = Number(line.billedBeforeAmount ?? 0);
  return {
    ...line,
    billedBeforeHours: line.capHours !== null && Number(line.capHours) < hours ? null : line.billedBeforeHours,
    billedBeforeAmount: line.capAmount !== null && Number(line.capAmount) < amount ? null : line.billedBeforeAmount,
  };
}

function makeCard(by: Chance, first: string, yen: boolean): RateRow[] {
  const rows: RateRow[] = [row('Card', money(by, 60, 120, yen))];
  const tries: Partial<RateRow>[] = [
    { person: 'ana' },
    { person: 'Bo', task: 'Code' },
    { role: 'Senior' },
    { role: 'Junior', task: 'Talk' },
    { task: 'Design' },
    {},
  ];
  for (const named of tries) {
    if (by.often(30)) rows.push({ ...row('Card', money(by, 60, 300, yen)), ...named });
    if (by.often(25)) {
      const fromDate = `${addMonths(first, by.int(-1, 2))}-${two(by.int(1, 28))}`;
      rows.push({ ...row('Card', money(by, 60, 300, yen)), ...named, fromDate });
    }
  }
  return rows.filter((each, at) => at === 0 || each.person + each.role + each.task !== '' || each.fromDate !== null);
}

function makeTiers(by: Chance, rateCard: string, first: string, yen: boolean): RateRow[] {
  const tiersCount = by.pick(['', 'month', 'SOW'] as const);
  const tiering =
    tiersCount === 'SOW' ? by.pick(['', 'graduated'] as const) : by.pick(['', 'graduated', 'volume'] as const);
  const bounds = [by.pick([null, 0] as const), ...[4, 7.5, 12, 20].filter(() => by.often(45))];
  return bounds.flatMap((fromHours) => {
    const one: RateRow = { ...row(rateCard, money(by, 50, 200, yen)), fromHours, tiersCount, tiering };
    const fromDate = `${addMonths(first, by.int(0, 2))}-${two(by.int(1, 28))}`;
    const changed = { ...one, rate: money(by, 50, 200, yen), fromDate };
    if (fromHours !== null && fromHours > 0 && by.often(15)) return [changed];
    return by.often(20) ? [one, changed] : [one];
  });
}

function row(rateCard: string, rate: number): RateRow {
  return {
    rateCard,
    person: '',
    role: '',
    task: '',
    fromHours: null,
    tiersCount: '',
    tiering: '',
    rate,
    fromDate: null,
  };
}

/** Mostly round figures, some with odd cents. */
export function money(by: Chance, low: number, high: number, yen: boolean): number {
  const whole = by.int(low, high);
  if (yen) return whole * 100;
  return by.often(60) ? whole : whole + by.pick([0.5, 0.25, 0.33, 0.99, 0.01, 0.05]);
}

export const two = (value: number): string => String(value).padStart(2, '0');
