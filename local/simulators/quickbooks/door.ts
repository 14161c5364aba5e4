import { htmlReply } from '../http/reply.ts';
import type { ServiceErrors, SimulatorReply, SimulatorRequest } from '../http/types.ts';
import type { Company } from './company.ts';
import { dataReply } from './data-api.ts';
import { type Envelope, gatewayFault, otherCompany, throttled, unauthorized, written } from './envelope.ts';
import { item } from './faults.ts';
import { createThrottle } from './limits.ts';
import { type OAuthContext, oauthReply } from './oauth/endpoints.ts';

export interface DoorOptions extends OAuthContext {
  readonly hasLimits: boolean;
}

/** What every request passes: OAuth addresses, token, company, limits, replay of a requestid, then the work. */
export interface Door {
  readonly handle: (request: SimulatorRequest) => SimulatorReply | null;
  readonly errors: ServiceErrors;
  /** Answers to request ids, as far as they are remembered. */
  readonly answered: Map<string, SimulatorReply>;
  /** Requests that were let in and whose work is still to be done. */
  readonly late: LateWork[];
  /** Does all of that now. */
  readonly settle: () => void;
}

/** A request that was let in and is worked on later. */
export interface LateWork {
  readonly request: SimulatorRequest;
  readonly parts: readonly string[];
  readonly due: Due;
}

/** Once so many further requests have been worked on, or at a moment. */
type Due = { readonly requests: number } | { readonly atMs: number };

/**
 * - `fault in 200`: the work is not done, and the answer is a Fault under the status 200, which Intuit's page on error handling warns of.
 * - `commit N requests late`: nothing is answered, and the work is done once N further requests have been worked on, by the rules of that
 *   moment. With `, status NNN` the answer is that status. What the work comes to nobody hears.
 * - `commit N seconds late`: the same after a time. QuickBooks itself gives a request up after 120 s.
 */
export const OWN_FAULTS: readonly string[] = [
  'fault in 200',
  'commit N requests late',
  'commit N requests late, status NNN',
  'commit N seconds late',
  'commit N seconds late, status NNN',
];

export function createDoor(company: Company, options: DoorOptions): Door {
  const throttle = createThrottle();
  const answered = new Map<string, SimulatorReply>();
  const lateWork: LateWork[] = [];
  let count = 0;

  /** `1-` and the time, then a number of the request: as the service names its transactions. */
  const withTid = (reply: SimulatorReply): SimulatorReply => {
    count += 1;
    const seconds = Math.floor(company.clock.now() / 1000).toString(16);
    const tid = `1-${seconds}-${count.toString(16).padStart(24, '0')}`;
    return { ...reply, headers: { ...reply.headers, intuit_tid: tid } };
  };

  const dataApi = (request: SimulatorRequest): SimulatorReply | null => {
    const [, realmId = '', rest = ''] = /^\/v3\/company\/([^/]+)\/(.+?)\/?$/.exec(request.path) ?? [];
    if (rest === '') return htmlReply(404, 'Not Found');
    const refusal = refused(company, options, request, realmId);
    if (refusal !== null) return refusal;
    const parts = rest.split('/').map(decodeURIComponent);
    if (options.hasLimits && !throttle.passes(company.clock.now(), parts[0] === 'batch')) {
      return written(company, request, throttled());
    }
    if (hasWrongType(company, request, parts)) return htmlReply(415, 'Unsupported Media Type');
    if (request.ownFaults.includes('fault in 200')) return written(company, request, systemFailure(200));
    const late = request.ownFaults.map(lateOf).find((value) => value !== null);
    if (late !== undefined && late !== null) {
      const due =
        late.unit === 'requests' ? { requests: late.after } : { atMs: company.clock.now() + late.after * 1000 };
      lateWork.push({ request, parts, due });
      return late.status === null ? null : faultOfStatus(company, late.status, request);
    }
    return work(request, parts);
  };

  const work = (request: SimulatorRequest, parts: readonly string[]): SimulatorReply => {
    const id = request.query.get('requestid') ?? '';
    const before = answered.get(id);
    if (before !== undefined) return before;
    const reply = dataReply(company, request, parts);
    const isKept = reply.status < 300 || company.assumptions.replaysFailures;
    if (id !== '' && isKept && company.assumptions.replaysRequests) answered.set(id, reply);
    return reply;
  };

  /** Does what is due; `worked`: those for which one more request was worked on. */
  const doLate = (worked: readonly LateWork[]): void => {
    for (const each of lateWork.splice(0)) {
      const { request, parts, due } = each;
      const left = 'requests' in due ? due.requests - (worked.includes(each) ? 1 : 0) : due.atMs - company.clock.now();
      if (left <= 0) work(request, parts);
      else lateWork.push('requests' in due ? { ...each, due: { requests: left } } : each);
    }
  };

  return {
    answered,
    late: lateWork,
    settle: () => {
      for (const { request, parts } of lateWork.splice(0)) work(request, parts);
    },
    handle(request) {
      doLate([]);
      const waiting = [...lateWork];
      const reply = oauthReply(request, options) ?? dataApi(request);
      doLate(waiting);
      return reply === null ? null : withTid(reply);
    },
    errors: {
      status: (status, request) => withTid(faultOfStatus(company, status, request)),
      expiredToken: () => withTid(unauthorized(company, '3200', 'Token expired: AB01…')),
    },
  };
}

function refused(
  company: Company,
  options: DoorOptions,
  request: SimulatorRequest,
  realmId: string,
): SimulatorReply | null {
  const token = /^Bearer (.*)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  switch (options.grants.check(token, realmId)) {
    case 'valid':
      return null;
    case 'missing':
      return unauthorized(company, '3202', 'Empty token');
    case 'malformed':
      return unauthorized(company, '3200', 'Malformed bearer token: too short or too long');
    case 'expired':
      return unauthorized(company, '3200', `Token expired: ${token}`);
    case 'other company':
      return written(company, request, otherCompany());
  }
}

/** Entities and batches come as JSON; queries, files and mails have types of their own. */
function hasWrongType(company: Company, request: SimulatorRequest, parts: readonly string[]): boolean {
  if (request.method !== 'POST' || !company.assumptions.refusesOtherContentTypes) return false;
  if (parts[0] === 'query' || parts[0] === 'upload' || parts[2] === 'send') return false;
  return !(request.headers['content-type'] ?? '').startsWith('application/json');
}

/** What a fault rule asks for, in the service's own words; a gateway's failure is a page of HTML. */
function faultOfStatus(company: Company, status: number, request: SimulatorRequest): SimulatorReply {
  if (request.path.startsWith('/oauth2/') && status < 500) {
    const body = JSON.stringify({ error: status === 401 ? 'invalid_client' : 'invalid_request' });
    return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body };
  }
  switch (status) {
    case 400:
      return written(
        company,
        request,
        gatewayFault([item('6000', 'Business Validation Error: refused')], 'ValidationFault', 400),
      );
    case 401:
      return unauthorized(company, '3200', 'Token expired: AB01…');
    case 403:
      return written(company, request, otherCompany());
    case 429:
      return written(company, request, throttled());
    case 500:
      return written(company, request, systemFailure(500));
    default:
      return htmlReply(
        status,
        status === 503 ? 'Service Temporarily Unavailable' : status === 502 ? 'Bad Gateway' : 'Error',
      );
  }
}

interface Late {
  readonly after: number;
  readonly unit: 'requests' | 'seconds';
  /** Null: no answer. */
  readonly status: number | null;
}

function lateOf(fault: string): Late | null {
  const [, after, unit, status] = /^commit (\d+) (requests|seconds) late(?:, status (\d+))?$/.exec(fault) ?? [];
  if (after === undefined) return null;
  const isCounted = unit === 'requests';
  return {
    after: Number(after),
    unit: isCounted ? 'requests' : 'seconds',
    status: status === undefined ? null : Number(status),
  };
}

function systemFailure(status: number): Envelope {
  return gatewayFault([item('10000', 'System Failure Error: Unexpected Internal Error')], 'SystemFault', status);
}
