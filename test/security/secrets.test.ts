/** Marked secrets are planted; after everything that can go wrong has gone wrong, they stand nowhere but in the properties of the person who connected. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Execution } from '../../local/host/host.ts';
import { openAt, type Prepared, prepare } from '../../local/simulate/phases.ts';
import { smallMonth } from '../../local/simulate/small-month.ts';
import { SERVICES, type ServiceName } from '../../local/simulate/sweep.ts';
import type { Session } from '../../local/world/session.ts';
import { bundle } from '../server/push/firm.ts';

let dist = '';
let prepared: Prepared;
beforeAll(async () => {
  dist = bundle();
  prepared = await prepare(smallMonth(), dist);
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

const COLLEAGUE = 'colleague@firm.example';
const OWNER = 'manager@firm.example';

/** Every secret that is about, and how it goes over the wire. */
function secretsOf(session: Session): readonly string[] {
  const kept = Object.values(session.host.properties('user', OWNER)).map(
    (text): Record<string, unknown> => JSON.parse(text),
  );
  const names = ['token', 'key', 'clientSecret', 'accessToken', 'refreshToken'];
  const found = kept.flatMap((one) => names.flatMap((name) => (typeof one[name] === 'string' ? [one[name]] : [])));
  const client = kept.find((one) => 'clientSecret' in one);
  const basic = Buffer.from(`${String(client?.['clientId'])}:${String(client?.['clientSecret'])}`).toString('base64');
  return [...found, basic].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]);
}

/** Everything that lasts or was ever shown, but what belongs to the owner alone. */
function visible(session: Session, executions: readonly Execution[], answers: readonly unknown[]): string {
  const state = JSON.parse(session.host.state());
  const properties = state.properties.filter(([store]: readonly [string]) => store !== `user ${OWNER}`);
  return JSON.stringify([{ ...state, properties }, session.host.screen, executions, answers]);
}

async function everythingThatCanBePressed(session: Session): Promise<readonly unknown[]> {
  const calls: readonly (readonly [string, unknown])[] = [
    ['testConnection', { service: 'harvest' }],
    ['testConnection', { service: 'claude' }],
    ['testConnection', { service: 'quickbooks' }],
    ['connectHarvest', { accountId: '1', token: 'planted-wrong-harvest-token' }],
    ['connectClaude', { key: 'planted-wrong-claude-key' }],
    ['startMonthEnd', {}],
    ['continueJob', {}],
    ['approve', { invoices: 'all' }],
    ['push', {}],
    ['sync', {}],
    ['status', {}],
    ['invoices', {}],
    ['cancelJob', {}],
  ];
  const answers: unknown[] = [];
  for (const [name, args] of calls) {
    answers.push(await session.ask(name, args));
    if (name !== 'status') answers.push(await session.ask(name, args, COLLEAGUE));
  }
  return answers;
}

const FAULTS = [
  'timeout after commit',
  'malformed body',
  'expire token',
  'status 400',
  'status 401',
  'status 403',
  'status 500',
  'status 503',
];
const cases = SERVICES.flatMap((service) => FAULTS.map((fault): [ServiceName, string] => [service, fault]));

it.each(cases)(
  '%s answers everything with "%s"',
  async (service, fault) => {
    const session = await openAt(prepared, 'push');
    try {
      const secrets = new Set(secretsOf(session));
      session[service].addFault({ service, request: '* /', fault });
      session.host.failNext({ call: 'fetch', nth: 2 });
      const answers = await everythingThatCanBePressed(session);
      for (const secret of secretsOf(session)) secrets.add(secret);
      const seen = visible(session, session.takeExecutions(), answers);
      expect(secrets.size).toBeGreaterThanOrEqual(12);
      for (const secret of [...secrets, 'planted-wrong-harvest-token', 'planted-wrong-claude-key']) {
        expect(seen.includes(secret), `${secret.slice(0, 12)}…`).toBe(false);
      }
      // What Google throws repeats the whole address of a request; nothing of it is shown.
      expect(JSON.stringify(answers)).not.toMatch(/v3\/company|api\.harvestapp\.com|api\.anthropic\.com|oauth2\/v1/);
    } finally {
      await session.close();
    }
  },
  60_000,
);

it('the search finds a secret that does stand somewhere', async () => {
  const session = await openAt(prepared, 'push');
  try {
    const [secret = ''] = secretsOf(session);
    await session.host.workbook.edit('Clients', { Client: 'Acme' }, { Terms: secret });
    expect(visible(session, [], [])).toContain(secret);
  } finally {
    await session.close();
  }
});
