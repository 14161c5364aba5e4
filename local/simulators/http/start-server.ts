import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFaultBook, isOwn, statusOfFault } from './fault-book.ts';
import { plainHeaders, readBody } from './read-request.ts';
import { malformed } from './reply.ts';
import type {
  RequestRecord,
  ScenarioFault,
  ServiceErrors,
  SimulatorClock,
  SimulatorReply,
  SimulatorRequest,
  SimulatorServer,
} from './types.ts';

export interface ServerOptions {
  /** The service's name in fault rules: `harvest`, `claude`, `quickbooks`. */
  readonly name: string;
  readonly clock: SimulatorClock;
  readonly faults: readonly ScenarioFault[];
  /**
   * Does the work of one request; null: the socket is dropped without an answer. What it throws is a mistake of the simulator: it is
   * answered as 500 with the message.
   */
  readonly handle: (request: SimulatorRequest) => SimulatorReply | null | Promise<SimulatorReply | null>;
  readonly errors: ServiceErrors;
  /** Faults of the service's own kind; they are handed to `handle` as `ownFaults`. */
  readonly ownFaults?: readonly string[];
  /**
   * The address that links in answers start with, where the world reaches the server under another name. When left out: `https://`
   * and the request's `x-forwarded-host`, else the server's own.
   */
  readonly publicUrl?: string;
  /** The token that `expire token` spoils; by default the `Authorization` header, else `x-api-key`. */
  readonly tokenOf?: (request: SimulatorRequest) => string;
}

/**
 * Starts one simulator on 127.0.0.1 on a free port.
 *
 * Faults, in the words of scenario files (work means what `handle` does):
 * - `drop before commit`: the socket is dropped, no work is done.
 * - `timeout after commit`: the work is done, then the socket is dropped without an answer.
 * - `status NNN`: the service's own error of that status, no work is done.
 * - `malformed body`: the work is done, the answer is status 200 with its body cut in the middle.
 * - `expire token`: this request and every later one with the same token is answered as an expired token, no work is done.
 */
export async function startServer(options: ServerOptions): Promise<SimulatorServer> {
  const book = createFaultBook(options.name, options.faults, options.ownFaults);
  const expired = new Set<string>();
  const log: RequestRecord[] = [];
  const tokenOf = options.tokenOf ?? bearerOrKey;
  let url = '';

  const answer = async (request: SimulatorRequest, faults: readonly string[]): Promise<SimulatorReply | null> => {
    if (faults.includes('drop before commit')) return null;
    if (faults.includes('expire token')) expired.add(tokenOf(request));
    if (expired.has(tokenOf(request))) return options.errors.expiredToken(request);
    const status = faults.map(statusOfFault).find((value) => value !== null);
    if (status !== undefined && status !== null) return options.errors.status(status, request);
    const reply = await options.handle(request);
    if (reply === null || faults.includes('timeout after commit')) return null;
    return faults.includes('malformed body') ? malformed(reply) : reply;
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(message);
    const target = new URL(message.url ?? '/', 'http://127.0.0.1');
    const method = (message.method ?? 'GET').toUpperCase();
    const faults = book.due(method, target.pathname, target.searchParams);
    const request: SimulatorRequest = {
      method,
      path: target.pathname,
      query: target.searchParams,
      headers: plainHeaders(message),
      body,
      origin: options.publicUrl ?? forwardedFrom(message) ?? url,
      ownFaults: faults.filter((fault) => isOwn(fault, options.ownFaults ?? [])),
    };
    const at = options.clock.now();
    const reply = await answer(request, faults).catch(brokenSimulator);
    log.push({
      method,
      path: request.path,
      query: target.search,
      headers: request.headers,
      body: body.toString('utf8'),
      at,
      status: reply === null ? null : reply.status,
      faults,
    });
    if (reply === null) message.socket.destroy();
    else send(response, reply);
  };

  const server = createServer((message, response) => {
    serve(message, response).catch(() => message.socket.destroy());
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The simulator has no port.'));
      else resolve(address.port);
    });
  });
  url = `http://127.0.0.1:${port}`;

  return {
    url,
    requests: () => log.length,
    log,
    resetCounters() {
      log.length = 0;
      expired.clear();
      book.restart();
    },
    addFault: book.add,
    heal() {
      book.clear();
      expired.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, reply: SimulatorReply): void {
  const headers: Record<string, string> = { ...reply.headers };
  if (reply.seconds !== undefined) headers['x-simulated-seconds'] = String(reply.seconds);
  response.writeHead(reply.status, headers);
  response.end(reply.body);
}

function brokenSimulator(reason: unknown): SimulatorReply {
  const message = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  return { status: 500, headers: { 'content-type': 'text/plain' }, body: `The simulator itself failed: ${message}` };
}

/** A host that stands in for the service's own names the address it was asked for. */
function forwardedFrom(message: IncomingMessage): string | undefined {
  const host = message.headers['x-forwarded-host'];
  return typeof host === 'string' ? `https://${host}` : undefined;
}

function bearerOrKey(request: SimulatorRequest): string {
  return request.headers['authorization'] ?? request.headers['x-api-key'] ?? '';
}
