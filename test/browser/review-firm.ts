import type { World } from '../../local/world/format.ts';

/** Entries of Acme that the models are unsure about, each with a note of its own: one card each. */
export const SINGLE_NOTES = [
  'Boards',
  'Forms',
  'Charter',
  'Survey',
  'Cabling',
  'Payroll',
  'Archive',
  'Permits',
  'Recruiting',
  'Signage',
  'Catering',
  'Licences',
  'Inventory',
  'Minutes',
  'Website',
  'Translation',
] as const;
export const GROUP_NOTE = 'Weekly sync call';
/** The one that is split. */
export const SPLIT_NOTE = 'Half plan and half design';

/** A firm whose review has everything that keys have to manage: single cards, a group, a client with 60 lines, one without an open line, one without a SOW. */
export function reviewFirm(): World {
  const clients = ['Acme', 'Big', 'Closed', 'Nosow'];
  const notes: readonly (readonly [client: number, notes: string])[] = [
    ...SINGLE_NOTES.map((text) => [1, text] as const),
    ...Array.from({ length: 7 }, () => [1, GROUP_NOTE] as const),
    [1, SPLIT_NOTE],
    [2, 'Something of many'],
    [3, 'After the end'],
    [4, 'Before any contract'],
  ];
  const line = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
    Line: name,
    SOW: name.split('/')[0],
    Title: `Work ${name.split('/')[1]}`,
    Billing: 'hourly',
    Rate: 100,
    'QuickBooks item': 'Consulting',
    ...more,
  });
  return {
    name: 'review firm',
    timeZone: 'America/New_York',
    harvest: {
      clients: clients.map((name, at) => ({ id: at + 1, name, currency: 'USD' })),
      projects: clients.map((_, at) => ({ id: at + 1, name: `Project ${at + 1}`, client: { id: at + 1 } })),
      tasks: [{ id: 1, name: 'Consulting' }],
      users: [{ id: 1, first_name: 'Ana', last_name: 'Ruiz', roles: ['Senior'] }],
      time_entries: notes.map(([client, text], at) => ({
        id: 1001 + at,
        spent_date: `2026-10-${String(at + 1).padStart(2, '0')}`,
        hours: 2,
        notes: text,
        user: { id: 1 },
        client: { id: client },
        project: { id: client },
        task: { id: 1 },
      })),
    },
    quickbooks: {
      CompanyInfo: { CompanyName: 'Review Firm' },
      Customer: clients.map((name) => ({ DisplayName: name })),
      Item: [{ Name: 'Consulting', Type: 'Service' }],
    },
    claude: {
      answers: [
        ...[...SINGLE_NOTES, GROUP_NOTE, SPLIT_NOTE].map((text) => ({
          notes: text,
          line: 'ACME-1/1',
          confidence: 0.4,
        })),
        { notes: 'Something of many', line: 'BIG-1/7', confidence: 0.4 },
      ],
    },
    workbook: {
      Settings: { 'First period': '2026-10', 'Confidence threshold': 0.8, 'Audit sample': 0 },
      Clients: clients.map((client) => ({ Client: client, 'QuickBooks customer': client, Currency: 'USD' })),
      SOWs: [
        { SOW: 'ACME-1', Client: 'Acme', Title: 'Work', Active: 'yes' },
        { SOW: 'BIG-1', Client: 'Big', Title: 'Work', Active: 'yes' },
        { SOW: 'CLOSED-1', Client: 'Closed', Title: 'Work', Ends: '2026-09-30', Active: 'yes' },
      ],
      'SOW lines': [
        line('ACME-1/1'),
        line('ACME-1/2', { Title: 'Design' }),
        line('ACME-1/3', { Title: 'Last year', Ends: '2025-12-31' }),
        ...Array.from({ length: 60 }, (_, at) =>
          line(`BIG-1/${at + 1}`, at === 42 ? { Title: 'Harbour dredging' } : {}),
        ),
        line('CLOSED-1/1', { Title: 'Closing report' }),
      ],
      Rates: [],
    },
    steps: [],
  };
}
