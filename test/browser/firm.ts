import type { World } from '../../local/world/format.ts';

/** A client's name that would do harm if it were ever read as HTML. */
export const HOSTILE_CLIENT = 'Acme <img src=x onerror=window.harmed=1>';
export const HOSTILE_NOTE = '<script>window.harmed=1</script><img src=x onerror=window.harmed=1> deck';

/** Line the stand-in of Claude is sure of, or not, by the notes of an entry. */
const ANSWERS = [
  { notes: 'Strategy deck review', line: 'ACME-1/1', confidence: 0.97 },
  { notes: 'Misc', line: 'ACME-1/1', confidence: 0.4 },
  { notes: 'Weekly call', line: 'ACME-1/2', confidence: 0.5 },
  { notes: HOSTILE_NOTE, line: 'ACME-1/1', confidence: 0.3 },
  { notes: 'Half plan, half design', line: 'ACME-1/1', confidence: 0.45 },
  { notes: 'Support of the month', line: 'BETA-1/1', confidence: 0.97 },
  { notes: 'Survey', line: 'GAMMA-1/1', confidence: 0.97 },
] as const;

const ENTRIES: readonly (readonly [id: number, client: number, hours: number, notes: string])[] = [
  [1001, 1, 2, 'Strategy deck review'],
  [1002, 1, 1.5, 'Misc'],
  [1003, 1, 0.5, HOSTILE_NOTE],
  [1004, 1, 1, 'Weekly call'],
  [1005, 1, 1, 'Weekly call'],
  [1006, 1, 3, 'Half plan, half design'],
  [1007, 2, 3, 'Support of the month'],
  [1008, 3, 4, 'Survey'],
];

/**
 * A firm with everything the screens have to show: entries to review (two of them alike), a draft, an invoice that is held for a
 * decision, and a client that QuickBooks does not know.
 */
export function smallFirm(): World {
  const clients = [HOSTILE_CLIENT, 'Beta', 'Gamma'];
  const line = (sow: string, no: number, title: string, more: Readonly<Record<string, unknown>>) => ({
    Line: `${sow}/${no}`,
    SOW: sow,
    Title: title,
    Billing: 'hourly',
    Rate: 100,
    'QuickBooks item': 'Consulting',
    ...more,
  });
  return {
    name: 'small firm',
    timeZone: 'America/New_York',
    harvest: {
      clients: clients.map((name, at) => ({ id: at + 1, name, currency: 'USD' })),
      projects: clients.map((_, at) => ({ id: at + 1, name: `Project ${at + 1}`, client: { id: at + 1 } })),
      tasks: [{ id: 1, name: 'Consulting' }],
      users: [{ id: 1, first_name: 'Ana', last_name: 'Ruiz', roles: ['Senior'] }],
      time_entries: ENTRIES.map(([id, client, hours, notes], at) => ({
        id,
        spent_date: `2026-10-${String(at + 5).padStart(2, '0')}`,
        hours,
        notes,
        user: { id: 1 },
        client: { id: client },
        project: { id: client },
        task: { id: 1 },
      })),
    },
    quickbooks: {
      CompanyInfo: { CompanyName: 'Small Firm' },
      Customer: [{ DisplayName: 'Acme' }, { DisplayName: 'Beta' }, { DisplayName: 'Gamma Limited' }],
      Item: [{ Name: 'Consulting', Type: 'Service' }],
    },
    claude: { answers: ANSWERS.map((answer) => ({ ...answer })) },
    workbook: {
      Settings: {
        'First period': '2026-10',
        'Confidence threshold': 0.8,
        'Audit sample': 0,
        'Who may push': 'manager@firm.example',
      },
      Clients: clients.map((client) => ({
        Client: client,
        'QuickBooks customer': client === HOSTILE_CLIENT ? 'Acme' : client,
        Currency: 'USD',
      })),
      SOWs: ['ACME-1', 'BETA-1', 'GAMMA-1'].map((sow, at) => ({
        SOW: sow,
        Client: clients[at],
        Title: `Work ${at + 1}`,
        Active: 'yes',
      })),
      'SOW lines': [
        line('ACME-1', 1, 'Strategic planning', {}),
        line('ACME-1', 2, 'Design', { Rate: 80 }),
        line('BETA-1', 1, 'Support', { Billing: 'retainer', Fee: 1000, 'Included hours': 2, Overage: 'hold' }),
        line('GAMMA-1', 1, 'Survey', {}),
      ],
      Rates: [],
    },
    steps: [],
  };
}
