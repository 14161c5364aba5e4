/** A month that waits for Claude keeps nobody from the invoices that are ready. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { World } from '../../local/world/format.ts';
import { smallFirm } from './firm.ts';
import { type Office, openOffice, rowOf, until } from './office.ts';

const RENT = '2026-10 Delta';
let office: Office;
beforeAll(async () => {
  office = await openOffice(withRent(smallFirm()), false);
});
afterAll(() => office.close());

/** With a client who pays a fee each month, for which nothing has to be matched. */
function withRent(firm: World): World {
  const workbook = firm.workbook as Record<string, readonly Record<string, unknown>[]>;
  const plus = (tab: string, row: Record<string, unknown>) => [...(workbook[tab] ?? []), row];
  return {
    ...firm,
    faults: [{ service: 'claude', request: 'POST /messages', fault: 'spend limit' }],
    quickbooks: {
      ...firm.quickbooks,
      Customer: [...((firm.quickbooks as { Customer: readonly object[] }).Customer ?? []), { DisplayName: 'Delta' }],
    },
    workbook: {
      ...workbook,
      Clients: plus('Clients', { Client: 'Delta', 'QuickBooks customer': 'Delta', Currency: 'USD' }),
      SOWs: plus('SOWs', { SOW: 'DELTA-1', Client: 'Delta', Title: 'Advice', Active: 'yes' }),
      'SOW lines': plus('SOW lines', {
        Line: 'DELTA-1/1',
        SOW: 'DELTA-1',
        Title: 'On call',
        Billing: 'fixed monthly',
        Fee: 900,
        'QuickBooks item': 'Consulting',
      }),
    },
  } as World;
}

const card = (name: string) => office.sidebar.getByRole('article', { name, exact: true });
const press = (name: string) => office.sidebar.getByRole('button', { name, exact: true }).click();

it('what is drafted is approved and pushed while it waits, and the month begins again by itself', async () => {
  await office.sidebar.locator('nav').getByRole('button', { name: 'Status' }).click();
  await press('Run month-end now');
  await office.sidebar
    .getByText(/spend limit of the Claude account is reached/)
    .first()
    .waitFor();
  await office.sidebar.locator('nav').getByRole('button', { name: 'Invoices' }).click();
  await card(RENT).getByRole('button', { name: 'Approve' }).click();
  await until(() => rowOf(office.session, 'Invoices', 'Invoice', RENT)['Status']).toBe('approved');
  await press('Push to QuickBooks');
  await office.sidebar.getByRole('alertdialog').getByRole('button', { name: 'Push', exact: true }).click();
  await until(() => rowOf(office.session, 'Invoices', 'Invoice', RENT)['Status']).toBe('pushed');
  expect(office.session.quickbooks.invoices().map((one) => one['TotalAmt'])).toEqual([900]);
  const runs = () => office.session.host.workbook.rows('Runs').map((run) => `${run['Job']} ${run['Outcome']}`);
  await until(runs).toEqual(['month-end cancelled', 'push done', 'month-end waiting']);
});
