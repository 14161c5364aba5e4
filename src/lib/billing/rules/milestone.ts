import { firstDayOf, lastDayOf, monthOf } from '../../calendar.ts';
import type { Minor } from '../../money.ts';
import type { Line } from '../contract.ts';
import type { Day, Month } from '../model.ts';
import { nameKey } from '../names.ts';
import type { Charge } from '../priced.ts';

/** A milestone's fee: once, in the first run whose period ends on or after Completed on; never where that lies before First period. */
export function milestoneDue(
  line: Line,
  fee: Minor,
  completedOn: Day,
  period: Month,
  firstPeriod: Month,
  alreadyBilled: boolean,
): Charge[] {
  if (completedOn === '' || alreadyBilled || completedOn > lastDayOf(period) || completedOn < firstDayOf(firstPeriod))
    return [];
  return [
    {
      line: nameKey(line.key),
      kind: 'milestone',
      month: monthOf(completedOn),
      amount: fee,
      from: completedOn,
      to: completedOn,
      howComputed: `Milestone completed on ${completedOn}`,
    },
  ];
}
