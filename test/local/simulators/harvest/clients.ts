import { createRequire } from 'node:module';

/** The parts used here of npm `harvest`, which types its answers for an older API. */
export interface HarvestClient {
  readonly timeEntries: {
    list(query: Readonly<Record<string, unknown>>): Promise<TimeEntryPage>;
    get(id: number): Promise<TimeEntry>;
    create(entry: unknown): Promise<TimeEntry>;
    update(id: number, entry: unknown): Promise<TimeEntry>;
    delete(id: number): Promise<unknown>;
    stop(id: number): Promise<TimeEntry>;
    restart(id: number): Promise<TimeEntry>;
  };
  readonly clients: { list(query?: unknown): Promise<Page> };
  readonly company: { get(): Promise<Fields> };
  readonly users: { me(): Promise<Fields> };
}

/** The parts used here of npm `harvest-v2`, which has no types. */
export interface HarvestV2Client {
  readonly [resource: string]: {
    list(then: (page: Page) => unknown): Promise<unknown>;
    listBy(query: unknown, then: (page: Page) => unknown): Promise<unknown>;
    retrieve(id: number, then: (record: Fields) => unknown): Promise<unknown>;
  };
}

export type Fields = Readonly<Record<string, unknown>>;
export type Page = Fields;
export interface TimeEntry extends Fields {
  readonly id: number;
  readonly hours: number;
  readonly is_running: boolean;
}
export interface TimeEntryPage extends Fields {
  readonly time_entries: readonly TimeEntry[];
  readonly next_page: number | null;
  readonly links: { readonly next: string | null };
}

const load = createRequire(import.meta.url);

/** npm `harvest` pointed at a simulator; it has no option for that, so its request function is rebased. */
export function harvestClient(url: string): HarvestClient {
  const Client = load('harvest') as { readonly default?: unknown };
  const Harvest = (Client.default ?? Client) as new (
    config: unknown,
  ) => HarvestClient & {
    readonly client: { request: { defaults(options: unknown): never } };
  };
  const made = new Harvest({
    subdomain: 'example',
    userAgent: 'Time to Invoice tests (test@example.com)',
    auth: { accessToken: 'right-token', accountId: '42' },
  });
  made.client.request = made.client.request.defaults({ baseUrl: url });
  return made;
}

/** npm `harvest-v2` pointed at a simulator: the host of every resource is rewritten. */
export function harvestV2Client(url: string): HarvestV2Client {
  const Client = load('harvest-v2') as new (config: unknown) => Record<string, { baseUri?: string }>;
  const made = new Client({ account_ID: '42', access_token: 'right-token', user_agent: 'Time to Invoice tests' });
  for (const resource of Object.values(made)) {
    if (typeof resource.baseUri === 'string') {
      resource.baseUri = resource.baseUri.replace('https://api.harvestapp.com', url);
    }
  }
  return made as unknown as HarvestV2Client;
}
