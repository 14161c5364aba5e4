import { request } from 'node:http';
import { createHarvest, type Harvest, type HarvestOptions } from '../../../../local/simulators/harvest/harvest.ts';

/** The first minute of November 2026. */
export const november = Date.parse('2026-11-01T06:00:00Z');

/** A small firm: two clients, two projects, three people, five entries, one expense. */
export const firm = {
  company: { name: 'Sable & Finch', currency: 'USD' },
  clients: [
    { id: 1, name: 'Acme', currency: 'EUR' },
    { id: 2, name: 'Bolt' },
  ],
  projects: [
    { id: 11, name: 'Rebrand', code: 'RB', client: { id: 1 }, bill_by: 'Project', hourly_rate: 150 },
    { id: 12, name: 'Audit', client: { id: 2 }, bill_by: 'People' },
  ],
  tasks: [
    { id: 21, name: 'Design' },
    { id: 22, name: 'Admin', billable_by_default: false },
  ],
  users: [
    { id: 31, first_name: 'Ana', last_name: 'Reyes', access_roles: ['administrator'], default_hourly_rate: 120 },
    { id: 32, first_name: 'Bo', last_name: 'Lind', access_roles: ['member'], default_hourly_rate: 90 },
    { id: 33, first_name: 'Cy', last_name: 'Moss', access_roles: ['manager'] },
  ],
  user_assignments: [
    { id: 51, project: { id: 11 }, user: { id: 31 } },
    { id: 52, project: { id: 12 }, user: { id: 32 }, hourly_rate: 95, use_default_rates: false },
    { id: 53, project: { id: 12 }, user: { id: 33 }, is_project_manager: true },
  ],
  time_entries: [
    entry(1001, '2026-10-05', 31, 11, 21, { hours: 2, notes: 'logo sketches' }),
    entry(1002, '2026-10-20', 32, 12, 21, { hours: 1.26, rounded_hours: 1.5, notes: 'ledger review' }),
    entry(1003, '2026-10-20', 32, 12, 22, { hours: 0.5, notes: null }),
    entry(1004, '2026-11-02', 31, 11, 21, { hours: 3, is_running: true, timer_started_at: '2026-11-02T09:00:00Z' }),
    entry(1005, '2026-09-30', 33, 12, 21, { hours: 4, is_billed: true, is_closed: true }),
  ],
  expense_categories: [{ id: 61, name: 'Mileage', unit_name: 'mile', unit_price: 0.7 }],
  expenses: [
    {
      id: 5001,
      spent_date: '2026-10-09',
      total_cost: 14,
      units: 20,
      user: { id: 31 },
      project: { id: 11 },
      expense_category: { id: 61 },
    },
  ],
};

function entry(
  id: number,
  spent_date: string,
  user: number,
  project: number,
  task: number,
  rest: { hours: number } & Record<string, unknown>,
) {
  return { id, spent_date, user: { id: user }, project: { id: project }, task: { id: task }, ...rest };
}

/** Starts the firm's Harvest with a clock that stands still unless the test moves it. */
export async function startFirm(
  options: Partial<HarvestOptions> = {},
): Promise<Harvest & { readonly time: { now: number } }> {
  const time = { now: november };
  const harvest = await createHarvest({
    clock: { now: () => time.now },
    data: firm,
    token: 'right-token',
    accountId: '42',
    ...options,
  });
  return { ...harvest, time };
}

/** Headers of a request that is in order. */
export const rightHeaders = {
  authorization: 'Bearer right-token',
  'harvest-account-id': '42',
  'user-agent': 'Time to Invoice tests (test@example.com)',
  'content-type': 'application/json',
};

/** One bare request; unlike fetch it sends no header of its own. */
export function ask(
  url: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = rightHeaders,
  body?: string,
): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The JSON of a request that must succeed. */
export async function read(url: string): Promise<Record<string, unknown>> {
  const answer = await ask(url);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text) as Record<string, unknown>;
}
