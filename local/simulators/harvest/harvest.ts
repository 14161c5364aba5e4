import { startServer } from '../http/start-server.ts';
import type {
  ScenarioFault,
  SimulatorClock,
  SimulatorReply,
  SimulatorRequest,
  SimulatorServer,
} from '../http/types.ts';
import { checkData, type HarvestData, HarvestDataError } from './check-data.ts';
import { createCompleter } from './completer.ts';
import { harvestErrors, statusReply } from './errors.ts';
import { createRateLimit } from './rate-limit.ts';
import { idOf } from './read-field.ts';
import { route } from './routes.ts';
import { type ListName, listNames, type WireRecord } from './shapes.ts';
import { createStore, type HarvestStore } from './store.ts';
import { viewerOf } from './viewer.ts';
import { iso } from './write-time-entry.ts';

export interface HarvestOptions {
  readonly clock: SimulatorClock;
  readonly data: HarvestData;
  readonly faults?: readonly ScenarioFault[];
  /** The only access token that is accepted; any when left out. */
  readonly token?: string;
  /** The only account id that is accepted; any when left out. */
  readonly accountId?: string;
  /** The id of the user the token acts as; an administrator when left out. */
  readonly actsAs?: number;
  /** The address that links in answers start with, e.g. `https://api.harvestapp.com`; the server's own when left out. */
  readonly publicUrl?: string;
}

/** A running Harvest, and what people do in it meanwhile. */
export interface Harvest extends SimulatorServer {
  /** Adds records, or changes the given fields of those there are; `updated_at` becomes now. Throws HarvestDataError. */
  upsert(records: HarvestData): void;
  /** Removes records by id, list by list. Throws HarvestDataError for an id that is not there. */
  delete(ids: { readonly [list: string]: readonly number[] }): void;
}

/**
 * Starts a Harvest that holds the given records: API v2 with its headers, pages, filters, limits, error bodies and faults.
 * Throws HarvestDataError when the records are wrong.
 */
export async function createHarvest(options: HarvestOptions): Promise<Harvest> {
  const findings = checkData(options.data);
  if (findings.length > 0) throw new HarvestDataError(findings);
  const store = createStore(options.data);
  const complete = createCompleter(store);
  const limit = createRateLimit(options.clock);
  const server = await startServer({
    name: 'harvest',
    clock: options.clock,
    faults: options.faults ?? [],
    errors: { status: statusReply, expiredToken: harvestErrors.invalidToken },
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    tokenOf,
    handle: (request) => {
      const refusal = refuse(request, options);
      if (refusal !== null) return refusal;
      const wait = limit(tokenOf(request));
      if (wait !== null) return harvestErrors.throttled(wait);
      const nowMs = options.clock.now();
      return route(request, {
        store,
        viewer: viewerOf(store, options.actsAs),
        nowMs,
        complete: (list, record) => complete(list, record, nowMs),
      });
    },
  });
  return {
    ...server,
    upsert: (records) => upsert(store, records, options.clock.now()),
    delete: (ids) => remove(store, ids),
  };
}

function refuse(request: SimulatorRequest, options: HarvestOptions): SimulatorReply | null {
  if ((request.headers['user-agent'] ?? '').trim() === '') return harvestErrors.missingUserAgent();
  const token = tokenOf(request);
  const account = request.headers['harvest-account-id'] ?? request.query.get('account_id') ?? '';
  const isTokenRight = token !== '' && (options.token === undefined || token === options.token);
  const isAccountRight = account !== '' && (options.accountId === undefined || account === options.accountId);
  return isTokenRight && isAccountRight ? null : harvestErrors.invalidToken();
}

function tokenOf(request: SimulatorRequest): string {
  const bearer = /^bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  return bearer ?? request.query.get('access_token') ?? '';
}

function upsert(store: HarvestStore, records: HarvestData, nowMs: number): void {
  const merged = Object.fromEntries(
    listNames.flatMap((list) => {
      const given = records[list];
      return given === undefined ? [] : [[list, given.map((record) => merge(store, list, record, nowMs))]];
    }),
  ) as HarvestData;
  const findings = checkData(merged, (list, id) => store.find(list, id) !== undefined);
  if (findings.length > 0) throw new HarvestDataError(findings);
  for (const list of listNames) for (const record of merged[list] ?? []) store.put(list, record);
}

function merge(store: HarvestStore, list: ListName, record: WireRecord, nowMs: number): WireRecord {
  const old = store.find(list, idOf(record)) ?? {};
  const stale: string[] = [];
  if ('hours' in record) stale.push('rounded_hours', 'hours_without_timer');
  if ('project' in record) stale.push('client', 'user_assignment', 'task_assignment');
  const kept = Object.fromEntries(Object.entries(old).filter(([field]) => !stale.includes(field)));
  return { ...kept, ...record, updated_at: iso(nowMs) };
}

function remove(store: HarvestStore, ids: { readonly [list: string]: readonly number[] }): void {
  const findings: string[] = [];
  for (const [list, unwanted] of Object.entries(ids)) {
    const known = listNames.find((name) => name === list);
    if (known === undefined) findings.push(`harvest.delete.${list}: Harvest has no such list`);
    else {
      unwanted.forEach((id, index) => {
        if (!store.remove(known, id)) findings.push(`harvest.delete.${list}[${index}]: there is no ${id}`);
      });
    }
  }
  if (findings.length > 0) throw new HarvestDataError(findings);
}
