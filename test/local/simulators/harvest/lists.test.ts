import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, firm, read, startFirm } from './firm.ts';

let harvest: Awaited<ReturnType<typeof startFirm>>;
beforeAll(async () => {
  harvest = await startFirm();
});
afterAll(() => harvest.close());

const ids = (page: Record<string, unknown>, list: string) =>
  (page[list] as readonly { readonly id: number }[]).map(({ id }) => id);

describe('which entries a filter leaves, newest first', () => {
  it.each([
    ['', [1004, 1003, 1002, 1001, 1005]],
    ['from=2026-10-01&to=2026-10-31', [1003, 1002, 1001]],
    ['user_id=32', [1003, 1002]],
    ['client_id=1', [1004, 1001]],
    ['project_id=12', [1003, 1002, 1005]],
    ['task_id=22', [1003]],
    ['is_billed=true', [1005]],
    ['is_running=true', [1004]],
    ['updated_since=2026-10-20T22:00:00Z', [1004, 1003, 1002]],
    ['approval_status=approved', [1004, 1003, 1002, 1001, 1005]],
  ])('%s', async (query, expected) => {
    expect(ids(await read(`${harvest.url}/v2/time_entries?${query}`), 'time_entries')).toEqual(expected);
  });
});

describe('pages', () => {
  it('of entries are numbered, and links repeat the filters', async () => {
    const first = await read(`${harvest.url}/v2/time_entries?per_page=2&project_id=12`);
    expect(first).toMatchObject({
      page: 1,
      next_page: 2,
      previous_page: null,
      total_pages: 2,
      total_entries: 3,
      per_page: 2,
    });
    const { next } = first['links'] as { next: string };
    expect(next).toContain('project_id=12');
    const second = await read(next);
    expect(ids(second, 'time_entries')).toEqual([1005]);
    expect(second).toMatchObject({ page: 2, next_page: null, previous_page: 1, links: { next: null } });
  });

  it('of other lists follow cursors, and page is null between the ends', async () => {
    const seen: number[] = [];
    const pages: unknown[] = [];
    for (let next: string | null = `${harvest.url}/v2/users?per_page=1`; next !== null; ) {
      const page: Record<string, unknown> = await read(next);
      seen.push(...ids(page, 'users'));
      pages.push(page['page']);
      next = (page['links'] as { next: string | null }).next;
      if (next !== null) expect(next).toMatch(/cursor=[\w-]+&per_page=1&ref=next_cursor$/);
    }
    expect(seen).toEqual([33, 32, 31]);
    expect(pages).toEqual([1, null, 3]);
  });

  it('a full page costs half a second of simulated time', async () => {
    const answer = await ask(`${harvest.url}/v2/time_entries`);
    expect(Number(answer.headers['x-simulated-seconds'])).toBeCloseTo(0.101, 3);
  });
});

describe('what the file left out is filled in', () => {
  it('an entry has every field', async () => {
    const entry = await read(`${harvest.url}/v2/time_entries/1002`);
    expect(entry).toEqual({
      id: 1002,
      spent_date: '2026-10-20',
      user: { id: 32, name: 'Bo Lind' },
      user_assignment: {
        id: 52,
        is_active: true,
        is_project_manager: false,
        use_default_rates: false,
        hourly_rate: 95,
        budget: null,
        created_at: '2026-01-05T09:00:00Z',
        updated_at: '2026-01-05T09:00:00Z',
      },
      client: { id: 2, name: 'Bolt' },
      project: { id: 12, name: 'Audit' },
      task: { id: 21, name: 'Design' },
      task_assignment: expect.objectContaining({ billable: true, hourly_rate: null }),
      external_reference: null,
      invoice: null,
      hours: 1.26,
      hours_without_timer: 1.26,
      rounded_hours: 1.5,
      notes: 'ledger review',
      is_locked: false,
      locked_reason: null,
      is_closed: false,
      is_billed: false,
      timer_started_at: null,
      started_time: null,
      ended_time: null,
      is_running: false,
      billable: true,
      budgeted: false,
      billable_rate: 95,
      cost_rate: null,
      created_at: '2026-10-20T22:00:00Z',
      updated_at: '2026-10-20T22:00:00Z',
    });
  });

  it.each<[number, boolean, number | null, string]>([
    [1001, true, 150, 'the rate of its project'],
    [1002, true, 95, "the person's rate on the project"],
    [1003, false, null, 'no rate, since its task is not billed'],
    [1005, true, null, 'no rate, since nobody has set one'],
  ])('entry %i: billable %s, rate %s: %s', async (id, billable, rate) => {
    expect(await read(`${harvest.url}/v2/time_entries/${id}`)).toMatchObject({ billable, billable_rate: rate });
  });

  it("an expense is in the client's currency", async () => {
    expect(await read(`${harvest.url}/v2/expenses/5001`)).toMatchObject({
      client: { id: 1, name: 'Acme', currency: 'EUR' },
      project: { id: 11, name: 'Rebrand', code: 'RB' },
      expense_category: { id: 61, name: 'Mileage', unit_name: 'mile', unit_price: 0.7 },
      total_cost: 14,
      receipt: null,
    });
  });

  it('without assignments in the file every pair is assigned', async () => {
    expect(await read(`${harvest.url}/v2/task_assignments`)).toMatchObject({ total_entries: 4 });
    expect(await read(`${harvest.url}/v2/projects/11/task_assignments`)).toMatchObject({ total_entries: 2, page: 1 });
    expect(await read(`${harvest.url}/v2/user_assignments`)).toMatchObject({
      total_entries: firm.user_assignments.length,
    });
  });
});

describe('people may see less', () => {
  it.each([
    [31, [1004, 1003, 1002, 1001, 1005], 150],
    [32, [1003, 1002], null],
    [33, [1003, 1002, 1005], null],
  ])('user %i', async (actsAs, expected, rate) => {
    const theirs = await startFirm({ actsAs });
    try {
      const page = await read(`${theirs.url}/v2/time_entries`);
      expect(ids(page, 'time_entries')).toEqual(expected);
      const rates = (page['time_entries'] as readonly { readonly billable_rate: number | null }[]).map(
        (e) => e.billable_rate,
      );
      expect(rates.includes(rate)).toBe(true);
      if (rate === null) expect(new Set(rates)).toEqual(new Set([null]));
    } finally {
      await theirs.close();
    }
  });
});

describe('what happens in Harvest meanwhile', () => {
  it('a changed entry shows up by updated_since, a deleted one just stops appearing', async () => {
    const own = await startFirm();
    try {
      own.time.now += 3_600_000;
      own.upsert({ time_entries: [{ id: 1002, hours: 2 }], clients: [{ id: 2, name: 'Bolt Ltd' }] });
      own.delete({ time_entries: [1001] });
      const page = await read(`${own.url}/v2/time_entries?to=2026-10-31&updated_since=2026-11-01T06:30:00Z`);
      expect(page['time_entries']).toMatchObject([
        { id: 1002, hours: 2, rounded_hours: 2, client: { name: 'Bolt Ltd' }, updated_at: '2026-11-01T07:00:00Z' },
      ]);
      expect(ids(await read(`${own.url}/v2/time_entries`), 'time_entries')).not.toContain(1001);
      expect(() =>
        own.upsert({ time_entries: [{ id: 9, hours: 1, spent_date: '2026-10-01', project: { id: 99 } }] }),
      ).toThrow('harvest.time_entries[0].project.id: no project has the id 99');
      expect(() => own.delete({ time_entries: [4] })).toThrow('harvest.delete.time_entries[0]: there is no 4');
    } finally {
      await own.close();
    }
  });
});
