import type { Decision, LineTerms, Month, SowTerms, Terms } from '../../src/lib/billing/model.ts';
import { activeDays, daysInMonth, monthsBetween } from './calendar.ts';
import { fractionOf, least, most, type Num, num, numOrNull, sum, ZERO } from './decimal.ts';
import { type LineState, type Lot, name } from './naive-model.ts';
import { cardRows, rateOf, tiersOn, volumeTier } from './rates.ts';
import { roundedHours, type Work } from './work.ts';

/** Where a piece of an entry's hours goes. */
export type Fate = 'time' | 'overage' | 'covered' | 'absorbed' | 'recorded' | 'waiting';

/** An entry or a part of it that was cut at a bound. */
export interface Piece {
  readonly work: Work;
  readonly line: string;
  readonly hours: Num;
  readonly fate: Fate;
  readonly rate: Num;
  /** From hours of its tier; 0 elsewhere. */
  readonly tier: Num;
}

/** opening, added, used, expired, closing */
export type Account = readonly Num[];

export interface PoolResult {
  readonly pieces: readonly Piece[];
  readonly account: Account;
  readonly lots: readonly Lot[];
  readonly debt: Num;
  readonly overage: boolean;
}

export interface MonthOf {
  readonly terms: Terms;
  readonly sow: SowTerms;
  readonly month: Month;
}

/** Times days active over days of the month where Prorate says so; else in full if active on any day. */
export function prorated(full: Num, line: LineTerms, at: MonthOf, decimals: number, month: Month = at.month): Num {
  const days = activeDays(line, at.sow, month);
  if (days === 0) return ZERO;
  return line.prorate ? fractionOf(full, BigInt(days), BigInt(daysInMonth(month)), decimals) : full;
}

export function hourlyPieces(line: LineTerms, works: readonly Work[], at: MonthOf): Piece[] {
  return works.map((work) => whole(work, line, at, 'time', rateOf(work, [line], at.terms)));
}

export function recordedPieces(line: LineTerms, works: readonly Work[], at: MonthOf): Piece[] {
  return works.map((work) => whole(work, line, at, 'recorded', ZERO));
}

/** Hours counted one after the other; an entry is cut wherever the next tier begins. */
export function tieredPieces(line: LineTerms, works: readonly Work[], at: MonthOf, tierHours: Num): Piece[] {
  const rows = cardRows(line.rate, at.terms);
  const pieces = works.map((work) => whole(work, line, at, 'time', ZERO));
  if (rows.some((row) => row.tiering === 'volume')) {
    const total = sum(pieces.map((piece) => piece.hours));
    if (total === 0n) return pieces;
    const tier = volumeTier(rows, at.month, total);
    return pieces.map((piece) => ({ ...piece, rate: tier.rate, tier: tier.from }));
  }
  let counted = rows.some((row) => row.tiersCount === 'SOW') ? num(line.billedBeforeHours) + tierHours : ZERO;
  const cut: Piece[] = [];
  for (const piece of pieces) {
    const tiers = tiersOn(rows, piece.work.date);
    let left = piece.hours;
    if (left === 0n) cut.push(piece);
    while (left > 0n) {
      const tier = tiers.filter((each) => each.from <= counted).at(-1);
      if (tier === undefined) throw new Error(`no tier for ${piece.work.key}`);
      const next = tiers.find((each) => each.from > counted);
      const hours = next === undefined ? left : least(left, next.from - counted);
      cut.push({ ...piece, hours, rate: tier.rate, tier: tier.from });
      counted += hours;
      left -= hours;
    }
  }
  return cut;
}

/** The retainer in hours: carried lots oldest first, then this month's, then overage. */
export function poolOfHours(
  retainer: LineTerms,
  lines: readonly LineTerms[],
  works: readonly Work[],
  at: MonthOf,
  opening: LineState,
  decision: Decision | null,
): PoolResult {
  const included = prorated(num(retainer.includedHours), retainer, at, 2);
  const worked = least(opening.debt, included);
  let debt = opening.debt - worked;
  const lots = [...opening.hourLots, { month: at.month, left: included - worked }].map((lot) => ({ ...lot }));
  const pieces: Piece[] = [];
  let used = ZERO;
  let over = false;
  for (const work of works) {
    const line = lines.find((each) => name(each.line) === work.line) ?? retainer;
    const piece = whole(work, line, at, 'covered', ZERO);
    let left = piece.hours;
    for (const lot of lots) {
      const drawn = least(left, lot.left);
      lot.left -= drawn;
      left -= drawn;
    }
    if (retainer.overage === 'carry') {
      debt += left;
      left = ZERO;
    }
    used += piece.hours - left;
    if (piece.hours > left || left === 0n) pieces.push({ ...piece, hours: piece.hours - left });
    if (left === 0n) continue;
    over = true;
    const fate = overageFate(retainer, decision);
    const rate = fate === 'overage' ? rateOf(work, [line, retainer], at.terms) : ZERO;
    pieces.push({ ...piece, hours: left, fate, rate });
  }
  const kept = carryOver(lots, retainer, at.month);
  const before = sum(opening.hourLots.map((lot) => lot.left)) - opening.debt;
  const after = sum(kept.map((lot) => lot.left)) - debt;
  const expired = sum(lots.map((lot) => lot.left)) - sum(kept.map((lot) => lot.left));
  return { pieces, account: [before, included, used, expired, after], lots: kept, debt, overage: over };
}

/** The retainer in money: all hours appear at their rates; what is taken off is worked out from the lines. */
export function moneyPieces(
  retainer: LineTerms,
  lines: readonly LineTerms[],
  works: readonly Work[],
  at: MonthOf,
): Piece[] {
  return works.map((work) => {
    const line = lines.find((each) => name(each.line) === work.line) ?? retainer;
    return whole(work, line, at, 'time', rateOf(work, [line, retainer], at.terms));
  });
}

/** Takes `spent` from the money lots, oldest first. */
export function poolOfMoney(
  retainer: LineTerms,
  spent: Num,
  at: MonthOf,
  decimals: number,
  opening: LineState,
): { covered: Num; account: Account; lots: readonly Lot[] } {
  const included = prorated(num(retainer.includedAmount), retainer, at, decimals);
  const lots = [...opening.moneyLots, { month: at.month, left: included }].map((lot) => ({ ...lot }));
  let left = spent;
  for (const lot of lots) {
    const drawn = least(left, lot.left);
    lot.left -= drawn;
    left -= drawn;
  }
  const kept = carryOver(lots, retainer, at.month);
  const before = sum(opening.moneyLots.map((lot) => lot.left));
  const after = sum(kept.map((lot) => lot.left));
  const covered = spent - left;
  return { covered, account: [before, included, covered, before + included - covered - after, after], lots: kept };
}

/** Cap hours: what is billed over the life of the line stops there, in order. */
export function underCapHours(
  pieces: readonly Piece[],
  line: LineTerms,
  billedSoFar: Num,
): { kept: Piece[]; cut: Num } {
  const cap = numOrNull(line.capHours);
  if (cap === null) return { kept: [...pieces], cut: ZERO };
  let room = most(ZERO, cap - num(line.billedBeforeHours) - billedSoFar);
  const kept: Piece[] = [];
  let cut = ZERO;
  for (const piece of pieces) {
    if (piece.fate !== 'time' && piece.fate !== 'overage') {
      kept.push(piece);
      continue;
    }
    const within = least(piece.hours, room);
    room -= within;
    if (within > 0n || piece.hours === 0n) kept.push({ ...piece, hours: within });
    if (piece.hours === within) continue;
    kept.push({ ...piece, hours: piece.hours - within, fate: 'absorbed' });
    cut += piece.hours - within;
  }
  return { kept, cut };
}

/** What has run out expires first, then the oldest are dropped until the Rollover cap holds. */
function carryOver(lots: readonly Lot[], retainer: LineTerms, month: Month): Lot[] {
  const life = Number(retainer.rolloverMonths || 0);
  const kept = lots.filter((lot) => lot.left > 0n && monthsBetween(lot.month, month) < life).map((lot) => ({ ...lot }));
  const cap = numOrNull(retainer.rolloverCap);
  if (cap !== null) {
    let over = most(ZERO, sum(kept.map((lot) => lot.left)) - cap);
    for (const lot of kept) {
      const dropped = least(over, lot.left);
      lot.left -= dropped;
      over -= dropped;
    }
  }
  return kept.filter((lot) => lot.left > 0n);
}

function overageFate(retainer: LineTerms, decision: Decision | null): Fate {
  if (retainer.overage === 'absorb') return 'absorbed';
  if (retainer.overage !== 'hold' || decision === 'bill') return 'overage';
  return decision === 'absorb' ? 'absorbed' : 'waiting';
}

function whole(work: Work, line: LineTerms, at: MonthOf, fate: Fate, rate: Num): Piece {
  return { work, line: name(line.line), hours: roundedHours(work, at.sow, at.terms), fate, rate, tier: ZERO };
}
