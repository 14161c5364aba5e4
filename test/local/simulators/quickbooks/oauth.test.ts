import { describe, expect, test } from 'vitest';
import { type Answer, type Bench, CLIENT, invoiceFor, REALM, start, wire } from './start.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REDIRECT = 'https://script.google.com/macros/d/SCRIPT/usercallback';
const BASIC = `Basic ${Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64')}`;

const ASKED = {
  client_id: CLIENT.clientId,
  redirect_uri: REDIRECT,
  response_type: 'code',
  scope: 'com.intuit.quickbooks.accounting',
  state: 'st&te 1',
};

function consent(bench: Bench, changes: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return bench.raw(`/connect/oauth2?${new URLSearchParams({ ...ASKED, ...changes })}`);
}

function token(
  bench: Bench,
  form: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return bench.raw('/oauth2/v1/tokens/bearer', {
    method: 'POST',
    headers: { authorization: BASIC, accept: 'application/json', ...headers },
    body: new URLSearchParams(form),
  });
}

async function codeOf(bench: Bench): Promise<string> {
  const back = new URL((await consent(bench)).headers.get('location') ?? '');
  return back.searchParams.get('code') ?? '';
}

async function connected(bench: Bench): Promise<{ access: string; refresh: string }> {
  const reply = await token(bench, {
    grant_type: 'authorization_code',
    code: await codeOf(bench),
    redirect_uri: REDIRECT,
  });
  return { access: String(reply.body.at('access_token')), refresh: String(reply.body.at('refresh_token')) };
}

function refresh(bench: Bench, refreshToken: string): Promise<Answer> {
  return token(bench, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

function company(bench: Bench, access: string, realm = REALM): Promise<Answer> {
  const headers = { authorization: `Bearer ${access}`, accept: 'application/json' };
  return bench.raw(`/v3/company/${realm}/companyinfo/${realm}`, { headers });
}

describe('consent', () => {
  test('sends the browser back with code, state and the company; the token reply has no company', async () => {
    const bench = await start();
    const answer = await consent(bench);
    expect(answer.status).toBe(302);
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('st&te 1');
    expect(back.searchParams.get('realmId')).toBe(REALM);
    const reply = await token(bench, {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT,
    });
    expect(JSON.parse(reply.text)).toEqual({
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/./),
      x_refresh_token_expires_in: 8_726_400,
      access_token: expect.stringMatching(/./),
    });
  });

  test.each([
    ['another app', { client_id: 'someone' }],
    ['another scope', { scope: 'com.intuit.quickbooks.payment' }],
    ['no state', { state: '' }],
    ['another response type', { response_type: 'token' }],
    ['an address without https', { redirect_uri: 'http://example.com/back' }],
  ])('is refused for %s, without sending anybody anywhere', async (_what, changes) => {
    const bench = await start();
    const answer = await consent(bench, changes);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  test('can be denied by the person', async () => {
    const bench = await start();
    bench.qb.answerConsent('deny');
    const back = new URL((await consent(bench)).headers.get('location') ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: 'st&te 1' });
  });
});

describe('tokens', () => {
  test('a code works once, for the address it was made for, and not for long', async () => {
    const bench = await start();
    const code = await codeOf(bench);
    const redeem = (redirect_uri: string, which = code) =>
      token(bench, { grant_type: 'authorization_code', code: which, redirect_uri });
    expect((await redeem('https://other.example/back')).body.at('error')).toBe('invalid_grant');
    expect((await redeem(REDIRECT)).status).toBe(200);
    expect((await redeem(REDIRECT)).status).toBe(400);
    const late = await codeOf(bench);
    bench.clock.forward(HOUR);
    expect((await redeem(REDIRECT, late)).status).toBe(400);
  });

  test('the app must prove itself', async () => {
    const bench = await start();
    const wrong = await token(
      bench,
      { grant_type: 'refresh_token', refresh_token: 'x' },
      { authorization: 'Basic eA==' },
    );
    expect(wrong.status).toBe(401);
    expect(wrong.body.at('error')).toBe('invalid_client');
  });

  test('an access token lives one hour', async () => {
    const bench = await start();
    const { access } = await connected(bench);
    bench.clock.forward(HOUR - 1000);
    expect((await company(bench, access)).status).toBe(200);
    bench.clock.forward(1000);
    const expired = await company(bench, access);
    expect(expired.status).toBe(401);
    expect(expired.headers.get('www-authenticate')).toBe('Bearer realm="Intuit", error="invalid_token"');
    expect(JSON.parse(expired.text)).toMatchObject({
      warnings: null,
      fault: {
        error: [
          {
            message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
            detail: `Token expired: ${access}`,
            code: '3200',
            element: null,
          },
        ],
        type: 'AUTHENTICATION',
      },
      cdcresponse: [],
    });
    expect(expired.headers.get('intuit_tid')).not.toBeNull();
  });

  test('a refresh token stays within a day, is replaced after it, and the old one stops working', async () => {
    const bench = await start();
    const first = await connected(bench);
    const same = await refresh(bench, first.refresh);
    expect(same.body.at('refresh_token')).toBe(first.refresh);
    bench.clock.forward(DAY);
    const rotated = await refresh(bench, first.refresh);
    const second = String(rotated.body.at('refresh_token'));
    expect(second).not.toBe(first.refresh);
    expect(JSON.parse((await refresh(bench, first.refresh)).text)).toEqual({
      error: 'invalid_grant',
      error_description: 'Incorrect or invalid refresh token',
    });
    expect((await refresh(bench, second)).status).toBe(200);
  });

  test('a refresh token dies after 101 days unused, and after five years in any case', async () => {
    const bench = await start();
    const unused = await connected(bench);
    bench.clock.forward(101 * DAY);
    expect((await refresh(bench, unused.refresh)).status).toBe(400);

    let current = (await connected(bench)).refresh;
    for (let days = 0; days < 5 * 365 - 100; days += 90) {
      bench.clock.forward(90 * DAY);
      current = String((await refresh(bench, current)).body.at('refresh_token'));
    }
    const last = await token(
      bench,
      { grant_type: 'refresh_token', refresh_token: current },
      { 'x-include-refresh-token-hard-expires-in': 'true' },
    );
    const rest = Number(last.body.at('x_refresh_token_hard_expires_in'));
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThan((101 * DAY) / 1000);
    bench.clock.forward(rest * 1000 + 1000);
    expect((await refresh(bench, current)).status).toBe(400);
  });

  test.each(['application/json', 'application/x-www-form-urlencoded'])(
    'revoking ends the connection (%s)',
    async (type) => {
      const bench = await start();
      const { access, refresh: refreshToken } = await connected(bench);
      const body = type.includes('json') ? JSON.stringify({ token: refreshToken }) : `token=${refreshToken}`;
      const revoke = () =>
        bench.raw('/v2/oauth2/tokens/revoke', {
          method: 'POST',
          headers: { authorization: BASIC, 'content-type': type },
          body,
        });
      const revoked = await revoke();
      expect([revoked.status, revoked.text]).toEqual([200, '']);
      expect((await company(bench, access)).status).toBe(401);
      expect((await refresh(bench, refreshToken)).status).toBe(400);
      expect((await revoke()).status).toBe(400);
    },
  );
});

describe('the data API refuses', () => {
  test('no token, a made-up token, another company', async () => {
    const bench = await start();
    const none = await bench.raw(`/v3/company/${REALM}/preferences`);
    expect(none.status).toBe(401);
    expect(none.body.at('fault', 'error', 0, 'code')).toBe('3202');
    const madeUp = await company(bench, 'abc');
    expect(madeUp.body.at('fault', 'error', 0, 'detail')).toBe('Malformed bearer token: too short or too long');
    const { access } = await connected(bench);
    const other = await company(bench, access, '999');
    expect(other.status).toBe(403);
    expect(other.body.at('Fault', 'Error', 0, 'code')).toBe('3100');
  });

  test('more than ten requests a second', async () => {
    const bench = await start({}, 0);
    const statuses = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await bench.get('/preferences')).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429]);
    const refused = await bench.get('/preferences');
    expect(refused.body.at('Fault', 'Error', 0, 'Message')).toBe(
      'message=ThrottleExceeded; errorCode=003001; statusCode=429',
    );
    bench.clock.forward(1000);
    expect((await bench.get('/preferences')).status).toBe(200);
  });

  test('more than 500 requests a minute; after a minute it goes on', async () => {
    const bench = await start({}, 110);
    let passed = 0;
    while ((await bench.get('/preferences')).status === 200) passed += 1;
    expect(passed).toBe(500);
    bench.clock.forward(60_000);
    expect((await bench.get('/preferences')).status).toBe(200);
  });

  test('more than 40 batches a minute', async () => {
    const bench = await start({}, 300);
    const batch = () => bench.post('/batch', { BatchItemRequest: [{ bId: '1', Query: 'select * from Term' }] });
    for (let n = 0; n < 40; n += 1) expect((await batch()).status).toBe(200);
    expect((await batch()).status).toBe(429);
    expect((await bench.get('/preferences')).status).toBe(200);
  });
});

describe('faults of a scenario', () => {
  test('the answer is lost, the invoice is there; the same requestid brings the answer and no second invoice', async () => {
    const bench = await start({
      faults: [{ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault: 'timeout after commit' }],
    });
    const body = await invoiceFor(bench);
    await expect(bench.post('/invoice?requestid=r-1', body)).rejects.toThrow();
    expect(bench.qb.invoices()).toHaveLength(1);
    const again = await bench.post('/invoice?requestid=r-1', body);
    expect(again.status).toBe(200);
    expect(again.body.at('Invoice', 'DocNumber')).toBe('2026-10-ACME');
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test('503 is a page of HTML, 500 and 429 are faults, each with its transaction id', async () => {
    const bench = await start({
      faults: [503, 500, 429].map((status, index) => ({
        service: 'quickbooks',
        request: 'GET /preferences',
        nth: index + 1,
        fault: `status ${status}`,
      })),
    });
    const down = await bench.get('/preferences');
    expect([down.status, down.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    expect(down.text).toContain('<html>');
    expect(down.headers.get('intuit_tid')).not.toBeNull();
    expect((await bench.get('/preferences')).body.at('Fault', 'Error', 0, 'code')).toBe('10000');
    expect((await bench.get('/preferences')).body.at('Fault', 'Error', 0, 'code')).toBe('3001');
    expect((await bench.get('/preferences')).status).toBe(200);
  });

  test('a token that expires early can be renewed', async () => {
    const bench = await start({
      faults: [{ service: 'quickbooks', request: 'GET /companyinfo/*', nth: 2, fault: 'expire token' }],
    });
    const { access, refresh: refreshToken } = await connected(bench);
    expect((await company(bench, access)).status).toBe(200);
    expect((await company(bench, access)).status).toBe(401);
    const renewed = String((await refresh(bench, refreshToken)).body.at('access_token'));
    expect((await company(bench, renewed)).status).toBe(200);
  });
});

describe('requestid', () => {
  test('a replay returns the first answer to the letter, even for another body', async () => {
    const bench = await start();
    const first = await bench.post('/invoice?requestid=a', await invoiceFor(bench));
    const second = await bench.post('/invoice?requestid=a', await invoiceFor(bench, { DocNumber: 'OTHER' }));
    expect(second.text).toBe(first.text);
    expect(second.headers.get('intuit_tid')).not.toBe(first.headers.get('intuit_tid'));
    expect(bench.qb.invoices()).toHaveLength(1);
  });

  test('what was refused is worked on again (an assumption that can be switched)', async () => {
    for (const replaysFailures of [false, true]) {
      const bench = await start({ assumptions: { replaysFailures } });
      await bench.post('/invoice?requestid=a', await invoiceFor(bench, { Line: undefined }));
      const second = await bench.post('/invoice?requestid=a', await invoiceFor(bench));
      expect(second.status).toBe(replaysFailures ? 400 : 200);
    }
  });

  test('is refused when it is longer than 50 characters, 36 for a batch, with bIds over 10', async () => {
    const bench = await start();
    const code = (answer: Answer) => answer.body.at('Fault', 'Error', 0, 'code');
    const body = await invoiceFor(bench);
    expect(code(await bench.post(`/invoice?requestid=${'x'.repeat(51)}`, body))).toBe('2130');
    expect((await bench.post(`/invoice?requestid=${'x'.repeat(50)}`, body)).status).toBe(200);
    const batch = (bId: string) => ({ BatchItemRequest: [{ bId, Query: 'select * from Term' }] });
    expect(code(await bench.post(`/batch?requestid=${'x'.repeat(37)}`, batch('1')))).toBe('2130');
    expect(code(await bench.post('/batch?requestid=b', batch('x'.repeat(11))))).toBe('2130');
    expect((await bench.post('/batch?requestid=c', batch('x'.repeat(10)))).status).toBe(200);
  });
});

test('without Accept the answer is XML, and another content type is refused (assumptions)', async () => {
  const bench = await start();
  const { access } = await connected(bench);
  const headers = { authorization: `Bearer ${access}`, accept: '*/*' };
  const answer = await bench.raw(`/v3/company/${REALM}/preferences`, { headers });
  expect(answer.headers.get('content-type')).toContain('application/xml');
  expect(answer.text).toContain('<Preferences>');
  const form = await bench.post('/invoice', await invoiceFor(bench), { 'content-type': 'text/plain' });
  expect(form.status).toBe(415);
});

test('discovery names the addresses of this server', async () => {
  const bench = await start();
  const answer = await bench.raw('/.well-known/openid_configuration/');
  expect(wire(answer.text).at('token_endpoint')).toBe(`${bench.qb.url}/oauth2/v1/tokens/bearer`);
});
