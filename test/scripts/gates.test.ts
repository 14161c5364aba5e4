import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkManifest, checkServerBundle, checkSidebarHtml } from '../../scripts/gates.mjs';
import { inlineSafe } from '../../scripts/inline-script.mjs';

const page = (script: string) => `<!DOCTYPE html><html><body><script>${script}</script></body></html>`;

describe('what the build refuses', () => {
  it.each([
    ['a private field', 'class A { #x = 1; }\nfunction call() {}'],
    ['a static class field', 'class A { static x = 1; }\nfunction call() {}'],
    ['an export', 'export function call() {}'],
    ['a top-level await', 'await 1; function call() {}'],
  ])('%s in the server bundle', (_what, code) => {
    expect(checkServerBundle(code, ['call'], 'App')[0]).toMatch(/not plain ES2020/);
  });

  it('a server bundle that lacks an entry point or leaks a function', () => {
    expect(checkServerBundle('var App = {}; function helper() {}', ['call'], 'App')).toEqual([
      'the server bundle has no entry point call',
      'the server bundle leaks the global name helper, which a page could call',
    ]);
  });

  it('accepts exactly the declared entry points', () => {
    expect(checkServerBundle('var App = {}; function call() {}', ['call'], 'App')).toEqual([]);
  });

  it.each([
    ['text that is not ASCII', page('var a = "é";'), /not ASCII/],
    ['a comment', page('var a = 1; /* b */'), /cut out/],
    ['a double slash in a string', page('var a = "http://x";'), /cut out/],
    ['a second script', `${page('var a = 1;')}<script></script>`, /exactly one/],
    ['an asset of another host', `<link href="https://x.y/z.css">${page('var a = 1;')}`, /another host/],
  ])('%s in the sidebar', (_what, html, message) => {
    expect(checkSidebarHtml(html).join('; ')).toMatch(message);
  });

  it('a manifest with an unknown field or a host without https', () => {
    const good = { timeZone: 'Etc/UTC', runtimeVersion: 'V8', exceptionLogging: 'NONE', oauthScopes: [] };
    expect(checkManifest({ ...good, urlFetchWhitelist: ['http://a.b/'], addOns: {} })).toEqual([
      'appsscript.json has the unknown field addOns',
      'urlFetchWhitelist: http://a.b/ must be https://host/',
    ]);
  });
});

describe('inline scripts', () => {
  it('keep their meaning when HtmlService cuts comments and markup', () => {
    const script = 'var a = "http://x/y"; var b = `<!-- // </script>`; var c = a + b;';
    const safe = inlineSafe(script);
    expect(safe).not.toMatch(/\/\/|<!--|<\/script/);
    const run = (code: string) => vm.runInNewContext(`${code}; c`);
    expect(run(safe)).toBe(run(script));
  });
});
