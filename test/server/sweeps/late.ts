import { expect } from 'vitest';
import { carryOn } from '../../../local/simulate/carry-on.ts';
import { differenceOf, essenceOf } from '../../../local/simulate/essence.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import { calm } from '../../../local/simulate/sweep.ts';
import type { Session } from '../../../local/world/session.ts';

/** A QuickBooks company, by what could tell two invoices for the same thing apart. */
export interface Company {
  readonly name: string;
  readonly areOurs: boolean;
  readonly remembers: boolean;
  readonly allowsTwice: boolean;
  /** A request id that is remembered, or a number of ours that is not given twice. */
  readonly isGuarded: boolean;
}

const COMPANIES: readonly Company[] = [true, false].flatMap((areOurs) =>
  [true, false].flatMap((remembers) =>
    [false, true].map((allowsTwice) => ({
      name: `${areOurs ? 'our numbers' : 'its own numbers'}, request ids ${remembers ? 'remembered' : 'forgotten'}, numbers ${allowsTwice ? 'may stand twice' : 'stand once'}`,
      areOurs,
      remembers,
      allowsTwice,
      isGuarded: remembers || (areOurs && !allowsTwice),
    })),
  ),
);
const named = (companies: readonly Company[]) => companies.map((company) => [company.name, company] as const);

export const GUARDED = named(COMPANIES.filter(({ isGuarded }) => isGuarded));
/** Nothing but time tells a second one from the first. */
export const UNGUARDED = named(COMPANIES.filter(({ isGuarded }) => !isGuarded));

export const invoicesIn = ({ quickbooks }: Session) => quickbooks.invoices();

/** The month at this company. `month`: a firm that numbers itself, and one that does not. */
export function monthAt(company: Company, month: readonly [Prepared, Prepared]): Prepared {
  const { areOurs, remembers, allowsTwice } = company;
  return {
    ...month[areOurs ? 0 : 1],
    assumptions: { replaysRequests: remembers },
    allowDuplicateNumbers: allowsTwice,
  };
}

/** Pushes while the first create meets each fault in turn, until the job has ended by itself and all that was under way is done. */
export async function pushed(
  prepared: Prepared,
  faults: readonly string[],
  look: (session: Session, fault: string) => void,
  meanwhile: (session: Session) => Promise<unknown> = async () => {},
): Promise<void> {
  for (const fault of faults) {
    const session = await openAt(prepared, 'push');
    try {
      session.quickbooks.addFault({ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault });
      await PHASES.push.begin(session);
      await meanwhile(session);
      expect((await carryOn(session, PHASES.push)).presses, fault).toBe(0);
      session.quickbooks.settle();
      look(session, fault);
    } finally {
      await session.close();
    }
  }
}

/** The same, and expects the end of an undisturbed push. */
export async function endsAsUndisturbed(prepared: Prepared, faults: readonly string[]): Promise<void> {
  const { essence } = await calm(prepared, 'push');
  await pushed(prepared, faults, (session, fault) => {
    expect(invoicesIn(session), fault).toHaveLength(1);
    expect(differenceOf(essence, essenceOf(session)), fault).toBeNull();
  });
}
