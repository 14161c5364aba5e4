import type { Chain } from './chain.ts';
import { wasVoided } from './history.ts';
import type { BalanceResult, BalanceRow, ClientBooks } from './model.ts';
import { isEmpty, nameKey } from './names.ts';

const columns = [
  'openingHours',
  'addedHours',
  'usedHours',
  'expiredHours',
  'closingHours',
  'openingAmount',
  'addedAmount',
  'usedAmount',
  'expiredAmount',
  'closingAmount',
  'tierHours',
  'hoursToDate',
  'billedToDate',
] as const;

/** Rows of Balances to write at the push: those of the period, and of months priced again those that differ from the tab. */
export function changedRows(chain: Chain, books: ClientBooks): BalanceResult[] {
  return chain.months.flatMap((month) =>
    (month.priced?.balances ?? []).flatMap((row) => {
      const before = books.balances.find((one) => one.period === row.period && nameKey(one.line) === nameKey(row.line));
      const kept =
        before !== undefined && row.feeBilledFor === '' && !wasVoided(books, row.period)
          ? { ...row, feeBilledFor: before.feeBilledFor }
          : row;
      return month.mode === 'again' && before !== undefined && sameNumbers(kept, before) ? [] : [kept];
    }),
  );
}

function sameNumbers(row: BalanceResult, before: BalanceRow): boolean {
  return columns.every((column) => {
    const [now, then] = [row[column], before[column]];
    if (isEmpty(now) || isEmpty(then)) return isEmpty(now) === isEmpty(then);
    return Number(now) === Number(then);
  });
}
