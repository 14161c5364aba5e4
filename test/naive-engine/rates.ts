import type { LineTerms, RateRow, Terms } from '../../src/lib/billing/model.ts';
import { lastDay } from './calendar.ts';
import { type Num, num } from './decimal.ts';
import { name } from './naive-model.ts';
import type { Work } from './work.ts';

/** The rate of an entry by a chain of lines: the first whose Rate is filled decides; none is: the source's. */
export function rateOf(work: Work, lines: readonly LineTerms[], terms: Terms): Num {
  for (const line of lines) {
    if (line.rate === null || line.rate === '') continue;
    return isCard(line.rate) ? rateOnCard(work, cardRows(line.rate, terms)) : num(line.rate);
  }
  if (work.sourceRate === null) throw new Error(`no rate: ${work.key}`);
  return work.sourceRate;
}

export function cardRows(card: unknown, terms: Terms): RateRow[] {
  return terms.rates.filter((row) => name(row.rateCard) === name(String(card)));
}

export interface Tier {
  readonly from: Num;
  readonly rate: Num;
}

/** The tiers that exist on a day, lowest first. */
export function tiersOn(rows: readonly RateRow[], day: string): Tier[] {
  const best = new Map<Num, RateRow>();
  for (const row of rows) {
    if (fromDate(row) > day) continue;
    const from = num(row.fromHours);
    const found = best.get(from);
    if (found === undefined || fromDate(row) > fromDate(found)) best.set(from, row);
  }
  return [...best]
    .map(([from, row]) => ({ from, rate: num(row.rate) }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** Volume: the tier in which the month's total lies. */
export function volumeTier(rows: readonly RateRow[], month: string, total: Num): Tier {
  const tiers = tiersOn(rows, lastDay(month)).filter((tier) => tier.from < total);
  const tier = tiers.at(-1);
  if (tier === undefined) throw new Error('no tier');
  return tier;
}

function rateOnCard(work: Work, rows: readonly RateRow[]): Num {
  const fits = rows.filter(
    (row) =>
      (row.person === '' || name(row.person) === name(work.person)) &&
      (row.role === '' || work.roles.some((role) => name(role) === name(row.role))) &&
      (row.task === '' || name(row.task) === name(work.task)) &&
      fromDate(row) <= work.date,
  );
  for (const named of ORDER) {
    const same = fits.filter((row) => `${row.person && 'P'}${row.role && 'R'}${row.task && 'T'}` === named);
    const latest = same.reduce<RateRow | null>((so, row) => (so && fromDate(so) >= fromDate(row) ? so : row), null);
    if (latest !== null) return num(latest.rate);
  }
  throw new Error(`no rate on the card: ${work.key}`);
}

const ORDER = ['PT', 'P', 'RT', 'R', 'T', ''];

const fromDate = (row: RateRow): string => row.fromDate || '0000-00-00';

const isCard = (rate: unknown): boolean => typeof rate === 'string' && !/^[+-]?[\d.]+$/.test(rate.trim());
