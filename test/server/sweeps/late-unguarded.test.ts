/**
 * Where neither a request id nor a number tells a second invoice from the first, only time does: QuickBooks gives up what has taken it two
 * minutes, so nothing may be sent again before that.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Prepared } from '../../../local/simulate/phases.ts';
import type { Session } from '../../../local/world/session.ts';
import { endsAsUndisturbed, invoicesIn, monthAt, pushed, UNGUARDED } from './late.ts';
import { preparedMonth } from './prepared.ts';

/** No answer at all, QuickBooks's own failure, and a gateway that gave up. */
const ANSWERS = ['', ', status 500', ', status 504'] as const;

const late = (seconds: number) => ANSWERS.map((answer) => `commit ${seconds} seconds late${answer}`);

let month: readonly [Prepared, Prepared];
beforeAll(async () => {
  month = [await preparedMonth(), await preparedMonth({ automaticNumbers: true })];
}, 60_000);

describe.each(UNGUARDED)('%s: an invoice that QuickBooks commits within two minutes stands once', (_, company) => {
  it.each([2, 50, 119])(
    '%i seconds late',
    (seconds) => endsAsUndisturbed(monthAt(company, month), late(seconds)),
    60_000,
  );

  const once = (session: Session, fault: string) => expect(invoicesIn(session), fault).toHaveLength(1);

  it('also when somebody presses Push again at once', async () => {
    await pushed(monthAt(company, month), late(90), once, (session) => session.ask('push'));
  }, 60_000);

  it('also when somebody stops the job and pushes anew', async () => {
    await pushed(monthAt(company, month), late(90), once, async (session) => {
      await session.ask('cancelJob');
      await session.ask('push');
    });
  }, 60_000);
});
