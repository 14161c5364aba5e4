/** Simulated time in milliseconds since 1970; every simulator takes its time from one of these, never from the machine. */
export interface SimulatorClock {
  now(): number;
}

/** One fault of a scenario file, e.g. `{ service: 'quickbooks', request: 'POST /invoice', nth: 1, fault: 'timeout after commit' }`. */
export interface FaultRule {
  readonly service: string;
  /** Method and path; see `matchesRequest` for how it is compared. */
  readonly request: string;
  /** Which matching request, counted from 1; every one when left out. */
  readonly nth?: number | undefined;
  readonly fault: string;
}

/** Any fault of a scenario file; those that do not name a service (the platform stops an execution) are passed over here. */
export type ScenarioFault = FaultRule | { readonly execution: number; readonly 'kill after': number };

/** What a simulator is handed for one request. */
export interface SimulatorRequest {
  readonly method: string;
  /** Path without query, e.g. `/v2/time_entries`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Header names in lower case; repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Where the outside world reaches this server, without a trailing slash; links in answers start with it. */
  readonly origin: string;
  /** Faults of the service's own kind that are due for this request (those that the plumbing does not handle). */
  readonly ownFaults: readonly string[];
}

/** What a simulator answers. */
export interface SimulatorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** What this request costs on the simulated clock, told in the header `x-simulated-seconds`. */
  readonly seconds?: number;
}

/** One request as it was seen and answered; `status` is null where the socket was dropped without an answer. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
  readonly status: number | null;
  readonly faults: readonly string[];
}

/** How one service words the errors that faults ask for. */
export interface ServiceErrors {
  /** The service's own answer with this status; for 429 with its waiting header. */
  status(status: number, request: SimulatorRequest): SimulatorReply;
  /** How an expired access token is answered. */
  expiredToken(request: SimulatorRequest): SimulatorReply;
}

/** A running simulator. */
export interface SimulatorServer {
  /** `http://127.0.0.1:port`, without a trailing slash. */
  readonly url: string;
  /** Requests received so far, dropped ones included. */
  requests(): number;
  readonly log: readonly RequestRecord[];
  /** Forgets what was received so far: requests, log, counts of `nth`, spoilt tokens. For when all connections are made. */
  resetCounters(): void;
  /** Adds a fault while running; its `nth` counts from now. */
  addFault(rule: FaultRule): void;
  /** The bad time is over: no faults any more, and spoilt tokens are good again. */
  heal(): void;
  close(): Promise<void>;
}
