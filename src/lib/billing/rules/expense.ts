import type Big from 'big.js';
import { exact, moneyText, roundMoney, showMoney } from '../../money.ts';
import type { Line } from '../contract.ts';
import type { ExpenseFacts } from '../facts.ts';
import type { MonthWork } from '../month-work.ts';
import { nameKey } from '../names.ts';

/** `expense`: each expense at its cost plus the line's markup, rounded once. */
export function passThrough(work: MonthWork, line: Line, markupPercent: Big): void {
  for (const expense of work.expenses) {
    if (expense.line === nameKey(line.key)) addExpense(work, line, expense, markupPercent);
  }
}

function addExpense(work: MonthWork, line: Line, expense: ExpenseFacts, markupPercent: Big): void {
  const { decimals, currency } = work.contract;
  const amount = roundMoney(exact(expense.cost).times(markupPercent.plus(100)).times('0.01'), decimals);
  const cost = showMoney(roundMoney(exact(expense.cost), decimals), currency);
  work.expenseOutcomes.set(expense.key, { part: 'billed', amount });
  work.lines.push({
    key: [work.month, work.sow.name, line.key, 'expense', expense.key].join('|'),
    sowLine: line.key,
    sowWide: false,
    kind: 'expense',
    rate: null,
    hours: null,
    unitPrice: moneyText(amount, decimals),
    amount,
    parts: [],
    entries: [expense.key],
    from: expense.date,
    to: expense.date,
    description: [line.title, expense.category, expense.date, expense.person, expense.notes]
      .filter((text) => text !== '')
      .join(', '),
    howComputed: markupPercent.eq(0)
      ? `${cost} at cost`
      : `${cost} + ${markupPercent.toFixed()} % markup = ${showMoney(amount, currency)}`,
    item: line.item,
  });
}
