/** The local web server behind the page: grid, menu, sidebar and download. Listens on 127.0.0.1 only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session } from '../world/session.ts';
import { CONSENT_PATH, consentPage, giveConsent } from './consent.ts';
import { invoicePage } from './invoice-page.ts';
import { pageApi } from './page-api.ts';
import { pageHtml } from './page-html.ts';
import { passTime } from './pass-time.ts';
import { runSidebarCall, sidebarPage } from './sidebar-page.ts';
import { toXlsx } from './to-xlsx.ts';

export interface Served {
  readonly url: string;
  /** Ends when the server is closed or the person presses Ctrl+C. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0: any. */
  readonly port: number;
  /** Name of the spreadsheet. */
  readonly title: string;
}

const MOST_BODY_BYTES = 5_000_000;

/** Starts the page for a session; takes the next free port when the wanted one is taken. */
export async function serve(session: Session, options: ServeOptions): Promise<Served> {
  const page = await pageHtml();
  await session.host.open();
  const api = pageApi(session, options.title);
  const sidebar = () => sidebarPage(session.host.screen.sidebar?.html ?? '');
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      send(response, 500, 'text/plain', error instanceof Error ? error.message : String(error));
    });
  });

  let running = 0;
  let lastAsked = performance.now();
  const busy = async <T>(work: () => Promise<T>): Promise<T> => {
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      lastAsked = performance.now();
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isLocal(request)) return send(response, 403, 'text/plain', 'This page is for this computer alone.');
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = request.method === 'POST' ? await jsonBody(request) : {};
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /':
        return send(response, 200, 'text/html', page);
      case 'GET /sidebar':
        return send(response, 200, 'text/html', sidebar());
      case 'POST /run':
        return send(response, 200, 'application/json', JSON.stringify(await busy(() => runSidebarCall(session, body))));
      case `GET ${CONSENT_PATH}`:
        return send(response, 200, 'text/html', consentPage(url.searchParams.get('to') ?? ''));
      case `POST ${CONSENT_PATH}`:
        return send(response, 200, 'text/html', await giveConsent(session, body['to']));
      case 'GET /quickbooks':
        return send(response, 200, 'text/html', invoicePage(session, url.searchParams.get('to') ?? ''));
      case 'GET /workbook.xlsx':
        response.setHeader('content-disposition', 'attachment; filename="time-to-invoice.xlsx"');
        return send(response, 200, XLSX_TYPE, await toXlsx(session.host.workbook));
      default: {
        const done = await (request.method === 'POST' ? busy(() => api('POST', url, body)) : api('GET', url, body));
        return done === null
          ? send(response, 404, 'text/plain', 'Not found.')
          : send(response, 200, 'application/json', JSON.stringify(done));
      }
    }
  };

  const stopTime = passTime(session, () => (running > 0 ? Number.POSITIVE_INFINITY : lastAsked));
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const close = async () => {
    stopTime();
    server.close();
    server.closeAllConnections();
    await closed;
  };
  process.once('SIGINT', () => void close());
  return { url: `http://127.0.0.1:${port}/`, closed, close };
}

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Another web page may send requests to this port, but not under this name and from this origin. */
function isLocal(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  const { origin } = request.headers;
  return /^(127\.0\.0\.1|localhost):\d+$/.test(host) && (origin === undefined || origin === `http://${host}`);
}

async function jsonBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (request.headers['content-type'] !== 'application/json') throw new Error('Only JSON is taken.');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) throw new Error('Too much text at once.');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Readonly<Record<string, unknown>>;
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  const text = type.startsWith('text') || type.endsWith('json');
  response.writeHead(status, {
    'content-type': text ? `${type}; charset=utf-8` : type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function listen(server: ReturnType<typeof createServer>, wanted: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let port = wanted;
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || port === 0 || port >= wanted + 20) return reject(error);
      port += 1;
      server.listen(port, '127.0.0.1');
    });
    server.once('listening', () => resolve());
    server.listen(port, '127.0.0.1');
  });
}
