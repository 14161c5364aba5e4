import { hoursText, tenThousandths } from '../hours.ts';
import { minor, moneyText } from '../money.ts';
import type { BalanceResult } from './model.ts';
import type { LineWork, MonthWork } from './month-work.ts';
import { nameKey } from './names.ts';
import type { PoolMonth } from './pool.ts';
import { billedBeforeOf } from './rules/amount-caps.ts';

const emptyRow = {
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
} as const;

/** The month's rows of Balances: one per line with activity, one for the SOW where it has a cap. */
export function balanceRows(work: MonthWork): BalanceResult[] {
  const rows = [...work.perLine.values()].filter((state) => isActive(work, state)).map((state) => lineRow(work, state));
  if (work.sow.cap === null) return rows;
  const toDate = minor(billedBeforeOf(work.sow) + work.opening.billed + (work.sowBilled ?? 0));
  return [
    ...rows,
    {
      ...emptyRow,
      line: work.sow.name,
      period: work.month,
      billedToDate: moneyText(toDate, work.contract.decimals),
      feeBilledFor: '',
    },
  ];
}

function isActive(work: MonthWork, state: LineWork): boolean {
  const key = nameKey(state.line.key);
  return (
    work.keepRows.has(key) ||
    state.entries.length > 0 ||
    [state.hoursMonth, state.moneyMonth].some(
      (month) => month !== null && (month.opening !== 0 || month.added !== 0 || month.used !== 0),
    ) ||
    work.lines.some((line) => !line.sowWide && line.sowLine === state.line.key) ||
    work.charges.some((charge) => charge.line === key) ||
    work.expenses.some((expense) => expense.line === key)
  );
}

function lineRow(work: MonthWork, state: LineWork): BalanceResult {
  const { line } = state;
  const { decimals } = work.contract;
  const key = nameKey(line.key);
  return {
    ...emptyRow,
    ...hoursColumns(state.hoursMonth),
    ...moneyColumns(state.moneyMonth, decimals),
    line: line.key,
    period: work.month,
    tierHours: state.tierHours === null ? null : hoursText(state.tierHours),
    hoursToDate: hoursText(tenThousandths(line.billedBeforeHours + state.closing.billedHours)),
    billedToDate: moneyText(minor(line.billedBeforeAmount + state.closing.billedAmount), decimals),
    feeBilledFor: work.charges
      .flatMap((charge) => (charge.kind === 'fee' && charge.line === key ? [charge.month] : []))
      .join(', '),
  };
}

function hoursColumns(month: PoolMonth | null): Partial<BalanceResult> {
  if (month === null) return {};
  const text = (hours: number) => hoursText(tenThousandths(hours));
  return {
    openingHours: text(month.opening),
    addedHours: text(month.added),
    usedHours: text(month.used),
    expiredHours: text(month.expired),
    closingHours: text(month.closing),
  };
}

function moneyColumns(month: PoolMonth | null, decimals: number): Partial<BalanceResult> {
  if (month === null) return {};
  const text = (amount: number) => moneyText(minor(amount), decimals);
  return {
    openingAmount: text(month.opening),
    addedAmount: text(month.added),
    usedAmount: text(month.used),
    expiredAmount: text(month.expired),
    closingAmount: text(month.closing),
  };
}
