import { type Hours, hoursAsBig, hoursOf, hoursText, noHours, tenThousandths } from '../hours.ts';
import { type Minor, minor, moneyOf, moneyText, noMoney, roundMoney } from '../money.ts';
import type { BilledItem, Month } from './model.ts';
import { nameKey } from './names.ts';
import { kindRank } from './price-month.ts';
import type { PricedKind, PricedLine, PricedMonth } from './priced.ts';
import { higherFirst, type Rate, rateOf } from './rate.ts';

/** What a month comes to now, less what was billed for it so far: per SOW line and kind, for time and overage also per rate. */
export interface Correction {
  readonly month: Month;
  /** `nameKey` of the SOW line, or of the SOW where it is SOW-wide. */
  readonly line: string;
  readonly sowWide: boolean;
  readonly kind: PricedKind;
  readonly rate: Rate | null;
  readonly hours: Hours;
  readonly amount: Minor;
  readonly now: Sum;
  readonly before: Sum;
  /** Keys of the entries that it is about. */
  readonly entries: readonly string[];
}

export interface Sum {
  readonly hours: Hours;
  readonly amount: Minor;
}

interface Group {
  readonly line: string;
  readonly sowWide: boolean;
  readonly kind: PricedKind;
  readonly rate: Rate | null;
  now: Sum;
  before: Sum;
  readonly priced: PricedLine[];
}

/**
 * The differences of one SOW's month, in the order of the invoice: kind, then higher rates first.
 *
 * @param priced - the month as it comes to now; `null` where all of it is on regular lines
 * @param billed - all that was billed for it so far
 */
export function differencesOf(
  sow: string,
  month: Month,
  priced: PricedMonth | null,
  billed: readonly BilledItem[],
  decimals: number,
): Correction[] {
  const groups = groupsOf(sow, priced?.lines ?? [], billed, decimals);
  return [...groups.values()]
    .map((group) => correctionOf(group, month, priced))
    .filter((one) => one.hours !== 0 || one.amount !== 0)
    .sort((a, b) => kindRank(a.kind) - kindRank(b.kind) || compareRates(a.rate, b.rate));
}

function groupsOf(
  sow: string,
  lines: readonly PricedLine[],
  billed: readonly BilledItem[],
  decimals: number,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  const groupOf = (line: string, kind: PricedKind, rate: string | null): Group => {
    const key = `${kind}|${rate ?? ''}|${line}`;
    const known = groups.get(key);
    if (known !== undefined) return known;
    const sowWide = line === sow && (kind === 'cap' || kind === 'discount');
    const nothing = { hours: noHours, amount: noMoney };
    const made: Group = {
      line,
      sowWide,
      kind,
      rate: rate === null ? null : rateOf(rate),
      now: nothing,
      before: nothing,
      priced: [],
    };
    groups.set(key, made);
    return made;
  };
  for (const line of lines) {
    const group = groupOf(nameKey(line.sowLine), line.kind, line.rate?.text ?? null);
    group.now = plus(group.now, line.hours ?? noHours, line.amount);
    group.priced.push(line);
  }
  for (const item of billed) {
    const group = groupOf(item.line, item.kind, item.rate);
    group.before = plus(group.before, hoursOf(item.hours), moneyOf(item.amount, decimals));
  }
  return groups;
}

function plus(sum: Sum, hours: Hours, amount: Minor): Sum {
  return { hours: tenThousandths(sum.hours + hours), amount: minor(sum.amount + amount) };
}

function correctionOf(group: Group, month: Month, priced: PricedMonth | null): Correction {
  const { line, sowWide, kind, rate, now, before } = group;
  return {
    month,
    line,
    sowWide,
    kind,
    rate,
    hours: tenThousandths(now.hours - before.hours),
    amount: minor(now.amount - before.amount),
    now,
    before,
    entries: entriesOf(group, priced),
  };
}

/** The entries that are new or different on these lines. */
function entriesOf(group: Group, priced: PricedMonth | null): string[] {
  if (priced === null || group.sowWide) return [];
  const fresh = new Set(priced.entries.flatMap(({ facts }) => (!facts.settled || facts.differs ? [facts.key] : [])));
  return group.priced.flatMap((line) => line.entries.filter((key) => fresh.has(key)));
}

function compareRates(a: Rate | null, b: Rate | null): number {
  return a === null || b === null ? 0 : higherFirst(a, b);
}

/** Quantity and unit price of a correction: the hours at the rate where their rounded product is the difference, else 1 and the difference. */
export function quantityOf(correction: Correction, decimals: number): { quantity: string; unitPrice: string } {
  const { rate, hours, amount } = correction;
  if (rate !== null && hours !== 0 && roundMoney(hoursAsBig(hours).times(rate.value), decimals) === amount) {
    return { quantity: hoursText(hours), unitPrice: rate.text };
  }
  return { quantity: '1', unitPrice: moneyText(amount, decimals) };
}

/** What was billed, as it goes into the frozen record: of regular lines and of corrections. */
export function billedItems(
  sow: string,
  month: Month,
  lines: readonly PricedLine[],
  corrections: readonly Correction[],
  decimals: number,
): BilledItem[] {
  const regular = [...groupsOf(sow, lines, [], decimals).values()].map(({ line, kind, rate, now }) =>
    itemOf({ month, sow, line, kind, rate, sum: now, decimals }),
  );
  const corrected = corrections.map(({ month: of, line, kind, rate, hours, amount }) =>
    itemOf({ month: of, sow, line, kind, rate, sum: { hours, amount }, decimals }),
  );
  return [...regular, ...corrected];
}

interface ItemParts {
  readonly month: Month;
  readonly sow: string;
  readonly line: string;
  readonly kind: PricedKind;
  readonly rate: Rate | null;
  readonly sum: Sum;
  readonly decimals: number;
}

function itemOf({ month, sow, line, kind, rate, sum, decimals }: ItemParts): BilledItem {
  return {
    month,
    sow,
    line,
    kind,
    rate: rate?.text ?? null,
    hours: hoursText(sum.hours),
    amount: moneyText(sum.amount, decimals),
  };
}
