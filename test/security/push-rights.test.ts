/** Who may push is checked on the server, whatever way somebody takes. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JobView, StatusView } from '../../src/lib/calls.ts';
import { type AddOn, ANA, startAddOn } from '../server/jobs/add-on.ts';

const BEN = 'ben@brook.example';
let addOn: AddOn;
beforeEach(async () => {
  addOn = await startAddOn();
  await addOn.ready();
  await addOn.get('startMonthEnd', {});
  await addOn.get('approve', { invoices: 'all' });
});
afterEach(() => addOn.close());

const inQuickBooks = () => addOn.quickbooks.invoices().length;
const job = async () => (await addOn.get<StatusView>('status')).job;

/** The manager's push, killed before anything was sent. */
async function killedPush(): Promise<void> {
  addOn.host.resetCounters();
  addOn.host.killAfter(1, 30);
  await addOn.host.invoke('call', ['{"name":"push","args":{}}'], { as: 'sidebar', user: ANA });
  expect([inQuickBooks(), (await job())?.state]).toEqual([0, 'running']);
}

it('pressing Push', async () => {
  expect((await addOn.ask('push', {}, BEN)).message).toContain(`${BEN} may not push`);
  expect(inQuickBooks()).toBe(0);
});

it('calling it directly from a page, with any spelling of the name', async () => {
  for (const name of ['push', 'Push', 'push ', 'runner.push']) {
    expect((await addOn.ask(name, {}, BEN)).ok).toBe(false);
  }
  expect(inQuickBooks()).toBe(0);
});

it('going on with the push of somebody who may: it is shown, not done, and goes on by itself afterwards', async () => {
  await killedPush();
  expect(await addOn.get<JobView>('continueJob', {}, BEN)).toMatchObject({ kind: 'push', state: 'running' });
  expect(inQuickBooks()).toBe(0);
  await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 3_600_000, handler: 'onContinue' });
  expect([inQuickBooks(), (await job())?.state]).toEqual([1, 'done']);
});

it('calling the trigger of a running push', async () => {
  await killedPush();
  await addOn.host.invoke('onContinue', [], { as: 'sidebar', user: BEN });
  expect(inQuickBooks()).toBe(0);
  expect(await job()).toMatchObject({ state: 'running' });
  expect(await addOn.get<JobView>('push')).toMatchObject({ state: 'done' });
  expect(inQuickBooks()).toBe(1);
});

it('losing the right while the push is under way', async () => {
  await killedPush();
  await addOn.setting('Who may push', BEN);
  await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 3_600_000, handler: 'onContinue' });
  expect(inQuickBooks()).toBe(0);
  expect(await job()).toMatchObject({ state: 'blocked' });
});

it('undoing a push', async () => {
  await addOn.get('push');
  const [invoice] = addOn.host.workbook.rows('Invoices');
  expect((await addOn.ask('undoPush', { invoice: String(invoice?.['Invoice']) }, BEN)).message).toContain(
    'may not push',
  );
  expect(inQuickBooks()).toBe(1);
});

it('an open sidebar of a colleague does not stop the month of another', async () => {
  addOn.host.resetCounters();
  addOn.host.killAfter(1, 60);
  await addOn.host.invoke('call', ['{"name":"startMonthEnd","args":{}}'], { as: 'sidebar', user: ANA });
  expect(await addOn.get<JobView>('continueJob', {}, BEN)).toMatchObject({ kind: 'month-end', state: 'running' });
  await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 3_600_000, handler: 'onContinue' });
  expect(await job()).toMatchObject({ kind: 'month-end', state: 'done' });
});
