/** A person sorts while writes are on their way, and the execution is killed at that very call. */
import { expect, it } from 'vitest';
import { carryOn } from '../../../local/simulate/carry-on.ts';
import { differenceOf, type Essence, essenceOf } from '../../../local/simulate/essence.ts';
import { brokenRules } from '../../../local/simulate/invariants.ts';
import { openAt, PHASES, type PhaseName, type Prepared } from '../../../local/simulate/phases.ts';
import { booksOf } from '../../../local/simulate/seed.ts';
import { UNFLUSHED } from '../../../local/simulate/states.ts';
import type { Session } from '../../../local/world/session.ts';
import { preparedMonth } from './prepared.ts';

/** Rows in an order of their own, whatever people sorted. */
function inOrder(essence: Essence): Essence {
  const text = (row: unknown): string => JSON.stringify(row);
  return Object.fromEntries(
    Object.entries(essence).map(([tab, rows]) => [
      tab,
      [...rows].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0)),
    ]),
  );
}

/** What must come out the same. Which of two invoices gets which number goes by the order of the rows, so a push is judged by its books and the rules. */
function endOf(session: Session, phase: PhaseName): Essence {
  if (phase !== 'push') return inOrder(essenceOf(session));
  const books = [...booksOf(session)].map(([invoice, text]) => ({ invoice, text }));
  return inOrder({ books, problems: brokenRules(session).map((problem) => ({ problem })) });
}

/** The end of the undisturbed phase, and the calls after which writes are on their way. */
async function calmOf(prepared: Prepared, phase: PhaseName): Promise<{ essence: Essence; calls: readonly number[] }> {
  const session = await openAt(prepared, phase);
  try {
    const calls: number[] = [];
    session.host.watch(({ serviceCall, unflushedWrites }) => {
      if (unflushedWrites > 0) calls.push(serviceCall);
    });
    await PHASES[phase].begin(session);
    return { essence: endOf(session, phase), calls };
  } finally {
    await session.close();
  }
}

it.each([
  ['month-end', 'Time entries', 'Notes', false],
  ['push', 'Time entries', 'Notes', false],
  ['push', 'Invoices', 'Total', true],
] as const)(
  '%s: whoever sorts %s by %s, the end is the same',
  async (phase, tab, header, ascending) => {
    const prepared = await preparedMonth({ second: true });
    const { essence, calls } = await calmOf(prepared, phase);
    expect(calls.length).toBeGreaterThan(10);
    const problems: string[] = [];
    for (const [turn, call] of calls.entries()) {
      const unflushed = UNFLUSHED[turn % UNFLUSHED.length] ?? 'half';
      const session = await openAt(prepared, phase);
      try {
        session.host.during(1, call, () => session.host.workbook.sort(tab, header, ascending));
        session.host.killAfter(1, call, unflushed);
        await PHASES[phase].begin(session);
        const { done } = await carryOn(session, PHASES[phase]);
        const problem = done ? differenceOf(essence, endOf(session, phase)) : 'did not end';
        if (problem !== null)
          problems.push(`sorted and killed after call ${call} (${unflushed}): ${problem.slice(0, 600)}`);
      } finally {
        await session.close();
      }
    }
    expect(problems).toEqual([]);
  },
  120_000,
);
