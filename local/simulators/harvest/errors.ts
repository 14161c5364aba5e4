import { htmlReply, jsonReply } from '../http/reply.ts';
import type { SimulatorReply } from '../http/types.ts';

/** Harvest's error bodies. The wording for a bad token is documented; the others are what clients have seen, so read none of them. */
export const harvestErrors = {
  /** A missing account id is answered just like a bad token. */
  invalidToken: (): SimulatorReply =>
    jsonReply(401, {
      error: 'invalid_token',
      error_description: 'The access token provided is expired, revoked, malformed or invalid for other reasons.',
    }),
  missingUserAgent: (): SimulatorReply => jsonReply(400, { error: 'User-Agent header is required.' }),
  badBody: (): SimulatorReply => jsonReply(400, { status: 400, error: 'Bad Request' }),
  notFound: (): SimulatorReply => jsonReply(404, { status: 404, error: 'Not Found' }),
  forbidden: (): SimulatorReply => jsonReply(403, { message: 'You are not authorized to perform this action.' }),
  invalid: (message: string): SimulatorReply => jsonReply(422, { message }),
  throttled: (seconds: number): SimulatorReply => ({
    status: 429,
    headers: { 'content-type': 'text/plain', 'retry-after': String(seconds) },
    body: 'Retry later\n',
  }),
};

/** The body that goes with a status that a fault asks for. */
export function statusReply(status: number): SimulatorReply {
  switch (status) {
    case 400:
      return harvestErrors.badBody();
    case 401:
      return harvestErrors.invalidToken();
    case 403:
      return harvestErrors.forbidden();
    case 404:
      return harvestErrors.notFound();
    case 422:
      return harvestErrors.invalid('The request could not be processed.');
    case 429:
      return harvestErrors.throttled(10);
    case 500:
      return jsonReply(500, { status: 500, error: 'Internal Server Error' });
    default:
      return htmlReply(status, status === 503 ? 'Service Temporarily Unavailable' : 'Error');
  }
}
