import { type Hours, hoursOf, noHours, tenThousandths } from '../hours.ts';
import { type Minor, minor, moneyOf, noMoney } from '../money.ts';
import type { Contract, Line, Sow } from './contract.ts';
import type { BalanceRow, Decimal, Month } from './model.ts';
import { isEmpty, nameKey } from './names.ts';
import { closePool, replayPool } from './pool.ts';
import { billedBeforeOf } from './rules/amount-caps.ts';
import { type LineState, newLineState, type SowState } from './state.ts';

/** The state after a month that is only known by its rows of Balances (months before First period, or brought along by hand). */
export function replayMonth(
  state: SowState,
  rows: readonly BalanceRow[],
  month: Month,
  sow: Sow,
  contract: Contract,
): SowState {
  const lines: Record<string, LineState> = { ...state.lines };
  let counted: number = 0;
  for (const line of sow.lines) {
    const key = nameKey(line.key);
    const row = rows.find((one) => one.period === month && nameKey(one.line) === key);
    const before = lines[key] ?? newLineState;
    lines[key] = row === undefined ? lapse(before, month, line) : replayLine(before, row, line, contract.decimals);
    if (line.rule.kind !== 'expense') counted += lines[key]?.billedAmount ?? 0;
  }
  const own = rows.find((one) => one.period === month && nameKey(one.line) === nameKey(sow.name));
  const known =
    own === undefined || isEmpty(own.billedToDate) ? null : moneyOf(own.billedToDate ?? 0, contract.decimals);
  return {
    lines,
    billed: known === null ? minor(Math.max(state.billed, counted)) : minor(Math.max(0, known - billedBeforeOf(sow))),
  };
}

/** A month without a row: nothing was used, and what has run out is gone. */
function lapse(state: LineState, month: Month, line: Line): LineState {
  switch (line.rule.kind) {
    case 'retainer of hours':
      return { ...state, hours: closePool(state.hours, month, line.rule.rollover).pool };
    case 'retainer of money':
      return { ...state, money: closePool(state.money, month, line.rule.rollover).pool };
    default:
      return state;
  }
}

function replayLine(before: LineState, row: BalanceRow, line: Line, decimals: number): LineState {
  const money = (cell: Decimal | null): Minor => (cell === null || isEmpty(cell) ? noMoney : moneyOf(cell, decimals));
  const maybe = <N>(cell: Decimal | null, read: (cell: Decimal | null) => N): N | null =>
    isEmpty(cell) ? null : read(cell);
  return {
    hours: replayPool(before.hours, row.period, {
      opening: maybe(row.openingHours, hours),
      added: hours(row.addedHours),
      used: hours(row.usedHours),
      expired: hours(row.expiredHours),
      closing: maybe(row.closingHours, hours),
    }),
    money: replayPool(before.money, row.period, {
      opening: maybe(row.openingAmount, money),
      added: money(row.addedAmount),
      used: money(row.usedAmount),
      expired: money(row.expiredAmount),
      closing: maybe(row.closingAmount, money),
    }),
    tierHours: tenThousandths(before.tierHours + hours(row.tierHours)),
    billedHours: isEmpty(row.hoursToDate)
      ? before.billedHours
      : tenThousandths(Math.max(0, hours(row.hoursToDate) - line.billedBeforeHours)),
    billedAmount: isEmpty(row.billedToDate)
      ? before.billedAmount
      : minor(Math.max(0, money(row.billedToDate) - line.billedBeforeAmount)),
  };
}

function hours(cell: Decimal | null): Hours {
  return cell === null || isEmpty(cell) ? noHours : hoursOf(cell);
}
