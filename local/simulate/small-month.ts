/** The smallest month in which everything happens: one client, a retainer that is gone over, an hourly line, an expense, one invoice. */
import { readWorld, type World } from '../world/format.ts';

export interface SmallMonthOptions {
  /** Settings over the ones that are made up here. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Cells of the client's row over the ones that are made up here. */
  readonly client?: Readonly<Record<string, string | number>>;
  /** A second client with an invoice of its own, billed by the hour. */
  readonly second?: boolean;
  /** A third client besides, billed by the hour. */
  readonly third?: boolean;
  /** QuickBooks gives the numbers. */
  readonly automaticNumbers?: boolean;
}

/** Nothing of it waits for a person: the stand-in model is sure of every row. */
export function smallMonth(options: SmallMonthOptions = {}): World {
  const entry = {
    user: { id: 5 },
    client: { id: 1 },
    project: { id: 10 },
    task: { id: 100 },
    billable: true,
    billable_rate: 185,
  };
  const third = options.third === true;
  const second = third || options.second === true;
  const bolt = { ...entry, client: { id: 2 }, project: { id: 20 } };
  const core = { ...entry, client: { id: 3 }, project: { id: 30 } };
  return readWorld(
    JSON.stringify({
      name: 'small month',
      timeZone: 'America/New_York',
      harvest: {
        clients: [
          { id: 1, name: 'Acme', currency: 'USD' },
          ...(second ? [{ id: 2, name: 'Bolt', currency: 'USD' }] : []),
          ...(third ? [{ id: 3, name: 'Core', currency: 'USD' }] : []),
        ],
        projects: [
          { id: 10, name: 'Strategy', client: { id: 1 } },
          ...(second ? [{ id: 20, name: 'Support', client: { id: 2 } }] : []),
          ...(third ? [{ id: 30, name: 'Build', client: { id: 3 } }] : []),
        ],
        tasks: [{ id: 100, name: 'Review' }],
        users: [{ id: 5, first_name: 'Ana', last_name: 'Ruiz', roles: ['Senior'] }],
        time_entries: [
          { id: 1001, spent_date: '2026-10-05', hours: 3.25, notes: 'Final review of the deck', ...entry },
          { id: 1002, spent_date: '2026-10-06', hours: 2, notes: 'Monthly care', ...entry },
          ...(second
            ? [
                { id: 1003, spent_date: '2026-10-07', hours: 1.5, notes: 'Answered the help desk', ...bolt },
                { id: 1004, spent_date: '2026-10-09', hours: 0.75, notes: 'Answered the help desk again', ...bolt },
              ]
            : []),
          ...(third ? [{ id: 1005, spent_date: '2026-10-12', hours: 4, notes: 'Built the report', ...core }] : []),
        ],
        expense_categories: [{ id: 7, name: 'Meals' }],
        expenses: [
          {
            id: 55,
            spent_date: '2026-10-08',
            user: { id: 5 },
            client: { id: 1 },
            project: { id: 10 },
            expense_category: { id: 7 },
            total_cost: 38.25,
            notes: 'Lunch with the board',
          },
        ],
      },
      quickbooks: {
        ...(options.automaticNumbers === true ? { Preferences: { SalesFormsPrefs: { CustomTxnNumbers: false } } } : {}),
        Customer: [
          { Id: '1', DisplayName: 'Acme' },
          ...(second ? [{ Id: '2', DisplayName: 'Bolt' }] : []),
          ...(third ? [{ Id: '3', DisplayName: 'Core' }] : []),
        ],
        Item: [{ Id: '1', Name: 'Services', Type: 'Service' }],
      },
      claude: {
        answers: [
          { notes: 'Final review of the deck', line: 'A/1', confidence: 0.97 },
          { notes: 'Monthly care', line: 'A/2', confidence: 0.97 },
          { notes: 'Answered the help desk', line: 'B/1', confidence: 0.97 },
          { notes: 'Answered the help desk again', line: 'B/1', confidence: 0.97 },
          { notes: 'Built the report', line: 'C/1', confidence: 0.97 },
          { notes: 'Lunch with the board', line: 'A/3', confidence: 0.97 },
        ],
      },
      workbook: {
        Settings: {
          'First period': '2026-10',
          'Confidence threshold': 0.8,
          'Audit sample': 0,
          ...options.settings,
        },
        Clients: [
          { Client: 'Acme', Currency: 'USD', ...options.client },
          ...(second ? [{ Client: 'Bolt', Currency: 'USD' }] : []),
          ...(third ? [{ Client: 'Core', Currency: 'USD' }] : []),
        ],
        SOWs: [
          { SOW: 'A', Client: 'Acme' },
          ...(second ? [{ SOW: 'B', Client: 'Bolt' }] : []),
          ...(third ? [{ SOW: 'C', Client: 'Core' }] : []),
        ],
        'SOW lines': [
          { Line: 'A/1', SOW: 'A', Title: 'Advice', Billing: 'hourly', Rate: 185 },
          { Line: 'A/2', SOW: 'A', Title: 'Care', Billing: 'retainer', Fee: 1000, 'Included hours': 1, Rate: 150 },
          { Line: 'A/3', SOW: 'A', Title: 'Expenses', Billing: 'expense', 'Markup %': 10 },
          ...(second ? [{ Line: 'B/1', SOW: 'B', Title: 'Help desk', Billing: 'hourly', Rate: 120 }] : []),
          ...(third ? [{ Line: 'C/1', SOW: 'C', Title: 'Reports', Billing: 'hourly', Rate: 140 }] : []),
        ],
        Rates: [],
      },
      steps: [{ at: '2026-11-01T06:00:00', do: 'month-end', period: '2026-10' }],
    }),
  );
}
