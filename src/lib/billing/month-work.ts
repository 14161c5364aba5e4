import { type Hours, noHours, roundEntryHours } from '../hours.ts';
import type { Minor } from '../money.ts';
import type { Contract, Line, Sow } from './contract.ts';
import type { EntryFacts, ExpenseFacts, TimedEntry } from './facts.ts';
import type { Month } from './model.ts';
import { nameKey } from './names.ts';
import type { PoolMonth } from './pool.ts';
import type { Answers, Charge, CountedDecision, ExpenseOutcome, PricedHold, PricedLine } from './priced.ts';
import type { RateFinder } from './rate-card.ts';
import { type LineState, newLineState, type SowState, stateOfLine } from './state.ts';

/** All that the price of one SOW's month depends on. */
export interface MonthInput {
  readonly month: Month;
  readonly contract: Contract;
  readonly sow: Sow;
  readonly findRate: RateFinder;
  /** In order, all on lines of this SOW. */
  readonly entries: readonly EntryFacts[];
  readonly expenses: readonly ExpenseFacts[];
  readonly charges: readonly Charge[];
  readonly opening: SowState;
  readonly answers: Answers;
  /** Lines that have a row in Balances for this month already: it is written anew even where nothing is left on the line. */
  readonly keepRows: ReadonlySet<string>;
}

/** A month while its rules are applied one after the other. */
export interface MonthWork extends Omit<MonthInput, 'entries'> {
  readonly entries: readonly TimedEntry[];
  readonly lines: PricedLine[];
  readonly expenseOutcomes: Map<string, ExpenseOutcome>;
  readonly perLine: Map<string, LineWork>;
  /** SOW-wide sum after line caps and the SOW's own cap: what the discount is taken from and what runs on. */
  sowBilled: Minor | null;
  readonly holds: PricedHold[];
  readonly warnings: string[];
  readonly noRate: Set<string>;
  readonly counted: CountedDecision[];
}

export interface LineWork {
  readonly line: Line;
  readonly opened: LineState;
  readonly entries: TimedEntry[];
  closing: LineState;
  billedHours: Hours;
  hoursMonth: PoolMonth | null;
  moneyMonth: PoolMonth | null;
  tierHours: Hours | null;
}

export function startWork(input: MonthInput): MonthWork {
  const perLine = new Map<string, LineWork>();
  for (const line of input.sow.lines) {
    const opened = stateOfLine(input.opening, line);
    perLine.set(nameKey(line.key), {
      line,
      opened,
      entries: [],
      closing: opened,
      billedHours: noHours,
      hoursMonth: null,
      moneyMonth: null,
      tierHours: null,
    });
  }
  const entries = input.entries.map((facts): TimedEntry => timed(facts, input.sow));
  for (const entry of entries) perLine.get(entry.facts.line)?.entries.push(entry);
  return {
    ...input,
    lines: [],
    entries,
    expenseOutcomes: new Map(),
    perLine,
    sowBilled: null,
    holds: [],
    warnings: [],
    noRate: new Set(),
    counted: [],
  };
}

function timed(facts: EntryFacts, sow: Sow): TimedEntry {
  const hours = roundEntryHours(sow.roundHours, facts.tracked, facts.rounded);
  const outcome = { billed: 0, covered: 0, absorbed: 0, recorded: 0, waiting: 0, amount: 0, rate: null };
  return { facts, hours, outcome };
}

export function lineWork(work: MonthWork, line: Line): LineWork {
  return (
    work.perLine.get(nameKey(line.key)) ?? {
      line,
      opened: newLineState,
      entries: [],
      closing: newLineState,
      billedHours: noHours,
      hoursMonth: null,
      moneyMonth: null,
      tierHours: null,
    }
  );
}

/** Adds hours of an entry to one of the parts its hours are divided into. */
export function putHours(
  entry: TimedEntry,
  part: 'billed' | 'covered' | 'absorbed' | 'recorded' | 'waiting',
  hours: Hours,
): void {
  entry.outcome[part] += hours;
}

/** Something that is held until a person decides: the hold, or the decision that met it. */
export function meetHold(work: MonthWork, kind: 'overage' | 'cap', line: string | null, text: string): void {
  const decision = kind === 'overage' ? work.answers.overage : work.answers.caps;
  if (decision === null) work.holds.push({ kind, line, text });
  else if (!work.counted.some((known) => known.kind === kind)) work.counted.push({ kind, decision });
}

/** What the lines of one SOW line come to so far. */
export function amountOfLine(work: MonthWork, line: Line): number {
  let sum = 0;
  for (const priced of work.lines) {
    if (!priced.sowWide && priced.sowLine === line.key) sum += priced.amount;
  }
  return sum;
}
