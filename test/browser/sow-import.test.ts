import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfOf } from '../server/sow-import/pdf.ts';
import { smallFirm } from './firm.ts';
import { type Office, openOffice } from './office.ts';

const TEXT = `# Statement of Work ACME-7
## Market study

Dates: 1 November 2026 to 31 March 2027

**ACME-7/1 Study.** Fixed fee, $12,500. Interviews, sizing and a written report.

**ACME-7/2 Support.** $2,000 a month, which covers 16 hours. Hours above 16 are charged at $130.`;

let office: Office;
beforeAll(async () => {
  office = await openOffice(smallFirm(), false);
});
afterAll(() => office.close());

it('a PDF is chosen, looked at and written, all in the sidebar', async () => {
  const { sidebar } = office;
  await sidebar.getByRole('button', { name: 'SOWs' }).click();
  const file = { name: 'ACME-7.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfOf([TEXT]), 'base64') };
  await sidebar.getByLabel('PDF or text file').setInputFiles(file);
  await sidebar.getByRole('button', { name: 'Read document' }).click();
  await sidebar.getByRole('heading', { name: 'New SOW ACME-7' }).waitFor();
  await sidebar.getByText('Included hours: 16').waitFor();
  expect(await sidebar.locator('blockquote.bad').count()).toBe(0);
  expect(office.session.host.workbook.rows('SOWs').some((row) => row['SOW'] === 'ACME-7')).toBe(false);
  await sidebar.getByLabel('ACME-7/1').uncheck();
  await sidebar.getByRole('button', { name: 'Write 2 rows' }).click();
  await sidebar.getByText('Written: the SOW, 1 SOW line,').waitFor();
  const line = office.session.host.workbook.rows('SOW lines').find((row) => row['SOW'] === 'ACME-7');
  expect(line).toMatchObject({ Line: 'ACME-7/2', Billing: 'retainer', Fee: 2000, 'Included hours': 16, Rate: 130 });
  expect(office.complaints).toEqual([]);
});

it('earlier months are pasted, and the report says how far both agree', async () => {
  const { sidebar } = office;
  const csv = 'Date,Client,Project,Notes,SOW line\n2026-09-03,Acme,Strategy,strategic planning workshop,ACME-1/1';
  await sidebar.getByLabel('Earlier months').fill(csv);
  await sidebar.getByRole('button', { name: 'Match and compare' }).click();
  await sidebar.getByText('of 1 row as they were billed').waitFor();
});
