/// <reference types="google-apps-script" />
import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../../src/lib/jobs/service-error.ts';
import { createConnections } from '../../../src/server/connections/connections.ts';
import { companySlot, createSecrets } from '../../../src/server/connections/secrets.ts';
import type { Guard } from '../../../src/server/guard.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/server/http.ts';
import type { PropertyBag } from '../../../src/server/properties.ts';
import { door, fakeClock, json, NO_ANSWER, network } from '../http/fakes.ts';

function bag(): PropertyBag & { readonly values: Map<string, string>; readonly log: string[] } {
  const values = new Map<string, string>();
  const log: string[] = [];
  return {
    values,
    log,
    get: (key) => values.get(key) ?? null,
    set: (key, value) => {
      log.push(`set ${key}`);
      values.set(key, value);
    },
    remove: (key) => {
      values.delete(key);
    },
  };
}

function setUp(answer: (request: HttpRequest, nth: number) => HttpAnswer, guard?: Guard) {
  const clock = fakeClock();
  const properties = bag();
  const net = network(answer);
  const free: Guard = { tryRun: (_, work) => ({ ran: true, value: work() }) };
  const make = () =>
    createConnections({
      http: door(net, clock),
      secrets: createSecrets(properties),
      company: companySlot(properties),
      refreshGuard: guard ?? free,
      usage: { tokens: () => undefined },
      nowMs: () => clock.now(),
      base64: (text) => Buffer.from(text).toString('base64'),
      redirectUri: () => 'https://script.google.com/macros/d/SCRIPT/usercallback',
      stateToken: () => 'state-1',
    });
  return { clock, properties, net, connections: make(), make };
}

const ME = { id: 1, first_name: 'Ana', last_name: 'Ruiz', email: 'ana@brook.example', access_roles: ['administrator'] };
const COMPANY = { CompanyInfo: { CompanyName: 'Brook & Hale', Country: 'USA' } };

function tokens(n: number) {
  return {
    token_type: 'bearer',
    expires_in: 3600,
    refresh_token: `refresh-${n}`,
    x_refresh_token_expires_in: 8726400,
    access_token: `access-${n}`,
  };
}

/** Intuit and QuickBooks: gives new tokens at each refresh and takes only the newest access token. */
function intuit() {
  let n = 0;
  const refreshed: string[] = [];
  const answer = (request: HttpRequest): HttpAnswer => {
    if (request.url.endsWith('/tokens/bearer')) {
      refreshed.push(request.body ?? '');
      n += 1;
      return json(tokens(n));
    }
    if (request.url.endsWith('/tokens/revoke')) return json({});
    return request.headers['Authorization'] === `Bearer access-${n}`
      ? json(COMPANY)
      : json({ fault: { error: [{ code: '3200', message: 'x', detail: 'access' }], type: 'AUTHENTICATION' } }, 401);
  };
  return {
    answer,
    refreshed,
    expire: () => {
      n += 1;
    },
  };
}

const APP = { clientId: 'client', clientSecret: 'hush', environment: 'sandbox' } as const;
const BACK = { code: 'the-code', realmId: '4620', error: '' };

describe('Harvest and Claude', () => {
  test('connecting says what was reached and keeps the token', () => {
    const { connections, properties } = setUp((request) =>
      json(request.url.endsWith('/company') ? { name: 'Brook & Hale' } : ME),
    );
    expect(connections.connectHarvest({ accountId: ' 42 ', token: ' t ' })).toEqual({
      connected: true,
      text: "Reached Brook & Hale (Ana Ruiz), administrator: everyone's time can be read.",
    });
    expect(JSON.parse(properties.values.get('connection.harvest') ?? '')).toMatchObject({
      accountId: '42',
      token: 't',
    });
    expect(connections.status().harvest.connected).toBe(true);
  });

  test('a token that does not work is not kept', () => {
    const { connections, properties } = setUp(() => json({ error: 'invalid_token' }, 401));
    expect(() => connections.connectHarvest({ accountId: '42', token: 't' })).toThrow(ServiceError);
    expect(properties.values.size).toBe(0);
  });

  test('the token of a member is told apart', () => {
    const { connections } = setUp((request) =>
      request.url.endsWith('/company') ? json({}, 403) : json({ ...ME, access_roles: ['member'] }),
    );
    expect(connections.connectHarvest({ accountId: '42', token: 't' }).text).toContain('not an administrator');
  });

  test('a service that is not connected says what to press', () => {
    const { connections } = setUp(() => json({}));
    expect(() => connections.harvest()).toThrow('Press Connect Harvest in the sidebar.');
    expect(() => connections.quickbooks()).toThrow('Press Connect QuickBooks in the sidebar.');
  });

  test('a key that was refused in use is not connected, with the reason, until it is let in again; it is not lost', () => {
    let revoked = false;
    const { connections, make } = setUp((request) =>
      revoked ? json({ error: 'invalid_token' }, 401) : json(request.url.endsWith('/company') ? { name: 'B' } : ME),
    );
    connections.connectHarvest({ accountId: '42', token: 'secret-t' });
    revoked = true;
    expect(() => make().harvest().me()).toThrow(ServiceError);
    const { harvest } = make().status();
    expect(harvest).toMatchObject({ connected: false, stored: true });
    expect(harvest.text).toContain('Harvest does not accept the token');
    expect(JSON.stringify(harvest)).not.toContain('secret-t');
    revoked = false;
    expect(make().test('harvest').connected).toBe(true);
    expect(make().status().harvest.connected).toBe(true);
  });

  test('a key refused in the middle of a month of answers counts as refused too', () => {
    let revoked = false;
    const { connections, make, properties } = setUp(() =>
      revoked ? json({ error: { type: 'authentication_error' } }, 401) : json({ data: [{ id: 'claude-haiku-5-5' }] }),
    );
    connections.connectClaude({ key: 'k' });
    revoked = true;
    make()
      .claude()
      .messages([{ model: 'claude-haiku-5-5', max_tokens: 10, messages: [] }]);
    expect(make().status().claude).toMatchObject({ connected: false, stored: true });
    make().disconnect('claude');
    expect(properties.values.size).toBe(0);
  });

  test('a service that is only away stays connected', () => {
    let away = false;
    const { connections, make } = setUp((request) =>
      away ? NO_ANSWER : json(request.url.endsWith('/company') ? { name: 'B' } : ME),
    );
    connections.connectHarvest({ accountId: '42', token: 't' });
    away = true;
    expect(() => make().harvest().me()).toThrow(ServiceError);
    expect(make().status().harvest.connected).toBe(true);
  });

  test('no status ever shows a secret', () => {
    const { connections } = setUp(() => json({ data: [{ id: 'claude-haiku-5-5' }] }));
    connections.connectClaude({ key: 'sk-secret' });
    expect(JSON.stringify(connections.status())).not.toContain('sk-secret');
    expect(connections.status().claude.text).toContain('claude-haiku-5-5');
  });
});

describe('QuickBooks', () => {
  test('consent is asked for the accounting scope only, and comes back to this script', () => {
    const { connections } = setUp(() => json({}));
    const url = new URL(connections.startQuickBooks(APP).url);
    expect(url.origin + url.pathname).toBe('https://appcenter.intuit.com/connect/oauth2');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'client',
      redirect_uri: 'https://script.google.com/macros/d/SCRIPT/usercallback',
      response_type: 'code',
      scope: 'com.intuit.quickbooks.accounting',
      state: 'state-1',
    });
    expect(url.href).not.toContain('hush');
  });

  test('coming back with consent connects and says which company', () => {
    const service = intuit();
    const { connections, net } = setUp(service.answer);
    connections.startQuickBooks(APP);
    expect(connections.finishQuickBooks(BACK)).toEqual({ connected: true, text: 'Reached Brook & Hale (sandbox).' });
    expect(net.sent[0]?.headers['Authorization']).toBe(`Basic ${Buffer.from('client:hush').toString('base64')}`);
    expect(net.sent[1]?.url).toContain('https://sandbox-quickbooks.api.intuit.com/v3/company/4620/companyinfo/4620');
  });

  test('coming back without consent connects nothing', () => {
    const { connections, net } = setUp(() => json({}));
    connections.startQuickBooks(APP);
    expect(connections.finishQuickBooks({ code: '', realmId: '', error: 'access_denied' }).connected).toBe(false);
    expect(net.sent.length).toBe(0);
  });

  function connected(service: ReturnType<typeof intuit>, guard?: Guard) {
    const all = setUp(service.answer, guard);
    all.connections.startQuickBooks(APP);
    all.connections.finishQuickBooks(BACK);
    return all;
  }

  test('a token about to expire is renewed before use, and the rotated one is stored before it is used', () => {
    const service = intuit();
    const { connections, clock, properties, net } = connected(service);
    clock.advance(3_550_000);
    const before = net.sent.length;
    properties.log.length = 0;
    connections.quickbooks().companyInfo();
    expect(service.refreshed.at(-1)).toContain('refresh_token=refresh-1');
    expect(properties.log).toEqual(['set connection.quickbooks']);
    expect(properties.values.get('connection.quickbooks')).toContain('refresh-2');
    expect(net.sent.length - before).toBe(2);
  });

  test('an execution that finds the token renewed by another one uses that and does not renew again', () => {
    const service = intuit();
    const { connections, clock, make } = connected(service);
    const slow = connections.quickbooks();
    clock.advance(3_550_000);
    make().quickbooks().companyInfo();
    const renewals = service.refreshed.length;
    expect(slow.companyInfo().name).toBe('Brook & Hale');
    expect(service.refreshed.length).toBe(renewals);
  });

  test('a token that QuickBooks refuses early is renewed once', () => {
    const service = intuit();
    const { connections } = connected(service);
    service.expire();
    expect(connections.quickbooks().companyInfo().name).toBe('Brook & Hale');
    expect(service.refreshed.length).toBe(2);
  });

  test('a refresh without an answer is not repeated, since the answer may hold the only token that still works', () => {
    let lost = false;
    const service = intuit();
    const { connections, clock, net } = setUp((request) => (lost ? NO_ANSWER : service.answer(request)));
    connections.startQuickBooks(APP);
    connections.finishQuickBooks(BACK);
    clock.advance(3_550_000);
    lost = true;
    const before = net.sent.length;
    expect(() => connections.quickbooks().companyInfo()).toThrow('did not answer');
    expect(net.sent.length - before).toBe(1);
  });

  test('a refresh token that is refused asks the person to connect again', () => {
    let dead = false;
    const service = intuit();
    const { connections, clock } = setUp((request) =>
      dead ? json({ error: 'invalid_grant' }, 400) : service.answer(request),
    );
    connections.startQuickBooks(APP);
    connections.finishQuickBooks(BACK);
    clock.advance(3_550_000);
    dead = true;
    expect(() => connections.quickbooks().companyInfo()).toThrow('Press Connect QuickBooks');
    expect(connections.status().quickbooks).toEqual({
      connected: false,
      text: 'QuickBooks no longer accepts the connection. Press Connect QuickBooks in the sidebar.',
      stored: true,
    });
  });

  test('while another execution renews, the job is told to try later', () => {
    let busy = false;
    const guard: Guard = { tryRun: (_, work) => (busy ? { ran: false } : { ran: true, value: work() }) };
    const { connections, clock } = connected(intuit(), guard);
    clock.advance(3_550_000);
    busy = true;
    expect(() => connections.quickbooks().companyInfo()).toThrow('tried again later');
  });

  test('disconnecting tells Intuit and forgets everything', () => {
    const { connections, properties, net } = connected(intuit());
    expect(connections.disconnect('quickbooks')).toEqual({ connected: false, text: 'Not connected.' });
    expect(net.sent.at(-1)).toMatchObject({
      url: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
      body: '{"token":"refresh-1"}',
    });
    expect(properties.values.size).toBe(0);
  });

  test('its end is announced ahead, and pressing Test puts it off', () => {
    const { connections, clock } = connected(intuit());
    expect(connections.status().quickbooks.text).toBe('Reached Brook & Hale (sandbox).');
    clock.advance(80 * 86_400_000);
    expect(connections.status().quickbooks.text).toContain('forgets this connection in 21 days');
    expect(connections.quickBooksEnd()).toContain('Press Test to keep it');
    expect(connections.test('quickbooks').text).toBe('Reached Brook & Hale (sandbox).');
    expect(connections.quickBooksEnd()).toBeNull();
  });
});

describe('two executions of one person at once', () => {
  /** A lock as Google's: whoever comes while it is held, waits in vain. */
  function oneAtATime(): Guard {
    let isHeld = false;
    return {
      tryRun: (_, work) => {
        if (isHeld) return { ran: false };
        isHeld = true;
        try {
          return { ran: true, value: work() };
        } finally {
          isHeld = false;
        }
      },
    };
  }
  const free: Guard = { tryRun: (_, work) => ({ ran: true, value: work() }) };
  const isRenewal = (request: HttpRequest) => (request.body ?? '').includes('grant_type=refresh_token');
  const isExchange = (request: HttpRequest) => (request.body ?? '').includes('grant_type=authorization_code');

  /** A connection to QuickBooks, and something that another execution does at the next request of a kind, before that is answered. */
  function connected(guard: Guard) {
    const service = intuit();
    let meanwhile: { readonly at: (request: HttpRequest) => boolean; readonly work: () => void } | null = null;
    const all = setUp((request) => {
      const due = meanwhile?.at(request) === true ? meanwhile : null;
      if (due !== null) meanwhile = null;
      const answer = service.answer(request);
      due?.work();
      return answer;
    }, guard);
    all.connections.startQuickBooks(APP);
    all.connections.finishQuickBooks(BACK);
    all.clock.advance(3_550_000);
    const stored = () => all.properties.values.get('connection.quickbooks') ?? 'nothing';
    return {
      ...all,
      stored,
      at: (kind: (request: HttpRequest) => boolean, work: () => void) => {
        meanwhile = { at: kind, work };
      },
    };
  }

  test('a renewal on its way lets nobody disconnect, who is told so; the renewed connection stands whole', () => {
    const { at, make, stored, connections, net } = connected(oneAtATime());
    let said = '';
    at(isRenewal, () => {
      try {
        make().disconnect('quickbooks');
      } catch (error) {
        said = String(error);
      }
    });
    expect(connections.quickbooks().companyInfo().name).toBe('Brook & Hale');
    expect(said).toContain(
      'Nothing was disconnected: another run is renewing a connection at this moment. Try again in a minute.',
    );
    expect(stored()).toContain('refresh-2');
    expect(net.sent.some((request) => request.url.endsWith('/revoke'))).toBe(false);
    make().disconnect('quickbooks');
    expect(stored()).toBe('nothing');
  });

  test('a renewal on its way lets nobody connect, who is told so; what was connected stands whole', () => {
    const { at, make, stored, connections } = connected(oneAtATime());
    connections.startQuickBooks(APP);
    let said = '';
    at(isRenewal, () => {
      try {
        make().finishQuickBooks({ ...BACK, realmId: '99' });
      } catch (error) {
        said = String(error);
      }
    });
    connections.quickbooks().companyInfo();
    expect(said).toContain('Nothing was connected: another run is renewing a connection at this moment.');
    expect(JSON.parse(stored())).toMatchObject({ realmId: '4620', about: 'Reached Brook & Hale (sandbox).' });
    expect(make().finishQuickBooks({ ...BACK, realmId: '99' }).connected).toBe(true);
    expect(JSON.parse(stored())).toMatchObject({ realmId: '99' });
  });

  test('a renewal whose connection was forgotten in spite of the lock does not bring it back', () => {
    const { at, make, stored, connections } = connected(free);
    at(isRenewal, () => make().disconnect('quickbooks'));
    expect(() => connections.quickbooks().companyInfo()).toThrow('Press Connect QuickBooks');
    expect(stored()).toBe('nothing');
  });

  test('a renewal does not put its tokens over a connection that was made meanwhile', () => {
    const { at, make, stored, connections } = connected(free);
    connections.startQuickBooks(APP);
    at(isRenewal, () => {
      make().finishQuickBooks(BACK);
    });
    expect(connections.quickbooks().companyInfo().name).toBe('Brook & Hale');
    expect(JSON.parse(stored())).toMatchObject({ accessToken: 'access-3', refreshToken: 'refresh-3' });
  });

  test('work that began in one company does not go on in another that is connected meanwhile', () => {
    const { make, connections, net } = connected(oneAtATime());
    const working = connections.quickbooks();
    connections.startQuickBooks(APP);
    make().finishQuickBooks({ ...BACK, realmId: '99' });
    const before = net.sent.length;
    expect(() => working.companyInfo()).toThrow('The connection to QuickBooks was changed while this ran.');
    expect(net.sent.length).toBe(before);
    expect(make().status().quickbooks.connected).toBe(true);
  });

  test('who disconnects while Intuit still answers the consent stays disconnected, and Intuit hears of it', () => {
    const { at, make, stored, connections, net } = connected(oneAtATime());
    connections.startQuickBooks(APP);
    at(isExchange, () => make().disconnect('quickbooks'));
    expect(connections.finishQuickBooks(BACK)).toMatchObject({ connected: false });
    expect(stored()).toBe('nothing');
    const revoked = net.sent.filter((request) => request.url.endsWith('/revoke')).map((request) => request.body);
    expect(revoked).toEqual(['{"token":"refresh-1"}', '{"token":"refresh-2"}']);
  });

  test('a company that cannot be read right after the consent is connected all the same', () => {
    let away = false;
    const service = intuit();
    const { connections } = setUp((request) =>
      away && request.url.includes('companyinfo') ? json({}, 503) : service.answer(request),
    );
    connections.startQuickBooks(APP);
    away = true;
    const { connected: isConnected, text } = connections.finishQuickBooks(BACK);
    expect([isConnected, text]).toEqual([
      true,
      expect.stringContaining('Connected. The company could not be read yet.'),
    ]);
    expect(connections.status().quickbooks.connected).toBe(true);
  });

  const meOf = (request: HttpRequest) => json(request.url.endsWith('/company') ? { name: 'Brook & Hale' } : ME);

  test('a test of an old token does not put it back over a new one, nor over none', () => {
    let work = () => {};
    const { connections, make, properties } = setUp((request) => {
      const due = work;
      work = () => {};
      due();
      return meOf(request);
    }, oneAtATime());
    connections.connectHarvest({ accountId: '42', token: 'old' });
    work = () => {
      make().connectHarvest({ accountId: '42', token: 'new' });
    };
    connections.test('harvest');
    expect(properties.values.get('connection.harvest')).toContain('"new"');
    work = () => {
      make().disconnect('harvest');
    };
    expect(connections.test('harvest')).toMatchObject({ connected: false });
    expect(properties.values.size).toBe(0);
  });

  test('an old token that is refused says nothing of the new one, and the job tries again with that', () => {
    let good = 'Bearer old';
    const { connections, make } = setUp((request) =>
      request.headers['Authorization'] === good ? meOf(request) : json({ error: 'invalid_token' }, 401),
    );
    connections.connectHarvest({ accountId: '42', token: 'old' });
    const working = connections.harvest();
    good = 'Bearer new';
    make().connectHarvest({ accountId: '42', token: 'new' });
    expect(() => working.me()).toThrow(
      'The connection to Harvest was changed while this ran. It is tried again with the new one.',
    );
    expect(make().status().harvest.connected).toBe(true);
    expect(make().harvest().me().administrator).toBe(true);
  });
});
