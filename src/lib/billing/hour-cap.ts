import { type Hours, hoursText, noHours, tenThousandths } from '../hours.ts';
import { exact } from '../money.ts';
import type { Line } from './contract.ts';
import { lineWork, type MonthWork, meetHold } from './month-work.ts';

/** Lets hours through until the line's Cap hours are reached. */
export interface HourCap {
  /** How many of these hours are billed; the rest is over the cap and not billed. */
  readonly take: (hours: Hours) => Hours;
  /** Records what was billed, and the hold and warning that follow. Called once, after the last hour. */
  readonly finish: () => void;
}

/**
 * Cap hours: billed hours over the life of the line (Billed before hours, earlier periods, this month) stop at the cap, in
 * the order of the entries. Where it holds, `raise cap` lets everything through this once.
 */
export function makeHourCap(work: MonthWork, line: Line): HourCap {
  const state = lineWork(work, line);
  const toDate = line.billedBeforeHours + state.opened.billedHours;
  const allowed = line.capHours === null ? Number.POSITIVE_INFINITY : Math.max(0, line.capHours - toDate);
  const raised = line.holdsOverCap && work.answers.caps === 'raise cap';
  let billed: number = noHours;
  let over = 0;
  return {
    take: (hours) => {
      const within = hours <= 0 ? hours : Math.min(hours, Math.max(0, allowed - billed));
      const taken = raised ? hours : within;
      over += hours - within;
      billed += taken;
      return tenThousandths(taken);
    },
    finish: () => {
      state.billedHours = tenThousandths(billed);
      state.closing = { ...state.closing, billedHours: tenThousandths(state.opened.billedHours + billed) };
      if (line.capHours === null) return;
      const used = tenThousandths(toDate + billed);
      if (over > 0)
        meetCap(
          work,
          line.holdsOverCap,
          line.key,
          `Cap of ${hoursText(line.capHours)} h on ${line.key}: ${hoursText(tenThousandths(over))} h over it.`,
        );
      if (used * 10 >= line.capHours * 8) {
        work.warnings.push(
          `Cap hours of ${line.key}: ${partUsed(used, line.capHours)}, ${hoursText(used)} of ${hoursText(line.capHours)} h.`,
        );
      }
    },
  };
}

/** A cap that is reached: where it holds, someone must decide. */
export function meetCap(work: MonthWork, holds: boolean, line: string | null, text: string): void {
  if (holds) meetHold(work, 'cap', line, `${text} Decide: raise cap (bill it this once) or absorb.`);
}

/** How much of a cap is used, in whole per cent, also above a hundred; of a cap of 0 there is no part. */
export function partUsed(used: number, cap: number): string {
  return cap === 0 ? 'no cap left' : `${exact(used).times(100).div(exact(cap)).round(0, 0).toFixed()} % used`;
}
