import { idOf } from './read-field.ts';
import type { WireRecord } from './shapes.ts';

/** One page of a list as the API envelopes it, or the sentence for status 422. */
export type Page =
  | { readonly kind: 'page'; readonly body: WireRecord; readonly rows: number }
  | { readonly kind: 'invalid'; readonly message: string };

export interface PageRequest {
  /** The key of the list in the answer. */
  readonly collection: string;
  /** Every record that the filters leave, in order; lists with cursors must be in falling order of id. */
  readonly records: readonly WireRecord[];
  readonly style: 'page' | 'cursor';
  readonly query: URLSearchParams;
  /** The address of the list without query, e.g. `https://api.harvestapp.com/v2/clients`. */
  readonly address: string;
}

/** The most records in one page, also what is given when nothing is asked for. */
export const mostPerPage = 2000;

/** Cuts the asked page out of the list. `cursor` wins over `page`; lists without cursors do not know `cursor`. */
export function pageOf(request: PageRequest): Page {
  const perPage = wholeNumber(request.query.get('per_page'), mostPerPage);
  if (perPage === null || perPage < 1)
    return { kind: 'invalid', message: 'per_page must be a whole number from 1 to 2000' };
  if (perPage > mostPerPage) return { kind: 'invalid', message: 'per_page must be less than or equal to 2000' };
  const cursor = request.style === 'cursor' ? request.query.get('cursor') : null;
  if (cursor !== null) return byCursor(request, perPage, cursor);
  const page = wholeNumber(request.query.get('page'), 1);
  if (page === null || page < 1) return { kind: 'invalid', message: 'page must be a whole number from 1' };
  return envelope(request, perPage, (page - 1) * perPage, page);
}

function byCursor(request: PageRequest, perPage: number, cursor: string): Page {
  const place = readCursor(cursor);
  if (place === null) return { kind: 'invalid', message: 'cursor is invalid' };
  const ids = request.records.map((record) => idOf(record) ?? 0);
  if (place.side === 'after') {
    const start = ids.findIndex((id) => id < place.id);
    return envelope(request, perPage, start === -1 ? ids.length : start, null);
  }
  const end = ids.findIndex((id) => id <= place.id);
  return envelope(request, perPage, Math.max(0, (end === -1 ? ids.length : end) - perPage), null);
}

function envelope(request: PageRequest, perPage: number, start: number, asked: number | null): Page {
  const total = request.records.length;
  const pages = Math.max(1, Math.ceil(total / perPage));
  const rows = request.records.slice(start, start + perPage);
  const hasNext = start + perPage < total;
  const hasPrevious = start > 0;
  const end = hasNext ? null : pages;
  const page = asked ?? (hasPrevious ? end : 1);
  const next = !hasNext ? null : page === null ? null : page + 1;
  const previous = !hasPrevious || page === null ? null : page - 1;
  const links =
    request.style === 'page'
      ? {
          first: link(request, perPage, { page: '1' }),
          next: hasNext ? link(request, perPage, { page: String((page ?? 0) + 1) }) : null,
          previous: hasPrevious ? link(request, perPage, { page: String((page ?? 2) - 1) }) : null,
          last: link(request, perPage, { page: String(pages) }),
        }
      : {
          first: link(request, perPage, { page: '1', ref: 'first' }),
          next: hasNext
            ? link(request, perPage, { cursor: writeCursor('after', rows.at(-1)), ref: 'next_cursor' })
            : null,
          previous: hasPrevious
            ? link(request, perPage, { cursor: writeCursor('before', rows[0]), ref: 'previous_cursor' })
            : null,
          last: link(request, perPage, { page: String(pages), ref: 'last' }),
        };
  const body = {
    [request.collection]: rows,
    per_page: perPage,
    total_pages: pages,
    total_entries: total,
    next_page: next,
    page,
    previous_page: previous,
    links,
  };
  return { kind: 'page', body, rows: rows.length };
}

/** Filters are repeated in the links, so that following `links.next` keeps them. */
function link(request: PageRequest, perPage: number, place: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(request.query);
  for (const name of ['page', 'cursor', 'ref', 'per_page', 'access_token', 'account_id']) query.delete(name);
  const { ref, ...position } = place;
  for (const [name, value] of Object.entries(position)) query.set(name, value);
  query.set('per_page', String(perPage));
  if (ref !== undefined) query.set('ref', ref);
  return `${request.address}?${query}`;
}

function writeCursor(side: 'after' | 'before', record: WireRecord | undefined): string {
  return Buffer.from(JSON.stringify({ [side]: { id: idOf(record) } })).toString('base64url');
}

function readCursor(cursor: string): { readonly side: 'after' | 'before'; readonly id: number } | null {
  const match = /^\{"(after|before)":\{"id":(\d+)\}\}$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, side, id] = match ?? [];
  if (id === undefined || (side !== 'after' && side !== 'before')) return null;
  return { side, id: Number(id) };
}

function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null || text === '') return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
