import type { Expense, LineTerms, Terms, TimeEntry } from '../../../../src/lib/billing/model.ts';
import { addMonths } from '../../../naive-engine/calendar.ts';
import { makeOdd } from './make-odd.ts';
import { makeTerms, money, PEOPLE, TASKS, two } from './make-terms.ts';
import { type Chance, chance } from './random.ts';
import type { Answer, Arrival, Kind, Step, World } from './world.ts';

/** The life of one client, told by its seed. */
export function makeWorld(seed: number, kind: Kind): World {
  const by = chance(seed);
  const first = by.pick(['2026-01', '2026-09', '2026-10', '2027-12']);
  const months = by.int(1, 4);
  const terms = makeTerms(by, first, months);
  const periods = Array.from({ length: months }, (_, at) => addMonths(first, at));
  const timeLines = terms.sowLines.filter((line) => line.billing !== 'expense');
  const costLines = terms.sowLines.filter((line) => line.billing === 'expense');
  const dates = Array.from({ length: 31 * months }, (_, at) => at);
  const day = (): string => `${by.pick(periods)}-${two(by.int(1, 28))}`;
  const keys = { time: [] as string[], cost: [] as string[] };
  const drafts = Array.from({ length: timeLines.length === 0 ? 0 : by.int(0, by.pick([3, 8, 25])) }, (_, at) => {
    const part = kind.odd === true && by.often(20);
    const key = part ? `harvest:500#${at + 1}` : `harvest:${by.pick([900, 1000, 9990])}${at}`;
    keys.time.push(key);
    return { key, date: by.often(2) ? `${addMonths(first, -1)}-15` : day() };
  });
  const costs = Array.from({ length: costLines.length === 0 ? 0 : by.int(0, 5) }, (_, at) => {
    const key = `harvest:${by.pick([70, 8])}${at}`;
    keys.cost.push(key);
    return { key, date: day() };
  });
  const steps = makeSteps(by, periods, terms, timeLines, costLines, keys, kind);
  const runOf = (date: string): number => {
    const at = steps.findIndex((step) => step.do === 'run' && step.period >= date.slice(0, 7));
    if (!kind.corrections || by.often(75)) return at === -1 ? 0 : at;
    return by.int(Math.max(at, 0), steps.length - 1);
  };
  const world: World = {
    firstPeriod: first,
    terms,
    entries: drafts.map(({ key, date }) => makeEntry(by, key, date, by.pick(timeLines), runOf(date))),
    expenses: costs.map(({ key, date }) => makeExpense(by, key, date, by.pick(costLines), runOf(date), dates.length)),
    steps,
  };
  return kind.odd === true ? makeOdd(by, world) : world;
}

function makeEntry(by: Chance, key: string, date: string, line: LineTerms, arrives: number): TimeEntry & Arrival {
  const who = by.pick(PEOPLE);
  const hours = makeHours(by);
  return {
    key,
    date,
    ...who,
    project: 'P',
    task: by.pick(TASKS),
    notes: '',
    hours,
    roundedHours: by.often(40) ? Math.ceil(hours * 4) / 4 : null,
    rate: by.pick([100, 80, 120.5]),
    line: line.line,
    ...makeStatus(by),
    invoice: null,
    arrives,
  };
}

function makeExpense(
  by: Chance,
  key: string,
  date: string,
  line: LineTerms,
  arrives: number,
  top: number,
): Expense & Arrival {
  return {
    key,
    date,
    person: 'Ana',
    project: 'P',
    category: 'Travel',
    notes: '',
    cost: money(by, 0, 300 + top, false),
    line: line.line,
    ...makeStatus(by),
    invoice: null,
    arrives,
  };
}

function makeStatus(by: Chance): { status: TimeEntry['status']; review: Arrival['review'] } {
  const review = by.often(75) ? 'approved' : 'excluded';
  if (by.often(92)) return { status: by.pick(['auto', 'approved']), review };
  return { status: by.pick(['new', 'flagged', 'excluded']), review };
}

export function makeHours(by: Chance): number {
  if (by.often(5)) return 0;
  if (by.often(60)) return by.int(1, 36) / 4;
  if (by.often(70)) return by.int(1, 900) / 100;
  return by.int(1, 90_000) / 10_000;
}

function makeSteps(
  by: Chance,
  periods: readonly string[],
  terms: Terms,
  timeLines: readonly LineTerms[],
  costLines: readonly LineTerms[],
  keys: { time: readonly string[]; cost: readonly string[] },
  kind: Kind,
): Step[] {
  const yen = terms.client.currency === 'JPY';
  const steps: Step[] = [];
  const run = (period: string): Step & { do: 'run' } => ({
    do: 'run',
    period,
    choices: [by.int(0, 5), by.int(0, 5), by.int(0, 5)],
    push: kind.gaps ? by.pick(['all', 'all', 'all', 'all', 'none', 'first']) : 'all',
    approve: by.often(50),
  });
  const answer = (): Answer => by.pick(['waiting', 'ignored', 'bill difference', 'bill difference', 'bill difference']);
  for (const period of periods) {
    if (kind.gaps && by.often(10)) continue;
    steps.push(run(period));
    if (kind.corrections) {
      for (let count = by.int(0, 3); count > 0; count -= 1) {
        const isCost = keys.cost.length > 0 && by.often(25);
        if (!isCost && keys.time.length === 0) continue;
        const key = by.pick(isCost ? keys.cost : keys.time);
        const lines = isCost ? costLines : timeLines;
        const what = by.int(0, 9);
        if (what < 4) {
          const facts = isCost ? { cost: money(by, 0, 300, false) } : changedFacts(by, periods);
          steps.push({ do: 'change', key, facts, answer: answer() });
        } else if (what < 6) steps.push({ do: 'vanish', key, answer: answer() });
        else if (what < 7) steps.push({ do: 'answer', key, answer: answer() });
        else steps.push({ do: 'move', key, line: by.pick(lines).line });
      }
    }
    if (kind.voids && by.often(20)) steps.push({ do: 'void', nth: by.int(0, 9) });
    if (kind.edits && by.often(35)) steps.push(...makeEdits(by, terms, yen));
    if (kind.corrections && by.often(20)) steps.push(run(period));
    if (kind.backwards && by.often(60)) steps.push(run(by.pick(periods.filter((each) => each <= period))));
  }
  if (!steps.some((step) => step.do === 'run')) steps.push(run(periods.at(-1) ?? ''));
  return steps;
}

function changedFacts(by: Chance, periods: readonly string[]): Partial<TimeEntry> {
  const what = by.int(0, 9);
  if (what < 6) return { hours: makeHours(by), roundedHours: null };
  if (what < 7) return { date: `${by.pick(periods)}-${two(by.int(1, 28))}` };
  if (what < 8) return { ...by.pick(PEOPLE) };
  if (what < 9) return { rate: by.pick([100, 80, 150]) };
  return { task: by.pick(TASKS) };
}

function makeEdits(by: Chance, terms: Terms, yen: boolean): Step[] {
  const line = by.pick(terms.sowLines);
  const sow = by.pick(terms.sows);
  const before = Math.ceil(terms.sowLines.reduce((so, each) => so + Number(each.billedBeforeAmount ?? 0), 0));
  const isRetainer = line.billing === 'retainer';
  const sets: Partial<LineTerms>[] = [
    { fee: line.fee === null ? null : money(by, 0, 2000, yen) },
    {
      capAmount:
        line.billing === 'non-billable'
          ? null
          : Math.max(Number(line.billedBeforeAmount ?? 0), money(by, 100, 3000, yen)),
    },
    { minimum: line.minimum === null ? null : money(by, 0, 900, yen) },
    { prorate: !line.prorate },
  ];
  if (line.billing === 'hourly' || line.billing === 'covered' || isRetainer)
    sets.push({ rate: money(by, 50, 200, yen) });
  if (isRetainer)
    sets.push(
      { rolloverMonths: by.int(0, 2) },
      { rolloverCap: by.int(0, 8) },
      { overage: by.pick(['bill', 'absorb', 'hold']) },
    );
  if (line.includedHours !== null) sets.push({ includedHours: by.int(0, 12) });
  if (line.includedAmount !== null) sets.push({ includedAmount: money(by, 0, 900, yen) });
  if (by.often(70)) return [{ do: 'edit line', line: line.line, set: by.pick(sets) }];
  if (by.often(70)) {
    const set = by.pick([
      { discountPercent: by.pick([5, 20, null]) },
      { cap: Math.max(before, money(by, 300, 5000, yen)) },
    ]);
    return [{ do: 'edit SOW', sow: sow.sow, set }];
  }
  return [{ do: 'edit rates', rates: terms.rates.map((row) => ({ ...row, rate: money(by, 50, 250, yen) })) }];
}
