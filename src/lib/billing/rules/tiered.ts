import { lastDayOf } from '../../calendar.ts';
import { hoursAsBig, hoursText, tenThousandths } from '../../hours.ts';
import { roundMoney, showMoney } from '../../money.ts';
import type { Line } from '../contract.ts';
import { makeHourCap } from '../hour-cap.ts';
import { type LineWork, lineWork, type MonthWork, putHours } from '../month-work.ts';
import type { FoundRate } from '../rate-card.ts';
import { readTierCard, splitByTier, type Tier, type TierCard, tierOfTotal } from '../tiers.ts';
import { tierWords } from '../words.ts';
import { addTimeLines, type BilledPiece } from './time-lines.ts';

/**
 * `tiered`: the line's hours are counted in order, over the month or over the SOW's life. Graduated: each tier's hours at
 * its rate, an entry that crosses a bound is split. Volume: all hours of the month at the rate of the tier in which the
 * month's total lies.
 */
export function tiered(work: MonthWork, line: Line, cardName: string): void {
  const card = readTierCard(work.contract.rates, cardName);
  const state = lineWork(work, line);
  const counted = state.entries.reduce((sum, entry) => sum + entry.hours, 0);
  state.tierHours = tenThousandths(counted);
  state.closing = { ...state.closing, tierHours: tenThousandths(state.opened.tierHours + counted) };
  const before = card.count === 'SOW' ? line.billedBeforeHours + state.opened.tierHours : 0;
  const foundIn = rememberFound(card);
  const lastDay = lastDayOf(work.month);
  const volume = card.tiering === 'volume' ? tierOfTotal(card.tiersOn(lastDay), tenThousandths(counted)) : null;
  const cap = makeHourCap(work, line);
  const pieces: BilledPiece[] = [];
  let position = before;
  for (const entry of state.entries) {
    const split =
      card.tiering === 'volume'
        ? [{ tier: volume, hours: entry.hours }]
        : splitByTier(card.tiersOn(entry.facts.date), position, entry.hours);
    position += entry.hours;
    for (const { tier, hours } of split) {
      if (tier === null) {
        work.noRate.add(entry.facts.key);
        continue;
      }
      const billed = cap.take(hours);
      if (billed !== hours) putHours(entry, 'absorbed', tenThousandths(hours - billed));
      if (billed !== 0) pieces.push({ entry, hours: billed, found: foundIn(tier), tierFrom: tier.from });
    }
  }
  cap.finish();
  const tiersForWords = card.tiersOn(lastDay);
  addTimeLines(work, line, 'time', pieces, ({ tierFrom }) => explain(card, tiersForWords, tierFrom, before, counted));
  if (volume !== null) warnWhenFalling(work, line, tiersForWords, volume, state);
}

function rememberFound(card: TierCard): (tier: Tier) => FoundRate {
  const known = new Map<string, FoundRate>();
  return (tier) => {
    const key = `${tier.from}|${tier.rate.text}`;
    const found = known.get(key) ?? { rate: tier.rate, where: `rate card ${card.name}` };
    known.set(key, found);
    return found;
  };
}

function explain(card: TierCard, tiers: readonly Tier[], from: number, before: number, counted: number): string {
  const tier = tiers.find((one) => one.from === from);
  const next = tiers.find((one) => one.from > from);
  const bounds = tierWords(tier?.from ?? tenThousandths(from), next?.from ?? null);
  if (card.tiering === 'volume')
    return `${hoursText(tenThousandths(counted))} h this month lie in the tier of ${bounds}`;
  const counts =
    card.count === 'SOW'
      ? `, counted over the life of the SOW (${hoursText(tenThousandths(before))} h before this month)`
      : '';
  return `${bounds[0]?.toUpperCase() ?? ''}${bounds.slice(1)}${counts}`;
}

/** Volume prices can fall when hours rise past a bound: the client pays less for more, worth a look. */
function warnWhenFalling(work: MonthWork, line: Line, tiers: readonly Tier[], tier: Tier, state: LineWork): void {
  const lower = tiers[tiers.indexOf(tier) - 1];
  if (lower === undefined || state.tierHours === null) return;
  const price = (hours: number, one: Tier) =>
    roundMoney(hoursAsBig(tenThousandths(hours)).times(one.rate.value), work.contract.decimals);
  const now = price(state.tierHours, tier);
  const atBound = price(tier.from, lower);
  if (now >= atBound) return;
  const { currency } = work.contract;
  work.warnings.push(
    `Volume price of ${line.key}: ${hoursText(state.tierHours)} h come to ${showMoney(now, currency)}, less than the ${showMoney(atBound, currency)} for ${hoursText(tier.from)} h.`,
  );
}
