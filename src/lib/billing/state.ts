import { type Hours, noHours } from '../hours.ts';
import { type Minor, noMoney } from '../money.ts';
import type { Line } from './contract.ts';
import { nameKey } from './names.ts';
import { emptyPool, type Pool } from './pool.ts';

/** What a SOW brings from its months so far: everything that a month's price depends on besides its own entries and terms. */
export interface SowState {
  /** By `nameKey` of the line. */
  readonly lines: Readonly<Record<string, LineState>>;
  /** What counts towards the SOW cap, Billed before not included. */
  readonly billed: Minor;
}

/** Sums over the months so far; Billed before is not in them, it stands in the terms. */
export interface LineState {
  readonly hours: Pool;
  readonly money: Pool;
  readonly tierHours: Hours;
  readonly billedHours: Hours;
  readonly billedAmount: Minor;
}

export const newLineState: LineState = {
  hours: emptyPool,
  money: emptyPool,
  tierHours: noHours,
  billedHours: noHours,
  billedAmount: noMoney,
};

export const newSowState: SowState = { lines: {}, billed: noMoney };

export function stateOfLine(state: SowState, line: Line): LineState {
  return state.lines[nameKey(line.key)] ?? newLineState;
}
