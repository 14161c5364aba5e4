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
const triggers = () => addOn.host.triggers().filter((trigger) => trigger.handler === 'onContinue');
const pass = (minutes: number) =>
  addOn.host.runDueTriggers({ until: addOn.host.clock.now() + minutes * 60_000, handler: 'onContinue' });
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

test('an outage: once a day while it waits, and once when it has failed, which says that nothing is billed twice', async () => {
  addOn.harvest.addFault({ service: 'harvest', request: 'GET /time_entries', fault: 'status 503' });
  await monthEnd();
  await pass(20);
  expect(subjects()).toEqual([]);
  await pass(6 * 60);
  expect((await addOn.get<StatusView>('status')).job).toMatchObject({ state: 'waiting' });
  expect(subjects()).toEqual(['Month-end of October 2026 waits']);
  expect(addOn.host.mails[0]?.body).toContain('Harvest is not available (status 503).');
  expect(triggers().length).toBe(1);
  await pass(3 * 24 * 60);
  expect((await addOn.get<StatusView>('status')).job).toMatchObject({ state: 'failed' });
  expect(subjects().filter((subject) => subject.endsWith('waits')).length).toBeLessThanOrEqual(4);
  expect(subjects().filter((subject) => subject.endsWith('has failed'))).toHaveLength(1);
  expect(addOn.host.mails.at(-1)?.body).toContain('Nothing is billed twice when it is run again.');
  expect(triggers()).toEqual([]);
});

test('an overload of Claude for hours is waited through, and the month is done', async () => {
  // At each of ten looks both models are asked, four times each.
  for (let nth = 1; nth <= 80; nth += 1)
    addOn.claude.addFault({ service: 'claude', request: 'POST /messages', nth, fault: 'status 529' });
  await monthEnd();
  await pass(14 * 60);
  expect((await addOn.get<StatusView>('status')).job).toMatchObject({ state: 'done' });
  expect(subjects()).toEqual(['Month-end of October 2026 waits', 'October: 1 entry, 0 to look at, 1 invoice, $375']);
  expect(addOn.host.mails[0]?.body).toContain(
    'One time entry or expense of Acme waits to be matched and holds its client.',
  );
});

test('a spent budget waits, looked at four times a day, with a mail a day, and goes on when it is back', async () => {
  // Each look asks both models once.
  for (let nth = 1; nth <= 72; nth += 1)
    addOn.claude.addFault({ service: 'claude', request: 'POST /messages', nth, fault: 'spend limit' });
  await monthEnd();
  await pass(8 * 24 * 60);
  expect((await addOn.get<StatusView>('status')).job).toMatchObject({
    state: 'waiting',
    message: expect.stringContaining('until 2026-12-01'),
  });
  expect(addOn.claude.requests()).toBeLessThanOrEqual(2 * (8 * 4 + 1));
  expect([subjects().length, new Set(subjects())]).toEqual([8, new Set(['Month-end of October 2026 waits'])]);
  expect(triggers().length).toBe(1);
  await pass(2 * 24 * 60);
  expect(subjects().at(-1)).toBe('October: 1 entry, 0 to look at, 1 invoice, $375');
  expect(triggers()).toEqual([]);
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

const notSent = () => addOn.host.workbook.rows('Activity').filter((row) => row['What'] === 'A mail could not be sent');

test.each([
  ['after', 1],
  ['before', 0],
] as const)('Google fails %s it took the mail: not again that day, and Activity says so', async (when, gone) => {
  addOn.host.failNext({ call: 'mail', when });
  await monthEnd();
  await monthEnd();
  expect(subjects().length).toBe(gone);
  expect(notSent()).toMatchObject([
    { Where: 'October: 1 entry, 0 to look at, 1 invoice, $375', After: 'It is not tried again today.' },
  ]);
  addOn.host.clock.advance(DAY_MS);
  await monthEnd();
  expect(subjects().length).toBe(gone + 1);
});

test('an address with a mistake: one row a day, however often the month is run', async () => {
  await addOn.setting('Notify', 'nobody');
  await monthEnd();
  await monthEnd();
  expect(notSent().length).toBeLessThanOrEqual(1);
  expect(subjects()).toEqual([]);
});
