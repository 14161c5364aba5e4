import type { Line, RateSource } from '../contract.ts';
import type { TimedEntry } from '../facts.ts';
import { type LineWork, lineWork, type MonthWork } from '../month-work.ts';
import { nameKey } from '../names.ts';

/** The retainer line and the lines covered by it, in the order of the tab. */
export function familyOf(work: MonthWork, retainer: Line): LineWork[] {
  const key = nameKey(retainer.key);
  return work.sow.lines
    .filter((line) => line === retainer || (line.rule.kind === 'covered' && line.rule.retainer === key))
    .map((line) => lineWork(work, line));
}

/** Entries of all lines of the family, in the one order in which they draw. */
export function familyEntries(work: MonthWork, members: readonly LineWork[]): readonly TimedEntry[] {
  if (members.length === 1) return members[0]?.entries ?? [];
  const keys = new Set(members.map((member) => nameKey(member.line.key)));
  return work.entries.filter((entry) => keys.has(entry.facts.line));
}

/** Where each line's rate comes from: its own Rate, or where that is empty the retainer line's, or else the source. */
export function overageRates(members: readonly LineWork[], retainerRate: RateSource): Map<string, RateSource> {
  return new Map(
    members.map(({ line }) => {
      const own = line.rule.kind === 'covered' && line.rule.rate.kind !== 'source' ? line.rule.rate : retainerRate;
      return [nameKey(line.key), own];
    }),
  );
}
