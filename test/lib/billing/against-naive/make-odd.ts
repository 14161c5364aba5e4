import { addMonths } from '../../../naive-engine/calendar.ts';
import type { Chance } from './random.ts';
import type { World } from './world.ts';

/** The same world with odd corners: names in other case, refunds, dates of SOWs, SOWs that rest, entries without a rate. */
export function makeOdd(by: Chance, world: World): World {
  const odd = (value: string): string => by.pick([value, value.toUpperCase(), value.toLowerCase(), ` ${value} `]);
  const oddLine = (line: string | null): string | null => (line === null ? null : odd(line));
  // An entry that a retainer in hours may cover needs a rate only for what goes over.
  const mayLackRate = world.terms.sowLines.every((line) => line.includedHours === null);
  return {
    ...world,
    terms: {
      ...world.terms,
      sows: world.terms.sows.map((sow) => {
        const starts = by.often(25) ? `${addMonths(world.firstPeriod, by.int(-1, 2))}-${by.pick(['01', '12'])}` : '';
        const ends = by.often(15) ? `${addMonths(world.firstPeriod, by.int(2, 3))}-17` : '';
        return { ...sow, starts, ends, active: !by.often(10) };
      }),
      sowLines: world.terms.sowLines.map((line) => ({
        ...line,
        sow: odd(line.sow),
        retainer: line.retainer === '' ? '' : odd(line.retainer),
        rate: typeof line.rate === 'string' ? odd(line.rate) : line.rate,
      })),
    },
    entries: world.entries.map((entry) => ({
      ...entry,
      line: oddLine(entry.line),
      person: odd(entry.person),
      task: odd(entry.task),
      rate: mayLackRate && by.often(5) ? null : entry.rate,
    })),
    expenses: world.expenses.map((expense) => ({
      ...expense,
      line: oddLine(expense.line),
      cost: by.often(15) ? -Number(expense.cost) : expense.cost,
    })),
  };
}
