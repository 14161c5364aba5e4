import type { RateSource } from './contract.ts';
import type { EntryFacts } from './facts.ts';
import type { Decimal, RateRow } from './model.ts';
import { isEmpty, nameKey } from './names.ts';
import { isDecimal, type Rate, rateOf } from './rate.ts';

/** A rate that was found, and where: the words a person can check it by. */
export interface FoundRate {
  readonly rate: Rate;
  /** `the rate of the SOW line`, `rate card Standard: Role Senior, from 2026-01-01`. */
  readonly where: string;
}

/** Finds the rate of an entry; `null` where there is none (the entry is then flagged `no rate`). */
export type RateFinder = (entry: EntryFacts, source: RateSource) => FoundRate | null;

interface CardRow {
  readonly person: string;
  readonly role: string;
  readonly task: string;
  readonly fromDate: string;
  readonly specificity: number;
  readonly found: FoundRate;
}

/**
 * A line's own number; else its rate card (no fallback); else the entry's rate in the source. Of a card's rows that match
 * and have begun, the most specific wins: Person and Task, Person, Role and Task, Role, Task, any; then the latest From
 * date; then the one higher up in the tab. Rows with From hours above 0 are tiers and count on tiered lines only.
 */
export function makeRateFinder(rows: readonly RateRow[]): RateFinder {
  const cards = readCards(rows);
  const fixed = new Map<string, FoundRate>();
  const fromSource = new Map<Decimal, FoundRate>();
  return (entry, source) => {
    switch (source.kind) {
      case 'fixed':
        return remember(fixed, source.rate.text, () => ({ rate: source.rate, where: 'the rate of the SOW line' }));
      case 'card':
        return bestRow(cards.get(source.card) ?? [], entry)?.found ?? null;
      case 'source': {
        const own = entry.sourceRate;
        if (own === null || isEmpty(own) || !isDecimal(own)) return null;
        return remember(fromSource, own, () => ({ rate: rateOf(own), where: 'the rate in the time source' }));
      }
    }
  };
}

function readCards(rows: readonly RateRow[]): Map<string, CardRow[]> {
  const cards = new Map<string, CardRow[]>();
  for (const row of rows) {
    if (row.rate === null || isEmpty(row.rate) || Number(row.fromHours ?? 0) > 0) continue;
    const card = cards.get(nameKey(row.rateCard)) ?? [];
    cards.set(nameKey(row.rateCard), card);
    card.push({
      person: nameKey(row.person),
      role: nameKey(row.role),
      task: nameKey(row.task),
      fromDate: row.fromDate ?? '',
      specificity: specificityOf(row),
      found: { rate: rateOf(row.rate), where: `rate card ${row.rateCard.trim()}: ${rowWords(row)}` },
    });
  }
  // The winner is then the first row that matches.
  for (const card of cards.values())
    card.sort(
      (a, b) => b.specificity - a.specificity || (a.fromDate < b.fromDate ? 1 : a.fromDate > b.fromDate ? -1 : 0),
    );
  return cards;
}

function bestRow(card: readonly CardRow[], entry: EntryFacts): CardRow | undefined {
  return card.find(
    (row) =>
      (row.person === '' || row.person === entry.personName) &&
      (row.task === '' || row.task === entry.taskName) &&
      (row.role === '' || entry.roleNames.includes(row.role)) &&
      row.fromDate <= entry.date,
  );
}

function specificityOf(row: RateRow): number {
  const task = isEmpty(row.task) ? 0 : 1;
  if (!isEmpty(row.person)) return 4 + task;
  return isEmpty(row.role) ? task : 2 + task;
}

function rowWords(row: RateRow): string {
  const named = [
    isEmpty(row.person) ? '' : `Person ${row.person.trim()}`,
    isEmpty(row.role) ? '' : `Role ${row.role.trim()}`,
    isEmpty(row.task) ? '' : `Task ${row.task.trim()}`,
  ].filter((word) => word !== '');
  const who = named.length === 0 ? 'any' : named.join(', ');
  return isEmpty(row.fromDate) ? who : `${who}, from ${row.fromDate}`;
}

function remember<K>(map: Map<K, FoundRate>, key: K, make: () => FoundRate): FoundRate {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
