import { noHours, tenThousandths } from '../../hours.ts';
import type { Line, RateSource } from '../contract.ts';
import { makeHourCap } from '../hour-cap.ts';
import { lineWork, type MonthWork, putHours } from '../month-work.ts';
import { addTimeLines, type BilledPiece } from './time-lines.ts';

/** `hourly`: one line per rate, higher rates first; hours over Cap hours are not billed. */
export function hourly(work: MonthWork, line: Line, rate: RateSource): void {
  const cap = makeHourCap(work, line);
  const pieces: BilledPiece[] = [];
  for (const entry of lineWork(work, line).entries) {
    const found = work.findRate(entry.facts, rate);
    if (found === null) {
      work.noRate.add(entry.facts.key);
      continue;
    }
    const billed = cap.take(entry.hours);
    if (billed !== entry.hours) putHours(entry, 'absorbed', tenThousandths(entry.hours - billed));
    if (billed !== 0) pieces.push({ entry, hours: billed, found, tierFrom: noHours });
  }
  cap.finish();
  addTimeLines(work, line, 'time', pieces, () => '');
}
