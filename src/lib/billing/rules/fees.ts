import {
  activeDays,
  addMonths,
  daysIn,
  firstDayOf,
  lastDayOf,
  monthName,
  monthOf,
  monthsFrom,
} from '../../calendar.ts';
import { type Minor, showMoney } from '../../money.ts';
import type { FeeTiming, Line } from '../contract.ts';
import type { Day, Month } from '../model.ts';
import { nameKey } from '../names.ts';
import type { Charge } from '../priced.ts';
import { proratedMoney } from '../prorate.ts';

export interface FeeQuestion {
  readonly period: Month;
  readonly firstPeriod: Month;
  readonly currency: string;
  /** Months whose fee is billed already. */
  readonly billedFor: ReadonlySet<Month>;
}

/**
 * The monthly fees that the run of a period bills: in arrears up to its month, in advance up to the next. Every month in
 * which the line is active and whose fee was not billed yet is caught up; nothing before First period. In advance, the
 * month of First period itself was billed by hand where the line is older.
 */
export function feesDue(line: Line, fee: Minor, timing: FeeTiming, question: FeeQuestion): Charge[] {
  const { period, firstPeriod, billedFor, currency } = question;
  const olderThanFirst = line.starts === '' || line.starts < firstDayOf(firstPeriod);
  const begun = olderThanFirst ? firstPeriod : monthOf(line.starts);
  const first = timing === 'in advance' && olderThanFirst ? addMonths(firstPeriod, 1) : begun;
  const last = timing === 'in advance' ? addMonths(period, 1) : period;
  return monthsFrom(first, last)
    .filter((month) => activeDays(month, line.starts, line.ends) > 0 && !billedFor.has(month))
    .map((month) => feeOf(line, fee, month, currency));
}

function feeOf(line: Line, fee: Minor, month: Month, currency: string): Charge {
  const days = activeDays(month, line.starts, line.ends);
  const all = daysIn(month);
  const whole = !line.prorate || days === all;
  const amount = whole ? fee : proratedMoney(fee, days, all);
  const howComputed = whole
    ? `Fee for ${monthName(month)}`
    : `Fee for ${monthName(month)}: ${showMoney(fee, currency)} x ${days} of ${all} days`;
  return {
    line: nameKey(line.key),
    kind: 'fee',
    month,
    amount,
    from: later(firstDayOf(month), line.starts),
    to: earlier(lastDayOf(month), line.ends),
    howComputed,
  };
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

function earlier(a: Day, b: Day): Day {
  return b !== '' && b < a ? b : a;
}
