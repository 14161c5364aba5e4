import { afterEach, describe, expect, it } from 'vitest';
import { harvestClient, harvestV2Client, type Page, type TimeEntry } from './clients.ts';
import { startFirm } from './firm.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

async function firm() {
  const harvest = await startFirm();
  started.push(harvest);
  return harvest;
}

describe('independent clients can use the Harvest simulator', () => {
  it('npm harvest lists a month, page by page', async () => {
    const harvest = await firm();
    const client = harvestClient(harvest.url);
    const entries: TimeEntry[] = [];
    for (let page: number | null = 1; page !== null; ) {
      const got = await client.timeEntries.list({ from: '2026-10-01', to: '2026-10-31', per_page: 2, page });
      entries.push(...got.time_entries);
      page = got.next_page;
    }
    expect(entries.map(({ id }) => id)).toEqual([1003, 1002, 1001]);
    expect(harvest.log.map(({ headers }) => headers['harvest-account-id'])).toEqual(['42', '42']);
    expect(harvest.log[1]?.query).toContain('page=2');
  });

  it('npm harvest writes, runs and stops a timer', async () => {
    const harvest = await firm();
    const { timeEntries } = harvestClient(harvest.url);
    const made = await timeEntries.create({ project_id: 11, task_id: 21, spent_date: '2026-10-31' });
    expect([made.id, made.is_running, made.hours]).toEqual([1006, true, 0]);
    harvest.time.now += 90 * 60_000;
    const stopped = await timeEntries.stop(made.id);
    expect([stopped.is_running, stopped.hours]).toEqual([false, 1.5]);
    await timeEntries.restart(made.id);
    harvest.time.now += 30 * 60_000;
    expect((await timeEntries.get(made.id)).hours).toBe(2);
    expect((await timeEntries.update(1001, { hours: 2.5, is_billed: true })).hours).toBe(2.5);
    expect((await timeEntries.get(1001))['is_billed']).toBe(false);
    await timeEntries.delete(1001);
    await expect(timeEntries.get(1001)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('npm harvest reads company, me and clients', async () => {
    const harvest = await firm();
    const client = harvestClient(harvest.url);
    expect(await client.company.get()).toMatchObject({ name: 'Sable & Finch', week_start_day: 'Monday' });
    expect(await client.users.me()).toMatchObject({ id: 31, access_roles: ['administrator'] });
    expect(await client.clients.list()).toMatchObject({ total_entries: 2, next_page: null });
  });

  it('npm harvest-v2 lists every kind of record', async () => {
    const harvest = await firm();
    const client = harvestV2Client(harvest.url);
    const counts: Record<string, unknown> = {};
    for (const resource of [
      'timeEntries',
      'expenses',
      'clients',
      'projects',
      'tasks',
      'users',
      'roles',
      'expenseCategories',
    ]) {
      await client[resource]?.list((page: Page) => {
        counts[resource] = page['total_entries'];
      });
    }
    expect(counts).toEqual({
      timeEntries: 5,
      expenses: 1,
      clients: 2,
      projects: 2,
      tasks: 2,
      users: 3,
      roles: 0,
      expenseCategories: 1,
    });
    let running: unknown;
    await client['timeEntries']?.listBy({ is_running: true }, (page: Page) => {
      running = page['time_entries'];
    });
    expect(running).toMatchObject([{ id: 1004 }]);
  });
});
