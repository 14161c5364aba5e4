import type { ClientTerms, Decision, LineTerms, Terms } from '../../src/lib/billing/model.ts';
import { fractionOf, least, most, type Num, num, numOrNull, ONE, round, share, sum, times, ZERO } from './decimal.ts';
import {
  type Charge,
  type HoldKind,
  type LineState,
  type NaiveBalance,
  type NaiveLine,
  name,
  type SowState,
} from './naive-model.ts';
import {
  type Account,
  hourlyPieces,
  type MonthOf,
  moneyPieces,
  type Piece,
  poolOfHours,
  poolOfMoney,
  prorated,
  recordedPieces,
  tieredPieces,
  underCapHours,
} from './pieces.ts';
import { type Cost, inOrder, roundedHours, type Work } from './work.ts';

export interface PriceRequest extends MonthOf {
  /** All of the SOW's entries and expenses of the month, in any order. */
  readonly works: readonly Work[];
  readonly costs: readonly Cost[];
  readonly opening: SowState;
  readonly charges: readonly Charge[];
  readonly decisions: Readonly<Record<HoldKind, Decision | null>>;
}

/** A line before it is known on which invoice; `line` is the SOW's name on SOW-wide lines. */
export interface PricedLine extends NaiveLine {
  readonly line: string;
  /** Rate of `time` and `overage`. */
  readonly rate: Num | null;
  /** The pieces of entries on it. */
  readonly parts: readonly Piece[];
}

export interface PricedMonth {
  readonly lines: readonly PricedLine[];
  readonly closing: SowState;
  readonly balances: readonly NaiveBalance[];
  readonly pieces: readonly Piece[];
  /** Money shown on entries and expenses. */
  readonly amounts: ReadonlyMap<string, Num>;
  readonly hours: Num;
  /** Which kinds of hold there were a cause for, decided or not. */
  readonly causes: ReadonlySet<HoldKind>;
}

export const EMPTY_LINE: LineState = {
  hourLots: [],
  debt: ZERO,
  moneyLots: [],
  tierHours: ZERO,
  billedHours: ZERO,
  billed: ZERO,
};

export function decimalsOf(client: ClientTerms): number {
  return ['JPY', 'KRW'].includes(client.currency.trim().toUpperCase()) ? 0 : 2;
}

export function sowLines(terms: Terms, sow: string): LineTerms[] {
  return terms.sowLines.filter((line) => name(line.sow) === name(sow));
}

/** Prices one month of one SOW in full. */
export function priceMonth(ask: PriceRequest): PricedMonth {
  const decimals = decimalsOf(ask.terms.client);
  const lines = sowLines(ask.terms, ask.sow.sow);
  const causes = new Set<HoldKind>();
  const money = (amount: Num): Num => round(amount, decimals);
  const openingOf = (line: LineTerms): LineState => ask.opening.lines.get(name(line.line)) ?? EMPTY_LINE;
  const worksOn = (wanted: readonly LineTerms[]): Work[] =>
    inOrder(ask.works.filter((work) => wanted.some((line) => name(line.line) === work.line)));
  const drawingOn = (retainer: LineTerms): LineTerms[] => [
    retainer,
    ...lines.filter((line) => line.billing === 'covered' && name(line.retainer) === name(retainer.line)),
  ];

  // 1. Cut the hours into pieces.
  const accounts = new Map<string, { hours: Account | null; amounts: Account | null }>();
  const states = new Map<string, LineState>(ask.opening.lines);
  let pieces: Piece[] = [];
  for (const line of lines) {
    if (line.billing === 'hourly') pieces.push(...hourlyPieces(line, worksOn([line]), ask));
    else if (line.billing === 'tiered') {
      pieces.push(...tieredPieces(line, worksOn([line]), ask, openingOf(line).tierHours));
    } else if (line.billing === 'retainer' && numOrNull(line.includedAmount) !== null) {
      pieces.push(...moneyPieces(line, drawingOn(line), worksOn(drawingOn(line)), ask));
    } else if (line.billing === 'retainer') {
      const group = drawingOn(line);
      const pool = poolOfHours(line, group, worksOn(group), ask, openingOf(line), ask.decisions.overage);
      pieces.push(...pool.pieces);
      if (pool.overage && line.overage === 'hold') causes.add('overage');
      accounts.set(name(line.line), { hours: pool.account, amounts: null });
      states.set(name(line.line), { ...openingOf(line), hourLots: pool.lots, debt: pool.debt });
    } else if (line.billing !== 'covered') pieces.push(...recordedPieces(line, worksOn([line]), ask));
  }

  // 2. Cap hours.
  pieces = lines.flatMap((line) => {
    const own = pieces.filter((piece) => piece.line === name(line.line));
    const { kept, cut } = underCapHours(own, line, openingOf(line).billedHours);
    if (cut === 0n || line.overCap === 'absorb') return kept;
    causes.add('cap');
    return ask.decisions.cap === 'raise cap' ? own : kept;
  });

  // 3. Lines with hours, and what money retainers take off.
  const timeLines = new Map(lines.map((line) => [name(line.line), linesOfHours(line, pieces, ask, money)]));
  const coveredLines = new Map<string, PricedLine[]>();
  for (const line of lines) {
    if (line.billing !== 'retainer') continue;
    const group = drawingOn(line);
    if (numOrNull(line.includedAmount) === null) {
      const covered = inOrder(
        pieces
          .filter((piece) => piece.fate === 'covered' && group.some((each) => name(each.line) === piece.line))
          .map((piece) => ({ ...piece, key: piece.work.key, date: piece.work.date })),
      );
      const quantity = sum(covered.map((piece) => piece.hours));
      const keys = covered.filter((piece) => piece.hours > 0n).map((piece) => piece.key);
      const told = { ...plain(line.line, 'covered', ZERO), quantity, unitPrice: ZERO, keys };
      coveredLines.set(name(line.line), quantity === 0n ? [] : [told]);
      continue;
    }
    const spent = sum(group.flatMap((each) => (timeLines.get(name(each.line)) ?? []).map((time) => time.amount)));
    const pool = poolOfMoney(line, spent, ask, decimals, openingOf(line));
    const isOver = spent > pool.covered;
    if (isOver && line.overage === 'hold') causes.add('overage');
    const absorbs = line.overage === 'absorb' || (line.overage === 'hold' && ask.decisions.overage === 'absorb');
    coveredLines.set(name(line.line), some(plain(line.line, 'covered', absorbs ? -spent : -pool.covered)));
    accounts.set(name(line.line), { hours: null, amounts: pool.account });
    states.set(name(line.line), { ...openingOf(line), moneyLots: pool.lots });
  }

  // 4. All lines of each SOW line, its minimum and its cap.
  const amounts = new Map<string, Num>();
  for (const time of [...timeLines.values()].flat()) shareOnEntries(time, amounts, decimals);
  const own = new Map<string, PricedLine[]>();
  for (const line of lines) {
    const time = timeLines.get(name(line.line)) ?? [];
    const charges = (kind: Charge['kind']): PricedLine[] =>
      ask.charges
        .filter((charge) => charge.line === name(line.line) && charge.kind === kind)
        .sort((a, b) => (a.month < b.month ? -1 : 1))
        .flatMap((charge) => some(plain(line.line, kind, charge.amount)));
    const costs = inOrder(ask.costs.filter((cost) => cost.line === name(line.line))).map((cost) => {
      const amount = money(cost.cost + percent(cost.cost, line.markupPercent));
      amounts.set(cost.key, amount);
      return { ...plain(line.line, 'expense', amount), keys: [cost.key] };
    });
    const shortBy =
      line.billing === 'hourly' || line.billing === 'tiered'
        ? prorated(num(line.minimum), line, ask, decimals) - total(time)
        : ZERO;
    const all = [
      ...charges('fee'),
      ...charges('milestone'),
      ...time,
      ...(coveredLines.get(name(line.line)) ?? []),
      ...costs,
      ...some(plain(line.line, 'minimum', most(ZERO, shortBy))),
    ];
    const before = num(line.billedBeforeAmount) + openingOf(line).billed;
    const off = overCap(numOrNull(line.capAmount), before, total(all));
    all.push(...capLine(ask.sow.sow, line.overCap, off, ask, causes).map((cap) => ({ ...cap, line: line.line })));
    own.set(name(line.line), all);
  }

  // 5. The SOW's cap and discount.
  const counting = lines.filter((line) => line.billing !== 'expense');
  const thisMonth = sum(counting.map((line) => total(own.get(name(line.line)) ?? [])));
  const before = sum(counting.map((line) => num(line.billedBeforeAmount))) + ask.opening.billed;
  const sowOff = overCap(numOrNull(ask.sow.cap), before, thisMonth);
  const sowCap = capLine(ask.sow.sow, ask.sow.overCap, sowOff, ask, causes);
  const capped = thisMonth + total(sowCap);
  const discount = some(plain(ask.sow.sow, 'discount', -money(percent(capped, ask.sow.discountPercent))));

  // 6. What it hands on.
  for (const line of lines) {
    const key = name(line.line);
    const had = states.get(key) ?? EMPTY_LINE;
    const hours = pieces.filter((piece) => piece.line === key);
    states.set(key, {
      ...had,
      tierHours: had.tierHours + (line.billing === 'tiered' ? hoursOf(hours) : ZERO),
      billedHours: had.billedHours + hoursOf(hours.filter(isBilled)),
      billed: had.billed + total(own.get(key) ?? []),
    });
  }
  const closing: SowState = { lines: states, billed: ask.opening.billed + capped };
  return {
    lines: [...lines.flatMap((line) => own.get(name(line.line)) ?? []), ...sowCap, ...discount],
    closing,
    balances: balanceRows(ask, lines, closing, accounts, pieces, before - ask.opening.billed),
    pieces,
    amounts,
    hours: sum(ask.works.map((work) => roundedHours(work, ask.sow, ask.terms))),
    causes,
  };
}

/** The lines of kinds time and overage of one SOW line: by tier, by rate downwards, then by person or entry. */
function linesOfHours(
  line: LineTerms,
  pieces: readonly Piece[],
  ask: PriceRequest,
  money: (amount: Num) => Num,
): PricedLine[] {
  const billed = pieces.filter((piece) => piece.line === name(line.line) && isBilled(piece));
  const groupBy = ask.terms.client.groupLinesBy;
  const groups: Piece[][] = [];
  for (const piece of billed) {
    const group = groups.find(
      ([first]) =>
        first !== undefined &&
        first.tier === piece.tier &&
        first.rate === piece.rate &&
        (groupBy !== 'person' || name(first.work.person) === name(piece.work.person)) &&
        (groupBy !== 'entry' || first.work.key === piece.work.key),
    );
    if (group === undefined) groups.push([piece]);
    else group.push(piece);
  }
  const rows = groups.flatMap((group, at) => {
    const [first] = group;
    return first === undefined ? [] : [{ group, first, at }];
  });
  rows.sort((a, b) => {
    if (a.first.tier !== b.first.tier) return a.first.tier < b.first.tier ? -1 : 1;
    if (a.first.rate !== b.first.rate) return a.first.rate > b.first.rate ? -1 : 1;
    if (groupBy === 'person') return name(a.first.work.person) < name(b.first.work.person) ? -1 : 1;
    return a.at - b.at;
  });
  return rows
    .map(({ group, first }): PricedLine => {
      const quantity = hoursOf(group);
      return {
        sowLine: line.line,
        line: line.line,
        kind: first.fate === 'overage' ? 'overage' : 'time',
        quantity,
        unitPrice: first.rate,
        rate: first.rate,
        amount: money(times(quantity, first.rate)),
        keys: group.filter((piece) => piece.hours > 0n).map((piece) => piece.work.key),
        parts: group,
      };
    })
    .filter((row) => row.quantity !== 0n);
}

function shareOnEntries(line: PricedLine, amounts: Map<string, Num>, decimals: number): void {
  const hours = line.parts.map((piece) => piece.hours);
  share(line.amount, hours, decimals).forEach((part, at) => {
    const key = line.parts[at]?.work.key ?? '';
    amounts.set(key, (amounts.get(key) ?? ZERO) + part);
  });
}

/** What goes over what the cap still allows; at most what this period brings. */
function overCap(cap: Num | null, before: Num, now: Num): Num {
  if (cap === null) return ZERO;
  return most(ZERO, least(now, now - most(ZERO, cap - before)));
}

function capLine(sow: string, overCapIs: string, off: Num, ask: PriceRequest, causes: Set<HoldKind>): PricedLine[] {
  if (off === 0n) return [];
  if (overCapIs !== 'absorb') {
    causes.add('cap');
    if (ask.decisions.cap === 'raise cap') return [];
  }
  return [plain(sow, 'cap', -off)];
}

function balanceRows(
  ask: PriceRequest,
  lines: readonly LineTerms[],
  closing: SowState,
  accounts: ReadonlyMap<string, { hours: Account | null; amounts: Account | null }>,
  pieces: readonly Piece[],
  billedBefore: Num,
): NaiveBalance[] {
  const rows = lines.map((line): NaiveBalance => {
    const state = closing.lines.get(name(line.line)) ?? EMPTY_LINE;
    return {
      line: line.line,
      period: ask.month,
      hours: accounts.get(name(line.line))?.hours ?? null,
      amounts: accounts.get(name(line.line))?.amounts ?? null,
      tierHours: line.billing === 'tiered' ? hoursOf(pieces.filter((each) => each.line === name(line.line))) : null,
      hoursToDate: num(line.billedBeforeHours) + state.billedHours,
      billedToDate: num(line.billedBeforeAmount) + state.billed,
      feeBilledFor: ask.charges
        .filter((charge) => charge.kind === 'fee' && charge.line === name(line.line))
        .map((charge) => charge.month)
        .sort(),
    };
  });
  if (numOrNull(ask.sow.cap) !== null) {
    rows.push({
      line: ask.sow.sow,
      period: ask.month,
      hours: null,
      amounts: null,
      tierHours: null,
      hoursToDate: ZERO,
      billedToDate: billedBefore + closing.billed,
      feeBilledFor: [],
    });
  }
  return rows;
}

function plain(line: string, kind: NaiveLine['kind'], amount: Num): PricedLine {
  return { sowLine: line, line, kind, quantity: ONE, unitPrice: amount, rate: null, amount, keys: [], parts: [] };
}

/** Lines of amount 0 are not written. */
const some = (line: PricedLine): PricedLine[] => (line.amount === 0n ? [] : [line]);
const total = (lines: readonly PricedLine[]): Num => sum(lines.map((line) => line.amount));
const hoursOf = (pieces: readonly Piece[]): Num => sum(pieces.map((piece) => piece.hours));
const isBilled = (piece: Piece): boolean => piece.fate === 'time' || piece.fate === 'overage';

function percent(of: Num, value: LineTerms['markupPercent']): Num {
  return fractionOf(times(of, num(value)), 1n, 100n, 12);
}
