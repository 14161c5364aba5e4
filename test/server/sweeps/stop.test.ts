/** A person presses Stop while a month does what it does meanwhile, because matching has stopped for long: it ends as cancelled. */
import { expect, it } from 'vitest';
import { fireContinuations } from '../../../local/simulate/carry-on.ts';
import { momentOf, openAtMoment } from '../../../local/simulate/courses.ts';
import { openAt, PHASES, type Prepared } from '../../../local/simulate/phases.ts';
import type { Answer, Session, SessionMoment } from '../../../local/world/session.ts';
import { preparedMonth } from './prepared.ts';

const BEN = 'ben@brook.example';

/** The moment before the execution that drafts meanwhile, and its service calls from the last answer of Claude to its end. */
interface Stop {
  readonly before: SessionMoment;
  readonly isFirst: boolean;
  readonly from: number;
  readonly to: number;
}

const refuse = (session: Session, status: number): void =>
  session.claude.addFault({ service: 'claude', request: '* /', fault: `status ${status}` });

async function goOn(session: Session, isFirst: boolean): Promise<void> {
  if (isFirst) await PHASES['month-end'].begin(session);
  else await fireContinuations(session, 1);
}

async function stopOf(prepared: Prepared, status: number): Promise<Stop> {
  const session = await openAt(prepared, 'month-end');
  try {
    refuse(session, status);
    let from = 0;
    let to = 0;
    let requests = 0;
    session.host.watch(({ serviceCall }) => {
      if (session.claude.requests() > requests) from = serviceCall;
      requests = session.claude.requests();
      to = serviceCall;
    });
    for (let isFirst = true; ; isFirst = false) {
      const before = momentOf(session);
      await goOn(session, isFirst);
      if (session.host.workbook.rows('Invoices').length > 0) return { before, isFirst, from, to };
    }
  } finally {
    await session.close();
  }
}

/** Every call was run by hand; these are enough to meet each kind of work that is done meanwhile. */
const EVERY = 17;

it.each([
  ['Claude refuses the key', 401],
  ['Claude is overloaded for half an hour', 529],
])(
  'wherever that is, when %s',
  async (_, status) => {
    const prepared = await preparedMonth();
    const { before, isFirst, from, to } = await stopOf(prepared, status);
    expect(to - from).toBeGreaterThan(50);
    for (let call = from; call <= to; call += EVERY) {
      const session = await openAtMoment(prepared, before);
      try {
        refuse(session, status);
        let pressed: Promise<Answer> | null = null;
        session.host.during(1, call, () => {
          pressed = session.ask('cancelJob', {}, BEN);
        });
        await goOn(session, isFirst);
        const answer: Answer | null = await pressed;
        expect(answer, `call ${call}`).toMatchObject({ ok: true });
        await fireContinuations(session);
        const shown = await session.look('status');
        const job = shown.ok ? (shown.value as { readonly job: unknown }).job : shown;
        expect(job, `call ${call}`).toMatchObject({ state: 'cancelled', message: `Cancelled by ${BEN}.` });
        expect(session.host.workbook.rows('Runs').map((row) => row['Outcome'])).toEqual(['cancelled']);
        expect(session.host.triggers().filter(({ handler }) => handler === 'onContinue')).toEqual([]);
      } finally {
        await session.close();
      }
    }
  },
  60_000,
);
