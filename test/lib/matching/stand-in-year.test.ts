import { describe, expect, it } from 'vitest';
import { type StandInMonth, standInYear } from './stand-in-year.ts';

/** Many years with the stand-in model, of whose errors nobody has made up anything; prints what was promised and what came true. */
function years(count: number, target: number): readonly (readonly StandInMonth[])[] {
  const all = Array.from({ length: count }, (_, n) => standInYear(`stand-in ${target} ${n}`, target));
  const months = all.flat();
  const proven = months.filter((month) => month.proven);
  console.info(
    `stand-in, target ${percent(target)}: ${count} years; ${percent(errorOf(months))} of the accepted are wrong; ` +
      `months over the target ${percent(shareOver(months, target))}, proven ${percent(proven.length / months.length)}, ` +
      `of these over ${percent(proven.length === 0 ? 0 : shareOver(proven, target))}; ` +
      `accepted in month 1 ${percent(acceptedIn(all, 0))}, in month 12 ${percent(acceptedIn(all, 11))}`,
  );
  return all;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const total = (months: readonly StandInMonth[], what: 'accepted' | 'wrong' | 'rows') =>
  months.reduce((sum, month) => sum + month[what], 0);
const errorOf = (months: readonly StandInMonth[]) => total(months, 'wrong') / Math.max(1, total(months, 'accepted'));
const shareOver = (months: readonly StandInMonth[], target: number) =>
  months.filter((month) => errorOf([month]) > target).length / months.length;
function acceptedIn(all: readonly (readonly StandInMonth[])[], index: number): number {
  const months = all.flatMap((year) => year[index] ?? []);
  return total(months, 'accepted') / total(months, 'rows');
}

describe('twelve months with the stand-in model', () => {
  it('a target that it can meet is proven, kept, and more is accepted than at first', () => {
    const all = years(10, 0.05);
    const proven = all.flat().filter((month) => month.proven);
    expect(proven.length).toBeGreaterThan(60);
    expect(errorOf(proven)).toBeLessThanOrEqual(0.05);
    expect(shareOver(proven, 0.05)).toBeLessThanOrEqual(0.05);
    expect(acceptedIn(all, 11)).toBeGreaterThan(acceptedIn(all, 0) + 0.1);
  }, 120_000);

  it('a target that it misses is hardly ever taken for proven', () => {
    const months = years(5, 0.01).flat();
    expect(errorOf(months)).toBeGreaterThan(0.01);
    expect(months.filter((month) => month.proven).length / months.length).toBeLessThanOrEqual(0.05);
  }, 120_000);
});
