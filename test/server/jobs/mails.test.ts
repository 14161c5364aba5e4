/** Who wants to know is told by mail, of each kind once a day at most. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobView, StatusView } from '../../../src/lib/calls.ts';
import { type AddOn, ANA, SECRETS, startAddOn } from './add-on.ts';

const DAY_MS = 86_400_000;
let addOn: AddOn;
beforeEach(async () => {
  addOn = await startAddOn();
  await addOn.ready();
});
afterEach(() => addOn.close());

const subjects = () => addOn.host.mails.map((mail) => mail.subject);
const monthEnd = () => addOn.get<JobView>('startMonthEnd', {});

test('drafts are ready: once, however often the month is run that day', async () => {
  await monthEnd();
  await monthEnd();
  expect(subjects()).toEqual(['October: 1 entry, 0 to look at, 1 invoice, $375']);
  expect(addOn.host.mails[0]).toMatchObject({ to: ANA });
});

test('a person is needed: once a day, again the next day', async () => {
  await addOn.get('disconnect', { service: 'claude' });
  await monthEnd();
  await monthEnd();
  expect(subjects()).toEqual(['Month-end of October 2026 needs you']);
  expect(addOn.host.mails[0]?.body).toContain('Press Connect Claude in the sidebar.');
  addOn.host.clock.advance(DAY_MS);
  await monthEnd();
  expect(subjects().length).toBe(2);
  await addOn.get('connectClaude', { key: SECRETS.key });
  await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 3_600_000, handler: 'onContinue' });
  expect(subjects().at(-1)).toContain('1 invoice');
});

test('it has failed: once, and it says that nothing is billed twice by trying again', async () => {
  addOn.harvest.addFault({ service: 'harvest', request: 'GET /time_entries', fault: 'status 503' });
  await monthEnd();
  await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 6 * 3_600_000, handler: 'onContinue' });
  expect((await addOn.get<StatusView>('status')).job).toMatchObject({ state: 'failed' });
  expect(subjects()).toEqual(['Month-end of October 2026 has failed']);
  expect(addOn.host.mails[0]?.body).toContain('Nothing is billed twice when it is run again.');
});

test('the connection to QuickBooks is about to end: with the end of a run', async () => {
  addOn.host.clock.advance(85 * DAY_MS);
  await addOn.get('startMonthEnd', { period: '2026-10' });
  expect(subjects()).toContain('The connection to QuickBooks is about to end');
  expect((await addOn.get<StatusView>('status')).connections.quickbooks.text).toContain('Press Test to keep it');
});

test('nobody wants mail: nobody gets any', async () => {
  await addOn.setting('Notify', '');
  await monthEnd();
  expect(subjects()).toEqual([]);
});
