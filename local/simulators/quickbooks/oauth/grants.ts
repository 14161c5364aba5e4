import { createHash } from 'node:crypto';
import { LIMITS } from '../limits.ts';

/** What a person allowed an app to do, from the consent on. */
export interface Grant {
  readonly realmId: string;
  readonly consentedAt: number;
  refreshToken: string;
  refreshIssuedAt: number;
  refreshUsedAt: number;
  revoked: boolean;
}

/** The members of a token reply that name the tokens. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly realmId: string;
}

export type AccessCheck = 'valid' | 'expired' | 'malformed' | 'missing' | 'other company';

/** Authorization codes, access tokens and refresh tokens of one app and company. */
export interface Grants {
  newCode(redirectUri: string): string;
  /** Redeems a code once, within its time, for the redirect address it was made for. */
  redeem(code: string, redirectUri: string): Grant | undefined;
  /** Finds the grant of a refresh token that still works, and replaces the token when it is a day old. */
  refresh(refreshToken: string): Grant | undefined;
  newAccessToken(grant: Grant): string;
  check(accessToken: string | undefined, realmId: string): AccessCheck;
  /** Ends the grant that either token belongs to; false for an unknown token. */
  revoke(token: string): boolean;
  /** A connection that is made and valid, for whoever wants to begin with one. */
  connect(): IssuedTokens;
  /** Makes every access token old. */
  expireAccessTokens(): void;
  /** All tokens as they are now; they do not change any more. */
  state(): GrantsState;
  goBack(state: GrantsState): void;
}

/** Tokens that were given out. An access token names its grant by the place in `grants`. */
export interface GrantsState {
  readonly grants: readonly Grant[];
  readonly byRefresh: readonly (readonly [token: string, grant: number])[];
  readonly byAccess: readonly (readonly [token: string, grant: number, expiresAt: number])[];
  readonly count: number;
}

export function createGrants(clock: { now(): number }, realmId: string, codeLivesMs: number): Grants {
  const codes = new Map<string, { readonly redirectUri: string; readonly at: number; grant: Grant | null }>();
  const byRefresh = new Map<string, Grant>();
  const byAccess = new Map<string, { readonly grant: Grant; expiresAt: number }>();
  let count = 0;
  const secret = (kind: string): string => {
    count += 1;
    return `${kind}${createHash('sha256').update(`${kind} ${realmId} ${count}`).digest('hex')}`;
  };
  const newGrant = (): Grant => {
    const now = clock.now();
    const refreshToken = secret('RT1-');
    const grant: Grant = {
      realmId,
      consentedAt: now,
      refreshToken,
      refreshIssuedAt: now,
      refreshUsedAt: now,
      revoked: false,
    };
    byRefresh.set(refreshToken, grant);
    return grant;
  };
  const newAccessToken = (grant: Grant): string => {
    const token = secret('AB01');
    byAccess.set(token, { grant, expiresAt: clock.now() + LIMITS.accessTokenMs });
    return token;
  };
  const isAlive = (grant: Grant): boolean =>
    !grant.revoked &&
    clock.now() < grant.refreshUsedAt + LIMITS.refreshIdleMs &&
    clock.now() < grant.consentedAt + LIMITS.refreshHardMs;

  return {
    newCode(redirectUri) {
      const code = secret('AB11');
      codes.set(code, { redirectUri, at: clock.now(), grant: null });
      return code;
    },
    redeem(code, redirectUri) {
      const kept = codes.get(code);
      if (kept === undefined || kept.grant !== null || kept.redirectUri !== redirectUri) return undefined;
      if (clock.now() > kept.at + codeLivesMs) return undefined;
      kept.grant = newGrant();
      return kept.grant;
    },
    refresh(refreshToken) {
      const grant = byRefresh.get(refreshToken);
      if (grant === undefined || grant.refreshToken !== refreshToken || !isAlive(grant)) return undefined;
      grant.refreshUsedAt = clock.now();
      if (clock.now() - grant.refreshIssuedAt < LIMITS.refreshRotatesAfterMs) return grant;
      grant.refreshToken = secret('RT1-');
      grant.refreshIssuedAt = clock.now();
      byRefresh.set(grant.refreshToken, grant);
      return grant;
    },
    newAccessToken,
    check(accessToken, wantedRealm) {
      if (accessToken === undefined || accessToken === '') return 'missing';
      const kept = byAccess.get(accessToken);
      if (kept === undefined) return 'malformed';
      if (kept.grant.revoked || clock.now() >= kept.expiresAt) return 'expired';
      return kept.grant.realmId === wantedRealm ? 'valid' : 'other company';
    },
    revoke(token) {
      const grant = byRefresh.get(token) ?? byAccess.get(token)?.grant;
      if (grant === undefined || grant.revoked) return false;
      grant.revoked = true;
      return true;
    },
    connect() {
      const grant = newGrant();
      return { accessToken: newAccessToken(grant), refreshToken: grant.refreshToken, realmId };
    },
    state() {
      const grants = [...new Set([...byRefresh.values(), ...[...byAccess.values()].map((kept) => kept.grant)])];
      return {
        grants: grants.map((grant) => ({ ...grant })),
        byRefresh: [...byRefresh].map(([token, grant]) => [token, grants.indexOf(grant)]),
        byAccess: [...byAccess].map(([token, { grant, expiresAt }]) => [token, grants.indexOf(grant), expiresAt]),
        count,
      };
    },
    goBack(state) {
      const grants = state.grants.map((grant) => ({ ...grant }));
      codes.clear();
      byRefresh.clear();
      byAccess.clear();
      for (const [token, place] of state.byRefresh) {
        const grant = grants[place];
        if (grant !== undefined) byRefresh.set(token, grant);
      }
      for (const [token, place, expiresAt] of state.byAccess) {
        const grant = grants[place];
        if (grant !== undefined) byAccess.set(token, { grant, expiresAt });
      }
      count = state.count;
    },
    expireAccessTokens() {
      for (const kept of byAccess.values()) kept.expiresAt = clock.now();
    },
  };
}
