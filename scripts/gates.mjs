// What Google would refuse or silently break, found at build time.
import vm from 'node:vm';
import { parse } from 'acorn';

/** Findings about the server bundle: syntax newer than ES2020, and global names other than the declared entry points. */
export function checkServerBundle(code, entryPoints, globalName) {
  try {
    // ES2020 has no private or static class fields; a script has no import, export or top-level await.
    parse(code, { ecmaVersion: 2020, sourceType: 'script' });
  } catch (error) {
    return [`the server bundle is not plain ES2020: ${error.message}`];
  }
  const before = new Set(globalFunctions(''));
  // Google can call functions only; zod keeps an object of settings there, which is no way in.
  const made = globalFunctions(code).filter((name) => !before.has(name) && name !== globalName);
  const missing = entryPoints.filter((name) => !made.includes(name));
  const extra = made.filter((name) => !entryPoints.includes(name));
  return [
    ...missing.map((name) => `the server bundle has no entry point ${name}`),
    ...extra.map((name) => `the server bundle leaks the global name ${name}, which a page could call`),
  ];
}

/** Findings about the sidebar page: whatever HtmlService would cut out or garble. */
export function checkSidebarHtml(html) {
  const findings = [];
  if (/[^\t\n\r -~]/.test(html)) findings.push('the sidebar holds characters that are not ASCII');
  if (html.includes('<!--')) findings.push('the sidebar holds an HTML comment');
  if ((html.match(/<\/script/gi) ?? []).length !== 1) findings.push('the sidebar must hold exactly one script');
  const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1];
  if (script === undefined) return [...findings, 'the sidebar holds no inline script'];
  if (script.includes('//') || script.includes('/*'))
    findings.push('the sidebar script holds // or /*, which is cut out');
  try {
    parse(script, { ecmaVersion: 2020, sourceType: 'script' });
  } catch (error) {
    findings.push(`the sidebar script is not plain ES2020: ${error.message}`);
  }
  if (/\b(?:src|href)\s*=\s*["']?https?:/i.test(html.replace(script, ''))) {
    findings.push('the sidebar loads something from another host');
  }
  return findings;
}

const MANIFEST_KEYS = ['timeZone', 'runtimeVersion', 'exceptionLogging', 'oauthScopes', 'urlFetchWhitelist'];

/** Findings about the manifest: unknown fields, missing fields, hosts that are not https prefixes with a path. */
export function checkManifest(manifest) {
  const keys = Object.keys(manifest);
  return [
    ...MANIFEST_KEYS.filter((key) => !keys.includes(key)).map((key) => `appsscript.json lacks ${key}`),
    ...keys.filter((key) => !MANIFEST_KEYS.includes(key)).map((key) => `appsscript.json has the unknown field ${key}`),
    ...(manifest.urlFetchWhitelist ?? [])
      .filter((prefix) => !/^https:\/\/[a-z0-9.-]+\/$/.test(prefix))
      .map((prefix) => `urlFetchWhitelist: ${prefix} must be https://host/`),
  ];
}

function globalFunctions(code) {
  const context = vm.createContext(Object.create(null));
  vm.runInContext(code, context);
  return vm.runInContext(
    "Object.getOwnPropertyNames(globalThis).filter((name) => typeof globalThis[name] === 'function')",
    context,
  );
}
