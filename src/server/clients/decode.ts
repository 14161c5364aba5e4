import * as z from 'zod/mini';
import { ServiceError, type ServiceName } from '../../lib/jobs/service-error.ts';

/**
 * Reads an answer's text by a schema. Throws `ServiceError` of kind `badResponse` that names the first wrong field and never its value.
 * @param what the record in the service's words: "time entries"
 */
export function decode<S extends z.ZodMiniType>(
  service: ServiceName,
  what: string,
  schema: S,
  text: string,
  requestId?: string,
): z.output<S> {
  const result = z.safeParse(schema, parseJson(text));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.map(String).join('.')})`;
  throw new ServiceError({
    service,
    kind: 'badResponse',
    message: `${service} sent ${what} that could not be read${where}. Try again later; if it stays, report it.`,
    status: 200,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** JSON or, where the text is none (an HTML page from a gateway), null. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Reads a text out of unknown JSON along a path; empty when it is not there. For error bodies, whose shape nobody promises. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  let here: unknown = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return '';
    here = Reflect.get(here, key);
  }
  return typeof here === 'string' || typeof here === 'number' ? String(here) : '';
}
