import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallFirm } from './firm.ts';
import { type Office, openOffice, until } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice(smallFirm(), false);
  await office.sidebar.locator('nav').getByRole('button', { name: 'Status' }).click();
});
afterAll(() => office.close());

const connection = (name: string) => office.sidebar.locator('details', { hasText: name });
const open = async (name: string) => {
  const details = connection(name);
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
};

describe('connections', () => {
  it('Test says what it reached', async () => {
    await open('Harvest');
    await connection('Harvest').getByRole('button', { name: 'Test' }).click();
    await office.sidebar.locator('.notice.good').waitFor();
  });

  it('a wrong Harvest token is refused with the reason, and the right one connects again', async () => {
    await connection('Harvest').getByRole('button', { name: 'Disconnect' }).click();
    await connection('Harvest').locator('.status.held').waitFor();
    await connection('Harvest').getByLabel('Account ID').fill('990001');
    await connection('Harvest').getByLabel('Personal access token').fill('wrong-token');
    await connection('Harvest').getByRole('button', { name: 'Connect Harvest' }).click();
    await office.sidebar.locator('.notice.bad', { hasText: /Harvest.*token/s }).waitFor();
    await connection('Harvest').locator('.status.held').waitFor();
    expect(await office.sidebar.locator('main').textContent()).not.toContain('wrong-token');
    await connection('Harvest').getByLabel('Personal access token').fill('sample-harvest-token');
    await connection('Harvest').getByRole('button', { name: 'Connect Harvest' }).click();
    await connection('Harvest').locator('.status.pushed').waitFor();
  });

  it('QuickBooks is connected by consent on its own page, then Refresh shows it', async () => {
    await open('QuickBooks');
    await connection('QuickBooks').getByRole('button', { name: 'Disconnect' }).click();
    await connection('QuickBooks').locator('.status.held').waitFor();
    await connection('QuickBooks').getByLabel('Client ID of your Intuit app').fill('sample-intuit-client');
    await connection('QuickBooks').getByLabel('Client secret').fill('sample-intuit-secret');
    await connection('QuickBooks').getByRole('button', { name: 'Connect QuickBooks' }).click();
    const link = connection('QuickBooks').getByRole('link', { name: 'Give consent at Intuit' });
    await until(() => link.getAttribute('href')).toContain('https://appcenter.intuit.com/connect/oauth2?');
    const [page] = await Promise.all([office.browser.waitForEvent('page'), link.click()]);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('You may close this tab').waitFor();
    await page.close();
    await office.sidebar.getByRole('button', { name: 'Refresh' }).click();
    await connection('QuickBooks').locator('.status.pushed').waitFor();
  });
});

describe('the first run', () => {
  it('before it the review and the invoices say where they come from', async () => {
    await office.sidebar.locator('nav').getByRole('button', { name: 'Review' }).click();
    await office.sidebar.getByText('No time entries yet.').waitFor();
    await office.sidebar.locator('nav').getByRole('button', { name: 'Invoices' }).click();
    await office.sidebar.getByText('No invoices yet.').waitFor();
  });

  it('is started with one button, says what it lacks, and goes on by itself when that is put right', async () => {
    await office.sidebar.locator('nav').getByRole('button', { name: 'Status' }).click();
    await open('Harvest');
    await connection('Harvest').getByRole('button', { name: 'Disconnect' }).click();
    await connection('Harvest').locator('.status.held').waitFor();
    await office.sidebar.getByRole('button', { name: 'Run month-end now' }).click();
    await office.sidebar.locator('.job.blocked', { hasText: 'Harvest' }).waitFor();
    await connection('Harvest').getByLabel('Account ID').fill('990001');
    await connection('Harvest').getByLabel('Personal access token').fill('sample-harvest-token');
    await connection('Harvest').getByRole('button', { name: 'Connect Harvest' }).click();
    await connection('Harvest').locator('.status.pushed').waitFor();
    await until(() => office.sidebar.locator('.count').textContent()).toBe('5');
    await until(() => office.sidebar.getByText('Last run: month-end 2026-10').count()).toBe(1);
  });

  it('sends one mail that says what waits', async () => {
    await until(() => office.session.host.mails.map((mail) => mail.subject).at(-1)).toContain('October');
    await office.page.getByRole('button', { name: /^Mails sent: / }).click();
    await until(() => office.page.locator('.mails strong').first().textContent()).toContain('October');
    expect(office.complaints).toEqual([]);
  });
});
