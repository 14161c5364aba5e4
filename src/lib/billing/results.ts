import { hoursText, tenThousandths } from '../hours.ts';
import { minor, moneyText, showRate } from '../money.ts';
import type { Chain, ChainMonth } from './chain.ts';
import type { EntryDisplay, EntryResult, ExpenseResult } from './model.ts';

/** What to write on the entries at the push, and what to show for them. */
export interface EntryOutcome {
  readonly result: EntryResult;
  readonly rateReason: string;
}

/** Entries that become invoiced, and those of months priced again whose numbers may have changed. */
export function entryResultsOf(chain: Chain, decimals: number): EntryOutcome[] {
  return chain.months.flatMap((month) => {
    const all = numbersMayChange(month);
    const entries = (month.priced?.entries ?? []).filter(({ facts }) => all || !facts.settled);
    return entries.flatMap(({ facts }) => {
      const outcome = month.priced?.outcomes.get(facts.key);
      if (outcome === undefined) return [];
      const result: EntryResult = {
        key: facts.key,
        billedHours: hoursText(tenThousandths(outcome.billed)),
        coveredHours: hoursText(tenThousandths(outcome.covered)),
        amount: moneyText(minor(outcome.amount), decimals),
        becomesInvoiced: !facts.settled,
      };
      const rateReason =
        outcome.rate === null
          ? ''
          : `${showRate(outcome.rate.rate.value, month.contract.currency)}, ${outcome.rate.where}`;
      return [{ result, rateReason }];
    });
  });
}

export function expenseResultsOf(chain: Chain, decimals: number): ExpenseResult[] {
  return chain.months.flatMap((month) => {
    const settled = new Map(month.expenses.map((facts) => [facts.key, facts.settled]));
    return [...(month.priced?.expenseOutcomes ?? [])].flatMap(([key, outcome]) => {
      if (settled.get(key) === true && !numbersMayChange(month)) return [];
      const amount = outcome.part === 'billed' ? outcome.amount : minor(0);
      return [{ key, amount: moneyText(amount, decimals), becomesInvoiced: settled.get(key) !== true }];
    });
  });
}

function numbersMayChange(month: ChainMonth): boolean {
  return month.corrections.length > 0 || (month.priced?.entries ?? []).some(({ facts }) => facts.differs);
}

export function displayOf({ result, rateReason }: EntryOutcome, invoice: string | null): EntryDisplay {
  const { key, billedHours, coveredHours, amount } = result;
  return { key, invoice, billedHours, coveredHours, amount, noRate: false, exclude: null, rateReason };
}
