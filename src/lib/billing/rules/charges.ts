import { monthName } from '../../calendar.ts';
import { moneyText } from '../../money.ts';
import type { Line } from '../contract.ts';
import type { MonthWork } from '../month-work.ts';
import { nameKey } from '../names.ts';
import type { Charge } from '../priced.ts';

/** Writes the fees and milestones that are due on this line, by month; amounts of 0 are not written. */
export function addCharges(work: MonthWork, line: Line): void {
  for (const charge of work.charges) {
    if (charge.line !== nameKey(line.key) || charge.amount === 0) continue;
    work.lines.push({
      key: [work.month, work.sow.name, line.key, charge.kind, charge.month].join('|'),
      sowLine: line.key,
      sowWide: false,
      kind: charge.kind,
      rate: null,
      hours: null,
      unitPrice: moneyText(charge.amount, work.contract.decimals),
      amount: charge.amount,
      parts: [],
      entries: [],
      from: charge.from,
      to: charge.to,
      description: describe(line, charge),
      howComputed: charge.howComputed,
      item: line.item,
    });
  }
}

function describe(line: Line, charge: Charge): string {
  const text = line.description === '' ? line.title : `${line.title}: ${line.description.replace(/[.\s]+$/, '')}`;
  return charge.kind === 'fee' ? `${text}, ${monthName(charge.month)}` : text;
}
