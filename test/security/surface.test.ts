/** What this add-on can reach and who can reach it. A new host, scope or callable function fails here until somebody has thought about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ENTRY_POINTS } from '../../scripts/entry-points.mjs';
import { CALL_NAMES } from '../../src/lib/calls.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'appsscript.json'), 'utf8'));
const folder = (path: string): readonly string[] =>
  readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, path, file), 'utf8'));

it('the manifest lets requests go to the three services and nowhere else', () => {
  expect(manifest.urlFetchWhitelist).toEqual([
    'https://api.harvestapp.com/',
    'https://api.anthropic.com/',
    'https://quickbooks.api.intuit.com/',
    'https://sandbox-quickbooks.api.intuit.com/',
    'https://oauth.platform.intuit.com/',
    'https://developer.api.intuit.com/',
  ]);
});

it('no other address stands in what is shipped, but pages that people open themselves', () => {
  const hosts = [...folder('src/server'), ...folder('src/lib'), ...folder('src/sidebar')].flatMap((text) =>
    [...text.matchAll(/https?:\/\/([a-z0-9.-]+\.[a-z]{2,})/gi)].map((match) => match[1] ?? ''),
  );
  const opened = ['appcenter.intuit.com', 'script.google.com'];
  const allowed = [...manifest.urlFetchWhitelist.map((prefix: string) => new URL(prefix).host), ...opened];
  expect([...new Set(hosts)].filter((host) => !allowed.includes(host)).sort()).toEqual([]);
});

it('asks Google for these rights and no more', () => {
  expect(manifest.oauthScopes.map((scope: string) => scope.replace('https://www.googleapis.com/auth/', ''))).toEqual([
    'spreadsheets.currentonly',
    'script.external_request',
    'script.container.ui',
    'script.scriptapp',
    'script.send_mail',
    'userinfo.email',
  ]);
});

it('gives a page these functions and no more', () => {
  expect([...ENTRY_POINTS].sort()).toEqual([
    'call',
    'onContinue',
    'onEdit',
    'onInstall',
    'onMonthStart',
    'onOpen',
    'onQuickBooksConnected',
    'runMonthEnd',
    'setUp',
    'showSidebar',
    'updateDrafts',
  ]);
});

it('gives the sidebar these calls and no more', () => {
  expect([...CALL_NAMES].sort()).toEqual([
    'approve',
    'cancelJob',
    'connectClaude',
    'connectHarvest',
    'continueJob',
    'decide',
    'decideHold',
    'disconnect',
    'invoices',
    'learn',
    'learnDiscard',
    'learnForget',
    'learnLeft',
    'learnUse',
    'push',
    'review',
    'setUp',
    'sowCheck',
    'sowList',
    'sowPropose',
    'sowRead',
    'sowUndo',
    'sowWrite',
    'startMonthEnd',
    'startQuickBooks',
    'status',
    'sync',
    'testConnection',
    'unapprove',
    'undoPush',
    'updateDrafts',
  ]);
});

it('makes requests in one place only, and builds no code and no HTML from texts', () => {
  const server = folder('src/server').join('\n');
  expect(server.match(/UrlFetchApp\.(fetch|fetchAll)\(/g)?.length).toBe(2);
  expect(server).not.toMatch(/\beval\(|new Function\(/);
  expect(folder('src/sidebar').join('\n')).not.toMatch(
    /dangerouslySetInnerHTML|innerHTML|document\.write|insertAdjacentHTML/,
  );
});
