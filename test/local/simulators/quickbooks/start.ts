import { afterEach } from 'vitest';
import type { QuickBooks, QuickBooksOptions } from '../../../../local/simulators/quickbooks/quickbooks.ts';
import { createQuickBooks } from '../../../../local/simulators/quickbooks/quickbooks.ts';

/** 1 November 2026, 06:00 in New York. */
export const START = Date.UTC(2026, 10, 1, 11);
export const CLIENT = { clientId: 'app-1', clientSecret: 'secret-1' } as const;
export const REALM = '4620816365000001';

export interface TestClock {
  now(): number;
  forward(ms: number): void;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as the wire has it. */
  readonly body: Wire;
}

/** A decoded body that tests look into by path. */
export interface Wire {
  at(...path: readonly (string | number)[]): unknown;
}

export interface Bench {
  readonly qb: QuickBooks;
  readonly clock: TestClock;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  query(sql: string): Promise<Answer>;
  /** A request without the token that the others carry. */
  raw(path: string, init?: RequestInit): Promise<Answer>;
  /** The Id of the only row of that name. */
  idOf(entity: string, name: string): Promise<string>;
}

const running: QuickBooks[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((qb) => qb.close()));
});

export const FIRM = {
  CompanyInfo: { CompanyName: 'Sable & Finch', Country: 'US' },
  Customer: [{ DisplayName: 'Acme' }, { DisplayName: "O'Brien & Sons" }],
  Item: [{ Name: 'Consulting', Type: 'Service' }],
} as const;

/** Starts a QuickBooks that is connected already; every request moves the clock by 200 ms unless told otherwise. */
export async function start(options: Partial<QuickBooksOptions> = {}, msPerRequest = 200): Promise<Bench> {
  let now = START;
  const clock: TestClock = {
    now: () => now,
    forward: (ms) => {
      now += ms;
    },
  };
  const qb = await createQuickBooks({
    clock,
    data: FIRM,
    realmId: REALM,
    timeZone: 'America/New_York',
    ...CLIENT,
    ...options,
  });
  running.push(qb);
  const { accessToken } = qb.connect();
  const raw = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    clock.forward(msPerRequest);
    const response = await fetch(`${qb.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: wire(text) };
  };
  const base = `/v3/company/${REALM}`;
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const get = (path: string): Promise<Answer> => raw(`${base}${path}`, { headers });
  const bench: Bench = {
    qb,
    clock,
    raw,
    get,
    post: (path, body, extra = {}) =>
      raw(`${base}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', ...extra },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    query: (sql) => get(`/query?query=${encodeURIComponent(sql)}&minorversion=75`),
    async idOf(entity, name) {
      const property = entity === 'Customer' ? 'DisplayName' : 'Name';
      const answer = await bench.query(`select * from ${entity} where ${property} = '${name.replace(/'/g, "\\'")}'`);
      return String(answer.body.at('QueryResponse', entity, 0, 'Id'));
    },
  };
  return bench;
}

/** An invoice of one line for customer 1, item Consulting. */
export async function invoiceFor(
  bench: Bench,
  changes: Readonly<Record<string, unknown>> = {},
  line: Readonly<Record<string, unknown>> = {},
  detail: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  return {
    CustomerRef: { value: await bench.idOf('Customer', 'Acme') },
    DocNumber: '2026-10-ACME',
    TxnDate: '2026-10-31',
    PrivateNote: '2026-10 Acme',
    EmailStatus: 'NotSet',
    Line: [
      {
        DetailType: 'SalesItemLineDetail',
        Amount: 1250,
        Description: 'Strategy work',
        SalesItemLineDetail: {
          ItemRef: { value: await bench.idOf('Item', 'Consulting') },
          Qty: 10,
          UnitPrice: 125,
          ...detail,
        },
        ...line,
      },
    ],
    ...changes,
  };
}

export function errorOf(answer: Answer): { code: unknown; message: unknown; detail: unknown; element: unknown } {
  const error = (key: string): unknown => answer.body.at('Fault', 'Error', 0, key);
  return { code: error('code'), message: error('Message'), detail: error('Detail'), element: error('element') };
}

export function wire(text: string): Wire {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  return {
    at(...path) {
      let found = value;
      for (const key of path) {
        found =
          typeof found === 'object' && found !== null ? (found as Record<string | number, unknown>)[key] : undefined;
      }
      return found;
    },
  };
}
