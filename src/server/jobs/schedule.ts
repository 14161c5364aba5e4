import * as z from 'zod/mini';
import { isBy } from '../../lib/jobs/next.ts';
import { SCHEDULE_DAY, SCHEDULE_HOUR } from '../../lib/jobs/schedule.ts';
import type { PropertyBag } from '../properties.ts';

/** The monthly trigger: it runs as the person who made it, and only that person's executions can see it. */
export interface Schedule {
  /** Makes the trigger when nobody has one yet, or when mine has gone missing; leaves another person's alone. */
  ensure(): ScheduleState;
  /** Makes it mine and new, whoever had it. */
  repair(): ScheduleState;
  /** False where another person has taken it over: a trigger of mine that still fires must not run the month a second time. */
  isMine(): boolean;
}

export interface ScheduleState {
  /** Email of the person as whom it runs; empty when Google does not say. */
  readonly owner: string;
  readonly repaired: boolean;
}

const KEY = 'schedule';
const stored = z.object({ owner: z.string() });

export function createSchedule(
  properties: PropertyBag,
  handler: string,
  timeZone: () => string,
  who: string,
): Schedule {
  const mine = () => ScriptApp.getProjectTriggers().filter((trigger) => trigger.getHandlerFunction() === handler);
  const make = (): ScheduleState => {
    for (const trigger of mine()) ScriptApp.deleteTrigger(trigger);
    ScriptApp.newTrigger(handler)
      .timeBased()
      .onMonthDay(SCHEDULE_DAY)
      .atHour(SCHEDULE_HOUR)
      .inTimezone(timeZone())
      .create();
    properties.set(KEY, JSON.stringify({ owner: who }));
    return { owner: who, repaired: true };
  };
  return {
    repair: make,
    isMine: () => isBy(ownerOf(properties.get(KEY)) ?? '', who),
    ensure: () => {
      const owner = ownerOf(properties.get(KEY));
      if (owner !== null && !isBy(owner, who)) {
        for (const trigger of mine()) ScriptApp.deleteTrigger(trigger);
        return { owner, repaired: false };
      }
      if (owner !== null && mine().length === 1) return { owner, repaired: false };
      return make();
    },
  };
}

function ownerOf(text: string | null): string | null {
  if (text === null) return null;
  try {
    const read = z.safeParse(stored, JSON.parse(text));
    return read.success ? read.data.owner : null;
  } catch {
    return null;
  }
}
