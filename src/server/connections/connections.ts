import type { ConnectionView, ServiceKey, StartQuickBooksArgs } from '../../lib/calls.ts';
import { connectionEnd } from '../../lib/jobs/connection-end.ts';
import { ServiceError, type ServiceName } from '../../lib/jobs/service-error.ts';
import type { UsageCounter } from '../../lib/jobs/usage.ts';
import { createClaudeClient } from '../clients/claude.ts';
import type { ClaudeClient } from '../clients/claude-model.ts';
import { createHarvestClient } from '../clients/harvest.ts';
import { createQuickBooksClient } from '../clients/quickbooks.ts';
import type { QuickBooksClient } from '../clients/quickbooks-model.ts';
import type { Guard } from '../guard.ts';
import type { Http } from '../http.ts';
import type { Clients } from '../jobs/step.ts';
import { consentAddress, exchangeCode, type IntuitDeps, revoke } from './intuit-oauth.ts';
import { quickBooksAccess } from './quickbooks-access.ts';
import { companyOf, type HarvestSecret, type IntuitApp, type Secrets, type Slot } from './secrets.ts';
import { testClaude, testHarvest, testQuickBooks } from './tests.ts';
import { type Use, watched } from './watched.ts';

export interface ConnectionDeps {
  readonly http: Http;
  readonly secrets: Secrets;
  /** The QuickBooks company in which the invoices of this spreadsheet stand, as `companyOf` names it; shared by all its people. */
  readonly company: Slot<string>;
  readonly refreshGuard: Guard;
  readonly usage: Pick<UsageCounter, 'tokens'>;
  readonly nowMs: () => number;
  readonly base64: (text: string) => string;
  /** Where Intuit sends the person back to: Apps Script's callback page of this script. */
  readonly redirectUri: () => string;
  /** A one-time text that Apps Script accepts back for `onQuickBooksConnected`, from the same person. */
  readonly stateToken: () => string;
}

export interface Connections extends Clients {
  status(): Readonly<Record<ServiceKey, ConnectionView>>;
  connectHarvest(args: { readonly accountId: string; readonly token: string }): ConnectionView;
  connectClaude(args: { readonly key: string }): ConnectionView;
  startQuickBooks(args: StartQuickBooksArgs): { readonly url: string };
  /** Called with what Intuit sent back; says in a sentence how it went. */
  finishQuickBooks(answer: { readonly code: string; readonly realmId: string; readonly error: string }): ConnectionView;
  test(service: ServiceKey): ConnectionView;
  /** What to say ahead of the end of this person's connection to QuickBooks, or null. */
  quickBooksEnd(): string | null;
  disconnect(service: ServiceKey): ConnectionView;
}

/** The connections of the person who runs this. Connecting tests first and keeps nothing that does not work; throws `ServiceError`. */
export function createConnections(deps: ConnectionDeps): Connections {
  const { secrets } = deps;
  const intuit: IntuitDeps = { http: deps.http, nowMs: deps.nowMs, base64: deps.base64 };
  const harvestOf = (secret: { readonly accountId: string; readonly token: string }) =>
    createHarvestClient({ http: deps.http, nowMs: deps.nowMs, accountId: secret.accountId, token: secret.token });
  const claudeOf = (secret: { readonly key: string }) =>
    createClaudeClient({ http: deps.http, nowMs: deps.nowMs, usage: deps.usage, key: secret.key });

  // One for the whole execution: it knows what it has put into the cache.
  let claude: ClaudeClient | null = null;

  const quickbooks = (): QuickBooksClient => {
    const company = companyOf(secrets.quickbooks.load() ?? notConnected('QuickBooks'));
    const access = quickBooksAccess({ ...intuit, slot: secrets.quickbooks, company, guard: deps.refreshGuard });
    const client = createQuickBooksClient({ http: deps.http, nowMs: deps.nowMs, access });
    const use = useOf(secrets.quickbooks, (now) => companyOf(now) === company);
    return watched(client, 'QuickBooks', secrets.refusals.quickbooks, use);
  };

  const clients: Clients = {
    harvest: () => {
      const secret = secrets.harvest.load() ?? notConnected('Harvest');
      const use = useOf(secrets.harvest, (now) => isSameHarvest(now, secret));
      return watched(harvestOf(secret), 'Harvest', secrets.refusals.harvest, use);
    },
    claude: () => {
      if (claude !== null) return claude;
      const secret = secrets.claude.load() ?? notConnected('Claude');
      const use = useOf(secrets.claude, (now) => now.key === secret.key);
      claude = watched(claudeOf(secret), 'Claude', secrets.refusals.claude, use);
      return claude;
    },
    quickbooks: () => {
      const tied = deps.company.load();
      const secret = secrets.quickbooks.load();
      if (tied !== null && secret !== null && tied !== companyOf(secret)) anotherCompany();
      return quickbooks();
    },
    tieQuickBooks: () => {
      const company = companyOf(secrets.quickbooks.load() ?? notConnected('QuickBooks'));
      if (deps.company.load() !== company) deps.company.save(company);
    },
  };

  const quickBooksEnd = (): string | null => {
    const secret = secrets.quickbooks.load();
    return secret === null
      ? null
      : connectionEnd({ ...secret, hardExpiresAtMs: secret.hardExpiresAtMs ?? null }, deps.nowMs());
  };
  const quickBooksView = (): ConnectionView => {
    const seen = view(secrets.quickbooks.load(), secrets.refusals.quickbooks);
    const end = seen.connected ? quickBooksEnd() : null;
    return end === null ? seen : { ...seen, text: `${seen.text} ${end}` };
  };

  /**
   * What is kept is changed by one execution at a time, and by nobody while tokens are renewed. Requests are not made in here: they may take a minute. Without
   * the lock nothing is changed, and the sentence says so.
   */
  const alone = <T>(service: ServiceName, refusal: string, work: () => T): T => {
    const done = deps.refreshGuard.tryRun(LOCK_WAIT_MS, work);
    if (done.ran) return done.value;
    const message = `${refusal}: another run is renewing a connection at this moment. Try again in a minute.`;
    throw new ServiceError({ service, kind: 'unavailable', message });
  };

  /** Notes what a test said, unless what was tested has been replaced or forgotten meanwhile. */
  const remember = <T extends { readonly about: string }>(
    slot: Slot<T>,
    about: string,
    isTested: (now: T) => boolean,
  ): ConnectionView => {
    deps.refreshGuard.tryRun(LOCK_WAIT_MS, () => {
      const now = slot.load();
      if (now !== null && isTested(now)) slot.save({ ...now, about });
    });
    return slot.load() === null ? NOT_CONNECTED : { connected: true, text: about };
  };

  const test = (service: ServiceKey): ConnectionView => {
    switch (service) {
      case 'harvest': {
        const secret = secrets.harvest.load() ?? notConnected('Harvest');
        return remember(secrets.harvest, testHarvest(clients.harvest()), (now) => isSameHarvest(now, secret));
      }
      case 'claude': {
        const secret = secrets.claude.load() ?? notConnected('Claude');
        return remember(secrets.claude, testClaude(clients.claude()), (now) => now.key === secret.key);
      }
      case 'quickbooks': {
        // Its tokens may be renewed by the test itself.
        const company = companyOf(secrets.quickbooks.load() ?? notConnected('QuickBooks'));
        remember(secrets.quickbooks, testQuickBooks(quickbooks()), (now) => companyOf(now) === company);
        return quickBooksView();
      }
    }
  };

  /** The connection stands by now; whether its company can be read at this moment is another matter. */
  const firstTest = (): ConnectionView => {
    try {
      return test('quickbooks');
    } catch (error) {
      if (!(error instanceof ServiceError) || error.kind === 'auth') throw error;
      return { connected: true, text: `Connected. The company could not be read yet. ${error.message}` };
    }
  };

  return {
    ...clients,
    test,
    quickBooksEnd,
    status: () => ({
      harvest: view(secrets.harvest.load(), secrets.refusals.harvest),
      claude: view(secrets.claude.load(), secrets.refusals.claude),
      quickbooks: quickBooksView(),
    }),
    connectHarvest: ({ accountId, token }) => {
      const secret = { accountId: accountId.trim(), token: token.trim() };
      const about = testHarvest(harvestOf(secret));
      alone('Harvest', 'Nothing was connected', () => {
        secrets.harvest.save({ ...secret, about });
        secrets.refusals.harvest.remove();
      });
      return { connected: true, text: about };
    },
    connectClaude: ({ key }) => {
      const secret = { key: key.trim() };
      const about = testClaude(claudeOf(secret));
      alone('Claude', 'Nothing was connected', () => {
        secrets.claude.save({ ...secret, about });
        secrets.refusals.claude.remove();
      });
      return { connected: true, text: about };
    },
    startQuickBooks: ({ clientId, clientSecret, environment }) => {
      const app = { clientId: clientId.trim(), clientSecret: clientSecret.trim(), environment };
      secrets.pendingQuickBooks.save(app);
      return { url: consentAddress(app.clientId, deps.redirectUri(), deps.stateToken()) };
    },
    finishQuickBooks: ({ code, realmId, error }) => {
      if (error !== '') return { connected: false, text: 'Nothing was connected: the consent was not given.' };
      const app = secrets.pendingQuickBooks.load();
      if (app === null || code === '' || realmId === '') return PRESS_AGAIN;
      const tokens = exchangeCode(intuit, app, code, deps.redirectUri());
      const isWanted = alone('QuickBooks', 'Nothing was connected', () => {
        // Whoever disconnected or began anew meanwhile does not want this one.
        if (!isSameApp(secrets.pendingQuickBooks.load(), app)) return false;
        secrets.quickbooks.save({ ...app, ...tokens, realmId, about: 'Connected.' });
        secrets.pendingQuickBooks.remove();
        secrets.refusals.quickbooks.remove();
        return true;
      });
      if (isWanted) return firstTest();
      revoke(intuit, app, tokens.refreshToken);
      return PRESS_AGAIN;
    },
    disconnect: (service) => {
      const forgotten = alone(NAMES[service], 'Nothing was disconnected', () => {
        const secret = service === 'quickbooks' ? secrets.quickbooks.load() : null;
        if (service === 'quickbooks') secrets.pendingQuickBooks.remove();
        secrets[service].remove();
        secrets.refusals[service].remove();
        return secret;
      });
      if (forgotten !== null) revoke(intuit, forgotten, forgotten.refreshToken);
      return NOT_CONNECTED;
    },
  };
}

/** A renewal may wait this long for Intuit, and a little. */
const LOCK_WAIT_MS = 65_000;

const NOT_CONNECTED: ConnectionView = { connected: false, text: 'Not connected.' };
const PRESS_AGAIN: ConnectionView = {
  connected: false,
  text: 'Nothing was connected. Press Connect QuickBooks in the sidebar again.',
};

const NAMES: Readonly<Record<ServiceKey, ServiceName>> = {
  harvest: 'Harvest',
  claude: 'Claude',
  quickbooks: 'QuickBooks',
};

function isSameHarvest(one: HarvestSecret, other: HarvestSecret): boolean {
  return one.accountId === other.accountId && one.token === other.token;
}

function isSameApp(one: IntuitApp | null, other: IntuitApp): boolean {
  return (
    one !== null &&
    one.clientId === other.clientId &&
    one.clientSecret === other.clientSecret &&
    one.environment === other.environment
  );
}

/** What has become of the connection that a client was made with. */
function useOf<T>(slot: Slot<T>, isSame: (now: T) => boolean): () => Use {
  return () => {
    const now = slot.load();
    return now === null ? 'gone' : isSame(now) ? 'same' : 'other';
  };
}

function view(secret: { readonly about: string } | null, refusal: Slot<string>): ConnectionView {
  if (secret === null) return NOT_CONNECTED;
  const refused = refusal.load();
  return refused === null ? { connected: true, text: secret.about } : { connected: false, text: refused, stored: true };
}

function notConnected(service: ServiceName): never {
  throw new ServiceError({
    service,
    kind: 'auth',
    message: `${service} is not connected for you. Press Connect ${service} in the sidebar.`,
  });
}

function anotherCompany(): never {
  throw new ServiceError({
    service: 'QuickBooks',
    kind: 'auth',
    message:
      'The invoices of this spreadsheet stand in another QuickBooks company than the one you are connected to. Press Connect QuickBooks and choose that company. To move to this one, undo or void what was pushed there first.',
  });
}
