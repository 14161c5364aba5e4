import { afterEach, describe, expect, it } from 'vitest';
import { createHarvest } from '../../../../local/simulators/harvest/harvest.ts';
import { ask, firm, november, rightHeaders, startFirm } from './firm.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

async function start(options: Parameters<typeof startFirm>[0] = {}) {
  const harvest = await startFirm(options);
  started.push(harvest);
  return harvest;
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(rightHeaders).filter(([header]) => header !== name));
const invalidToken = {
  error: 'invalid_token',
  error_description: 'The access token provided is expired, revoked, malformed or invalid for other reasons.',
};

describe('requests that Harvest refuses', () => {
  it('without a User-Agent', async () => {
    const { url } = await start();
    expect((await ask(`${url}/v2/users/me`, 'GET', without('user-agent'))).status).toBe(400);
  });

  it.each([
    ['a wrong token', { ...rightHeaders, authorization: 'Bearer wrong' }],
    ['no token', without('authorization')],
    ['a wrong account', { ...rightHeaders, 'harvest-account-id': '43' }],
    ['no account: the same answer as for a bad token', without('harvest-account-id')],
  ])('%s', async (_case, headers) => {
    const { url } = await start();
    const answer = await ask(`${url}/v2/users/me`, 'GET', headers);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([401, invalidToken]);
  });

  it('token and account may stand in the query', async () => {
    const { url } = await start();
    const answer = await ask(`${url}/v2/users/me?access_token=right-token&account_id=42`, 'GET', { 'user-agent': 'x' });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['GET', '/v2/time_entries/999', 404],
    ['GET', '/v2/nothing', 404],
    ['GET', '/v1/time_entries', 404],
    ['PATCH', '/v2/time_entries/999', 404],
    ['GET', '/v2/time_entries?per_page=2001', 422],
    ['GET', '/v2/time_entries?per_page=0', 422],
    ['GET', '/v2/clients?per_page=2001', 422],
    ['GET', '/v2/clients?cursor=nonsense', 422],
    ['GET', '/v2/time_entries?from=october', 422],
    ['PATCH', '/v2/time_entries/1001/stop', 422],
    ['PATCH', '/v2/time_entries/1004/restart', 422],
  ])('%s %s: %i', async (method, path, status) => {
    const { url } = await start();
    const answer = await ask(`${url}${path}`, method);
    expect(answer.status).toBe(status);
    if (status === 404) expect(JSON.parse(answer.text)).toEqual({ status: 404, error: 'Not Found' });
  });

  it.each([
    [{}, "Project can't be blank, Task can't be blank, Spent date can't be blank"],
    [{ project_id: 99, task_id: 21, spent_date: '2026-10-01' }, 'Project must exist'],
    [{ project_id: 11, task_id: 99, spent_date: '2026-10-01' }, 'Task must exist'],
    [{ project_id: 11, task_id: 21, spent_date: '2026-13-01' }, 'Spent date is invalid'],
    [{ project_id: 11, task_id: 21, spent_date: '2026-10-01', hours: 'two' }, 'Hours is not a number'],
  ])('a new entry %j', async (body, message) => {
    const { url } = await start();
    const answer = await ask(`${url}/v2/time_entries`, 'POST', rightHeaders, JSON.stringify(body));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([422, { message }]);
  });

  it('an approved entry is deleted by an administrator only; entries of others and the company are closed to members', async () => {
    const member = await start({ actsAs: 33 });
    expect((await ask(`${member.url}/v2/time_entries/1005`, 'DELETE')).status).toBe(403);
    expect((await ask(`${member.url}/v2/time_entries/1001`)).status).toBe(404);
    expect((await ask(`${member.url}/v2/company`)).status).toBe(403);
    const forAnother = { project_id: 11, task_id: 21, spent_date: '2026-10-01', user_id: 31, hours: 1 };
    expect((await ask(`${member.url}/v2/time_entries`, 'POST', rightHeaders, JSON.stringify(forAnother))).status).toBe(
      403,
    );
    const administrator = await start();
    expect((await ask(`${administrator.url}/v2/time_entries/1005`, 'DELETE')).status).toBe(200);
  });

  it('the 101st request in fifteen seconds waits until the first is old enough', async () => {
    const harvest = await start();
    const me = () => ask(`${harvest.url}/v2/users/me`);
    for (let count = 0; count < 100; count += 1) expect((await me()).status).toBe(200);
    harvest.time.now += 4_000;
    const refused = await me();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '11']);
    harvest.time.now += 11_000;
    expect((await me()).status).toBe(200);
  });
});

describe("faults answer in Harvest's own words", () => {
  it.each([
    ['status 500', 500, undefined],
    ['status 503', 503, undefined],
    ['status 429', 429, '10'],
    ['expire token', 401, undefined],
  ])('%s', async (fault, status, wait) => {
    const { url } = await start({ faults: [{ service: 'harvest', request: 'GET /time_entries', nth: 1, fault }] });
    const answer = await ask(`${url}/v2/time_entries?from=2026-10-01`);
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, wait]);
    expect(answer.headers['content-type']).toMatch(status === 503 ? 'text/html' : /json|plain/);
  });
});

describe('mistakes in the records of a file are named with their place', () => {
  it.each([
    [
      'an unknown project',
      { time_entries: [entry({ project: { id: 99 } })] },
      'harvest.time_entries[0].project.id: no project has the id 99',
    ],
    [
      'an unknown person',
      { time_entries: [entry({ user: { id: 99 } })] },
      'harvest.time_entries[0].user.id: no user has the id 99',
    ],
    ['an id twice', { time_entries: [entry({}), entry({})] }, 'harvest.time_entries[1].id: 7 is used twice'],
    ['no id', { clients: [{ name: 'Acme' }] }, 'harvest.clients[0].id: expected a whole number'],
    ['no hours', { time_entries: [entry({ hours: undefined })] }, 'harvest.time_entries[0].hours: expected a number'],
    [
      'a day that is none',
      { time_entries: [entry({ spent_date: '2026-02-30' })] },
      'harvest.time_entries[0].spent_date: expected a day like 2026-10-31',
    ],
    [
      'a misspelt field',
      { time_entries: [entry({ note: 'x' })] },
      'harvest.time_entries[0].note: Harvest has no such field',
    ],
    [
      'a misspelt field of a nested record',
      { time_entries: [entry({ user: { id: 1, nmae: 'x' } })] },
      'harvest.time_entries[0].user.nmae: Harvest has no such field',
    ],
    ['a misspelt field of the company', { company: { nmae: 'x' } }, 'harvest.company.nmae: Harvest has no such field'],
  ])('%s', async (_case, records, message) => {
    const clock = { now: () => november };
    await expect(createHarvest({ clock, data: { ...firm, ...records } })).rejects.toThrow(message);
  });

  it('a reference may be left out', async () => {
    const clock = { now: () => november };
    const harvest = await createHarvest({
      clock,
      data: { time_entries: [{ id: 7, hours: 1, spent_date: '2026-10-01' }] },
    });
    started.push(harvest);
    const answer = await ask(`${harvest.url}/v2/time_entries/7`);
    expect(JSON.parse(answer.text)).toMatchObject({ project: null, client: null, user: null, task: null });
  });
});

function entry(changes: Readonly<Record<string, unknown>>) {
  return {
    id: 7,
    spent_date: '2026-10-01',
    hours: 1,
    project: { id: 11 },
    user: { id: 31 },
    task: { id: 21 },
    ...changes,
  };
}
