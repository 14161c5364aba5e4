import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { createHost, type Execution, type Host } from '../../../local/host/host.ts';
import { createClaude } from '../../../local/simulators/claude/claude.ts';
import { createHarvest } from '../../../local/simulators/harvest/harvest.ts';
import type { ScenarioFault } from '../../../local/simulators/http/types.ts';
import { createQuickBooks } from '../../../local/simulators/quickbooks/quickbooks.ts';
import { ENTRY_POINTS } from '../../../scripts/entry-points.mjs';

/** The whole add-on in the local host, with the three services behind it; nothing is set up or connected yet. */
export interface AddOn {
  readonly host: Host;
  readonly harvest: Awaited<ReturnType<typeof createHarvest>>;
  readonly claude: Awaited<ReturnType<typeof createClaude>>;
  readonly quickbooks: Awaited<ReturnType<typeof createQuickBooks>>;
  /** What the sidebar is answered; `user` is who sits before it. */
  ask(name: string, args?: unknown, user?: string): Promise<Answer>;
  /** The value of an answer that must be good. */
  get<T>(name: string, args?: unknown, user?: string): Promise<T>;
  /** Walks through Intuit's consent as a browser does; gives the page it ends on. */
  consent(user?: string): Promise<string>;
  /** Set up, all connected. */
  ready(): Promise<void>;
  /** Types into a setting's cell. */
  setting(name: string, value: string): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly message?: string;
}

export const ANA = 'ana@brook.example';
export const SECRETS = {
  token: 'harvest-secret-1',
  key: 'claude-secret-2',
  client: 'intuit-client',
  clientSecret: 'intuit-secret-3',
};

const NAME = 'TimeToInvoice';
const code = buildSync({
  entryPoints: [new URL('../../../src/server/main.ts', import.meta.url).pathname],
  bundle: true,
  format: 'iife',
  globalName: NAME,
  target: 'es2020',
  write: false,
}).outputFiles[0]?.text;
const doors = ENTRY_POINTS.map((name: string) => `function ${name}(...args) { return ${NAME}.${name}(...args); }`).join(
  '\n',
);
const manifest = JSON.parse(readFileSync(new URL('../../../appsscript.json', import.meta.url), 'utf8'));

export async function startAddOn(
  now = Date.UTC(2026, 10, 1, 10),
  faults: readonly ScenarioFault[] = [],
): Promise<AddOn> {
  const clock = { now: () => host.clock.now() };
  const [harvest, claude, quickbooks] = await Promise.all([
    createHarvest({ clock, faults, data: HARVEST, token: SECRETS.token, accountId: '990001' }),
    createClaude({
      clock,
      faults,
      apiKey: SECRETS.key,
      firstModel: 'claude-haiku-5-5',
      answers: [{ notes: 'Final review of Q3 deck', line: 'ACME-1/1', confidence: 0.97 }],
    }),
    createQuickBooks({
      clock,
      faults,
      data: {
        CompanyInfo: { CompanyName: 'Brook & Hale Books' },
        Customer: [{ DisplayName: 'Acme' }],
        Item: [{ Name: 'Consulting', Type: 'Service' }],
      },
      timeZone: 'America/New_York',
      clientId: SECRETS.client,
      clientSecret: SECRETS.clientSecret,
    }),
  ]);
  const host: Host = createHost({
    bundle: { code: `${code}\n${doors}`, sidebarHtml: '<p>sidebar</p>', manifest },
    timeZone: 'America/New_York',
    now,
    user: ANA,
    routes: {
      'api.harvestapp.com': harvest.url,
      'api.anthropic.com': claude.url,
      'quickbooks.api.intuit.com': quickbooks.url,
      'sandbox-quickbooks.api.intuit.com': quickbooks.url,
      'oauth.platform.intuit.com': quickbooks.url,
      'developer.api.intuit.com': quickbooks.url,
    },
  });
  const addOn: AddOn = {
    host,
    harvest,
    claude,
    quickbooks,
    ask: async (name, args = {}, user = ANA) => {
      const execution: Execution = await host.invoke('call', [JSON.stringify({ name, args })], { as: 'sidebar', user });
      if (!execution.ok) throw new Error(`${name}: ${execution.error?.message ?? 'killed'}`);
      return JSON.parse(String(execution.value));
    },
    get: async <T>(name: string, args?: unknown, user?: string) => {
      const answer = await addOn.ask(name, args, user);
      if (!answer.ok) throw new Error(`${name}: ${answer.message}`);
      return answer.value as T;
    },
    consent: async (user = ANA) => {
      const { url } = await addOn.get<{ url: string }>('startQuickBooks', {
        clientId: SECRETS.client,
        clientSecret: SECRETS.clientSecret,
        environment: 'production',
      });
      const { pathname, search } = new URL(url);
      const back = await fetch(`${quickbooks.url}${pathname}${search}`, { redirect: 'manual' });
      return (await host.completeOAuth(back.headers.get('location') ?? '', user)).html;
    },
    ready: async () => {
      await addOn.get('setUp');
      await addOn.get('connectHarvest', { accountId: '990001', token: SECRETS.token });
      await addOn.get('connectClaude', { key: SECRETS.key });
      await addOn.consent();
      await addOn.setting('First period', '2026-10');
      await addOn.setting('Audit sample', '0');
      await addOn.setting('Confidence threshold', '0.8');
      host.workbook.setRows('Clients', [{ Client: 'Acme', 'QuickBooks customer': 'Acme', Currency: 'USD' }]);
      host.workbook.setRows('SOWs', [{ SOW: 'ACME-1', Client: 'Acme', Active: 'yes' }]);
      host.workbook.setRows('SOW lines', [
        {
          Line: 'ACME-1/1',
          SOW: 'ACME-1',
          Title: 'Deck reviews',
          Billing: 'hourly',
          Rate: 150,
          'QuickBooks item': 'Consulting',
        },
      ]);
    },
    setting: async (name, value) => {
      await host.workbook.edit('Settings', { Setting: name }, { Value: value });
    },
    close: async () => {
      host.close();
      await Promise.all([harvest.close(), claude.close(), quickbooks.close()]);
    },
  };
  return addOn;
}

const HARVEST = {
  company: { name: 'Brook & Hale' },
  users: [{ id: 1, first_name: 'Ana', last_name: 'Ruiz', email: ANA, access_roles: ['administrator'] }],
  clients: [{ id: 5, name: 'Acme' }],
  projects: [{ id: 6, name: 'Strategy', client: { id: 5 } }],
  tasks: [{ id: 7, name: 'Consulting' }],
  time_entries: [
    {
      id: 1001,
      spent_date: '2026-10-05',
      user: { id: 1 },
      client: { id: 5 },
      project: { id: 6 },
      task: { id: 7 },
      hours: 2.5,
      notes: 'Final review of Q3 deck',
      billable: true,
      billable_rate: 150,
    },
  ],
};
