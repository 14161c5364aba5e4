import { monthOf } from '../calendar.ts';
import { hoursText, roundEntryHours, tenThousandths } from '../hours.ts';
import type { Standing } from './books.ts';
import type { Chain, ChainMonth } from './chain.ts';
import type { EntryFacts, ExpenseFacts } from './facts.ts';
import type { ClientBooks, Conservation, Part, RoundHours } from './model.ts';
import { nameKey } from './names.ts';

const parts = ['billed', 'covered', 'absorbed', 'recorded', 'excluded', 'waiting'] as const satisfies readonly Part[];

const divided = ['billed', 'covered', 'absorbed', 'recorded', 'waiting'] as const;

/**
 * Hours in equal hours out: every entry of the period lies, part by part, in one of the parts; and what the entries say is
 * billed and covered is what stands on the lines. What goes in is counted apart from what comes out.
 */
export function conservationOf(
  books: ClientBooks,
  entries: readonly Standing<EntryFacts>[],
  expenses: readonly Standing<ExpenseFacts>[],
  chains: readonly Chain[],
): Conservation {
  const months = chains.flatMap((chain) => chain.months.filter((month) => month.month === books.period));
  const hours: Record<Part, number> = { billed: 0, covered: 0, absorbed: 0, recorded: 0, excluded: 0, waiting: 0 };
  const withoutRate = new Set(months.flatMap(({ priced }) => [...(priced?.noRate ?? [])]));
  const roundingOf = roundingByLine(books, months);
  let total = 0;
  for (const { kind, facts } of entries) {
    if (monthOf(facts.date) !== books.period) continue;
    const all = roundEntryHours(roundingOf(facts.line), facts.tracked, facts.rounded);
    total += all;
    if (kind === 'excluded') hours.excluded += all;
    else if (kind === 'waiting' || chains.length === 0 || withoutRate.has(facts.key)) hours.waiting += all;
  }
  for (const { priced } of months) {
    for (const { outcome } of priced?.entries ?? []) {
      for (const part of divided) hours[part] += outcome[part];
    }
  }
  const counts = expenseParts(books, expenses, months);
  const totalExpenses = expenses.filter(({ facts }) => monthOf(facts.date) === books.period).length;
  const out = parts.reduce((sum, part) => sum + hours[part], 0);
  const counted = parts.reduce((sum, part) => sum + counts[part], 0);
  const text = (value: number) => hoursText(tenThousandths(value));
  return {
    hours: {
      billed: text(hours.billed),
      covered: text(hours.covered),
      absorbed: text(hours.absorbed),
      recorded: text(hours.recorded),
      excluded: text(hours.excluded),
      waiting: text(hours.waiting),
    },
    totalHours: text(total),
    expenses: counts,
    totalExpenses,
    addsUp: out === total && counted === totalExpenses && linesAgree(months, hours),
  };
}

/** The rounding rule of each line's SOW: that of the terms the period was priced with, else today's. */
function roundingByLine(books: ClientBooks, months: readonly ChainMonth[]): (line: string) => RoundHours {
  const { settings, sows, sowLines } = books.today;
  const bySow = new Map(
    sows.map((sow) => [nameKey(sow.sow), sow.roundHours === '' ? settings.roundHours : sow.roundHours]),
  );
  const byLine = new Map(
    sowLines.map((line) => [nameKey(line.line), bySow.get(nameKey(line.sow)) ?? settings.roundHours]),
  );
  for (const { sow } of months) {
    for (const line of sow?.lines ?? []) byLine.set(nameKey(line.key), sow?.roundHours ?? settings.roundHours);
  }
  return (line) => byLine.get(line) ?? settings.roundHours;
}

function expenseParts(
  books: ClientBooks,
  expenses: readonly Standing<ExpenseFacts>[],
  months: readonly ChainMonth[],
): Record<Part, number> {
  const counts: Record<Part, number> = { billed: 0, covered: 0, absorbed: 0, recorded: 0, excluded: 0, waiting: 0 };
  const outcomes = new Map(months.flatMap(({ priced }) => [...(priced?.expenseOutcomes ?? [])]));
  for (const { kind, facts } of expenses) {
    if (monthOf(facts.date) !== books.period) continue;
    counts[kind === 'priced' ? (outcomes.get(facts.key)?.part ?? 'waiting') : kind] += 1;
  }
  return counts;
}

function linesAgree(months: readonly ChainMonth[], hours: Readonly<Record<Part, number>>): boolean {
  const lines = months.flatMap(({ priced }) => priced?.lines ?? []);
  const onLines = (kinds: readonly string[]) =>
    lines.reduce((sum, line) => (kinds.includes(line.kind) ? sum + (line.hours ?? 0) : sum), 0);
  return onLines(['time', 'overage']) === hours.billed && onLines(['covered']) === hours.covered;
}
