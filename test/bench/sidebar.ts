/** How long the sidebar takes with 500 rows to review, in headless Chromium, the server left out. */
import { readFileSync } from 'node:fs';
import type { DecideView, ReviewRow, ReviewView, StatusView } from '../../src/lib/calls.ts';
import { openBrowser } from '../browser/browser.ts';

export interface SidebarFigures {
  /** From the page's arrival to the first picture with all cards; median of the loads. */
  readonly firstPaintMs: number;
  /** From a key to the next picture; the slowest of the decisions taken. */
  readonly decisionMs: number;
}

const ROWS = 500;
const LOADS = 5;
const DECISIONS = 20;
const ADDRESS = 'https://sidebar.example/';

/** Measures the built sidebar of `dist/`. Milliseconds of real time on this machine. */
export async function measureSidebar(): Promise<SidebarFigures> {
  const { browser, close } = await openBrowser();
  try {
    const html = readFileSync('dist/sidebar.html', 'utf8').replace('<head>', () => `<head><script>${stub()}</script>`);
    const page = await browser.newPage();
    await page.setViewportSize({ width: 300, height: 700 });
    await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    const paints: number[] = [];
    for (let load = 0; load < LOADS; load += 1) {
      await page.goto(ADDRESS);
      await page.locator('#open-card').waitFor();
      paints.push(await page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted));
    }
    const decisions: number[] = [];
    for (let taken = 0; taken < DECISIONS; taken += 1) decisions.push(await page.evaluate(pressAccept));
    return { firstPaintMs: median(paints), decisionMs: Math.max(...decisions) };
  } finally {
    await close();
  }
}

/** In the page: accepts the open card by its key and waits for the picture after it. */
function pressAccept(): Promise<number> {
  return new Promise((resolve) => {
    const start = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - start);
      channel.port2.postMessage(null);
    });
  });
}

/** Stands in for `google.script.run`: answers at once with the made-up review, and notes when the cards are painted. */
function stub(): string {
  const answers = {
    status: status(),
    review: { rows: rows(), total: ROWS, lines: [] } satisfies ReviewView,
    decide: { done: 1, problems: [] } satisfies DecideView,
  };
  return `
    const start = performance.now();
    const answers = ${JSON.stringify(answers).replaceAll('<', '\\u003c')};
    const runner = (success) => ({
      withSuccessHandler: (handler) => runner(handler),
      withFailureHandler: () => runner(success),
      call: (request) => {
        const text = JSON.stringify({ ok: true, value: answers[JSON.parse(request).name] });
        queueMicrotask(() => success(text));
      },
    });
    window.google = { script: { run: runner(null) } };
    window.painted = new Promise((resolve) => {
      const look = () => {
        if (document.getElementById('open-card') === null) return requestAnimationFrame(look);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - start);
        channel.port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });`;
}

function rows(): ReviewRow[] {
  const alternatives = Array.from({ length: 12 }, (_, at) => ({
    line: `ACME-1/${at + 1}`,
    title: `Line of work number ${at + 1}`,
    sow: 'ACME-1',
  }));
  return Array.from({ length: ROWS }, (_, at) => ({
    table: 'time',
    key: `harvest:${at + 1}`,
    date: '2026-10-14',
    person: `Person ${at % 15}`,
    client: `Client ${at % 12}`,
    project: 'Strategy',
    task: 'Consulting',
    notes: `Work on part ${at + 1} of the plan, and what came of it`,
    hours: 1.5,
    cost: null,
    flags: ['low confidence'],
    reason: 'The note names the plan.',
    suggestion: { line: 'ACME-1/1', title: 'Line of work number 1' },
    confidence: 0.6,
    sowSentence: 'The consultant prepares the plan and its parts.',
    alternatives,
    status: 'flagged',
    group: `group ${at + 1}`,
  }));
}

function status(): StatusView {
  const connected = { connected: true, text: '' };
  return {
    setUp: true,
    problems: [],
    connections: { harvest: connected, claude: connected, quickbooks: connected },
    job: null,
    lastRun: null,
    nextRun: null,
    overdue: false,
    counts: { new: 0, flagged: ROWS, auto: 1100, approved: 0, excluded: 0, invoiced: 0 },
    decided: { all: 1100, withoutPerson: 1100 },
    olderWaiting: 0,
    otherRows: 0,
    invoices: { draft: 12, held: 0, approved: 0, pushed: 0, failed: 0 },
    period: '2026-10',
    months: ['2026-10'],
    timeZone: 'America/New_York',
    user: 'manager@firm.example',
    mayPush: true,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
