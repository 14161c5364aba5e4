import http from 'node:http';
import https from 'node:https';

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** One answer as it came over the wire; header names as the server wrote them. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

const agents = {
  http: new http.Agent({ keepAlive: true, maxSockets: 64 }),
  https: new https.Agent({ keepAlive: true, maxSockets: 64 }),
};

/** Sends one request; rejects when no answer comes (connection refused, dropped, or silent for `timeoutMs` of real time). */
export function send(request: WireRequest, timeoutMs: number, maxBytes: number): Promise<WireAnswer> {
  const secure = request.url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? https : http).request(
      request.url,
      {
        method: request.method.toUpperCase(),
        headers: { ...request.headers, ...(request.body ? { 'content-length': String(request.body.length) } : {}) },
        agent: secure ? agents.https : agents.http,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxBytes) outgoing.destroy(new Error('The response is larger than allowed.'));
          chunks.push(chunk);
        });
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            headers: headersOf(incoming.rawHeaders),
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error('No answer came in time.')));
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}

function headersOf(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? '';
    const value = raw[i + 1] ?? '';
    const known = headers[name];
    headers[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return headers;
}
