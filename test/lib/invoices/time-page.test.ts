import { expect, test } from 'vitest';
import type { ApprovedInvoice, BilledTime } from '../../../src/lib/invoices/approved.ts';
import { timePage } from '../../../src/lib/invoices/time-page.ts';

const entry = (date: string, person: string, hours: number, notes: string, line: string) =>
  ({ date, person, hours, notes, line, task: 'Review' }) as BilledTime;

/** As much of an invoice as the page reads. */
function invoice(entries: Readonly<Record<string, BilledTime>>): ApprovedInvoice {
  const line = (sowLine: string, description: string, keys: readonly string[]) => ({
    sowLine,
    description,
    entries: keys,
  });
  const lines = [
    line('A/1', 'Advice, October 2026', ['1', '2']),
    line('A/2', 'Care', ['3']),
    line('A/2', 'Care, covered', ['3']),
  ];
  return { draft: { name: '2026-10 Acme & Co', lines }, entries } as unknown as ApprovedInvoice;
}

test('time is listed by line with its hours, each entry once, and the total of all', () => {
  const file = timePage(
    invoice({
      '1': entry('2026-10-05', 'Ana Ruiz', 3.25, 'Final\nreview', 'A/1'),
      '2': entry('2026-10-06', 'Bo', 0.5, '', 'A/1'),
      '3': entry('2026-10-07', 'Ana Ruiz', 12, '=1+1', 'A/2'),
    }),
  );
  expect(file?.name).toBe('2026-10 Acme - Co time.txt');
  expect(file?.text.replace('\uFEFF', '').split('\r\n')).toEqual([
    '2026-10 Acme & Co',
    'Time on this invoice',
    '',
    'Advice, October 2026',
    '  2026-10-05  Ana Ruiz     3.25 h  Review: Final review',
    '  2026-10-06  Bo           0.50 h  Review',
    '     3.75 h in all',
    '',
    'Care',
    '  2026-10-07  Ana Ruiz    12.00 h  Review: =1+1',
    '    12.00 h in all',
    '',
    'Total: 15.75 h',
    '',
  ]);
});

test('an invoice without time has no such page', () => {
  expect(timePage(invoice({}))).toBeNull();
});
