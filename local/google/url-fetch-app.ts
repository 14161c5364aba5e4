import { Blob } from './blob.ts';
import { call, Exception } from './bridge.ts';
import { base64, fromBase64, utf8Bytes, utf8Text } from './bytes.ts';
import { guardClass, service } from './guard.ts';

interface Options {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly contentType?: string;
  readonly payload?: unknown;
  readonly muteHttpExceptions?: boolean;
  readonly followRedirects?: boolean;
  readonly validateHttpsCertificates?: boolean;
  readonly escaping?: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly text?: string;
  readonly base64?: string;
}

const KNOWN = new Set([
  'method',
  'headers',
  'contentType',
  'payload',
  'muteHttpExceptions',
  'followRedirects',
  'validateHttpsCertificates',
  'escaping',
  'url',
]);
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Google's HTTPResponse. */
export class HTTPResponse {
  readonly answer: Answer;

  constructor(answer: Answer) {
    this.answer = answer;
  }

  getResponseCode(): number {
    return this.answer.status;
  }

  getContentText(_charset?: string): string {
    return this.answer.text ?? utf8Text(fromBase64(this.answer.base64 ?? '') ?? []);
  }

  getContent(): number[] {
    return this.answer.text === undefined ? (fromBase64(this.answer.base64 ?? '') ?? []) : utf8Bytes(this.answer.text);
  }

  getHeaders(): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.answer.headers))
      headers[name] = Array.isArray(value) ? value.join(', ') : value;
    return headers;
  }

  getAllHeaders(): Record<string, string | string[]> {
    return { ...this.answer.headers };
  }

  getBlob(): Blob {
    const type = Object.entries(this.getHeaders()).find(([name]) => name.toLowerCase() === 'content-type');
    return new Blob(this.getContent(), type?.[1] ?? null, null);
  }
}
guardClass(HTTPResponse, 'HTTPResponse');

/** Google's UrlFetchApp. */
export function urlFetchApp(): object {
  const fetchThem = (requests: readonly { url: string; options: Options }[]): HTTPResponse[] => {
    const answers = call(
      'fetch.send',
      requests.map(({ url, options }) => outgoingRequest(url, options)),
    ) as Answer[];
    return answers.map((answer) => new HTTPResponse(answer));
  };
  return service('UrlFetchApp', {
    fetch: (url: string, options: Options = {}): HTTPResponse => {
      const [response] = fetchThem([{ url: String(url), options }]);
      if (!response) throw new Exception(`Address unavailable: ${url}`);
      return response;
    },
    fetchAll: (requests: readonly (string | (Options & { url: string }))[]): HTTPResponse[] =>
      fetchThem(
        requests.map((request) =>
          typeof request === 'string' ? { url: request, options: {} } : { url: String(request.url), options: request },
        ),
      ),
  });
}

function outgoingRequest(url: string, options: Options): Record<string, unknown> {
  for (const key of Object.keys(options)) {
    if (!KNOWN.has(key)) throw new Exception(`Attribute provided with invalid value: ${key}`);
  }
  const method = (options.method ?? (options.payload === undefined ? 'get' : 'post')).toLowerCase();
  if (!METHODS.has(method)) throw new Exception('Attribute provided with invalid value: method');
  const body = method === 'get' ? {} : payloadOf(options.payload);
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const contentType = options.contentType ?? body.contentType;
  return {
    url,
    method,
    headers,
    ...(contentType === undefined || body.base64 === undefined ? {} : { contentType }),
    ...(body.base64 === undefined ? {} : { base64: body.base64 }),
    mute: options.muteHttpExceptions === true,
    redirects: options.followRedirects !== false,
  };
}

function payloadOf(payload: unknown): { base64?: string; contentType?: string } {
  const form = 'application/x-www-form-urlencoded';
  if (payload === undefined || payload === null) return {};
  if (typeof payload === 'string') return { base64: base64(utf8Bytes(payload)), contentType: form };
  if (payload instanceof Blob) {
    return {
      base64: base64(payload.bytes),
      ...(payload.contentType === null ? {} : { contentType: payload.contentType }),
    };
  }
  if (Array.isArray(payload)) return { base64: base64(payload as number[]), contentType: form };
  const text = Object.entries(payload as Record<string, unknown>)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return { base64: base64(utf8Bytes(text)), contentType: form };
}
