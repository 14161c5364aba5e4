import { expect } from 'vitest';
import type { Course } from '../../../local/simulate/courses.ts';
import { type Prepared, prepare } from '../../../local/simulate/phases.ts';
import { type SmallMonthOptions, smallMonth } from '../../../local/simulate/small-month.ts';
import { compareWithReal, type Explored, type ExploreOptions, explore } from '../../../local/simulate/states.ts';
import type { SessionMoment } from '../../../local/world/session.ts';
import { bundle } from '../push/firm.ts';

/** The small month with the add-on as the sources are now. */
export function preparedMonth(options: SmallMonthOptions = {}): Promise<Prepared> {
  return prepare(smallMonth(options), bundle());
}

/** Kills, or pairs of them, that are also done for real. */
const SAMPLE = 10;

export interface SurvivesOptions extends ExploreOptions {
  readonly sample?: number;
}

/**
 * Kills the work after every service call, and what goes on with it after every one of its calls again, with all that can become of writes that
 * were not flushed, and expects the end of undisturbed work each time.
 *
 * That is more than 100,000 months. They are not run one by one: what goes on after a kill knows only what lasts (workbook, properties, triggers,
 * QuickBooks), and most calls change nothing that lasts. So one execution is watched, what would last if it were killed is worked out after each of
 * its calls, and the work is gone on with once from each different state. Two states count as the same where nothing that is left out
 * (see `fingerprintOf`) decides anything; that this is so is tried on a sample of pairs, really killed one after the other in one session: after each
 * execution the real state must be the one that was worked out.
 */
export async function survivesKills(
  prepared: Prepared,
  course: Course,
  moment: SessionMoment,
  { sample = SAMPLE, ...options }: SurvivesOptions = {},
): Promise<Explored> {
  const root = { moment, heard: 'nothing' } as const;
  const kills = options.kills ?? 2;
  const explored = await explore(prepared, course, root, { ...options, kills });
  const ways = kills === 1 ? `${explored.calls * 3} kills` : `${explored.pairs} pairs of kills`;
  console.info(`${course.name}: ${explored.calls} calls, ${ways} in ${explored.states.length} states`);
  expect(explored.problems).toEqual([]);
  for (let seed = 1; seed <= sample; seed += 1) {
    expect(await compareWithReal(prepared, course, root, explored, seed, kills), `seed ${seed}`).toEqual([]);
  }
  return explored;
}
