// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionView, JobView, StatusView } from '../../src/lib/calls.ts';
import { INITIAL, type Event as SidebarEvent, type State } from '../../src/sidebar/state.ts';
import { Sidebar } from '../../src/sidebar/view/Sidebar.tsx';

const CONNECTED: ConnectionView = { connected: true, text: 'Reached it.' };

const STATUS: StatusView = {
  setUp: true,
  problems: [],
  connections: { harvest: CONNECTED, claude: CONNECTED, quickbooks: CONNECTED },
  job: null,
  lastRun: null,
  nextRun: null,
  overdue: false,
  counts: { new: 0, flagged: 0, auto: 0, approved: 0, excluded: 0, invoiced: 0 },
  decided: { all: 0, withoutPerson: 0 },
  olderWaiting: 0,
  otherRows: 0,
  invoices: { draft: 0, held: 0, approved: 0, pushed: 0, failed: 0 },
  period: '2026-10',
  months: ['2026-10'],
  timeZone: 'America/New_York',
  user: 'ana@brook.example',
  mayPush: true,
};

let events: SidebarEvent[] = [];
beforeEach(() => {
  events = [];
});

function show(status: Partial<StatusView>, more: Partial<State> = {}): HTMLElement {
  const place = document.createElement('div');
  const state: State = {
    ...INITIAL,
    view: 'status',
    status: { kind: 'ready', value: { ...STATUS, ...status } },
    ...more,
  };
  render(<Sidebar state={state} dispatch={(event) => events.push(event)} />, place);
  return place;
}

const buttons = (place: Element): readonly string[] =>
  [...place.querySelectorAll('button')].map((button) => button.textContent.trim());
const card = (place: Element, name: string): Element => {
  const found = [...place.querySelectorAll('details')].find((one) => one.querySelector('strong')?.textContent === name);
  if (found === undefined) throw new Error(`no card ${name}`);
  return found;
};
const press = async (place: Element, name: string): Promise<void> => {
  const button = [...place.querySelectorAll('button')].find((one) => one.textContent.trim() === name);
  if (button === undefined) throw new Error(`no button ${name}`);
  button.click();
  await new Promise((resolve) => setTimeout(resolve));
};

describe('a connection', () => {
  it('that stands can be tested, left, and made anew by the button that messages name', async () => {
    const quickbooks = card(show({}), 'QuickBooks');
    expect(buttons(quickbooks)).toEqual(['Test', 'Disconnect', 'Connect again']);
    await press(quickbooks, 'Connect again');
    await expect.poll(() => buttons(quickbooks)).toContain('Connect QuickBooks');
  });

  it('that the service no longer accepts shows the reason and its fields at once', () => {
    const text = 'Harvest does not accept the token.';
    const harvest = card(
      show({ connections: { ...STATUS.connections, harvest: { connected: false, text, stored: true } } }),
      'Harvest',
    );
    expect(harvest.textContent).toContain('not connected');
    expect(harvest.textContent).toContain(text);
    expect(buttons(harvest)).toEqual(['Test', 'Disconnect', 'Connect Harvest']);
  });

  it('that was never made has nothing to test', () => {
    const never: ConnectionView = { connected: false, text: 'Not connected.' };
    const claude = card(show({ connections: { ...STATUS.connections, claude: never } }), 'Claude');
    expect(buttons(claude)).toEqual(['Connect Claude']);
  });
});

const job = (more: Partial<JobView>): JobView => ({
  id: '1',
  kind: 'month-end',
  period: '2026-09',
  state: 'waiting',
  step: 'match',
  progress: '',
  done: null,
  total: null,
  message: 'The spend limit of the Claude account is reached.',
  nextAt: 0,
  ...more,
});

describe('work that waits or needs somebody', () => {
  it.each([
    ['waiting', 'month-end', { name: 'startMonthEnd', args: { period: '2026-09' } }],
    ['blocked', 'month-end', { name: 'startMonthEnd', args: { period: '2026-09' } }],
    ['waiting', 'push', { name: 'push', args: {} }],
    ['blocked', 'sync', { name: 'sync', args: {} }],
  ] as const)('%s, a %s goes on at the press of a button', async (state, kind, call) => {
    const bar = show({}, { job: job({ state, kind }) }).querySelector('.job');
    if (bar === null) throw new Error('no bar');
    expect(buttons(bar)).toEqual(['Go on now', 'Stop this']);
    await press(bar, 'Go on now');
    expect(events).toEqual([{ kind: 'do', busy: 'continue', call }]);
  });

  it('running, it needs no push', () => {
    const bar = show({}, { job: job({ state: 'running' }) }).querySelector('.job');
    expect(bar === null ? [] : buttons(bar)).toEqual(['Stop this']);
  });
});

describe('times', () => {
  it.each([
    ['America/New_York', /Dec 1, 2026, 1:00\sAM/],
    ['Pacific/Auckland', /Dec 1, 2026, 7:00\sPM/],
  ])("are those of the spreadsheet's zone: %s", (timeZone, shown) => {
    const nextRun = Date.UTC(2026, 11, 1, 6);
    expect(show({ nextRun, timeZone }).textContent).toMatch(shown);
    const waiting = job({ nextAt: nextRun });
    expect(show({ timeZone }, { job: waiting }).querySelector('.job')?.textContent).toMatch(shown);
  });
});

describe('the month', () => {
  it('is run at the press of a button, and so is an older one that is chosen beside it', async () => {
    const status = show({ months: ['2026-10', '2026-09', '2026-08'] });
    const select = status.querySelector<HTMLSelectElement>('select[aria-label="Month to run"]');
    if (select === null) throw new Error('no months');
    expect(select.value).toBe('2026-10');
    await press(status, 'Run month-end now');
    select.value = '2026-09';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await expect.poll(() => select.value).toBe('2026-09');
    await press(status, 'Run month-end now');
    expect(events.map((event) => event.kind === 'do' && event.call.args)).toEqual([
      { period: '2026-10' },
      { period: '2026-09' },
    ]);
  });

  it('needs no choice where it is the only one', () => {
    expect(show({}).querySelector('select[aria-label="Month to run"]')).toBeNull();
  });

  const counts = { ...STATUS.counts, flagged: 2, new: 1, auto: 7, invoiced: 90 };
  const decided = { all: 100, withoutPerson: 88 };

  it('says what waits of older months beside its own figures, where there is any', () => {
    expect(show({ counts, decided }).textContent).toContain(
      '3 to look at, 100 decided (88 without a person, 12 by people), 90 invoiced',
    );
    expect(show({ counts }).textContent).not.toContain('older');
    expect(show({ counts, olderWaiting: 1 }).textContent).toContain('and 1 older row waits');
    expect(show({ counts, olderWaiting: 12 }).textContent).toContain('and 12 older rows wait');
  });
});
