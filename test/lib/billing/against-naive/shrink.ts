import { live } from './life.ts';
import type { World } from './world.ts';

/** Leaves out steps, rows, lines and cells as long as the engines still differ. */
export function shrink(world: World): World {
  const differs = (smaller: World): boolean => {
    const told = live(smaller).difference;
    return (
      told !== null &&
      !told.what.some((each) => each.includes('refuses the terms') || each.includes('naive engine throws'))
    );
  };
  let best = world;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of smallerThan(best)) {
      if (!differs(smaller)) continue;
      best = smaller;
      again = true;
      break;
    }
  }
  return best;
}

function* smallerThan(world: World): Generator<World> {
  for (const at of world.steps.keys()) {
    if (world.steps.length > 1) {
      const earlier = <T extends { arrives: number }>(row: T): T =>
        row.arrives > at ? { ...row, arrives: row.arrives - 1 } : row;
      yield {
        ...world,
        steps: without(world.steps, at),
        entries: world.entries.map(earlier),
        expenses: world.expenses.map(earlier),
      };
    }
  }
  for (const at of world.entries.keys()) yield { ...world, entries: without(world.entries, at) };
  for (const at of world.expenses.keys()) yield { ...world, expenses: without(world.expenses, at) };
  const { terms } = world;
  for (const [at, line] of terms.sowLines.entries()) {
    if (terms.sowLines.some((each) => each.retainer === line.line)) continue;
    const stays = (row: { line: string | null }): boolean => row.line !== line.line;
    const steps = world.steps.map((step) =>
      'line' in step && step.line === line.line ? { do: 'answer' as const, key: '', answer: 'waiting' as const } : step,
    );
    yield {
      ...world,
      steps,
      terms: { ...terms, sowLines: without(terms.sowLines, at) },
      entries: world.entries.filter(stays),
      expenses: world.expenses.filter(stays),
    };
  }
  for (const [at, sow] of terms.sows.entries()) {
    if (terms.sowLines.every((line) => line.sow !== sow.sow))
      yield { ...world, terms: { ...terms, sows: without(terms.sows, at) } };
  }
  for (const at of terms.rates.keys()) {
    const card = terms.rates[at]?.rateCard;
    const isFirst = terms.rates.findIndex((row) => row.rateCard === card) === at;
    if (!isFirst || terms.sowLines.every((line) => line.rate !== card)) {
      yield { ...world, terms: { ...terms, rates: without(terms.rates, at) } };
    }
  }
  for (const [at, line] of terms.sowLines.entries()) {
    for (const set of EMPTY) {
      const smaller = { ...line, ...set };
      if ('fee' in set && line.fee === null) continue;
      if (JSON.stringify(smaller) === JSON.stringify(line)) continue;
      yield {
        ...world,
        terms: { ...terms, sowLines: terms.sowLines.map((each, place) => (place === at ? smaller : each)) },
      };
    }
  }
  for (const [at, sow] of terms.sows.entries()) {
    for (const set of [
      { cap: null },
      { discountPercent: null },
      { roundHours: '' as const },
      { overCap: 'absorb' as const },
    ]) {
      const smaller = { ...sow, ...set };
      if (JSON.stringify(smaller) === JSON.stringify(sow)) continue;
      yield { ...world, terms: { ...terms, sows: terms.sows.map((each, place) => (place === at ? smaller : each)) } };
    }
  }
  for (const set of [{ invoicePer: '' as const }, { groupLinesBy: '' as const }, { currency: 'USD' }]) {
    const client = { ...terms.client, ...set };
    if (JSON.stringify(client) !== JSON.stringify(terms.client)) yield { ...world, terms: { ...terms, client } };
  }
}

const EMPTY = [
  { capHours: null },
  { capAmount: null },
  { minimum: null },
  { prorate: false },
  { billedBeforeHours: null },
  { billedBeforeAmount: null },
  { rolloverCap: null },
  { rolloverMonths: null },
  { markupPercent: null },
  { fee: 0 },
  { starts: '', ends: '' },
  { overCap: 'absorb' as const },
  { feeTiming: '' as const },
];

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, place) => place !== at);
}
