/** Approving, taking back and deciding from the sidebar, through the built add-on in the local host. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSteps } from '../../../local/world/run-world.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import type { InvoicesView } from '../../../src/lib/calls.ts';
import { bundle, MONTH, world } from './firm.ts';

let dist = '';
beforeAll(() => {
  dist = bundle();
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** Opens a session after the steps; `work` asks as the sidebar does. */
async function opened(steps: readonly unknown[], work: (session: Session) => Promise<void>, more = {}): Promise<void> {
  const file = world(steps, more);
  const session = await openSession(file, { dist });
  try {
    await runSteps(session, file);
    await work(session);
  } finally {
    await session.close();
  }
}

async function ask(
  session: Session,
  name: string,
  args: object,
): Promise<{ ok: boolean; message: string; view: InvoicesView }> {
  const answer = await session.ask(name, args);
  const value = answer.ok ? answer.value : { invoices: [] };
  return { ok: answer.ok, message: answer.ok ? '' : answer.message, view: value as InvoicesView };
}

const statuses = (view: InvoicesView) => view.invoices.map((one) => `${one.invoice} ${one.status}`);
const set = (to: object) => ({ do: 'edit', tab: 'SOW lines', where: { Line: 'A/2' }, set: to });

describe('approval', () => {
  it('is taken back as it was given, and the invoice is a draft that can be approved again', async () => {
    await opened([MONTH, { do: 'approve', invoices: 'all' }], async (session) => {
      const back = await ask(session, 'unapprove', { invoices: ['2026-10 acme'] });
      expect(statuses(back.view)).toEqual(['2026-10 Acme draft', '2026-10 Bolt approved']);
      expect(session.host.workbook.rows('Frozen terms').map((row) => row['Invoice'])).toEqual(['2026-10 Bolt']);
      const again = await ask(session, 'approve', { invoices: ['2026-10 Acme'] });
      expect(statuses(again.view)).toEqual(['2026-10 Acme approved', '2026-10 Bolt approved']);
    });
  });

  it('of an invoice that is no draft, or that there is not, is refused with a sentence', async () => {
    await opened([MONTH, { do: 'approve', invoices: 'all' }], async (session) => {
      const twice = await ask(session, 'approve', { invoices: ['2026-10 Acme'] });
      expect(twice.message).toBe('2026-10 Acme is approved; only drafts can be approved.');
      expect((await ask(session, 'approve', { invoices: ['Nobody'] })).message).toContain('no invoice of this name');
      expect((await ask(session, 'unapprove', { invoices: ['Nobody'] })).message).toContain('no invoice named Nobody');
    });
  });
});

describe('what is held', () => {
  it('says to press Update drafts when its reason was settled by hand in a tab', async () => {
    await opened([set({ Overage: 'hold' }), MONTH, set({ Overage: 'absorb' })], async (session) => {
      const { view } = await ask(session, 'invoices', {});
      expect(view.invoices[0]).toMatchObject({
        status: 'held',
        holds: [],
        message: 'What held it is settled. Press Update drafts.',
      });
      await session.ask('updateDrafts', {});
      const after = await ask(session, 'invoices', {});
      expect(after.view.invoices[0]).toMatchObject({ status: 'draft', message: '' });
    });
  });

  it('can be decided, decided otherwise while it is a draft, and not in a way that does not fit', async () => {
    await opened([set({ Overage: 'hold' }), MONTH], async (session) => {
      const { view } = await ask(session, 'invoices', {});
      expect(view.invoices[0]).toMatchObject({
        status: 'held',
        holds: [{ kind: 'overage', decisions: ['bill', 'absorb'] }],
      });
      const cap = await ask(session, 'decideHold', { invoice: '2026-10 Acme', decision: 'raise cap' });
      expect(cap.message).toBe('2026-10 Acme can be decided by bill or absorb, not by raise cap.');
      const billed = await ask(session, 'decideHold', { invoice: '2026-10 Acme', decision: 'bill' });
      expect(billed.view.invoices[0]).toMatchObject({
        status: 'draft',
        total: 1793.33,
        holds: [],
        decided: { decisions: ['bill'], alternatives: ['absorb'] },
      });
      const absorbed = await ask(session, 'decideHold', { invoice: '2026-10 Acme', decision: 'absorb' });
      expect(absorbed.view.invoices[0]).toMatchObject({ status: 'draft', total: 1643.33 });
      expect(absorbed.view.invoices[0]?.decided).toEqual({ decisions: ['absorb'], alternatives: ['bill'] });
      expect(absorbed.view.invoices[1]?.decided).toBeNull();
      expect(session.host.workbook.rows('Decisions')).toMatchObject([{ Decision: 'absorb' }]);
      expect(session.host.workbook.rows('Activity').at(-1)).toMatchObject({
        What: 'Decided anew what was held',
        Where: '2026-10 Acme',
        Before: 'bill',
        After: 'absorb',
      });
      const bolt = await ask(session, 'decideHold', { invoice: '2026-10 Bolt', decision: 'bill' });
      expect(bolt.message).toBe('2026-10 Bolt is not held, so there is nothing to decide.');
    });
  });
});
