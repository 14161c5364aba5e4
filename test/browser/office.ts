import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Served, serve } from '../../local/serve/serve.ts';
import type { World } from '../../local/world/format.ts';
import { openSession, type Session } from '../../local/world/session.ts';
import { openBrowser, PATIENCE_MS } from './browser.ts';

/** The product with its page open in a browser. */
export interface Office {
  readonly session: Session;
  readonly served: Served;
  readonly browser: BrowserContext;
  readonly page: Page;
  /** What is inside the sidebar's frame. */
  readonly sidebar: FrameLocator;
  /** Errors that a page threw or wrote to its console. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Starts the product for a firm, runs its October, opens sidebar and page. */
export async function openOffice(world: World, runMonth = true): Promise<Office> {
  const session = await openSession(world, { dist: 'dist' });
  if (runMonth) await runMonthEnd(session);
  await session.invoke('showSidebar', 'menu');
  const served = await serve(session, { port: 0, title: 'Small firm' });
  const { browser, close } = await openBrowser();
  const page = browser.pages()[0] ?? (await browser.newPage());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(served.url);
  const sidebar = page.frameLocator('aside iframe');
  await sidebar.locator('nav').waitFor();
  return {
    session,
    served,
    browser,
    page,
    sidebar,
    complaints,
    async close() {
      await close();
      await served.close();
      await session.close();
    },
  };
}

async function runMonthEnd(session: Session): Promise<void> {
  let answer = await session.ask('startMonthEnd', { period: '2026-10' });
  while (answer.ok && (answer.value as { readonly state: string }).state === 'running') {
    answer = await session.ask('continueJob');
  }
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.value).toMatchObject({ state: 'done' });
}

/** The row of a tab with this key, as a person would read it. */
export function rowOf(session: Session, tab: string, header: string, key: string) {
  return session.host.workbook.rows(tab).find((row) => row[header] === key) ?? {};
}

/** Waits until something is so. */
export function until<T>(look: () => T | Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE_MS, interval: 50 });
}
