/** Texts from outside that would be formulas, in every place they can come from: they stay texts in every tab, and in files for clients. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorld } from '../../local/world/format.ts';
import { runSteps } from '../../local/world/run-world.ts';
import { openSession, type Session } from '../../local/world/session.ts';
import { bundle } from '../server/push/firm.ts';

let dist = '';
beforeAll(() => {
  dist = bundle();
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** Text that Sheets would work out, with a word in it that says where it came from. */
const evil = (sign: string, from: string) => `${sign}HYPERLINK("http://evil.example/${from}","${from}")`;

function world(sign: string) {
  const client = evil(sign, 'client');
  const what = { user: { id: 5 }, client: { id: 1 }, project: { id: 10 } };
  const entry = { ...what, task: { id: 100 }, billable: true, billable_rate: 100, hours: 2, spent_date: '2026-10-05' };
  return readWorld(
    JSON.stringify({
      timeZone: 'America/New_York',
      harvest: {
        company: { name: evil(sign, 'company') },
        clients: [{ id: 1, name: client, currency: 'USD' }],
        projects: [{ id: 10, name: evil(sign, 'project'), code: evil(sign, 'code'), client: { id: 1 } }],
        tasks: [{ id: 100, name: evil(sign, 'task') }],
        users: [{ id: 5, first_name: evil(sign, 'person'), last_name: 'Ruiz', roles: [evil(sign, 'role')] }],
        time_entries: [
          { id: 1001, notes: evil(sign, 'notes'), ...entry },
          { id: 1002, notes: evil(sign, 'other'), ...entry },
        ],
        expense_categories: [{ id: 7, name: evil(sign, 'category') }],
        expenses: [
          {
            id: 55,
            ...what,
            spent_date: '2026-10-08',
            expense_category: { id: 7 },
            total_cost: 10,
            notes: evil(sign, 'spent'),
          },
        ],
      },
      quickbooks: {
        CompanyInfo: { CompanyName: evil(sign, 'books') },
        Customer: [{ Id: '1', DisplayName: 'A customer' }],
        Item: [{ Id: '1', Name: 'Services', Type: 'Service' }],
      },
      claude: {
        answers: [
          { notes: evil(sign, 'notes'), line: 'A/1', confidence: 0.97 },
          { notes: evil(sign, 'other'), line: null, confidence: 0.2 },
          { notes: evil(sign, 'spent'), line: 'A/2', confidence: 0.97 },
        ],
      },
      workbook: {
        Settings: { 'First period': '2026-10', 'Confidence threshold': 0.8, 'Audit sample': 0 },
        Clients: [{ Client: client, 'QuickBooks customer': 'A customer', Currency: 'USD', 'Time detail': 'attached' }],
        SOWs: [{ SOW: 'A', Client: client }],
        'SOW lines': [
          { Line: 'A/1', SOW: 'A', Title: evil(sign, 'title'), Billing: 'hourly', Rate: 100 },
          { Line: 'A/2', SOW: 'A', Title: evil(sign, 'expenses'), Billing: 'expense' },
        ],
      },
      steps: [
        { at: '2026-11-01T06:00:00', do: 'month-end', period: '2026-10' },
        { do: 'review', entry: 1002, line: 'A/1' },
        { do: 'approve', invoices: 'all' },
        { do: 'push' },
        { do: 'quickbooks', edit: { invoice: '1', set: { CustomerMemo: { value: evil(sign, 'memo') } } } },
        { do: 'sync' },
      ],
    }),
  );
}

async function afterTheMonth<T>(sign: string, look: (session: Session) => T): Promise<T> {
  const file = world(sign);
  const session = await openSession(file, { dist });
  try {
    const { errors } = await runSteps(session, file);
    expect(errors).toEqual([]);
    return look(session);
  } finally {
    await session.close();
  }
}

describe.each(['=', '+', '-', '@', '\t=', '=+'])('texts that begin with %j', (sign) => {
  it('are texts in every cell of every tab', async () => {
    const { formulas, places } = await afterTheMonth(sign, (session) => {
      const tabs = session.host.workbook.sheets().map((sheet) => sheet.name);
      const cells = tabs.flatMap((tab) =>
        session.host.workbook
          .view(tab)
          .cells.flat()
          .map((cell) => ({ tab, ...cell })),
      );
      return {
        formulas: cells.filter((cell) => cell.formula !== '').map((cell) => `${cell.tab}: ${cell.formula}`),
        places: new Set(cells.filter((cell) => String(cell.value).includes('evil.example')).map((cell) => cell.tab)),
      };
    });
    expect(formulas).toEqual([]);
    expect([...places]).toEqual(
      expect.arrayContaining([
        'Time entries',
        'Expenses',
        'Invoices',
        'Invoice lines',
        'Dashboard',
        'Activity',
        'Entry records',
        'Frozen terms',
      ]),
    );
  });

  it('are texts in the file of time that a client opens', async () => {
    const file = await afterTheMonth(sign, (session) => session.quickbooks.files[0]?.bytes.toString('utf8') ?? '');
    expect(file).toContain('evil.example');
    const fields = file.split(/\r\n/).flatMap((line) => line.match(/("([^"]|"")*"|[^,]*)/g) ?? []);
    expect(fields.filter((field) => /^"?[=+@\t]|^"?-[^\d]/.test(field))).toEqual([]);
  });
});
