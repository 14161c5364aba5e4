/**
 * Does a fault's `request` mean this request?
 *
 * - The method must be the same (`*` stands for any).
 * - The written path must be the END of the request's path, by whole segments, without regard to letter case:
 *   `POST /invoice` means `/v3/company/123/invoice`, not `/invoice/5`; `POST /messages` means `/v1/messages`, not `/v1/messages/batches`.
 * - `*` as a segment stands for any one segment: `GET /invoice/*`.
 * - A written query must be among the request's: `POST /invoice?operation=void`.
 */
export function matchesRequest(written: string, method: string, path: string, query: URLSearchParams): boolean {
  const [wantedMethod, target] = splitRequest(written);
  if (wantedMethod !== '*' && wantedMethod !== method.toUpperCase()) return false;
  const [wantedPath = '', wantedQuery = ''] = target.split('?');
  const wanted = segments(wantedPath);
  const given = segments(path);
  if (wanted.length > given.length) return false;
  const end = given.slice(given.length - wanted.length);
  const pathFits = wanted.every((segment, index) => segment === '*' || segment === end[index]);
  return pathFits && [...new URLSearchParams(wantedQuery)].every(([name, value]) => query.get(name) === value);
}

/** `POST /invoice` as method and path; throws a sentence when it is not of that form. */
export function splitRequest(written: string): readonly [string, string] {
  const match = /^(\*|[A-Za-z]+) +(\/\S*)$/.exec(written.trim());
  const [, method, target] = match ?? [];
  if (method === undefined || target === undefined) {
    throw new Error(`"${written}" is not a request. Write a method and a path, e.g. "POST /invoice".`);
  }
  return [method.toUpperCase(), target];
}

function segments(path: string): string[] {
  return path
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
}
