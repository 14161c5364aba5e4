import { describe, expect, it } from 'vitest';
import { type ErrorAt, type Month, simulateYear, type YearFacts } from './twelve-months.ts';

/**
 * Twelve months on the sample data with made-up models whose error rate at each score is known: decisions feed the memory, checked rows
 * feed the threshold. What is proven must be true, as often as promised.
 */
const TARGET = 0.01;

function years(name: string, count: number, facts: Omit<YearFacts, 'seed' | 'target'>): readonly Month[][] {
  const all = Array.from({ length: count }, (_, n) => [
    ...simulateYear({ ...facts, seed: `${name} ${n}`, target: TARGET }).months,
  ]);
  const months = all.flat();
  const over = months.filter((month) => month.trueError > TARGET).length;
  const proven = months.filter((month) => month.proven);
  const wrongly = proven.filter((month) => month.trueError > TARGET).length;
  const mean = (at: number) => all.reduce((sum, year) => sum + (year[at]?.accepted ?? 0), 0) / all.length;
  console.info(
    `${name}: ${count} years; months over the target ${share(over, months.length)}, ` +
      `proven ${share(proven.length, months.length)}, proven but over ${share(wrongly, months.length)}; ` +
      `accepted in month 1 ${share(mean(0), 1)}, in month 12 ${share(mean(11), 1)}`,
  );
  return all;
}

const share = (some: number, of: number) => `${((100 * some) / Math.max(of, 1e-9)).toFixed(1)} %`;
const falling =
  (atHalf: number, atNineTenths: number): ErrorAt =>
  (score) =>
    Math.min(1, atHalf * Math.exp((-(score - 0.5) / 0.4) * Math.log(atHalf / atNineTenths)));

describe('twelve months on the sample data', () => {
  it('a good model: under the target as often as promised, and more is accepted from month to month', () => {
    const all = years('good model', 8, { errorAt: falling(0.15, 0.0008), auditSample: 60, copies: 2, remembers: true });
    const months = all.flat();
    expect(months.filter((month) => month.trueError > TARGET).length / months.length).toBeLessThanOrEqual(0.05);
    const accepted = (at: number) => all.reduce((sum, year) => sum + (year[at]?.accepted ?? 0), 0) / all.length;
    expect(accepted(1)).toBeGreaterThan(accepted(0) + 0.05);
    expect(accepted(11)).toBeGreaterThan(accepted(1) + 0.05);
  });

  it('a model just over the target everywhere: it is seldom taken for proven', () => {
    const months = years('just over the target', 40, {
      errorAt: () => 0.0105,
      auditSample: 60,
      copies: 1,
      remembers: false,
    }).flat();
    const wrongly = months.filter((month) => month.proven).length;
    expect(wrongly / months.length).toBeLessThanOrEqual(0.05);
  });

  it('a model that is good at high scores and bad below: the threshold does not follow it down', () => {
    const cliff: ErrorAt = (score) => (score >= 0.9 ? 0.001 : 0.15);
    const months = years('a cliff under 0.9', 15, {
      errorAt: cliff,
      auditSample: 60,
      copies: 2,
      remembers: false,
    }).flat();
    expect(months.filter((month) => month.trueError > TARGET).length / months.length).toBeLessThanOrEqual(0.05);
    expect(months.some((month) => month.proven)).toBe(true);
  });

  it('a bad model: after the first months it is trusted no more', () => {
    const all = years('bad model', 25, { errorAt: () => 0.1, auditSample: 30, copies: 1, remembers: false });
    const late = all.flatMap((year) => year.slice(4));
    expect(late.filter((month) => month.proven)).toEqual([]);
    expect(late.filter((month) => month.trueError > TARGET).length / late.length).toBeLessThanOrEqual(0.25);
  });
});
