/** A made-up firm of any size as a scenario, for measuring: the same numbers give the same firm. */
import type { World } from './format.ts';

interface Size {
  readonly entries: number;
  readonly people: number;
  readonly clients: number;
  /** `2026-10`. */
  readonly period: string;
}

const WORK = [
  ['Market analysis', 'Interviews, market sizing and competitor profiles.', 'market interviews and sizing'],
  ['Strategy workshop', 'Preparation and running of the strategy workshops.', 'workshop preparation with the board'],
  ['Financial model', 'Ten-year model of revenue, cost and scenarios.', 'model scenarios, cost side'],
  ['Implementation support', 'Weekly support of the implementation teams.', 'implementation team weekly support'],
] as const;

/** A month of a firm with hourly, tiered, retainer and covered lines; notes name their work more or less clearly. */
export function madeUpFirm({ entries, people, clients, period }: Size): World {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const client = (id: number) => `Client ${String(id).padStart(2, '0')}`;
  const sow = (id: number) => `C${String(id).padStart(2, '0')}-1`;
  const random = seeded(20_261_001);
  return {
    name: `${entries} entries, ${people} people, ${clients} clients`,
    timeZone: 'America/New_York',
    harvest: {
      clients: numbers(clients).map((id) => ({ id, name: client(id), currency: 'USD' })),
      projects: numbers(clients).map((id) => ({ id, name: `Project ${id}`, client: { id } })),
      tasks: [{ id: 1, name: 'Consulting' }],
      users: numbers(people).map((id) => ({ id, first_name: 'Person', last_name: String(id), roles: ['Consultant'] })),
      time_entries: numbers(entries).map((id) => {
        const of = 1 + Math.floor(random() * clients);
        const work = WORK[Math.floor(random() * WORK.length)] ?? WORK[0];
        const day = 1 + Math.floor(random() * 28);
        return {
          id,
          spent_date: `${period}-${String(day).padStart(2, '0')}`,
          hours: (1 + Math.floor(random() * 16)) / 4,
          notes: `${work[2]} ${1 + Math.floor(random() * 400)}`,
          user: { id: 1 + Math.floor(random() * people) },
          client: { id: of },
          project: { id: of },
          task: { id: 1 },
        };
      }),
      expense_categories: [],
      expenses: [],
    },
    quickbooks: {
      Customer: numbers(clients).map((id) => ({ DisplayName: client(id) })),
      Item: [{ Name: 'Consulting', Type: 'Service' }],
    },
    workbook: {
      Settings: { 'First period': period, 'Audit sample': 0 },
      Clients: numbers(clients).map((id) => ({
        Client: client(id),
        'QuickBooks customer': client(id),
        Currency: 'USD',
      })),
      SOWs: numbers(clients).map((id) => ({
        SOW: sow(id),
        Client: client(id),
        Title: `Engagement ${id}`,
        Active: 'yes',
      })),
      'SOW lines': numbers(clients).flatMap((id) => [
        { ...line(sow(id), 1, WORK[0]), Billing: 'hourly', Rate: 185 },
        { ...line(sow(id), 2, WORK[1]), Billing: 'tiered', Rate: 'Volume card' },
        { ...line(sow(id), 3, WORK[2]), Billing: 'retainer', Fee: 6000, 'Included hours': 40, Rate: 150 },
        { ...line(sow(id), 4, WORK[3]), Billing: 'covered', Retainer: `${sow(id)}/3`, Rate: 140 },
      ]),
      Rates: [
        { 'Rate card': 'Volume card', Rate: 200 },
        { 'Rate card': 'Volume card', 'From hours': 20, Rate: 180 },
      ],
    },
    steps: [{ do: 'month-end', period }],
  };
}

function line(sow: string, no: number, work: readonly [string, string, string]) {
  return { Line: `${sow}/${no}`, SOW: sow, Title: work[0], Description: work[1], 'QuickBooks item': 'Consulting' };
}

/** Mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
