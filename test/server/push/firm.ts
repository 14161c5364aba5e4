import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readWorld, type World } from '../../../local/world/format.ts';
import type { Result } from '../../../local/world/result.ts';
import { ENTRY_POINTS } from '../../../scripts/entry-points.mjs';

/** Bundles the add-on into a folder of its own, as the local host takes it; gives the folder. */
export function bundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'time-to-invoice-'));
  const root = join(import.meta.dirname, '../../..');
  const built = buildSync({
    entryPoints: [join(root, 'src/server/main.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'Add',
    target: 'es2020',
    write: false,
  });
  const doors = ENTRY_POINTS.map((name: string) => `function ${name}(...args) { return Add.${name}(...args); }`);
  writeFileSync(join(folder, 'main.js'), [built.outputFiles[0]?.text ?? '', ...doors].join('\n'));
  writeFileSync(join(folder, 'sidebar.html'), '<p></p>');
  copyFileSync(join(root, 'appsscript.json'), join(folder, 'appsscript.json'));
  return folder;
}

/** Two clients, a retainer with overage that is held, an expense with markup; up to what `steps` do with them. */
export function world(steps: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): World {
  const who = { user: { id: 5 }, task: { id: 100 }, billable: true };
  const acme = { client: { id: 1 }, project: { id: 10 } };
  const bolt = { client: { id: 2 }, project: { id: 20 } };
  return readWorld(
    JSON.stringify({
      name: 'two clients',
      timeZone: 'America/New_York',
      harvest: {
        clients: [
          { id: 1, name: 'Acme', currency: 'USD' },
          { id: 2, name: 'Bolt', currency: 'USD' },
        ],
        projects: [
          { id: 10, name: 'Strategy', client: { id: 1 } },
          { id: 20, name: 'Ops', client: { id: 2 } },
        ],
        tasks: [{ id: 100, name: 'Review' }],
        users: [{ id: 5, first_name: 'Ana', last_name: 'Ruiz', roles: ['Senior'] }],
        time_entries: [
          {
            id: 1001,
            spent_date: '2026-10-05',
            hours: 3.25,
            notes: 'Final review',
            billable_rate: 185,
            ...who,
            ...acme,
          },
          { id: 1002, spent_date: '2026-10-06', hours: 2, notes: 'Care', billable_rate: 185, ...who, ...acme },
          { id: 1003, spent_date: '2026-10-07', hours: 5, notes: 'Support', billable_rate: 100, ...who, ...bolt },
        ],
        expense_categories: [{ id: 7, name: 'Meals' }],
        expenses: [
          {
            id: 55,
            spent_date: '2026-10-08',
            user: { id: 5 },
            ...acme,
            expense_category: { id: 7 },
            total_cost: 38.25,
            notes: 'lunch',
          },
        ],
      },
      quickbooks: {
        Customer: [
          { Id: '1', DisplayName: 'Acme' },
          { Id: '2', DisplayName: 'Bolt' },
        ],
        Item: [{ Id: '1', Name: 'Services', Type: 'Service' }],
      },
      claude: {
        answers: [
          { notes: 'Final review', line: 'A/1', confidence: 0.97 },
          { notes: 'Care', line: 'A/2', confidence: 0.97 },
          { notes: 'Support', line: 'B/1', confidence: 0.97 },
        ],
      },
      workbook: {
        Settings: { 'First period': '2026-10', 'Confidence threshold': 0.8, 'Audit sample': 0 },
        Clients: [
          { Client: 'Acme', Currency: 'USD' },
          { Client: 'Bolt', Currency: 'USD' },
        ],
        SOWs: [
          { SOW: 'A', Client: 'Acme' },
          { SOW: 'B', Client: 'Bolt' },
        ],
        'SOW lines': [
          { Line: 'A/1', SOW: 'A', Title: 'Advice', Billing: 'hourly', Rate: 185 },
          { Line: 'A/2', SOW: 'A', Title: 'Care', Billing: 'retainer', Fee: 1000, 'Included hours': 1, Rate: 150 },
          { Line: 'A/3', SOW: 'A', Title: 'Expenses', Billing: 'expense', 'Markup %': 10 },
          { Line: 'B/1', SOW: 'B', Title: 'Support', Billing: 'hourly', Rate: '' },
        ],
        Rates: [],
      },
      steps,
      ...more,
    }),
  );
}

export const MONTH = { at: '2026-11-01T06:00:00', do: 'month-end', period: '2026-10' };
export const APPROVE = { do: 'approve', invoices: 'all' };
export const PUSH = { do: 'push' };

/** The invoices in QuickBooks: number, total, our name of it. */
export function inQuickBooks(result: Result): readonly string[] {
  return result.quickbooks.Invoice.map((invoice) => {
    const { DocNumber, TotalAmt, PrivateNote } = invoice as Record<string, unknown>;
    return `${DocNumber} ${TotalAmt} ${String(PrivateNote).split('\n')[0]}`;
  });
}

/** All that must come out the same however often it was cut off: no times, no marks. */
export function essence(result: Result): object {
  const tabs = ['Time entries', 'Expenses', 'Invoices', 'Invoice lines', 'Balances', 'Entry records'];
  const times = new Set(['Seen', 'Pushed at']);
  const rows = (tab: string) =>
    (result.workbook[tab] ?? []).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([header]) => !times.has(header))),
    );
  return { quickBooks: inQuickBooks(result), ...Object.fromEntries(tabs.map((tab) => [tab, rows(tab)])) };
}
