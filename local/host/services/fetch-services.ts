import { defaultFetchSeconds } from '../costs.ts';
import { send, type WireAnswer } from '../http.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { Reply, Running, Service, Site } from '../types.ts';
import { listArg } from './arguments.ts';
import { needScope } from './scopes.ts';

interface FetchRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly base64?: string;
  readonly mute: boolean;
  readonly redirects: boolean;
}

interface Fetched {
  readonly answer?: WireAnswer;
  readonly error?: string;
  readonly seconds: number;
}

/** UrlFetchApp: the requests of one call run at the same time and cost as much as the slowest. */
export const fetchServices: Readonly<Record<string, Service>> = {
  'fetch.send': async (site, run, args) => {
    needScope(site, run, ['script.external_request'], 'UrlFetchApp.fetch');
    const requests = listArg(args, 0) as readonly FetchRequest[];
    const urls = requests.map((request) => checked(site, request));
    if (run.nowMs - site.fetches.sinceMs >= 86_400_000) site.fetches = { count: 0, sinceMs: run.nowMs };
    site.fetches.count += requests.length;
    if (site.fetches.count > limits.fetchesPerDay)
      throw new Refusal('Service invoked too many times for one day: urlfetch.');
    const fetched = await Promise.all(
      requests.map((request, index) => fetchOne(site, run, request, urls[index] ?? new URL(request.url))),
    );
    return finish(requests, fetched);
  },
};

/** A refusal that came after some time. */
export class LateRefusal extends Refusal {
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}

function finish(requests: readonly FetchRequest[], fetched: readonly Fetched[]): Reply {
  const seconds = Math.max(0, ...fetched.map((each) => each.seconds));
  const failed = fetched.find((each) => each.error !== undefined);
  if (failed?.error !== undefined) throw new LateRefusal(failed.error, seconds);
  const answers = fetched.map((each, index) => {
    const request = requests[index];
    const answer = each.answer;
    if (!request || !answer) throw new LateRefusal('Unexpected error', seconds);
    const text = answer.body.toString('utf8');
    if (!request.mute && (answer.status < 200 || answer.status > 399)) {
      const origin = new URL(request.url).origin;
      throw new LateRefusal(
        `Request failed for ${origin} returned code ${answer.status}. Truncated server response: ${text.slice(0, 400)} (use muteHttpExceptions option to examine full response)`,
        seconds,
      );
    }
    const isText = Buffer.compare(Buffer.from(text, 'utf8'), answer.body) === 0;
    return {
      status: answer.status,
      headers: answer.headers,
      ...(isText ? { text } : { base64: answer.body.toString('base64') }),
    };
  });
  return { v: answers, seconds };
}

function checked(site: Site, request: FetchRequest): URL {
  if (request.url.length > limits.urlLength) throw new Refusal('Limit Exceeded: URLFetch URL Length.');
  let url: URL;
  try {
    url = new URL(/^[a-z]+:/i.test(request.url) ? request.url : `http://${request.url}`);
  } catch {
    throw new Refusal(`Invalid argument: ${request.url}`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Refusal(`Invalid argument: ${request.url}`);
  const whitelist = site.options.bundle.manifest.urlFetchWhitelist;
  if (whitelist && !whitelist.some((prefix) => allowedBy(prefix, url))) {
    throw new Refusal(`The URL ${url.origin} is not in the urlFetchWhitelist of the manifest.`);
  }
  const names = Object.entries(request.headers);
  if (names.length > limits.headers) throw new Refusal('Limit Exceeded: URLFetch Header Count.');
  for (const [name, value] of names) {
    if (name.length + Buffer.byteLength(value) > limits.headerBytes)
      throw new Refusal('Limit Exceeded: URLFetch Header Size.');
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n]/.test(value))
      throw new Refusal(`Attribute provided with invalid value: Header:${name}`);
  }
  if (request.base64 !== undefined && (request.base64.length * 3) / 4 > limits.bodyBytes + 3) {
    throw new Refusal('Limit Exceeded: URLFetch POST Size.');
  }
  return url;
}

function allowedBy(prefix: string, url: URL): boolean {
  const allowed = new URL(prefix);
  return allowed.protocol === url.protocol && allowed.host === url.host && url.pathname.startsWith(allowed.pathname);
}

async function fetchOne(site: Site, run: Running, request: FetchRequest, first: URL): Promise<Fetched> {
  let url = first;
  let method = request.method;
  let body = request.base64 === undefined ? undefined : Buffer.from(request.base64, 'base64');
  let seconds = 0;
  for (let hop = 0; hop < 10; hop += 1) {
    const went = await attempt(site, run, url, method, request, body);
    seconds += went.seconds;
    const location = went.answer && locationOf(went.answer);
    if (!request.redirects || !went.answer || location === undefined) return { ...went, seconds };
    url = new URL(location, url);
    if (went.answer.status !== 307 && went.answer.status !== 308) {
      method = 'get';
      body = undefined;
    }
  }
  return { error: `Too many redirects: ${request.url}`, seconds };
}

async function attempt(
  site: Site,
  run: Running,
  url: URL,
  method: string,
  request: FetchRequest,
  body: Buffer | undefined,
): Promise<Fetched> {
  const { routes = {}, allowInternet = false } = site.options;
  const route = routes[url.hostname];
  run.requests[url.hostname] = (run.requests[url.hostname] ?? 0) + 1;
  if (route === undefined && !allowInternet) return { error: `DNS error: ${url.href}`, seconds: 1 };
  const target = route === undefined ? url : new URL(url.pathname + url.search, route);
  try {
    const raw = await send(
      { url: target, method, headers: wireHeaders(site, request, url, route !== undefined), ...(body ? { body } : {}) },
      limits.fetchTimeoutMs,
      limits.bodyBytes,
    );
    const { stated, headers } = withoutLatency(raw.headers);
    return { answer: { ...raw, headers }, seconds: stated ?? defaultFetchSeconds };
  } catch {
    return {
      error: `Address unavailable: ${request.url}`,
      seconds: limits.fetchTimeoutMs / 1000,
    };
  }
}

function wireHeaders(site: Site, request: FetchRequest, url: URL, routed: boolean): Record<string, string> {
  const own = Object.entries(request.headers).filter(
    ([name]) => !/^(user-agent|host|content-length|connection)$/i.test(name),
  );
  const typed = own.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    ...Object.fromEntries(own),
    ...(request.contentType === undefined || (typed && request.contentType.startsWith('application/x-www'))
      ? {}
      : { 'content-type': request.contentType }),
    'user-agent': `Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com; id: ${site.scriptId})`,
    ...(routed ? { 'x-forwarded-host': url.host } : {}),
  };
}

function withoutLatency(headers: WireAnswer['headers']): { stated?: number; headers: WireAnswer['headers'] } {
  const hidden = new Set(['x-simulated-seconds', 'connection', 'keep-alive', 'transfer-encoding']);
  const entries = Object.entries(headers);
  const stated = entries.find(([name]) => name.toLowerCase() === 'x-simulated-seconds')?.[1];
  const kept = Object.fromEntries(entries.filter(([name]) => !hidden.has(name.toLowerCase())));
  return {
    headers: kept,
    ...(typeof stated === 'string' && Number.isFinite(Number(stated)) ? { stated: Number(stated) } : {}),
  };
}

function locationOf(answer: WireAnswer): string | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const found = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
  return typeof found === 'string' ? found : undefined;
}
