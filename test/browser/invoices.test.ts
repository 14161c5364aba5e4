import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_CLIENT, smallFirm } from './firm.ts';
import { type Office, openOffice, rowOf, until } from './office.ts';

const ACME = `2026-10 ${HOSTILE_CLIENT}`;
let office: Office;
beforeAll(async () => {
  office = await openOffice(smallFirm());
  const review = await office.session.ask('review');
  const { rows } = (review.ok ? review.value : { rows: [] }) as { readonly rows: readonly { readonly key: string }[] };
  const decisions = rows.map(({ key }) => ({ table: 'time', key, action: 'accept' }));
  await office.session.ask('decide', { decisions });
  await office.sidebar.locator('nav').getByRole('button', { name: 'Invoices' }).click();
  await card(ACME).waitFor();
});
afterAll(() => office.close());

const card = (name: string) => office.sidebar.getByRole('article', { name, exact: true });
const press = (name: string) => office.sidebar.getByRole('button', { name, exact: true }).click();
const agree = (name: string) =>
  office.sidebar.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();
const invoice = (name: string) => rowOf(office.session, 'Invoices', 'Invoice', name);
const pushed = () => office.session.quickbooks.invoices().map((one) => one['TotalAmt']);

describe('the drafts', () => {
  it('show their lines and how each came about', async () => {
    await card(ACME)
      .getByRole('button', { name: /^Show \d+ line/ })
      .click();
    await until(() => card(ACME).textContent()).toMatch(/Strategic planning.*\$700\.00/s);
    expect(await card(ACME).locator('.lines li').count()).toBe(2);
  });

  it('one that is held says why and takes the decision', async () => {
    await card('2026-10 Beta').getByText('held').waitFor();
    await card('2026-10 Beta').getByRole('button', { name: 'Bill the overage' }).click();
    await until(() => invoice('2026-10 Beta')['Status']).toBe('draft');
    await until(() => card('2026-10 Beta').locator('.amount').first().textContent()).toBe('$1,100.00');
  });

  it('can be approved one by one, and go back to draft', async () => {
    await card(ACME).getByRole('button', { name: 'Approve' }).click();
    await until(() => invoice(ACME)['Status']).toBe('approved');
    await card(ACME).getByRole('button', { name: 'Back to draft' }).click();
    await until(() => invoice(ACME)['Status']).toBe('draft');
  });

  it('are approved all together only after a question', async () => {
    await press('Approve all');
    await office.sidebar.getByRole('alertdialog').waitFor();
    expect(await office.sidebar.locator('button.action').count()).toBe(1);
    await until(() => office.sidebar.locator(':focus').textContent()).toBe('Approve');
    await press('Not now');
    expect(invoice(ACME)['Status']).toBe('draft');
    await press('Approve all');
    await agree('Approve');
    await until(() => invoice(ACME)['Status']).toBe('approved');
    await until(() => invoice('2026-10 Beta')['Status']).toBe('approved');
  });
});

describe('the push', () => {
  it('asks first, and a lost answer of QuickBooks makes no second invoice', async () => {
    office.session.quickbooks.addFault({
      service: 'quickbooks',
      request: 'POST /invoice',
      nth: 1,
      fault: 'timeout after commit',
    });
    await press('Push to QuickBooks');
    expect(pushed()).toEqual([]);
    await agree('Push');
    await until(() => invoice(ACME)['Status']).toBe('pushed');
    await until(() => invoice('2026-10 Beta')['Status']).toBe('pushed');
    expect(pushed()).toHaveLength(2);
    await card(ACME)
      .getByRole('link', { name: /in QuickBooks$/ })
      .waitFor();
  });

  it('ends with a link to the invoice as QuickBooks holds it', async () => {
    const [page] = await Promise.all([
      office.browser.waitForEvent('page'),
      card(ACME)
        .getByRole('link', { name: /in QuickBooks$/ })
        .click(),
    ]);
    await page.getByText('not sent').waitFor();
    expect(await page.locator('tfoot').textContent()).toContain('860.00');
    await page.close();
  });

  it('says what is wrong with a client that QuickBooks does not know, and succeeds when that is put right', async () => {
    const gamma = '2026-10 Gamma';
    await card(gamma).getByText('The customer "Gamma" is not in QuickBooks.').waitFor();
    expect(invoice(gamma)['Status']).toBe('failed');
    await office.session.host.workbook.edit('Clients', { Client: 'Gamma' }, { 'QuickBooks customer': 'Gamma Limited' });
    await press('Push to QuickBooks');
    await agree('Push');
    await until(() => invoice(gamma)['Status']).toBe('pushed');
    expect(pushed()).toHaveLength(3);
  });

  it('can be undone after a question: the invoice is gone from QuickBooks and a draft again', async () => {
    const undo = () => card('2026-10 Beta').getByRole('button', { name: 'Undo push' });
    await undo().click();
    await agree('Undo push');
    await until(() => invoice('2026-10 Beta')['Status']).toBe('draft');
    expect(pushed()).toHaveLength(2);
    await until(() => undo().count()).toBe(0);
  });

  it('what happens in QuickBooks later is fetched by Sync', async () => {
    office.session.quickbooks.pay(ACME);
    await press('Sync');
    await until(() => invoice(ACME)['Status']).toBe('paid');
    await card(ACME).getByText('paid').waitFor();
    expect(office.complaints).toEqual([]);
  });
});
