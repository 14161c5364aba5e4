import { createRequire } from 'node:module';
import { CLIENT, REALM } from './start.ts';

/** Independent clients with just enough type to call them; what they return is looked into by path. */
const load = createRequire(import.meta.url);

type Callback = (error: unknown, body: unknown, response?: unknown) => void;
type Method = (...args: readonly unknown[]) => void;

interface NodeQuickBooksClass {
  new (
    ...args: readonly unknown[]
  ): Readonly<Record<string, Method>> & { readonly token: string; readonly refreshToken: string };
  V3_ENDPOINT_BASE_URL: string;
  TOKEN_URL: string;
  REVOKE_URL: string;
}

/** node-quickbooks: callbacks turned into promises; a refused call rejects with what the client hands over. */
export interface NodeQuickBooks {
  call(method: string, ...args: readonly unknown[]): Promise<unknown>;
  tokens(): { readonly access: string; readonly refresh: string };
}

export function nodeQuickBooks(url: string, tokens: { accessToken: string; refreshToken: string }): NodeQuickBooks {
  const Client = load('node-quickbooks') as NodeQuickBooksClass;
  Client.V3_ENDPOINT_BASE_URL = `${url}/v3/company/`;
  Client.TOKEN_URL = `${url}/oauth2/v1/tokens/bearer`;
  Client.REVOKE_URL = `${url}/v2/oauth2/tokens/revoke`;
  const { accessToken, refreshToken } = tokens;
  const settings = [
    CLIENT.clientId,
    CLIENT.clientSecret,
    accessToken,
    false,
    REALM,
    false,
    false,
    75,
    '2.0',
    refreshToken,
  ];
  const client = new Client(...settings);
  return {
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        const done: Callback = (error, body) => (error ? reject(error) : resolve(body));
        client[method]?.(...args, done);
      }),
    tokens: () => ({ access: client.token, refresh: client.refreshToken }),
  };
}

interface PromiseClass {
  new (config: object, realm: string): Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;
  V3_ENDPOINT_BASE_URL: string;
}

/** quickbooks-node-promise, which sends a random requestid with every POST. */
export function quickBooksPromise(url: string, accessToken: string): InstanceType<PromiseClass> {
  const { default: Client } = load('quickbooks-node-promise') as { readonly default: PromiseClass };
  Client.V3_ENDPOINT_BASE_URL = `${url}/v3/company/`;
  const config = {
    appKey: CLIENT.clientId,
    appSecret: CLIENT.clientSecret,
    accessToken,
    autoRefresh: false,
    minorversion: 75,
  };
  return new Client({ ...config, useProduction: false }, REALM);
}

export interface IntuitReply {
  readonly json: Readonly<Record<string, unknown>>;
}

export interface IntuitOAuth {
  setAuthorizeURLs(urls: object): void;
  authorizeUri(params: object): string;
  createToken(redirectedTo: string): Promise<IntuitReply>;
  refresh(): Promise<IntuitReply>;
  refreshUsingToken(token: string): Promise<IntuitReply>;
  makeApiCall(request: object): Promise<IntuitReply>;
  revoke(params: object): Promise<unknown>;
  getToken(): { readonly realmId: string; readonly access_token: string; readonly refresh_token: string };
}

/** Intuit's own OAuth client. */
export function intuitOAuth(url: string, redirectUri: string): IntuitOAuth {
  const Client = load('intuit-oauth') as new (config: object) => IntuitOAuth;
  const client = new Client({
    ...CLIENT,
    environment: 'sandbox',
    redirectUri,
    includeRefreshTokenHardExpiresIn: true,
  });
  client.setAuthorizeURLs({
    authorizeEndpoint: `${url}/connect/oauth2`,
    tokenEndpoint: `${url}/oauth2/v1/tokens/bearer`,
    revokeEndpoint: `${url}/v2/oauth2/tokens/revoke`,
    userInfoEndpoint: `${url}/v1/openid_connect/userinfo`,
  });
  return client;
}
