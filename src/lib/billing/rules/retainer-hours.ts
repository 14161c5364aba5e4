import { activeDays, daysIn } from '../../calendar.ts';
import { type Hours, noHours, proratedHours, tenThousandths } from '../../hours.ts';
import { noMoney } from '../../money.ts';
import type { Line, RateSource, RetainerHours } from '../contract.ts';
import type { TimedEntry } from '../facts.ts';
import { type HourCap, makeHourCap } from '../hour-cap.ts';
import { lineWork, type MonthWork, meetHold, putHours } from '../month-work.ts';
import { nameKey } from '../names.ts';
import { addToPool, closePool, drawFromPool, type Pool, poolTotal } from '../pool.ts';
import type { Rate } from '../rate.ts';
import { carriedWords, hoursWords, ratesWords, titleOf, wholeMonth } from '../words.ts';
import { familyEntries, familyOf, overageRates } from './retainer-family.ts';
import { addTimeLines, type BilledPiece } from './time-lines.ts';

/**
 * `retainer` with Included hours. The hours of the line and of all lines covered by it, taken together in order, draw on
 * carried hours (oldest month first), then on this month's; what is left is overage and goes the way that Overage says.
 */
export function retainerOfHours(work: MonthWork, line: Line, rule: RetainerHours): void {
  const state = lineWork(work, line);
  const included = includedHours(line, rule, work.month);
  const opened = state.opened.hours;
  let pool = addToPool(opened, work.month, included);
  let used = 0;
  let over = 0;
  const members = familyOf(work, line);
  const caps = new Map<string, HourCap>(
    members.map((member) => [nameKey(member.line.key), makeHourCap(work, member.line)]),
  );
  const pieces = new Map<string, BilledPiece[]>(members.map((member) => [nameKey(member.line.key), []]));
  const policy = rule.overage === 'hold' ? (work.answers.overage ?? 'hold') : rule.overage;
  const sources = overageRates(members, rule.rate);
  const coveredEntries: string[] = [];

  for (const entry of familyEntries(work, members)) {
    const draws =
      policy === 'carry' || entry.hours < 0 ? entry.hours : Math.min(entry.hours, Math.max(0, poolTotal(pool)));
    const source = sources.get(entry.facts.line) ?? rule.rate;
    const beyond = tenThousandths(entry.hours - draws);
    if (beyond > 0 && policy === 'bill' && work.findRate(entry.facts, source) === null) {
      work.noRate.add(entry.facts.key);
      continue;
    }
    pool = drawFromPool(pool, work.month, draws);
    used += draws;
    if (draws !== 0) {
      putHours(entry, 'covered', tenThousandths(draws));
      coveredEntries.push(entry.facts.key);
    }
    if (beyond <= 0) continue;
    over += beyond;
    beyondThePool(work, entry, beyond, policy, source, caps, pieces);
  }
  for (const cap of caps.values()) cap.finish();

  if (rule.overage === 'hold' && over > 0) noteOverage(work, line, over);
  const closed = closePool(pool, work.month, rule.rollover);
  const overTotal = policy === 'carry' ? closed.pool.debt : over;
  const sentence = retainerWords(work, opened, included, used + over, overTotal, policy, ratesOf(pieces));
  for (const member of members)
    addTimeLines(work, member.line, 'overage', pieces.get(nameKey(member.line.key)) ?? [], () => sentence);
  addCoveredLine(work, line, tenThousandths(used), coveredEntries, sentence);
  state.closing = { ...state.closing, hours: closed.pool };
  state.hoursMonth = {
    opening: poolTotal(opened),
    added: included,
    used,
    expired: closed.expired,
    closing: poolTotal(closed.pool),
  };
}

type Policy = 'bill' | 'absorb' | 'carry' | 'hold';

function beyondThePool(
  work: MonthWork,
  entry: TimedEntry,
  beyond: Hours,
  policy: Policy,
  source: RateSource,
  caps: ReadonlyMap<string, HourCap>,
  pieces: ReadonlyMap<string, BilledPiece[]>,
): void {
  switch (policy) {
    case 'bill': {
      const billed = caps.get(entry.facts.line)?.take(beyond) ?? beyond;
      const found = work.findRate(entry.facts, source);
      if (billed !== beyond) putHours(entry, 'absorbed', tenThousandths(beyond - billed));
      if (found !== null && billed !== 0)
        pieces.get(entry.facts.line)?.push({ entry, hours: billed, found, tierFrom: noHours });
      return;
    }
    case 'absorb':
      putHours(entry, 'absorbed', beyond);
      return;
    case 'hold':
      putHours(entry, 'waiting', beyond);
      return;
    case 'carry':
      // All hours were drawn: nothing is beyond a pool that may go below 0.
      return;
  }
}

/** Included hours of the month: in full if active on any day, or by days where the line is prorated. */
function includedHours(line: Line, rule: RetainerHours, month: string): Hours {
  const days = activeDays(month, line.starts, line.ends);
  if (days === 0) return noHours;
  return line.prorate ? proratedHours(rule.included, days, daysIn(month)) : rule.included;
}

function noteOverage(work: MonthWork, line: Line, over: number): void {
  meetHold(work, 'overage', line.key, `${hoursWords(over)} over the retainer ${line.key}. Decide: bill or absorb.`);
}

function ratesOf(pieces: ReadonlyMap<string, readonly BilledPiece[]>): Rate[] {
  const rates = [...pieces.values()].flatMap((list) => list.map((piece) => piece.found.rate));
  return rates.sort((a, b) => b.value.cmp(a.value));
}

/** `20 h included + 3 h carried from September; 27.5 h worked; 4.5 h over at $185.00`. */
function retainerWords(
  work: MonthWork,
  opened: Pool,
  included: Hours,
  worked: number,
  over: number,
  policy: Policy,
  rates: readonly Rate[],
): string {
  const from = [`${hoursWords(included)} included`];
  if (opened.layers.length > 0) from.push(`+ ${carriedWords(opened.layers, work.month, hoursWords)}`);
  if (opened.debt > 0) from.push(`- ${hoursWords(opened.debt)} taken in advance before`);
  const sentence = `${from.join(' ')}; ${hoursWords(worked)} worked`;
  return over === 0 ? sentence : `${sentence}; ${hoursWords(over)} over ${overWords(work, policy, rates)}`;
}

function overWords(work: MonthWork, policy: Policy, rates: readonly Rate[]): string {
  switch (policy) {
    case 'bill':
      return rates.length === 0 ? 'not billed' : `at ${ratesWords(rates, work.contract.currency)}`;
    case 'absorb':
      return 'not billed';
    case 'hold':
      return 'to be decided';
    case 'carry':
      return 'taken from the months to come';
  }
}

function addCoveredLine(
  work: MonthWork,
  line: Line,
  covered: Hours,
  entries: readonly string[],
  sentence: string,
): void {
  if (covered === 0) return;
  work.lines.push({
    key: [work.month, work.sow.name, line.key, 'covered'].join('|'),
    sowLine: line.key,
    sowWide: false,
    kind: 'covered',
    rate: null,
    hours: covered,
    unitPrice: '0',
    amount: noMoney,
    parts: [],
    entries,
    ...wholeMonth(work.month),
    description: `${titleOf(line, work.month)}: hours covered by the retainer`,
    howComputed: sentence,
    item: line.item,
  });
}
