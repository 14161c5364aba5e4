import { minor, noMoney } from '../money.ts';
import { balanceRows } from './balance-rows.ts';
import type { Line } from './contract.ts';
import { type MonthInput, type MonthWork, startWork } from './month-work.ts';
import { nameKey } from './names.ts';
import type { PricedKind, PricedLine, PricedMonth } from './priced.ts';
import { capLine, capSow } from './rules/amount-caps.ts';
import { addCharges } from './rules/charges.ts';
import { discount } from './rules/discount.ts';
import { passThrough } from './rules/expense.ts';
import { hourly } from './rules/hourly.ts';
import { minimum } from './rules/minimum.ts';
import { recordHours } from './rules/recorded.ts';
import { retainerOfMoney } from './rules/retainer-amount.ts';
import { retainerOfHours } from './rules/retainer-hours.ts';
import { tiered } from './rules/tiered.ts';
import type { LineState, SowState } from './state.ts';

/** The order in which the rules apply to a SOW's month, and why it is this one. Caps, minimums and discounts follow the hours. */
const order: readonly { readonly rule: string; readonly why: string; readonly apply: (work: MonthWork) => void }[] = [
  {
    rule: 'fees and milestones',
    why: 'They depend on the calendar alone.',
    apply: (work) => forEachLine(work, (line) => addCharges(work, line)),
  },
  {
    rule: 'hours and expenses',
    why: 'Cap hours count here, entry by entry: they decide which hours are billed.',
    apply: (work) => forEachLine(work, (line) => priceLine(work, line)),
  },
  {
    rule: 'minimum',
    why: 'It looks at the time that is billed, so after Cap hours; and a cap amount may still cut it.',
    apply: (work) => forEachLine(work, (line) => applyMinimum(work, line)),
  },
  {
    rule: 'cap amount of a line',
    why: 'It limits all of the line’s own lines, the minimum included.',
    apply: (work) => forEachLine(work, (line) => capLine(work, line)),
  },
  { rule: 'cap of the SOW', why: 'It limits what the lines come to after their own caps.', apply: capSow },
  { rule: 'discount', why: 'It is given on what is really billed, so last.', apply: applyDiscount },
];

/**
 * Prices one SOW's month: the same input always gives the same lines. Entries that need a rate and have none are left out,
 * and reported in `noRate`.
 */
export function priceMonth(input: MonthInput): PricedMonth {
  const noRate = new Set<string>();
  for (;;) {
    const entries = noRate.size === 0 ? input.entries : input.entries.filter(({ key }) => !noRate.has(key));
    const work = startWork({ ...input, entries });
    for (const step of order) step.apply(work);
    if (work.noRate.size === 0) return finish(work, noRate);
    for (const key of work.noRate) noRate.add(key);
  }
}

function forEachLine(work: MonthWork, apply: (line: Line) => void): void {
  for (const line of work.sow.lines) apply(line);
}

function priceLine(work: MonthWork, line: Line): void {
  const { rule } = line;
  switch (rule.kind) {
    case 'hourly':
      hourly(work, line, rule.rate);
      break;
    case 'tiered':
      tiered(work, line, rule.card);
      break;
    case 'retainer of hours':
      retainerOfHours(work, line, rule);
      break;
    case 'retainer of money':
      retainerOfMoney(work, line, rule);
      break;
    case 'covered':
      // Its hours are taken by its retainer, together with the retainer's own.
      break;
    case 'expense':
      passThrough(work, line, rule.markupPercent);
      recordHours(work, line);
      break;
    case 'fixed monthly':
    case 'milestone':
    case 'non-billable':
      recordHours(work, line);
      break;
    default:
      rule satisfies never;
  }
}

function applyMinimum(work: MonthWork, line: Line): void {
  const { rule } = line;
  if ((rule.kind === 'hourly' || rule.kind === 'tiered') && rule.minimum !== null) minimum(work, line, rule.minimum);
}

function applyDiscount(work: MonthWork): void {
  if (work.sow.discountPercent !== null) discount(work, work.sow.discountPercent);
}

function finish(work: MonthWork, noRate: ReadonlySet<string>): PricedMonth {
  for (const expense of work.expenses) {
    if (!work.expenseOutcomes.has(expense.key)) work.expenseOutcomes.set(expense.key, { part: 'recorded' });
  }
  return {
    month: work.month,
    sow: work.sow.name,
    lines: inOrder(work),
    entries: work.entries,
    expenseOutcomes: work.expenseOutcomes,
    closing: closingState(work),
    balances: balanceRows(work),
    holds: work.holds,
    warnings: work.warnings,
    noRate,
    counted: work.counted,
  };
}

/** Where a kind stands within its SOW line. */
export function kindRank(kind: PricedKind): number {
  const ranks: Readonly<Record<PricedKind, number>> = {
    fee: 0,
    milestone: 1,
    time: 2,
    overage: 2,
    covered: 3,
    expense: 4,
    minimum: 5,
    cap: 6,
    discount: 7,
  };
  return ranks[kind];
}

function inOrder(work: MonthWork): PricedLine[] {
  const sections = new Map<string, PricedLine[]>(work.sow.lines.map((line) => [line.key, []]));
  const sowWide: PricedLine[] = [];
  for (const line of work.lines) (line.sowWide ? sowWide : (sections.get(line.sowLine) ?? sowWide)).push(line);
  const sorted = [...sections.values()].map((section) => section.sort((a, b) => kindRank(a.kind) - kindRank(b.kind)));
  return [...sorted.flat(), ...sowWide];
}

function closingState(work: MonthWork): SowState {
  const lines: Record<string, LineState> = { ...work.opening.lines };
  for (const { line, closing } of work.perLine.values()) lines[nameKey(line.key)] = closing;
  return { lines, billed: minor(work.opening.billed + (work.sowBilled ?? noMoney)) };
}
