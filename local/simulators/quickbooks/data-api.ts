import type { SimulatorReply, SimulatorRequest } from '../http/types.ts';
import { runBatch } from './batch.ts';
import { changedSince } from './change-data.ts';
import type { Company } from './company.ts';
import { readEntity, sendEntity, writeEntity } from './entities.ts';
import { type Envelope, faultMembers, written } from './envelope.ts';
import { QuickBooksFault, refuse, unsupported } from './faults.ts';
import { isObject, type JsonObject } from './json.ts';
import { LIMITS } from './limits.ts';
import { runQuery } from './query/run.ts';
import { entityNamed } from './shapes.ts';
import { upload } from './upload.ts';

/** Does the work of one request to /v3/company/{realm}/…, for a caller whose right to it is already checked. */
export function dataReply(company: Company, request: SimulatorRequest, parts: readonly string[]): SimulatorReply {
  if (request.method === 'GET' && parts[2] === 'pdf') return pdfReply(company, request, parts);
  return written(company, request, outcome(company, request, parts));
}

function outcome(company: Company, request: SimulatorRequest, parts: readonly string[]): Envelope {
  try {
    checkRequestId(request, parts[0] === 'batch');
    return { status: 200, members: worked(company, request, parts) };
  } catch (error) {
    if (!(error instanceof QuickBooksFault)) throw error;
    return { status: error.status, members: { Fault: faultMembers(error) } };
  }
}

function worked(company: Company, request: SimulatorRequest, parts: readonly string[]): JsonObject {
  const [what = '', id, action] = parts;
  const { method, query } = request;
  if (what === 'query') return { QueryResponse: runQuery(company, queryText(request)) };
  if (what === 'batch' && method === 'POST') return runBatch(company, bodyOf(request), query.has('requestid'));
  if (what === 'cdc' && method === 'GET')
    return changedSince(company, query.get('entities'), query.get('changedSince'));
  if (what === 'upload' && method === 'POST') {
    return upload(company, request.headers['content-type'] ?? '', request.body);
  }
  const kind = what === what.toLowerCase() ? entityNamed(what) : undefined;
  if (kind === undefined) throw unsupported(what);
  if (method === 'POST' && id !== undefined && action === 'send') {
    return { [kind]: sendEntity(company, kind, id, query.get('sendTo') ?? undefined) };
  }
  if (action !== undefined) throw unsupported(`${what}/${action}`);
  if (method === 'GET') return { [kind]: readEntity(company, kind, id ?? '') };
  if (method !== 'POST' || id !== undefined) throw unsupported(`${method} ${what}`);
  const options = {
    operation: query.get('operation') ?? undefined,
    include: (query.get('include') ?? '').toLowerCase().split(','),
  };
  return { [kind]: writeEntity(company, kind, bodyOf(request), options) };
}

function queryText(request: SimulatorRequest): string {
  if (request.method === 'GET') return request.query.get('query') ?? '';
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/text') && !type.startsWith('text/plain')) throw unsupported(`query with ${type}`);
  return request.body.toString('utf8');
}

function bodyOf(request: SimulatorRequest): JsonObject {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // answered below, like any other body that is no object
  }
  throw refuse('2010', 'Property Name:Can not read the body as a JSON object specified is unsupported or invalid');
}

/** A requestid has at most 50 characters, for a batch 36. */
function checkRequestId(request: SimulatorRequest, isBatch: boolean): void {
  const id = request.query.get('requestid');
  if (id === null) return;
  const max = isBatch ? LIMITS.batchRequestId : LIMITS.requestId;
  if (id === '' || id.length > max) {
    throw refuse('2130', `Invalid Request Id Format : ${id.length} characters, at most ${max}`, 'requestid');
  }
}

function pdfReply(company: Company, request: SimulatorRequest, parts: readonly string[]): SimulatorReply {
  const [what = '', id = ''] = parts;
  const kind = entityNamed(what);
  const row = kind === 'Invoice' || kind === 'Estimate' ? company.store.find(kind, id) : undefined;
  if (row === undefined) return written(company, request, outcome(company, request, [what, id]));
  const body = Buffer.from(`%PDF-1.4\n% ${what} ${id}\n%%EOF\n`, 'latin1');
  return { status: 200, headers: { 'content-type': 'application/pdf' }, body };
}
