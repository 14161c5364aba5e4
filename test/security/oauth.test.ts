/** The way back from Intuit: only the person who went, once, in time, and nothing that breaks a connection that stands. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StatusView } from '../../src/lib/calls.ts';
import { type AddOn, ANA, SECRETS, startAddOn } from '../server/jobs/add-on.ts';

const BEN = 'ben@brook.example';
let addOn: AddOn;
beforeEach(async () => {
  addOn = await startAddOn();
  await addOn.get('setUp');
});
afterEach(() => addOn.close());

/** The address to which Intuit sends the browser back after consent. */
async function wayBack(user = ANA): Promise<string> {
  const args = { clientId: SECRETS.client, clientSecret: SECRETS.clientSecret, environment: 'production' };
  const { url } = await addOn.get<{ readonly url: string }>('startQuickBooks', args, user);
  const { pathname, search } = new URL(url);
  const answer = await fetch(`${addOn.quickbooks.url}${pathname}${search}`, { redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

const connected = async (user = ANA) =>
  (await addOn.get<StatusView>('status', {}, user)).connections.quickbooks.connected;
const INVALID = 'The state token is invalid or has expired';

it('a forged or missing state connects nothing', async () => {
  const back = new URL(await wayBack());
  for (const state of ['', 'forged', `${back.searchParams.get('state')}x`]) {
    back.searchParams.set('state', state);
    expect((await addOn.host.completeOAuth(back.href)).html).toContain(INVALID);
  }
  expect(await connected()).toBe(false);
});

it('a state of another person connects nothing, for neither of the two', async () => {
  const back = await wayBack();
  expect((await addOn.host.completeOAuth(back, BEN)).html).toContain(INVALID);
  expect([await connected(), await connected(BEN)]).toEqual([false, false]);
});

it('a state that has expired connects nothing', async () => {
  const back = await wayBack();
  addOn.host.clock.advance(2 * 3_600_000);
  expect((await addOn.host.completeOAuth(back)).html).toContain(INVALID);
  expect(await connected()).toBe(false);
});

it('a way back that is walked twice changes nothing the second time', async () => {
  const back = await wayBack();
  await addOn.host.completeOAuth(back);
  const before = addOn.host.properties('user', ANA);
  expect((await addOn.host.completeOAuth(back)).html).toContain('Nothing was connected');
  expect(addOn.host.properties('user', ANA)).toEqual(before);
  expect(await connected()).toBe(true);
});

it('an answer that a page makes up, without anybody having asked, connects nothing', async () => {
  const made = { parameter: { code: 'stolen', realmId: '666' } };
  const execution = await addOn.host.invoke('onQuickBooksConnected', [made], { as: 'sidebar', user: ANA });
  expect(String(execution.value)).toContain('Nothing was connected');
  expect(addOn.quickbooks.requests()).toBe(0);
});

it('consent that was refused leaves a connection that stands', async () => {
  await addOn.consent();
  addOn.quickbooks.answerConsent('deny');
  expect(await addOn.consent()).toContain('the consent was not given');
  expect(await connected()).toBe(true);
});

it('texts from outside are inert on the page one comes back to', async () => {
  const back = new URL(await wayBack());
  back.searchParams.set('error', '<script>alert(1)</script>');
  const { html } = await addOn.host.completeOAuth(back.href);
  expect(html).not.toContain('<script>');
});

it('a second person connects without harm to the first', async () => {
  await addOn.consent();
  await addOn.host.completeOAuth(await wayBack(BEN), BEN);
  for (const user of [ANA, BEN]) {
    expect(await addOn.get('testConnection', { service: 'quickbooks' }, user)).toMatchObject({ connected: true });
  }
  expect(await addOn.get('disconnect', { service: 'quickbooks' }, BEN)).toMatchObject({ connected: false });
  expect(await addOn.get('testConnection', { service: 'quickbooks' }, ANA)).toMatchObject({ connected: true });
});
