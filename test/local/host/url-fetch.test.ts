import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../local/host/host.ts';
import { serverOf } from './server.ts';
import { allScopes, hostOf } from './world.ts';

const code = `
  const base = 'https://api.example.com';
  const error = (act) => { try { act(); return 'no error'; } catch (caught) { return caught.message; } };
  function get() {
    const response = UrlFetchApp.fetch(base + '/hello?a=1', { headers: { 'X-Own': 'yes', 'User-Agent': 'mine' }, muteHttpExceptions: true });
    return [response.getResponseCode(), response.getContentText(), response.getHeaders()['X-Answer'], response.getAllHeaders()['Set-Cookie'], response.getHeaders()['x-simulated-seconds'] === undefined];
  }
  function post() {
    UrlFetchApp.fetch(base + '/echo', { method: 'post', contentType: 'application/json', payload: JSON.stringify({ text: 'Zoë 😀' }) });
    UrlFetchApp.fetch(base + '/echo', { method: 'post', payload: { a: '1 2', b: 'ü' } });
    UrlFetchApp.fetch(base + '/echo', { method: 'put', payload: Utilities.newBlob('blob', 'text/csv') });
  }
  function bytes() { const response = UrlFetchApp.fetch(base + '/binary'); return [response.getContent(), response.getBlob().getBytes().length, response.getBlob().getContentType()]; }
  function refused() {
    return [
      error(() => UrlFetchApp.fetch(base + '/status/404')),
      error(() => UrlFetchApp.fetch('https://other.example.com/')),
      error(() => UrlFetchApp.fetch('http://api.example.com/')),
      error(() => UrlFetchApp.fetch(base + '/' + 'x'.repeat(2048))),
      error(() => UrlFetchApp.fetch(base, { method: 'head' })),
      error(() => UrlFetchApp.fetch(base, { timeout: 5 })),
      error(() => UrlFetchApp.fetch(base, { headers: { 'X-Long': 'x'.repeat(9000) } })),
      error(() => UrlFetchApp.fetch('https://unrouted.example.com/')),
    ];
  }
  function dropped() { return error(() => UrlFetchApp.fetch(base + '/drop')); }
  function all() { return UrlFetchApp.fetchAll([base + '/slow?1', { url: base + '/slow?2' }, { url: base + '/hello', muteHttpExceptions: true }]).map((response) => response.getResponseCode()); }
  function allDropped() { return error(() => UrlFetchApp.fetchAll([base + '/hello', base + '/drop'])); }
  function redirected() { return [UrlFetchApp.fetch(base + '/redirect').getContentText(), UrlFetchApp.fetch(base + '/redirect', { followRedirects: false }).getResponseCode()]; }
  function onOpen() { return error(() => UrlFetchApp.fetch(base + '/hello')); }
`;
const manifest = {
  timeZone: 'America/New_York',
  oauthScopes: allScopes,
  urlFetchWhitelist: ['https://api.example.com/', 'https://unrouted.example.com/'],
};

describe('UrlFetchApp', () => {
  let server: Awaited<ReturnType<typeof serverOf>>;
  let host: Host;
  beforeAll(async () => {
    let waiting: (() => void)[] = [];
    server = await serverOf((got, response) => {
      if (got.url.startsWith('/drop')) response.socket?.destroy();
      else if (got.url.startsWith('/slow')) {
        // Answers only when both slow requests are here: that they run at the same time is thereby proven.
        waiting.push(() =>
          response.writeHead(200, { 'x-simulated-seconds': got.url.endsWith('1') ? '3' : '5' }).end('ok'),
        );
        if (waiting.length === 2) {
          for (const go of waiting) go();
          waiting = [];
        }
      } else if (got.url === '/status/404') response.writeHead(404).end('nothing here');
      else if (got.url === '/binary')
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([0, 255, 128]));
      else if (got.url === '/redirect') response.writeHead(302, { location: '/hello' }).end();
      else
        response
          .writeHead(200, { 'X-Answer': 'yes', 'Set-Cookie': ['a=1', 'b=2'], 'x-simulated-seconds': '1.25' })
          .end('hello ü');
    });
    host = hostOf(code, { manifest, routes: { 'api.example.com': server.url } });
  });
  afterAll(async () => {
    host.close();
    await server.close();
  });

  test('reaches the server of its host, with path, headers and the name of the host', async () => {
    const done = await host.invoke('get');
    expect(done.value).toEqual([200, 'hello ü', 'yes', ['a=1', 'b=2'], true]);
    expect(done.requests).toEqual({ 'api.example.com': 1 });
    expect(done.seconds).toBe(1.75);
    const got = server.got.at(-1);
    expect(got).toMatchObject({ method: 'GET', url: '/hello?a=1' });
    expect(got?.headers).toMatchObject({ 'x-own': 'yes', 'x-forwarded-host': 'api.example.com' });
    expect(got?.headers['user-agent']).toMatch(/^Mozilla\/5\.0 \(compatible; Google-Apps-Script; beanserver;/);
  });
  test('sends texts as UTF-8, objects as form fields and blobs with their type', async () => {
    await host.invoke('post');
    const [json, form, blob] = server.got.slice(-3);
    expect(json).toMatchObject({ method: 'POST', body: '{"text":"Zoë 😀"}' });
    expect(json?.headers['content-type']).toBe('application/json');
    expect(form?.body).toBe('a=1%202&b=%C3%BC');
    expect(form?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(blob).toMatchObject({ method: 'PUT', body: 'blob' });
    expect(blob?.headers['content-type']).toBe('text/csv');
  });
  test('gives binary answers as signed bytes', async () => {
    expect((await host.invoke('bytes')).value).toEqual([[0, -1, -128], 3, 'image/png']);
  });
  test('refuses errors that are not muted, hosts outside the whitelist, and what is over the limits', async () => {
    expect((await host.invoke('refused')).value).toEqual([
      'Request failed for https://api.example.com returned code 404. Truncated server response: nothing here (use muteHttpExceptions option to examine full response)',
      'The URL https://other.example.com is not in the urlFetchWhitelist of the manifest.',
      'The URL http://api.example.com is not in the urlFetchWhitelist of the manifest.',
      'Limit Exceeded: URLFetch URL Length.',
      'Attribute provided with invalid value: method',
      'Attribute provided with invalid value: timeout',
      'Limit Exceeded: URLFetch Header Size.',
      'DNS error: https://unrouted.example.com/',
    ]);
  });
  test('throws after a minute when the connection breaks', async () => {
    const done = await host.invoke('dropped');
    expect(done.value).toBe('Address unavailable: https://api.example.com/drop');
    expect(done.seconds).toBe(60.5);
  });
  test('sends the requests of fetchAll at the same time and charges the slowest', async () => {
    const done = await host.invoke('all');
    expect(done.value).toEqual([200, 200, 200]);
    expect(done.seconds).toBe(5.5);
    expect(done.requests).toEqual({ 'api.example.com': 3 });
  });
  test('loses all answers of fetchAll when one connection breaks', async () => {
    expect((await host.invoke('allDropped')).value).toBe('Address unavailable: https://api.example.com/drop');
  });
  test('follows redirects unless told not to', async () => {
    expect((await host.invoke('redirected')).value).toEqual(['hello ü', 302]);
  });
  test('is not allowed in a simple trigger', async () => {
    expect((await host.invoke('onOpen', [], { as: 'open' })).value).toBe(
      'Specified permissions are not sufficient to call UrlFetchApp.fetch. Required permissions: https://www.googleapis.com/auth/script.external_request',
    );
  });
  test('can be made to fail before or after the request took effect', async () => {
    const before = server.got.length;
    host.failNext({ call: 'fetch', when: 'before' });
    expect((await host.invoke('get')).error?.message).toBe('Address unavailable: https://api.example.com/hello?a=1');
    expect(server.got.length).toBe(before);
    host.failNext({ call: 'fetch', when: 'after' });
    expect((await host.invoke('get')).error?.message).toBe('Address unavailable: https://api.example.com/hello?a=1');
    expect(server.got.length).toBe(before + 1);
  });
});
