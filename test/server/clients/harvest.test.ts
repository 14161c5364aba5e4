import { expect, test } from 'vitest';
import { ServiceError } from '../../../src/lib/jobs/service-error.ts';
import { createHarvestClient } from '../../../src/server/clients/harvest.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/server/http.ts';
import { door, json, network, START } from '../http/fakes.ts';

/** An entry as in Harvest's documentation. */
const ENTRY = {
  id: 636709355,
  spent_date: '2026-10-02',
  user: { id: 1782959, name: 'Kim Allen' },
  client: { id: 5735774, name: 'ABC Corp' },
  project: { id: 14307913, name: 'Marketing Website' },
  task: { id: 8083365, name: 'Graphic Design' },
  user_assignment: { id: 125068553, is_project_manager: true, is_active: true, hourly_rate: 100 },
  hours: 2.11,
  hours_without_timer: 2.11,
  rounded_hours: 2.25,
  notes: 'Adding CSS styling',
  is_locked: true,
  is_closed: true,
  is_billed: false,
  is_running: false,
  billable: true,
  billable_rate: 100,
  updated_at: '2026-10-02T16:47:14Z',
};

const list = (rows: readonly unknown[], next: string | null = null): HttpAnswer =>
  json({ time_entries: rows, links: { first: 'x', next, previous: null, last: 'x' } });

function clientOf(answer: (request: HttpRequest, nth: number) => HttpAnswer) {
  const net = network(answer);
  const client = createHarvestClient({ http: door(net), accountId: '42', token: 'secret-token', nowMs: () => START });
  return { net, client };
}

const october = { from: '2026-10-01', to: '2026-10-31' };

function errorOf(work: () => unknown): ServiceError {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

test('every request carries the token, the account and a name of the caller', () => {
  const { net, client } = clientOf(() => list([ENTRY]));
  client.timeEntries(october);
  expect(net.sent[0]?.headers).toMatchObject({
    Authorization: 'Bearer secret-token',
    'Harvest-Account-Id': '42',
    'User-Agent': expect.stringContaining('Time to Invoice'),
  });
  expect(net.sent[0]?.url).toBe(
    'https://api.harvestapp.com/v2/time_entries?from=2026-10-01&to=2026-10-31&per_page=2000',
  );
});

test('an entry is read with both hours, its rate and its names', () => {
  const { client } = clientOf(() => list([ENTRY]));
  expect(client.timeEntries(october)).toEqual([
    {
      id: 636709355,
      day: '2026-10-02',
      user: { id: 1782959, name: 'Kim Allen' },
      client: { id: 5735774, name: 'ABC Corp' },
      project: { id: 14307913, name: 'Marketing Website' },
      task: { id: 8083365, name: 'Graphic Design' },
      notes: 'Adding CSS styling',
      hours: 2.11,
      roundedHours: 2.25,
      billable: true,
      rate: 100,
      running: false,
      billed: false,
      updatedAt: '2026-10-02T16:47:14Z',
    },
  ]);
});

test('an entry without a project, notes or rate is read all the same', () => {
  const bare = { ...ENTRY, project: null, task: null, notes: null, billable_rate: null, rounded_hours: null };
  const { client } = clientOf(() => list([bare]));
  expect(client.timeEntries(october)[0]).toMatchObject({
    project: { id: 0, name: '' },
    notes: '',
    rate: null,
    roundedHours: 2.11,
  });
});

test('pages are followed by the links as they are, and an entry that slid onto a second page counts once', () => {
  const { net, client } = clientOf((_, nth) =>
    nth === 1
      ? list([ENTRY], 'https://api.harvestapp.com/v2/time_entries?page=2&per_page=2000&from=2026-10-01')
      : list([ENTRY, { ...ENTRY, id: 2 }]),
  );
  expect(client.timeEntries(october).map((entry) => entry.id)).toEqual([636709355, 2]);
  expect(net.sent[1]?.url).toBe('https://api.harvestapp.com/v2/time_entries?page=2&per_page=2000&from=2026-10-01');
});

test('a list that never ends is given up', () => {
  const { client, net } = clientOf(() => list([ENTRY], 'https://api.harvestapp.com/v2/time_entries?page=2'));
  expect(errorOf(() => client.timeEntries(october)).kind).toBe('badResponse');
  expect(net.sent.length).toBe(100);
});

test('a link to another host is not followed with the token', () => {
  const { client, net } = clientOf(() => list([ENTRY], 'https://evil.example/v2/time_entries?page=2'));
  expect(errorOf(() => client.timeEntries(october)).kind).toBe('badResponse');
  expect(net.sent.length).toBe(1);
});

test('a wrong field is named and its value is not', () => {
  const { client } = clientOf(() => list([{ ...ENTRY, hours: 'secret note' }]));
  const error = errorOf(() => client.timeEntries(october));
  expect(error.kind).toBe('badResponse');
  expect(error.message).toContain('time_entries.0.hours');
  expect(error.message).not.toContain('secret note');
});

test.each([
  [401, { error: 'invalid_token' }, 'auth', 'token'],
  [403, { message: 'no' }, 'auth', 'administrator'],
  [429, 'slow down', 'rateLimited', 'wait'],
  [503, '<html>', 'unavailable', '503'],
  [422, { message: 'per_page' }, 'rejected', '422'],
] as const)('status %i is an error that says what to do', (status, body, kind, words) => {
  const { client } = clientOf(() => ({ status, headers: { 'retry-after': '3600' }, text: JSON.stringify(body) }));
  const error = errorOf(() => client.timeEntries(october));
  expect(error.kind).toBe(kind);
  expect(error.message).toContain(words);
  expect(error.message).not.toContain('secret-token');
  expect(error.message).not.toContain('https://api');
});

test('whether the token sees everything is known from its user', () => {
  const user = {
    id: 1,
    first_name: 'Ana',
    last_name: 'Ruiz',
    email: 'ana@brook.example',
    access_roles: ['administrator'],
  };
  expect(clientOf(() => json(user)).client.me()).toEqual({
    id: 1,
    name: 'Ana Ruiz',
    email: 'ana@brook.example',
    administrator: true,
  });
  expect(clientOf(() => json({ ...user, access_roles: ['member'] })).client.me().administrator).toBe(false);
});

test('a member, who may not read the company, is still connected', () => {
  expect(clientOf(() => json({ message: 'no' }, 403)).client.companyName()).toBeNull();
});
