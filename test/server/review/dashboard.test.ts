/** The Dashboard says what was just decided, and is no reason for a decision to fail. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWorld } from '../../../local/world/format.ts';
import { runSteps } from '../../../local/world/run-world.ts';
import { openSession, type Session } from '../../../local/world/session.ts';
import { builtAddOn } from '../../support/worlds/built.ts';

const world = readWorld(readFileSync('test/worlds/hours-taken-back-wait-for-a-person.json', 'utf8'));
let addOn: Awaited<ReturnType<typeof builtAddOn>>;
let session: Session;
beforeAll(async () => {
  addOn = await builtAddOn();
});
afterAll(() => addOn.remove());
beforeEach(async () => {
  session = await openSession(world, { dist: addOn.dist });
  await runSteps(session, { ...world, steps: [{ do: 'month-end', period: '2026-10' }] });
});
afterEach(() => session.close());

const accept = () => ({ decisions: [{ table: 'time', key: 'harvest:1002', action: 'accept' }] });
const hours = (status: string) =>
  session.host.workbook.rows('Dashboard').find((row) => Object.values(row)[0] === status)?.['B'];

it('after the last decision of a review', async () => {
  expect([hours('flagged'), hours('approved')]).toEqual([-1, 0]);
  expect(await session.ask('decide', accept())).toMatchObject({ ok: true });
  expect([hours('flagged'), hours('approved')]).toEqual([0, -1]);
});

it('where it was deleted, what is decided and approved stands, and Activity says so', async () => {
  session.host.workbook.deleteSheet('Dashboard');
  expect(await session.ask('decide', accept())).toMatchObject({ ok: true });
  expect(await session.ask('approve', { invoices: 'all' })).toMatchObject({ ok: true });
  expect(session.host.workbook.rows('Invoices')).toMatchObject([{ Status: 'approved', Total: 100 }]);
  expect(session.host.workbook.rows('Activity').filter((row) => row['What'] === 'Dashboard not laid out')).toHaveLength(
    2,
  );
});
