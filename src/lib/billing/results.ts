import { type Hours, hoursText, noHours, tenThousandths } from '../hours.ts';
import { minor, moneyText, noMoney, showRate } from '../money.ts';
import type { Chain, ChainMonth } from './chain.ts';
import type { EntryDisplay, EntryResult, ExpenseResult, Month } from './model.ts';
import type { FoundRate } from './rate-card.ts';

/** What to write on the entries at the push, and what to show for them. */
export interface EntryOutcome {
  readonly result: EntryResult;
  readonly rateReason: string;
}

/** Months in which the numbers of billed entries may be others now: something came, went, moved or differs. */
export function changedMonths(chains: readonly Chain[]): Set<Month> {
  const months = chains.flatMap((chain) => chain.months.filter(numbersMayChange));
  return new Set(months.map(({ month }) => month));
}

/** Entries that become invoiced, and those of months priced again whose numbers may have changed. */
export function entryResultsOf(chain: Chain, changed: ReadonlySet<Month>): EntryOutcome[] {
  const results: EntryOutcome[] = [];
  for (const month of chain.months) addResults(month, changed.has(month.month), results);
  return results;
}

function addResults(month: ChainMonth, all: boolean, results: EntryOutcome[]): void {
  const { priced, contract } = month;
  if (priced === null) return;
  const reasonOf = rememberReasons(contract.currency);
  for (const { facts, outcome } of priced.entries) {
    if (facts.settled && !all) continue;
    const result: EntryResult = {
      key: facts.key,
      billedHours: hoursText(tenThousandths(outcome.billed)),
      coveredHours: hoursText(tenThousandths(outcome.covered)),
      amount: moneyText(minor(outcome.amount), contract.decimals),
      becomesInvoiced: !facts.settled,
    };
    results.push({ result, rateReason: outcome.rate === null ? '' : reasonOf(outcome.rate) });
  }
  const none = {
    billedHours: '0',
    coveredHours: '0',
    amount: moneyText(noMoney, contract.decimals),
    becomesInvoiced: false,
  };
  for (const key of month.gone) results.push({ result: { key, ...none }, rateReason: '' });
}

export function expenseResultsOf(chain: Chain, changed: ReadonlySet<Month>): ExpenseResult[] {
  return chain.months.flatMap((month) => {
    const settled = new Set(month.expenses.flatMap((facts) => (facts.settled ? [facts.key] : [])));
    const none = { amount: moneyText(noMoney, month.contract.decimals), becomesInvoiced: false };
    const gone = month.goneExpenses.map((key) => ({ key, ...none }));
    const priced = [...(month.priced?.expenseOutcomes ?? [])].flatMap(([key, outcome]) => {
      if (settled.has(key) && !changed.has(month.month)) return [];
      const amount = outcome.part === 'billed' ? outcome.amount : minor(0);
      return [{ key, amount: moneyText(amount, month.contract.decimals), becomesInvoiced: !settled.has(key) }];
    });
    return [...priced, ...gone];
  });
}

/** All hours of the entries that become invoiced. */
export function freshHours(chains: readonly Chain[]): Hours {
  let sum: number = noHours;
  for (const chain of chains) {
    for (const { priced } of chain.months) {
      for (const entry of priced?.entries ?? []) sum += entry.facts.settled ? 0 : entry.hours;
    }
  }
  return tenThousandths(sum);
}

function numbersMayChange(month: ChainMonth): boolean {
  return (
    month.corrections.length > 0 ||
    month.gone.length + month.goneExpenses.length > 0 ||
    month.expenses.some((facts) => !facts.settled || facts.differs) ||
    (month.priced?.entries ?? []).some(({ facts }) => !facts.settled || facts.differs)
  );
}

function rememberReasons(currency: string): (found: FoundRate) => string {
  const known = new Map<FoundRate, string>();
  return (found) => {
    const reason = known.get(found) ?? `${showRate(found.rate.value, currency)}, ${found.where}`;
    known.set(found, reason);
    return reason;
  };
}

export function displayOf({ result, rateReason }: EntryOutcome, invoice: string | null): EntryDisplay {
  const { key, billedHours, coveredHours, amount } = result;
  return { key, invoice, billedHours, coveredHours, amount, noRate: false, exclude: null, rateReason };
}
