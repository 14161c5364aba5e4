/** The three services that data may go to, by the names that people know them by. */
export type ServiceName = 'Harvest' | 'Claude' | 'QuickBooks';

/**
 * What went wrong at a service.
 * - `auth`: the connection itself (key, token, rights); a person must reconnect.
 * - `rateLimited`: asked to wait; `retryAfterMs` says how long where the service said so.
 * - `rejected`: understood and refused; the same request will be refused again.
 * - `unavailable`: no answer, or the service is in trouble; whether a write was carried out is unknown.
 * - `badResponse`: answered, but not as documented.
 */
export type ServiceErrorKind = 'auth' | 'rateLimited' | 'rejected' | 'unavailable' | 'badResponse';

export interface ServiceErrorFacts {
  readonly service: ServiceName;
  readonly kind: ServiceErrorKind;
  /** A sentence that an operations manager can act on; holds no secret, address or body. */
  readonly message: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status?: number;
  /** The service's own number of the request, for its support (`request-id`, `intuit_tid`). */
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** The service's own code (QuickBooks `6140`, Claude `overloaded_error`). */
  readonly code?: string;
  /** The service's own words on a rejected request (QuickBooks `Detail`); never of an `auth` error, where it may hold a token. */
  readonly detail?: string;
}

/** The one error of all API clients. */
export class ServiceError extends Error {
  readonly service: ServiceName;
  readonly kind: ServiceErrorKind;
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly code: string;
  readonly detail: string;

  constructor(facts: ServiceErrorFacts) {
    super(facts.message);
    this.name = 'ServiceError';
    this.service = facts.service;
    this.kind = facts.kind;
    this.status = facts.status ?? 0;
    this.requestId = facts.requestId ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.code = facts.code ?? '';
    this.detail = facts.detail ?? '';
  }
}
