import { type Hours, hoursAsBig, hoursText, tenThousandths } from '../../hours.ts';
import { roundMoney, shareMoney, showMoney, showRate } from '../../money.ts';
import type { Line } from '../contract.ts';
import { comparePlaces } from '../entry-order.ts';
import type { TimedEntry } from '../facts.ts';
import type { MonthWork } from '../month-work.ts';
import { compareNames } from '../names.ts';
import type { PricedLine } from '../priced.ts';
import { higherFirst } from '../rate.ts';
import type { FoundRate } from '../rate-card.ts';
import { titleOf, wholeMonth } from '../words.ts';

/** Hours of one entry that are billed at one rate, in one tier (`tierFrom` 0 where there are no tiers). */
export interface BilledPiece {
  readonly entry: TimedEntry;
  readonly hours: Hours;
  readonly found: FoundRate;
  readonly tierFrom: Hours;
}

interface Bucket {
  readonly pieces: BilledPiece[];
  readonly first: BilledPiece;
}

/**
 * Writes the lines of billed hours of one SOW line: one per tier and rate, lower tier first, then higher rate; split
 * further by person or entry where the client's lines are grouped so. Each line is rounded once, and its amount is shared
 * over its entries.
 *
 * @param explain - words that go before or after the sum in `How computed`
 */
export function addTimeLines(
  work: MonthWork,
  line: Line,
  kind: 'time' | 'overage',
  pieces: readonly BilledPiece[],
  explain: (first: BilledPiece) => string,
): PricedLine[] {
  const buckets = new Map<string, Bucket>();
  for (const piece of pieces) {
    const key = bucketKey(work, piece);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, { pieces: [piece], first: piece });
    else bucket.pieces.push(piece);
  }
  const ordered = [...buckets].sort(([, a], [, b]) => compareBuckets(work, a.first, b.first));
  const made: PricedLine[] = [];
  for (const [key, bucket] of ordered) {
    const priced = priceBucket(work, line, kind, key, bucket, explain);
    if (priced !== null) made.push(priced);
  }
  work.lines.push(...made);
  return made;
}

function bucketKey(work: MonthWork, piece: BilledPiece): string {
  const base = `${piece.tierFrom}|${piece.found.rate.text}`;
  switch (work.contract.groupBy) {
    case 'line item':
      return base;
    case 'person':
      return `${base}|${piece.entry.facts.personName}`;
    case 'entry':
      return `${base}|${piece.entry.facts.key}`;
  }
}

function compareBuckets(work: MonthWork, a: BilledPiece, b: BilledPiece): number {
  const byRate = a.tierFrom - b.tierFrom || higherFirst(a.found.rate, b.found.rate);
  if (byRate !== 0) return byRate;
  const byPlace = comparePlaces(a.entry.facts.place, b.entry.facts.place);
  return work.contract.groupBy === 'person'
    ? compareNames(a.entry.facts.person, b.entry.facts.person) || byPlace
    : byPlace;
}

function priceBucket(
  work: MonthWork,
  line: Line,
  kind: 'time' | 'overage',
  key: string,
  { pieces, first }: Bucket,
  explain: (first: BilledPiece) => string,
): PricedLine | null {
  const parts = mergeByEntry(pieces);
  const hours = tenThousandths(parts.reduce((sum, part) => sum + part.hours, 0));
  const rate = first.found.rate;
  const amount = roundMoney(hoursAsBig(hours).times(rate.value), work.contract.decimals);
  const shares = shareMoney(
    amount,
    parts.map((part) => part.hours),
  );
  parts.forEach((part, index) => {
    const { outcome } = part.entry;
    outcome.billed += part.hours;
    outcome.amount += shares[index] ?? 0;
    outcome.rate ??= first.found;
  });
  if (hours === 0) return null;
  const sum = `${hoursText(hours)} h x ${showRate(rate.value, work.contract.currency)} = ${showMoney(amount, work.contract.currency)}`;
  const extra = explain(first);
  return {
    key: [work.month, work.sow.name, line.key, kind, key].join('|'),
    sowLine: line.key,
    sowWide: false,
    kind,
    rate,
    hours,
    unitPrice: rate.text,
    amount,
    parts,
    entries: parts.map((part) => part.entry.facts.key),
    ...wholeMonth(work.month),
    description: describe(work, line, kind, first),
    howComputed: `${extra === '' ? '' : `${extra}; `}${sum} (${reasons(pieces)})`,
    item: line.item,
  };
}

/** An entry may come in pieces of one tier and rate; on a line it stands once. */
function mergeByEntry(pieces: readonly BilledPiece[]): readonly BilledPiece[] {
  if (pieces.every((piece, index) => piece.entry !== pieces[index - 1]?.entry)) return pieces;
  const parts: BilledPiece[] = [];
  for (const piece of pieces) {
    const last = parts[parts.length - 1];
    if (last === undefined || last.entry !== piece.entry) parts.push(piece);
    else parts[parts.length - 1] = { ...last, hours: tenThousandths(last.hours + piece.hours) };
  }
  return parts;
}

function describe(work: MonthWork, line: Line, kind: 'time' | 'overage', first: BilledPiece): string {
  const title = `${titleOf(line, work.month)}${kind === 'overage' ? ': hours over the retainer' : ''}`;
  const { facts } = first.entry;
  switch (work.contract.groupBy) {
    case 'line item':
      return title;
    case 'person':
      return `${title}: ${facts.person}`;
    case 'entry':
      return `${title}: ${facts.date}, ${facts.person}${facts.notes === '' ? '' : `, ${facts.notes}`}`;
  }
}

function reasons(pieces: readonly BilledPiece[]): string {
  const found = new Set<FoundRate>();
  for (const piece of pieces) found.add(piece.found);
  const words = [...new Set([...found].map(({ where }) => where))];
  return words.length > 3 ? `${words.slice(0, 3).join('; ')}; and ${words.length - 3} more` : words.join('; ');
}
