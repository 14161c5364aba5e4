import type Big from 'big.js';
import { exact, minor, moneyText, roundMoney, showMoney } from '../../money.ts';
import type { MonthWork } from '../month-work.ts';
import { wholeMonth } from '../words.ts';

/** Discount %: one line per SOW on all its lines but those of `expense` SOW lines, after caps, rounded once. */
export function discount(work: MonthWork, percent: Big): void {
  const base = work.sowBilled ?? minor(0);
  const amount = minor(-roundMoney(exact(base).times(percent).times('0.01'), 0));
  if (amount === 0) return;
  const { currency, decimals } = work.contract;
  work.lines.push({
    key: [work.month, work.sow.name, 'discount'].join('|'),
    sowLine: work.sow.name,
    sowWide: true,
    kind: 'discount',
    rate: null,
    hours: null,
    unitPrice: moneyText(amount, decimals),
    amount,
    parts: [],
    entries: [],
    ...wholeMonth(work.month),
    description: `${work.sow.name}: discount ${percent.toFixed()} %`,
    howComputed: `${percent.toFixed()} % of ${showMoney(base, currency)}, expenses not counted`,
    item: work.sow.lines[0]?.item ?? '',
  });
}
