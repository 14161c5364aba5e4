/** The one host function: takes and gives JSON text, and blocks until the host has answered. */
export type Bridge = (text: string) => string;

interface Reply {
  readonly t: number;
  readonly v?: unknown;
  readonly d?: readonly number[];
  readonly e?: string;
}

interface Link {
  bridge: Bridge;
  nowMs: number;
}

const link: Link = { bridge: () => '{"t":0,"e":"The services are not connected."}', nowMs: 0 };

/** Connects the services of this context with the host; `nowMs` is the simulated time at the start. */
export function connect(bridge: Bridge, nowMs: number): void {
  link.bridge = bridge;
  link.nowMs = nowMs;
}

/** The simulated time in epoch milliseconds, as of the last answer of the host. */
export function simulatedNow(): number {
  return link.nowMs;
}

/** What Google's services throw. */
export class Exception extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Exception';
  }
}

/** Calls the host by name and gives its value; a refusal is thrown as an `Exception`. */
export function call(name: string, ...args: readonly unknown[]): unknown {
  return ask(name, args).v;
}

/** As `call`, for an answer that is a text. */
export function callText(name: string, ...args: readonly unknown[]): string {
  return String(ask(name, args).v);
}

/** As `call`, for an answer that is a number. */
export function callNumber(name: string, ...args: readonly unknown[]): number {
  return Number(ask(name, args).v);
}

/** As `call`, for a grid of cell values; the cells listed in the answer's `d` (row, column, row, column, …) become Dates. */
export function callGrid(name: string, ...args: readonly unknown[]): unknown[][] {
  const reply = ask(name, args);
  const grid = reply.v as unknown[][];
  const dates = reply.d ?? [];
  for (let i = 0; i + 1 < dates.length; i += 2) {
    const row = grid[dates[i] ?? 0];
    const column = dates[i + 1] ?? 0;
    if (row) row[column] = new Date(row[column] as number);
  }
  return grid;
}

/** A value as it travels to the host: a Date as `{ $date: ms }`, undefined as null, a number that is none as an error text. */
export function outgoing(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : '#NUM!';
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : { $date: value.getTime() };
  return String(value);
}

function ask(name: string, args: readonly unknown[]): Reply {
  const reply = JSON.parse(link.bridge(JSON.stringify([name, args]))) as Reply;
  link.nowMs = reply.t;
  if (reply.e !== undefined) throw new Exception(reply.e);
  return reply;
}
