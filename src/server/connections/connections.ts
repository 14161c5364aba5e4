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
import type { QuickBooksSecret, Secrets, Slot } from './secrets.ts';
import { testClaude, testHarvest, testQuickBooks } from './tests.ts';
import { watched } from './watched.ts';

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
  const access = () => quickBooksAccess({ ...intuit, slot: secrets.quickbooks, guard: deps.refreshGuard });

  // One for the whole execution: it knows what it has put into the cache.
  let claude: ClaudeClient | null = null;

  const quickbooks = (): QuickBooksClient => {
    if (secrets.quickbooks.load() === null) notConnected('QuickBooks');
    const client = createQuickBooksClient({ http: deps.http, nowMs: deps.nowMs, access: access() });
    return watched(client, secrets.refusals.quickbooks);
  };

  const clients: Clients = {
    harvest: () => watched(harvestOf(secrets.harvest.load() ?? notConnected('Harvest')), secrets.refusals.harvest),
    claude: () => {
      claude ??= watched(claudeOf(secrets.claude.load() ?? notConnected('Claude')), secrets.refusals.claude);
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

  const test = (service: ServiceKey): ConnectionView => {
    switch (service) {
      case 'harvest': {
        const secret = secrets.harvest.load() ?? notConnected('Harvest');
        const about = testHarvest(clients.harvest());
        secrets.harvest.save({ ...secret, about });
        return { connected: true, text: about };
      }
      case 'claude': {
        const secret = secrets.claude.load() ?? notConnected('Claude');
        const about = testClaude(clients.claude());
        secrets.claude.save({ ...secret, about });
        return { connected: true, text: about };
      }
      case 'quickbooks': {
        const about = testQuickBooks(quickbooks());
        // Under the lock of renewing, so that tokens which another execution renews at this moment are not put back.
        deps.refreshGuard.tryRun(LOCK_WAIT_MS, () => {
          const secret = secrets.quickbooks.load() ?? notConnected('QuickBooks');
          secrets.quickbooks.save({ ...secret, about });
        });
        return quickBooksView();
      }
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
      secrets.harvest.save({ ...secret, about });
      secrets.refusals.harvest.remove();
      return { connected: true, text: about };
    },
    connectClaude: ({ key }) => {
      const secret = { key: key.trim() };
      const about = testClaude(claudeOf(secret));
      secrets.claude.save({ ...secret, about });
      secrets.refusals.claude.remove();
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
      if (app === null || code === '' || realmId === '') {
        return { connected: false, text: 'Nothing was connected. Press Connect QuickBooks in the sidebar again.' };
      }
      const tokens = exchangeCode(intuit, app, code, deps.redirectUri());
      secrets.quickbooks.save({ ...app, ...tokens, realmId, about: 'Connected.' });
      secrets.pendingQuickBooks.remove();
      return test('quickbooks');
    },
    disconnect: (service) => {
      if (service === 'quickbooks') {
        const secret = secrets.quickbooks.load();
        if (secret !== null) revoke(intuit, secret, secret.refreshToken);
        secrets.pendingQuickBooks.remove();
      }
      secrets[service].remove();
      secrets.refusals[service].remove();
      return NOT_CONNECTED;
    },
  };
}

/** As long as a renewal may take. */
const LOCK_WAIT_MS = 30_000;

const NOT_CONNECTED: ConnectionView = { connected: false, text: 'Not connected.' };

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

/** Ids in QuickBooks say something in their own company only, and the sandbox is another one. */
function companyOf({ environment, realmId }: Pick<QuickBooksSecret, 'environment' | 'realmId'>): string {
  return `${environment} ${realmId}`;
}

function anotherCompany(): never {
  throw new ServiceError({
    service: 'QuickBooks',
    kind: 'auth',
    message:
      'The invoices of this spreadsheet stand in another QuickBooks company than the one you are connected to. Press Connect QuickBooks and choose that company. To move to this one, undo or void what was pushed there first.',
  });
}
