import { activeDays, daysIn } from '../../calendar.ts';
import { type Minor, minor, moneyText, showMoney } from '../../money.ts';
import type { Line } from '../contract.ts';
import { amountOfLine, type MonthWork } from '../month-work.ts';
import { proratedMoney } from '../prorate.ts';
import { titleOf, wholeMonth } from '../words.ts';

/** Minimum of an `hourly` or `tiered` line that is active in the month: its time is brought up to it. */
export function minimum(work: MonthWork, line: Line, least: Minor): void {
  const days = activeDays(work.month, line.starts, line.ends);
  if (days === 0) return;
  const wanted = line.prorate ? proratedMoney(least, days, daysIn(work.month)) : least;
  const time = amountOfLine(work, line);
  if (time >= wanted) return;
  const amount = minor(wanted - time);
  const { currency, decimals } = work.contract;
  work.lines.push({
    key: [work.month, work.sow.name, line.key, 'minimum'].join('|'),
    sowLine: line.key,
    sowWide: false,
    kind: 'minimum',
    rate: null,
    hours: null,
    unitPrice: moneyText(amount, decimals),
    amount,
    parts: [],
    entries: [],
    ...wholeMonth(work.month),
    description: `${titleOf(line, work.month)}: up to the monthly minimum`,
    howComputed: `Minimum ${showMoney(wanted, currency)}; time comes to ${showMoney(minor(time), currency)}`,
    item: line.item,
  });
}
