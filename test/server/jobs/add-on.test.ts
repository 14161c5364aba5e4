import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobView, StatusView } from '../../../src/lib/calls.ts';
import { type AddOn, ANA, SECRETS, startAddOn } from './add-on.ts';

let addOn: AddOn;
beforeEach(async () => {
  addOn = await startAddOn();
});
afterEach(() => addOn.close());

const BEN = 'ben@brook.example';
const monthly = () => addOn.host.triggers().filter((trigger) => trigger.handler === 'onMonthStart');
const continuing = () =>
  addOn.host.triggers().filter((trigger) => trigger.handler === 'onContinue' && trigger.nextFire !== null);

describe('before anything is set up', () => {
  test('opening the spreadsheet makes the menu and does nothing else', async () => {
    const [opened] = await addOn.host.open();
    expect([opened?.ok, opened?.spreadsheetCalls]).toEqual([true, 0]);
    expect(addOn.host.screen.menus).toMatchObject([
      {
        label: 'Time to Invoice',
        items: [
          { label: 'Open review', functionName: 'showSidebar' },
          { label: 'Run month-end now', functionName: 'runMonthEnd' },
          { label: 'Update drafts', functionName: 'updateDrafts' },
          { separator: true },
          { label: 'Set up', functionName: 'setUp' },
        ],
      },
    ]);
  });

  test('the sidebar says what is missing', async () => {
    const status = await addOn.get<StatusView>('status');
    expect(status).toMatchObject({
      setUp: false,
      problems: [],
      job: null,
      nextRun: null,
      overdue: false,
      mayPush: false,
      user: ANA,
    });
    expect(Object.values(status.connections).map((one) => one.connected)).toEqual([false, false, false]);
  });

  test('calls that are none are refused, and so are arguments that are none', async () => {
    const wrong = ['eval', '__proto__', 'constructor', 'toString'].map((name) => addOn.ask(name));
    for (const answer of await Promise.all(wrong)) expect(answer).toMatchObject({ ok: false });
    for (const [name, args] of [
      ['startMonthEnd', { period: '2026-13' }],
      ['startMonthEnd', { period: '2026-10', extra: 1 }],
      ['connectHarvest', { accountId: '1' }],
      [
        'decide',
        {
          decisions: [
            {
              table: 'time',
              key: 'harvest:1',
              action: 'split',
              parts: [
                { line: 'x', hours: 1_001 },
                { line: 'y', hours: 2 },
              ],
            },
          ],
        },
      ],
      ['decide', { decisions: [{ table: 'salary', key: 'harvest:1', action: 'accept' }] }],
      ['testConnection', { service: 'evil' }],
    ] as const) {
      const answer = await addOn.ask(name, args);
      expect([name, answer.ok]).toEqual([name, false]);
      expect(answer.message).toContain(`The call ${name} cannot be done`);
    }
    const execution = await addOn.host.invoke('call', ['not json'], { as: 'sidebar' });
    expect(JSON.parse(String(execution.value))).toMatchObject({ ok: false });
  });
});

describe('connecting', () => {
  test('each connection says what it reached, and nothing shows a secret', async () => {
    await addOn.ready();
    const status = await addOn.get<StatusView>('status');
    expect(status.connections.harvest.text).toBe(
      "Reached Brook & Hale (Ana Ruiz), administrator: everyone's time can be read.",
    );
    expect(status.connections.claude.text).toContain('claude-haiku-5-5');
    expect(status.connections.quickbooks.text).toBe('Reached Brook & Hale Books.');
    const visible = JSON.stringify([
      status,
      ['Settings', 'Activity', 'Runs'].map((tab) => addOn.host.workbook.rows(tab)),
      addOn.host.mails,
      addOn.host.properties('document'),
    ]);
    for (const secret of [SECRETS.token, SECRETS.key, SECRETS.clientSecret]) expect(visible).not.toContain(secret);
  });

  test('a colleague has no use of them', async () => {
    await addOn.ready();
    expect((await addOn.ask('testConnection', { service: 'harvest' }, BEN)).message).toBe(
      'Harvest is not connected for you. Press Connect Harvest in the sidebar.',
    );
  });

  test('a wrong token is a sentence and is not kept', async () => {
    await addOn.get('setUp');
    const answer = await addOn.ask('connectHarvest', { accountId: '990001', token: 'wrong' });
    expect(answer.message).toContain('Harvest does not accept the token');
    expect((await addOn.get<StatusView>('status')).connections.harvest.connected).toBe(false);
  });

  test('the consent counts only for the person who asked for it', async () => {
    await addOn.get('setUp');
    expect(await addOn.consent(BEN)).toContain('state token is invalid');
    expect((await addOn.get<StatusView>('status')).connections.quickbooks.connected).toBe(false);
    expect(await addOn.consent()).toContain('Reached Brook &amp; Hale Books.');
  });
});

describe('the monthly trigger', () => {
  test('is made once, however often things are set up and connected', async () => {
    await addOn.ready();
    await addOn.get('setUp');
    await addOn.get('connectClaude', { key: SECRETS.key });
    expect(monthly().length).toBe(1);
    const { nextRun } = await addOn.get<StatusView>('status');
    expect(new Date(nextRun ?? 0).toISOString()).toBe('2026-12-01T06:00:00.000Z');
  });

  test('is not made a second time by a colleague who looks', async () => {
    await addOn.ready();
    await addOn.get('status', {}, BEN);
    expect(monthly().map((trigger) => trigger.user)).toEqual([ANA]);
  });

  test('that never came is shown, and whoever presses Set up then takes it over', async () => {
    await addOn.ready();
    addOn.host.clock.advanceTo(Date.UTC(2026, 10, 3, 15));
    expect((await addOn.get<StatusView>('status', {}, BEN)).overdue).toBe(true);
    expect(await addOn.get('setUp', {}, BEN)).toEqual({ created: ['Monthly run on the 1st'] });
    expect(monthly().map((trigger) => trigger.user)).toContain(BEN);
    expect(await addOn.get('startMonthEnd', {})).toMatchObject({ state: 'done' });
    expect((await addOn.get<StatusView>('status')).overdue).toBe(false);
    expect(await addOn.get('setUp', {}, ANA)).toEqual({ created: [] });
    expect(monthly().map((trigger) => trigger.user)).toEqual([BEN]);
  });

  test('that was taken over does nothing when the one of before fires', async () => {
    await addOn.ready();
    addOn.host.clock.advanceTo(Date.UTC(2026, 10, 3, 15));
    await addOn.get('setUp', {}, BEN);
    expect(monthly().map((trigger) => trigger.user)).toEqual([ANA, BEN]);
    await addOn.host.invoke('onMonthStart', [{}], { as: 'trigger', user: ANA });
    expect(addOn.host.workbook.rows('Runs')).toEqual([]);
    expect(continuing()).toEqual([]);
  });

  test('runs the month in the night, once, and a mail says what is to be done', async () => {
    await addOn.ready();
    await addOn.setting('First period', '2026-11');
    addOn.harvest.upsert({
      time_entries: [
        {
          id: 1002,
          spent_date: '2026-11-05',
          user: { id: 1 },
          client: { id: 5 },
          project: { id: 6 },
          task: { id: 7 },
          hours: 2,
          notes: 'Final review of Q3 deck',
          billable: true,
          billable_rate: 150,
        },
      ],
    });
    await addOn.host.runDueTriggers({ until: Date.UTC(2026, 11, 1, 12) });
    expect(addOn.host.mails.map((mail) => [mail.to, mail.subject])).toEqual([
      [ANA, 'November: 1 entry, 0 to look at, 1 invoice, $300'],
    ]);
    expect(continuing()).toEqual([]);
    const status = await addOn.get<StatusView>('status');
    expect(status).toMatchObject({
      overdue: false,
      lastRun: { job: 'month-end', period: '2026-11', outcome: 'done' },
      invoices: { draft: 1 },
    });
  });
});

describe('a month-end', () => {
  test('from the sidebar pulls, matches and drafts, and is on record', async () => {
    await addOn.ready();
    const job = await addOn.get<JobView>('startMonthEnd', {});
    expect(job).toMatchObject({ kind: 'month-end', period: '2026-10', state: 'done', step: null, message: '' });
    expect(addOn.host.workbook.rows('Runs')).toMatchObject([
      { Job: 'month-end', Period: '2026-10', By: ANA, Outcome: 'done', Executions: 1, 'QuickBooks requests': 0 },
    ]);
    expect(Number(addOn.host.workbook.rows('Runs')[0]?.['Claude requests'])).toBeGreaterThan(0);
    expect(Number(addOn.host.workbook.rows('Runs')[0]?.['Cost USD'])).toBeGreaterThan(0);
    expect(continuing()).toEqual([]);
  });

  test('before First period is refused with a sentence', async () => {
    await addOn.ready();
    expect((await addOn.ask('startMonthEnd', { period: '2026-09' })).message).toBe(
      'Month-end of September 2026 cannot be run: First period in Settings is 2026-10, and nothing before it is billed here.',
    );
  });

  test('wrong cells are told all together, before anything is pulled', async () => {
    await addOn.ready();
    addOn.host.workbook.setRows('SOW lines', [
      { Line: 'ACME-1/1', SOW: 'ACME-9', Title: 'Deck reviews', Billing: 'per hour', Rate: 150 },
    ]);
    await addOn.setting('Audit sample', 'many');
    const before = addOn.harvest.requests();
    const job = await addOn.get<JobView>('startMonthEnd', {});
    expect(job.state).toBe('blocked');
    for (const words of ['ACME-9', 'per hour', 'Audit sample']) expect(job.message).toContain(words);
    expect(addOn.harvest.requests()).toBe(before);
    expect(addOn.host.mails.map((mail) => mail.subject)).toEqual(['Month-end of October 2026 needs you']);
    await addOn.setting('Audit sample', 'lots');
    await addOn.get('startMonthEnd', {});
    expect(addOn.host.mails.length).toBe(1);
  });

  test('without a connection waits for it, and goes on by itself after connecting', async () => {
    await addOn.ready();
    await addOn.get('disconnect', { service: 'claude' });
    const blocked = await addOn.get<JobView>('startMonthEnd', {});
    expect([blocked.state, blocked.message]).toEqual([
      'blocked',
      'Claude is not connected for you. Press Connect Claude in the sidebar. What is matched is drafted. ' +
        'One time entry or expense of Acme waits to be matched and holds its client.',
    ]);
    await addOn.get('connectClaude', { key: SECRETS.key });
    expect(continuing().length).toBe(1);
    await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 600_000 });
    expect(await addOn.get<StatusView>('status')).toMatchObject({
      job: { state: 'done' },
      invoices: { draft: 1 },
      timeZone: 'America/New_York',
    });
  });

  test('the status counts the rows of its month, and apart what older months still have to be decided', async () => {
    await addOn.ready();
    await addOn.get('startMonthEnd', {});
    const ofMonth = await addOn.get<StatusView>('status');
    expect(ofMonth).toMatchObject({
      period: '2026-10',
      months: ['2026-10'],
      counts: { auto: 1 },
      olderWaiting: 0,
      otherRows: 0,
    });
    const entry = { Key: 'harvest:1001' };
    await addOn.setting('First period', '2026-08');
    await addOn.host.workbook.edit('Time entries', entry, { Period: '2026-09' });
    expect(await addOn.get<StatusView>('status')).toMatchObject({
      months: ['2026-10', '2026-09', '2026-08'],
      counts: { auto: 0 },
      olderWaiting: 0,
      otherRows: 1,
    });
    await addOn.host.workbook.edit('Time entries', entry, { Status: 'flagged' });
    expect(await addOn.get<StatusView>('status')).toMatchObject({
      counts: { flagged: 0 },
      olderWaiting: 1,
      otherRows: 1,
    });
  });

  test('the Dashboard knows the run that has written it, and what it cost', async () => {
    await addOn.ready();
    expect(await addOn.get<JobView>('startMonthEnd', {})).toMatchObject({ state: 'done' });
    const dashboard = addOn.host.workbook
      .view('Dashboard')
      .cells.map((row) => row.map((cell) => cell?.text ?? '').join(' | '));
    const below = (heading: string, rows: number) =>
      dashboard[dashboard.findIndex((row) => row.startsWith(heading)) + rows];
    expect(below('Runs', 2)).toMatch(/^month-end \| 2026-10 \| .*\| done \|/);
    expect(below('What the models cost', 2)).toMatch(/^[1-9]/);
    // What waits is a sentence, in the second column.
    expect(addOn.host.workbook.view('Dashboard').widths[1]).toBeGreaterThan(250);
  });

  test('twice at the same time is one run', async () => {
    await addOn.ready();
    const [first, second] = await Promise.all([
      addOn.get<JobView>('startMonthEnd', {}),
      addOn.get<JobView>('startMonthEnd', {}, BEN),
    ]);
    expect(first.id).toBe(second.id);
    expect(addOn.host.workbook.rows('Runs').length).toBe(1);
  });
});

describe('pushing', () => {
  test('is for those whom the setting names, checked on the server', async () => {
    await addOn.ready();
    await addOn.get('startMonthEnd', {});
    await addOn.get('approve', { invoices: 'all' });
    const answer = await addOn.ask('push', {}, BEN);
    expect(answer.message).toBe(`${BEN} may not push: the setting Who may push decides (named there: ${ANA}).`);
    expect(addOn.quickbooks.invoices()).toEqual([]);
    expect(await addOn.get<JobView>('push')).toMatchObject({ kind: 'push', state: 'done' });
    expect(addOn.quickbooks.invoices().map((invoice) => invoice['TotalAmt'])).toEqual([375]);
  });

  test('is for nobody when the setting is empty', async () => {
    await addOn.ready();
    await addOn.setting('Who may push', '');
    expect((await addOn.get<StatusView>('status')).mayPush).toBe(false);
    expect((await addOn.ask('push')).message).toContain('nobody is named there');
  });

  test('goes on over an access token that has expired', async () => {
    await addOn.ready();
    await addOn.get('startMonthEnd', {});
    await addOn.get('approve', { invoices: 'all' });
    addOn.host.clock.advanceTo(addOn.host.clock.now() + 2 * 3_600_000);
    expect(await addOn.get<JobView>('push')).toMatchObject({ state: 'done' });
    expect(addOn.quickbooks.invoices().length).toBe(1);
  });
});

describe('services that have a bad night', () => {
  test.each([
    ['harvest', 'GET /time_entries', 'status 500'],
    ['harvest', 'GET /time_entries', 'status 429'],
    ['harvest', 'GET /time_entries', 'malformed body'],
    ['harvest', 'GET /expenses', 'drop before commit'],
    ['claude', 'POST /messages', 'status 500'],
    ['claude', 'POST /messages', 'status 429'],
    ['claude', 'POST /messages', 'malformed body'],
    ['claude', 'POST /messages', 'timeout after commit'],
    ['quickbooks', 'POST /invoice', 'timeout after commit'],
    ['quickbooks', 'POST /invoice', 'drop before commit'],
    ['quickbooks', 'POST /invoice', 'status 500'],
    ['quickbooks', 'POST /invoice', 'status 429'],
    ['quickbooks', 'POST /invoice', 'malformed body'],
    ['quickbooks', 'POST /invoice', 'expire token'],
  ] as const)('%s answers %s with "%s": the month is pushed once all the same', async (service, request, fault) => {
    const other = await startAddOn(Date.UTC(2026, 10, 1, 10), [{ service, request, nth: 1, fault }]);
    try {
      await other.ready();
      const follow = async (job: JobView): Promise<JobView> => {
        await other.host.runDueTriggers({ until: other.host.clock.now() + 4 * 3_600_000 });
        return (await other.get<StatusView>('status')).job ?? job;
      };
      expect(await follow(await other.get<JobView>('startMonthEnd', {}))).toMatchObject({
        kind: 'month-end',
        state: 'done',
      });
      await other.get('approve', { invoices: 'all' });
      expect(await follow(await other.get<JobView>('push'))).toMatchObject({ kind: 'push', state: 'done' });
      expect(other.quickbooks.invoices().map((invoice) => invoice['TotalAmt'])).toEqual([375]);
      expect(other.host.workbook.rows('Invoices').map((row) => row['Status'])).toEqual(['pushed']);
    } finally {
      await other.close();
    }
  });
});

describe('an execution that the platform kills', () => {
  test.each([1, 2, 5, 20, 60, 100, 150, 200])(
    'after its service call number %i: the night ends as if nothing had happened',
    async (call) => {
      await addOn.ready();
      addOn.host.resetCounters();
      addOn.host.killAfter(1, call);
      await addOn.host.invoke('onMonthStart', [], { as: 'trigger' });
      await addOn.host.runDueTriggers({ until: addOn.host.clock.now() + 3_600_000 });
      const status = await addOn.get<StatusView>('status');
      expect(status).toMatchObject({
        job: { state: 'done', period: '2026-10' },
        counts: { auto: 1 },
        invoices: { draft: 1 },
      });
      expect(addOn.host.workbook.rows('Invoices').map((row) => row['Total'])).toEqual([375]);
      expect(addOn.host.workbook.rows('Time entries').length).toBe(1);
      expect(continuing()).toEqual([]);
    },
  );
});
