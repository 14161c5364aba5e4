import type { SimulatorReply, SimulatorRequest } from '../../http/types.ts';
import { LIMITS } from '../limits.ts';
import type { Grant, Grants } from './grants.ts';

/** The app that asks, and how the person at the consent page answers. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Redirect addresses that are registered for the app; any https or loopback address when left out. */
  readonly redirectUris?: readonly string[];
}

export interface OAuthContext {
  readonly app: App;
  readonly realmId: string;
  readonly grants: Grants;
  readonly now: () => number;
  /** True: the person says no. */
  readonly isDenied: () => boolean;
}

const SCOPE = 'com.intuit.quickbooks.accounting';

/** Answers the OAuth addresses of appcenter, oauth.platform and developer.api; null for any other path. */
export function oauthReply(request: SimulatorRequest, context: OAuthContext): SimulatorReply | null {
  const path = request.path.replace(/\/$/, '');
  if (request.method === 'GET' && path === '/connect/oauth2') return authorize(request, context);
  if (request.method === 'POST' && path === '/oauth2/v1/tokens/bearer') return token(request, context);
  if (request.method === 'POST' && path === '/v2/oauth2/tokens/revoke') return revoke(request, context);
  if (request.method === 'GET' && path.startsWith('/.well-known/openid_')) return discovery(request);
  return null;
}

/** The consent page: refuses on the page itself what cannot be sent back to a trusted address, else redirects with code, state and realmId. */
function authorize(request: SimulatorRequest, context: OAuthContext): SimulatorReply {
  const { query } = request;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== context.app.clientId) return page('invalid_client: the app is not known.');
  if (!isRegistered(redirectUri, context.app)) return page('invalid_redirect_uri: the address is not registered.');
  if (query.get('response_type') !== 'code') return page('unsupported_response_type: expected code.');
  const scopes = (query.get('scope') ?? '').split(' ');
  if (!scopes.includes(SCOPE)) return page(`invalid_scope: expected ${SCOPE}.`);
  const state = query.get('state') ?? '';
  if (state === '') return page('invalid_request: the state parameter is missing.');
  const back = new URL(redirectUri);
  if (context.isDenied()) back.searchParams.set('error', 'access_denied');
  else back.searchParams.set('code', context.grants.newCode(redirectUri));
  back.searchParams.set('state', state);
  if (!context.isDenied()) back.searchParams.set('realmId', context.realmId);
  return { status: 302, headers: { location: back.toString() }, body: '' };
}

function token(request: SimulatorRequest, context: OAuthContext): SimulatorReply {
  if (!isApp(request, context.app)) return json(401, { error: 'invalid_client' });
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return json(400, { error: 'invalid_request', error_description: 'Expected a form body' });
  }
  const form = new URLSearchParams(request.body.toString('utf8'));
  const kind = form.get('grant_type');
  if (kind !== 'authorization_code' && kind !== 'refresh_token') return json(400, { error: 'unsupported_grant_type' });
  const grant =
    kind === 'refresh_token'
      ? context.grants.refresh(form.get('refresh_token') ?? '')
      : context.grants.redeem(form.get('code') ?? '', form.get('redirect_uri') ?? '');
  if (grant === undefined) {
    const what = kind === 'refresh_token' ? 'Incorrect or invalid refresh token' : 'Invalid authorization code';
    return json(400, { error: 'invalid_grant', error_description: what });
  }
  return json(200, tokenBody(request, context, grant));
}

function tokenBody(request: SimulatorRequest, context: OAuthContext, grant: Grant): Readonly<Record<string, unknown>> {
  const hardEnd = grant.consentedAt + LIMITS.refreshHardMs;
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  return {
    token_type: 'bearer',
    expires_in: seconds(LIMITS.accessTokenMs),
    refresh_token: grant.refreshToken,
    x_refresh_token_expires_in: seconds(LIMITS.refreshIdleMs),
    access_token: context.grants.newAccessToken(grant),
    ...(request.headers['x-include-refresh-token-hard-expires-in'] === 'true'
      ? { x_refresh_token_hard_expires_in: seconds(hardEnd - context.now()) }
      : {}),
  };
}

/** The body is JSON or a form; both are in use among clients. */
function revoke(request: SimulatorRequest, context: OAuthContext): SimulatorReply {
  if (!isApp(request, context.app)) return json(401, { error: 'invalid_client' });
  const given = tokenIn(request);
  if (given === '' || !context.grants.revoke(given)) return json(400, { error: 'invalid_request' });
  return { status: 200, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: '' };
}

function tokenIn(request: SimulatorRequest): string {
  const text = request.body.toString('utf8');
  if (!(request.headers['content-type'] ?? '').includes('json')) return new URLSearchParams(text).get('token') ?? '';
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'token' in body ? String(body.token) : '';
  } catch {
    return '';
  }
}

function discovery(request: SimulatorRequest): SimulatorReply {
  return json(200, {
    issuer: `${request.origin}/op/v1`,
    authorization_endpoint: `${request.origin}/connect/oauth2`,
    token_endpoint: `${request.origin}/oauth2/v1/tokens/bearer`,
    revocation_endpoint: `${request.origin}/v2/oauth2/tokens/revoke`,
    userinfo_endpoint: `${request.origin}/v1/openid_connect/userinfo`,
    response_types_supported: ['code'],
  });
}

function isApp(request: SimulatorRequest, app: App): boolean {
  const wanted = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
  return request.headers['authorization'] === wanted;
}

/** Production keys need https; development may use the loopback. */
function isRegistered(uri: string, app: App): boolean {
  if (app.redirectUris !== undefined) return app.redirectUris.includes(uri);
  return /^https:\/\/[^/]/.test(uri) || /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(uri);
}

function page(text: string): SimulatorReply {
  return {
    status: 400,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<html><body><h1>Sorry, but something went wrong</h1><p>${text}</p></body></html>`,
  };
}

function json(status: number, value: unknown): SimulatorReply {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: JSON.stringify(value) };
}
