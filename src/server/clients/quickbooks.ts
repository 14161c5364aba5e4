import type * as z from 'zod/mini';
import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { Http, HttpAnswer } from '../http.ts';
import { decode } from './decode.ts';
import { quickBooksError } from './quickbooks-errors.ts';
import type { QuickBooksClient, QuickBooksTransaction, TransactionKind } from './quickbooks-model.ts';
import {
  attached,
  changes,
  companyInfo,
  customer,
  deletedTransaction,
  item,
  named,
  pageOf,
  preferences,
  transaction,
} from './quickbooks-schema.ts';
import { uploadBody } from './quickbooks-upload.ts';

/** Where and as whom; `renew` is called once after a 401 with the token that was refused. Both throw `ServiceError` of kind `auth`. */
export interface QuickBooksAccess {
  current(): QuickBooksTicket;
  renew(refused: string): QuickBooksTicket;
}

export interface QuickBooksTicket {
  readonly realmId: string;
  readonly accessToken: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly environment: 'sandbox' | 'production';
}

export interface QuickBooksDeps {
  readonly http: Http;
  readonly access: QuickBooksAccess;
  readonly nowMs: () => number;
}

/** The floor since 2025-08-01; older ones are treated as this one. */
const MINOR_VERSION = 75;

const PAGE = 1000;

/** 50 pages are 50,000 records of one kind. */
const MAX_PAGES = 50;

/** A client of the QuickBooks Online Accounting API. Every method throws `ServiceError`. */
export function createQuickBooksClient(deps: QuickBooksDeps): QuickBooksClient {
  const call = (
    path: string,
    parameters: Parameters,
    body?: string,
    contentType = 'application/json',
    // A repeated requestid is answered with the first result, so nothing is done twice.
    repeatable = parameters['requestid'] !== undefined,
  ): string => {
    const send = (ticket: QuickBooksTicket): HttpAnswer =>
      deps.http.request({
        service: 'QuickBooks',
        method: body === undefined ? 'GET' : 'POST',
        url: `${ticket.baseUrl}/v3/company/${ticket.realmId}/${path}?${queryString({ ...parameters, minorversion: String(MINOR_VERSION) })}`,
        headers: { Authorization: `Bearer ${ticket.accessToken}`, Accept: 'application/json' },
        ...(body === undefined ? {} : { body, contentType }),
        repeatable,
      });
    const ticket = deps.access.current();
    let answer = send(ticket);
    if (!answer.transportFailed && answer.status === 401) answer = send(deps.access.renew(ticket.accessToken));
    const error = quickBooksError(answer, deps.nowMs());
    if (error !== null) throw error;
    return answer.transportFailed ? '' : answer.text;
  };

  const query = <S extends z.ZodMiniType>(entity: string, record: S, where = ''): readonly z.output<S>[] => {
    const all: z.output<S>[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const sql = `SELECT * FROM ${entity}${where === '' ? '' : ` WHERE ${where}`} STARTPOSITION ${page * PAGE + 1} MAXRESULTS ${PAGE}`;
      const rows = decode('QuickBooks', `${entity} records`, pageOf(entity, record), call('query', { query: sql }));
      all.push(...rows);
      if (rows.length < PAGE) return all;
    }
    throw new ServiceError({
      service: 'QuickBooks',
      kind: 'badResponse',
      message: `QuickBooks has more than ${MAX_PAGES * PAGE} ${entity} records, more than can be read.`,
    });
  };

  const create = (kind: TransactionKind, body: Readonly<Record<string, unknown>>, requestId: string) =>
    decode(
      'QuickBooks',
      `the new ${kind.toLowerCase()}`,
      transaction(kind),
      // How long QuickBooks remembers a requestid is not documented: before a second try the caller looks whether it is there.
      call(kind.toLowerCase(), { requestid: requestId }, JSON.stringify(body), 'application/json', false),
    );

  const read = (kind: TransactionKind, id: string): QuickBooksTransaction | null => {
    try {
      return decode(
        'QuickBooks',
        `the ${kind.toLowerCase()}`,
        transaction(kind),
        call(`${kind.toLowerCase()}/${encodeURIComponent(id)}`, {}),
      );
    } catch (error) {
      // Only QuickBooks' own word that it is gone counts; a gateway's 404 says nothing of the invoice.
      if (error instanceof ServiceError && error.code === OBJECT_NOT_FOUND) return null;
      throw error;
    }
  };

  return {
    get environment() {
      return deps.access.current().environment;
    },
    companyInfo: () =>
      decode(
        'QuickBooks',
        'the company',
        companyInfo,
        call(`companyinfo/${encodeURIComponent(deps.access.current().realmId)}`, {}),
      ),
    preferences: () => decode('QuickBooks', 'the preferences', preferences, call('preferences', {})),
    customers: () => query('Customer', customer, ACTIVE_OR_NOT),
    items: () => query('Item', item, ACTIVE_OR_NOT),
    terms: () => query('Term', named, ACTIVE_OR_NOT),
    taxCodes: () => query('TaxCode', named, ACTIVE_OR_NOT),
    createInvoice: (body, requestId) => create('Invoice', body, requestId),
    createEstimate: (body, requestId) => create('Estimate', body, requestId),
    readInvoice: (id) => read('Invoice', id),
    readEstimate: (id) => read('Estimate', id),
    findByNumber: (docNumber, kind) => query(kind, transaction(kind), `DocNumber = ${quoted(docNumber)}`),
    findUpdatedSince: (iso, kind) => query(kind, transaction(kind), `MetaData.LastUpdatedTime >= ${quoted(iso)}`),
    changedSince: (iso) =>
      decode(
        'QuickBooks',
        'the list of changes',
        changes,
        call('cdc', { entities: 'Invoice,Estimate', changedSince: iso }),
      ),
    deleteTransaction: (kind, id, syncToken) => {
      const text = call(
        kind.toLowerCase(),
        { operation: 'delete', requestid: `delete-${id}-${syncToken}` },
        JSON.stringify({ Id: id, SyncToken: syncToken }),
      );
      decode('QuickBooks', 'the deletion', deletedTransaction(kind), text);
    },
    attach: (file, requestId) => {
      const { body, contentType } = uploadBody(file);
      decode('QuickBooks', 'the attachment', attached, call('upload', { requestid: requestId }, body, contentType));
    },
    addressOf: (kind, id) => {
      const host =
        deps.access.current().environment === 'sandbox' ? 'app.sandbox.qbo.intuit.com' : 'app.qbo.intuit.com';
      return `https://${host}/app/${kind.toLowerCase()}?txnId=${encodeURIComponent(id)}`;
    },
  };
}

/** Without it inactive names are left out, and a reference to one would look like a typing mistake. */
const ACTIVE_OR_NOT = 'Active IN (true, false)';

const OBJECT_NOT_FOUND = '610';

/** Values are quoted, numbers too; quote and backslash are escaped by a backslash. */
function quoted(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

type Parameters = Readonly<Record<string, string>>;

function queryString(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
