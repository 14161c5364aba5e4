import * as z from 'zod/mini';
import { ServiceError } from '../../lib/jobs/service-error.ts';
import { parseJson, textAt } from '../clients/decode.ts';
import type { Http, HttpAnswer } from '../http.ts';
import type { IntuitApp } from './secrets.ts';

const AUTHORIZE = 'https://appcenter.intuit.com/connect/oauth2';
const TOKEN = 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer';
const REVOKE = 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke';
const SCOPE = 'com.intuit.quickbooks.accounting';

const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  x_refresh_token_expires_in: z._default(z.nullish(z.number()), null),
  x_refresh_token_hard_expires_in: z._default(z.nullish(z.number()), null),
});

export interface IntuitTokens {
  readonly accessToken: string;
  readonly accessExpiresAtMs: number;
  readonly refreshToken: string;
  readonly refreshExpiresAtMs: number;
  /** The end after five years; null where Intuit does not say. */
  readonly hardExpiresAtMs: number | null;
}

export interface IntuitDeps {
  readonly http: Http;
  readonly nowMs: () => number;
  readonly base64: (text: string) => string;
}

/** The page on which a person lets the app into their company. */
export function consentAddress(clientId: string, redirectUri: string, state: string): string {
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: SCOPE,
    state,
  };
  return `${AUTHORIZE}?${form(parameters)}`;
}

/** Changes the code of the redirect into tokens. Throws `ServiceError`. */
export function exchangeCode(deps: IntuitDeps, app: IntuitApp, code: string, redirectUri: string): IntuitTokens {
  return requestTokens(deps, app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });
}

/**
 * Gets new tokens. The refresh token in the answer replaces the old one, which stops working: save it before use.
 * Never repeated by itself, since an answer that was lost may have replaced the token.
 */
export function refreshTokens(deps: IntuitDeps, app: IntuitApp, refreshToken: string): IntuitTokens {
  return requestTokens(deps, app, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** Tells Intuit to forget the connection; whether that was heard changes nothing on our side. */
export function revoke(deps: IntuitDeps, app: IntuitApp, refreshToken: string): void {
  deps.http.request({
    service: 'QuickBooks',
    method: 'POST',
    url: REVOKE,
    headers: { Authorization: basic(deps, app), Accept: 'application/json' },
    body: JSON.stringify({ token: refreshToken }),
    contentType: 'application/json',
  });
}

function requestTokens(deps: IntuitDeps, app: IntuitApp, parameters: Readonly<Record<string, string>>): IntuitTokens {
  const answer = deps.http.request({
    service: 'QuickBooks',
    method: 'POST',
    url: TOKEN,
    headers: {
      Authorization: basic(deps, app),
      Accept: 'application/json',
      'x-include-refresh-token-hard-expires-in': 'true',
    },
    body: form(parameters),
    contentType: 'application/x-www-form-urlencoded',
  });
  if (answer.transportFailed || answer.status !== 200) throw errorOf(answer);
  const read = z.safeParse(tokens, parseJson(answer.text));
  if (!read.success) {
    throw new ServiceError({
      service: 'QuickBooks',
      kind: 'badResponse',
      status: answer.status,
      message: 'Intuit answered the sign-in with something that could not be read. Try again later.',
    });
  }
  const { data } = read;
  const now = deps.nowMs();
  return {
    accessToken: data.access_token,
    accessExpiresAtMs: now + data.expires_in * 1000,
    refreshToken: data.refresh_token,
    refreshExpiresAtMs: now + (data.x_refresh_token_expires_in ?? DEFAULT_REFRESH_SECONDS) * 1000,
    hardExpiresAtMs:
      data.x_refresh_token_hard_expires_in === null ? null : now + data.x_refresh_token_hard_expires_in * 1000,
  };
}

/** 101 days, as Intuit's answers say. */
const DEFAULT_REFRESH_SECONDS = 8_726_400;

function errorOf(answer: HttpAnswer): ServiceError {
  if (answer.transportFailed || answer.status === 408 || answer.status === 429 || answer.status >= 500) {
    return new ServiceError({
      service: 'QuickBooks',
      kind: 'unavailable',
      status: answer.transportFailed ? 0 : answer.status,
      message: 'The sign-in service of QuickBooks did not answer. It is tried again later.',
    });
  }
  const code = textAt(parseJson(answer.text), 'error');
  const message =
    code === 'invalid_client'
      ? 'QuickBooks does not know the client ID with this secret. Check both on the keys page of your Intuit app, then press Connect QuickBooks.'
      : 'QuickBooks no longer accepts the connection. Press Connect QuickBooks in the sidebar.';
  return new ServiceError({ service: 'QuickBooks', kind: 'auth', status: answer.status, code, message });
}

function basic(deps: IntuitDeps, app: IntuitApp): string {
  return `Basic ${deps.base64(`${app.clientId}:${app.clientSecret}`)}`;
}

function form(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
