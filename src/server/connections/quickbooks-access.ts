import { ServiceError } from '../../lib/jobs/service-error.ts';
import type { QuickBooksAccess, QuickBooksTicket } from '../clients/quickbooks.ts';
import type { Guard } from '../guard.ts';
import { type IntuitDeps, refreshTokens } from './intuit-oauth.ts';
import { companyOf, type QuickBooksSecret, type Slot } from './secrets.ts';
import { changedMeanwhile } from './watched.ts';

export interface AccessDeps extends IntuitDeps {
  readonly slot: Slot<QuickBooksSecret>;
  /** The company that the work began with; a connection to another one is not used. */
  readonly company: string;
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
 * never use one refresh token twice; the new pair is saved before anything is done with it, and only over the pair that it came from.
 */
export function quickBooksAccess(deps: AccessDeps): QuickBooksAccess {
  const renew = (refused: string | null): QuickBooksTicket => {
    const done = deps.guard.tryRun(LOCK_WAIT_MS, () => {
      const secret = connected(deps);
      const renewedMeanwhile = refused === null ? isFresh(secret, deps.nowMs()) : secret.accessToken !== refused;
      if (renewedMeanwhile) return secret;
      const tokens = refreshTokens(deps, secret, secret.refreshToken);
      const now = connected(deps);
      if (now.refreshToken !== secret.refreshToken) return now;
      const renewed = {
        ...now,
        ...tokens,
        hardExpiresAtMs: tokens.hardExpiresAtMs ?? now.hardExpiresAtMs ?? null,
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
      const secret = connected(deps);
      return isFresh(secret, deps.nowMs()) ? ticket(secret) : renew(null);
    },
    renew,
  };
}

function connected({ slot, company }: AccessDeps): QuickBooksSecret {
  const secret = slot.load();
  if (secret !== null && companyOf(secret) !== company) throw changedMeanwhile('QuickBooks');
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
