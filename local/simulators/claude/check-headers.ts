import type { SimulatorRequest } from '../http/types.ts';
import { invalid, type Refusal, refusal } from './errors.ts';

/** The API versions that are served. The newer one refuses sampling parameters, among others. */
export const versions = ['2023-06-01', '2026-10-21'] as const;
export type Version = (typeof versions)[number];

/** Checks key and version: `x-api-key` or `Authorization: Bearer`, not both. */
export function checkHeaders(request: SimulatorRequest, apiKey: string | undefined): Refusal | Version {
  const key = request.headers['x-api-key'];
  const authorization = request.headers['authorization'];
  if (key !== undefined && authorization !== undefined) {
    return refusal(401, 'Only one of x-api-key and Authorization may be sent.');
  }
  const bearer = /^bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const sent = key ?? bearer ?? '';
  if (sent === '')
    return refusal(401, authorization === undefined ? 'x-api-key header is required' : 'invalid bearer token');
  if (apiKey !== undefined && sent !== apiKey) {
    return refusal(401, key === undefined ? 'invalid bearer token' : 'invalid x-api-key');
  }
  const version = request.headers['anthropic-version'];
  if (version === undefined) return invalid('anthropic-version: header is required');
  return (
    versions.find((known) => known === version) ?? invalid(`anthropic-version: "${version}" is not a valid version`)
  );
}
