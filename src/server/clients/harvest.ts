import * as z from 'zod/mini';
import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { Http, HttpAnswer } from '../http.ts';
import { retryAfterMs } from '../retry-after.ts';
import { decode } from './decode.ts';
import type {
  HarvestClient,
  HarvestClientRecord,
  HarvestExpense,
  HarvestMe,
  HarvestProject,
  HarvestRange,
  HarvestTimeEntry,
  HarvestUser,
} from './harvest-model.ts';
import { clientRecord, company, expense, links, me, project, timeEntry, user } from './harvest-schema.ts';

export interface HarvestDeps {
  readonly http: Http;
  readonly accountId: string;
  readonly token: string;
  /** For `Retry-After` as a date. */
  readonly nowMs: () => number;
}

const BASE = 'https://api.harvestapp.com/v2';

/** Harvest refuses requests without one (introduction/overview/general). */
const USER_AGENT = 'Time to Invoice (Google Sheets add-on)';

/** 100 pages of 2,000 are 200,000 entries a request: more than any firm of this size has. */
const MAX_PAGES = 100;

/** A client of Harvest API v2. Every method throws `ServiceError`. */
export function createHarvestClient(deps: HarvestDeps): HarvestClient {
  const get = (url: string): string => {
    const answer = deps.http.request({
      service: 'Harvest',
      method: 'GET',
      url,
      headers: {
        Authorization: `Bearer ${deps.token}`,
        'Harvest-Account-Id': deps.accountId,
        'User-Agent': USER_AGENT,
        Accept: 'application/json',
      },
    });
    if (!answer.transportFailed && answer.status === 200) return answer.text;
    throw errorOf(answer, deps.nowMs());
  };

  /** Follows `links.next` as it is (never builds page addresses) and drops records that were shifted onto a second page. */
  const list = <T extends { readonly id: number }>(
    path: string,
    collection: string,
    record: z.ZodMiniType<T>,
  ): readonly T[] => {
    const byId = new Map<number, T>();
    let url: string | null = `${BASE}/${path}`;
    for (let page = 0; url !== null; page += 1) {
      if (page >= MAX_PAGES) throw badList(collection, `has more than ${MAX_PAGES} pages`);
      const text = get(url);
      const list = decode('Harvest', words(collection), z.object({ [collection]: z.array(record) }), text);
      for (const one of list[collection] ?? []) byId.set(one.id, one);
      url = decode('Harvest', words(collection), links, text).links.next;
      if (url !== null && !url.startsWith(`${BASE}/`)) throw badList(collection, 'continues at an unknown address');
    }
    return [...byId.values()];
  };

  return {
    me: (): HarvestMe => decode('Harvest', 'the user', me, get(`${BASE}/users/me`)),
    companyName: () => {
      try {
        return decode('Harvest', 'the company', company, get(`${BASE}/company`));
      } catch (error) {
        // Only administrators may read it, and a member's token is still a connection.
        if (error instanceof ServiceError && (error.status === 403 || error.status === 404)) return null;
        throw error;
      }
    },
    timeEntries: (range): readonly HarvestTimeEntry[] =>
      list(`time_entries?${query(range)}`, 'time_entries', timeEntry),
    expenses: (range): readonly HarvestExpense[] => list(`expenses?${query(range)}`, 'expenses', expense),
    users: (): readonly HarvestUser[] => list('users?per_page=2000', 'users', user),
    projects: (): readonly HarvestProject[] => list('projects?per_page=2000', 'projects', project),
    clients: (): readonly HarvestClientRecord[] => list('clients?per_page=2000', 'clients', clientRecord),
  };
}

function query(range: HarvestRange): string {
  const parts: string[] = [];
  if (range.from !== undefined) parts.push(`from=${range.from}`);
  if (range.to !== undefined) parts.push(`to=${range.to}`);
  if (range.updatedSince !== undefined) parts.push(`updated_since=${encodeURIComponent(range.updatedSince)}`);
  return [...parts, 'per_page=2000'].join('&');
}

function words(collection: string): string {
  return collection.replace('_', ' ');
}

function badList(collection: string, how: string): ServiceError {
  return new ServiceError({
    service: 'Harvest',
    kind: 'badResponse',
    message: `The list of ${words(collection)} from Harvest ${how}, so it was not read. Try again later.`,
  });
}

function errorOf(answer: HttpAnswer, nowMs: number): ServiceError {
  if (answer.transportFailed) {
    return new ServiceError({
      service: 'Harvest',
      kind: 'unavailable',
      message: `Harvest did not answer (${answer.reason}).`,
    });
  }
  const { status } = answer;
  const wait = retryAfterMs(answer.headers, nowMs);
  const facts = { service: 'Harvest', status, ...(wait === null ? {} : { retryAfterMs: wait }) } as const;
  if (status === 401) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      message:
        'Harvest does not accept the token together with this account ID. Make a new personal access token at id.getharvest.com/developers and press Connect Harvest in the sidebar.',
    });
  }
  if (status === 403) {
    return new ServiceError({
      ...facts,
      kind: 'auth',
      message:
        'The Harvest user of this token may not read this. Connect Harvest again with the token of an administrator.',
    });
  }
  if (status === 429) {
    return new ServiceError({ ...facts, kind: 'rateLimited', message: 'Harvest asks to wait: too many requests.' });
  }
  if (status === 408 || status >= 500) {
    return new ServiceError({ ...facts, kind: 'unavailable', message: `Harvest is not available (status ${status}).` });
  }
  return new ServiceError({
    ...facts,
    kind: 'rejected',
    message: `Harvest refused a request (status ${status}). Press Test beside Harvest in the sidebar.`,
  });
}
