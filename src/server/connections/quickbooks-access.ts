import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { QuickBooksAccess, QuickBooksTicket } from '../clients/quickbooks.ts';
import type { Guard } from '../guard.ts';
import { type IntuitDeps, refreshTokens } from './intuit-oauth.ts';
import type { QuickBooksSecret, Slot } from './secrets.ts';

export interface AccessDeps extends IntuitDeps {
  readonly slot: Slot<QuickBooksSecret>;
  readonly guard: Guard;
}

/** A token that dies within this time is renewed before it is used. */
const MARGIN_MS = 120_000;

const LOCK_WAIT_MS = 30_000;

const HOSTS = {
  sandbox: 'https://sandbox-quickbooks.api.intuit.com',
  production: 'https://quickbooks.api.intuit.com',
} as const;

/**
 * Access to QuickBooks that keeps itself alive. Renewing happens under a lock and reads the store again inside of it, so that two executions
 * never use one refresh token twice; the new pair is saved before anything is done with it.
 */
export function quickBooksAccess(deps: AccessDeps): QuickBooksAccess {
  const renew = (refused: string | null): QuickBooksTicket => {
    const done = deps.guard.tryRun(LOCK_WAIT_MS, () => {
      const secret = connected(deps.slot);
      const renewedMeanwhile = refused === null ? isFresh(secret, deps.nowMs()) : secret.accessToken !== refused;
      if (renewedMeanwhile) return secret;
      const tokens = refreshTokens(deps, secret, secret.refreshToken);
      const renewed = {
        ...secret,
        ...tokens,
        hardExpiresAtMs: tokens.hardExpiresAtMs ?? secret.hardExpiresAtMs ?? null,
      };
      deps.slot.save(renewed);
      return renewed;
    });
    if (!done.ran) {
      throw new ServiceError({
        service: 'QuickBooks',
        kind: 'unavailable',
        message: 'Another run is renewing the connection to QuickBooks. It is tried again later.',
      });
    }
    return ticket(done.value);
  };
  return {
    current: () => {
      const secret = connected(deps.slot);
      return isFresh(secret, deps.nowMs()) ? ticket(secret) : renew(null);
    },
    renew,
  };
}

function connected(slot: Slot<QuickBooksSecret>): QuickBooksSecret {
  const secret = slot.load();
  if (secret !== null) return secret;
  throw new ServiceError({
    service: 'QuickBooks',
    kind: 'auth',
    message: 'QuickBooks is not connected. Press Connect QuickBooks in the sidebar.',
  });
}

function isFresh(secret: QuickBooksSecret, nowMs: number): boolean {
  return secret.accessExpiresAtMs - nowMs > MARGIN_MS;
}

function ticket(secret: QuickBooksSecret): QuickBooksTicket {
  const { realmId, accessToken, environment } = secret;
  return { realmId, accessToken, environment, baseUrl: HOSTS[environment] };
}
