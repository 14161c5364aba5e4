import { startServer } from '../http/start-server.ts';
import type { ScenarioFault, SimulatorReply, SimulatorServer } from '../http/types.ts';
import { type Assumptions, assumedFromMemory } from './assumptions.ts';
import type { Company, SentMail, UploadedFile } from './company.ts';
import { createDoor, type LateWork, OWN_FAULTS } from './door.ts';
import { isObject, type JsonObject } from './json.ts';
import { loadCompany } from './load-company.ts';
import { createGrants, type GrantsState, type IssuedTokens } from './oauth/grants.ts';
import { type CompanySteps, createSteps } from './steps.ts';
import { createStore, type StoreState } from './store.ts';

export interface QuickBooksOptions {
  /** Simulated time; it is not asked before the first request, so that it may begin later than the records are loaded. */
  readonly clock: { now(): number };
  /** The `quickbooks` part of a scenario file: CompanyInfo, Preferences, Customer, Item, Term, TaxCode, Invoice and more lists. */
  readonly data: unknown;
  readonly faults?: readonly ScenarioFault[];
  readonly realmId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Redirect addresses registered for the app; any https or loopback address when left out. */
  readonly redirectUris?: readonly string[];
  /** The company's own zone, in which MetaData and default days are told. */
  readonly timeZone?: string;
  /** Groups of preferences over those of `data`, e.g. `{ SalesFormsPrefs: { CustomTxnNumbers: false } }`. */
  readonly preferences?: Readonly<Record<string, unknown>>;
  /** The company lets two invoices carry one number. */
  readonly allowDuplicateNumbers?: boolean;
  /** Books closed with a password answer 6210 instead of 6200. */
  readonly closedWithPassword?: boolean;
  /** `not writable`: the subscription has ended, writing is refused (6190); `no permission`: the person may only read (5020). */
  readonly access?: Company['access'];
  /** False: no limit on requests, for a clock that stands still. */
  readonly limits?: boolean;
  /** Other choices than `assumedFromMemory` where nothing says what QuickBooks does. */
  readonly assumptions?: Partial<Assumptions>;
}

/** A running QuickBooks Online with one company, and what people do in it meanwhile. */
export interface QuickBooks extends SimulatorServer, CompanySteps {
  readonly realmId: string;
  readonly sentMails: readonly SentMail[];
  readonly files: readonly UploadedFile[];
  /** A connection that is made and valid. */
  connect(): IssuedTokens;
  /** Every access token is old from now on. */
  expireAccessTokens(): void;
  /** Whatever is still under way is done now. */
  settle(): void;
  /** How the person at the consent page answers from now on. */
  answerConsent(answer: 'allow' | 'deny'): void;
  /** Books, tokens, files and remembered answers as they are now, to go back to, also in another QuickBooks of the same records. */
  state(): QuickBooksState;
  goBack(state: QuickBooksState): void;
}

/** What lasts in QuickBooks; nothing in it changes. What is not in it: faults, and how much of the limits on requests is used up. */
export interface QuickBooksState {
  readonly store: StoreState;
  readonly grants: GrantsState;
  readonly answered: ReadonlyMap<string, SimulatorReply>;
  readonly sentMails: readonly SentMail[];
  readonly files: readonly UploadedFile[];
  /** Requests whose work is still to be done. */
  readonly late: readonly LateWork[];
}

/**
 * Starts a QuickBooks Online that holds the given records, on 127.0.0.1: Intuit's consent page, tokens and the Accounting API v3 on one
 * address, told apart by path. Throws QuickBooksDataError when the records are wrong.
 */
export async function createQuickBooks(options: QuickBooksOptions): Promise<QuickBooks> {
  const { clock } = options;
  const timeZone = options.timeZone ?? 'America/Los_Angeles';
  const realmId = options.realmId ?? '9130350000000001';
  const assumptions = { ...assumedFromMemory, ...options.assumptions };
  const company: Company = {
    realmId,
    timeZone,
    clock,
    store: createStore(clock, timeZone),
    assumptions,
    allowDuplicateNumbers: options.allowDuplicateNumbers === true,
    closedWithPassword: options.closedWithPassword === true,
    access: options.access ?? 'full',
    sentMails: [],
    files: [],
  };
  loadCompany(company, options.data, plainJson(options.preferences ?? {}));
  const grants = createGrants(clock, realmId, assumptions.codeLivesMs);
  let isDenied = false;
  const door = createDoor(company, {
    app: {
      clientId: options.clientId ?? 'simulated-client-id',
      clientSecret: options.clientSecret ?? 'simulated-client-secret',
      ...(options.redirectUris === undefined ? {} : { redirectUris: options.redirectUris }),
    },
    realmId,
    grants,
    now: () => clock.now(),
    isDenied: () => isDenied,
    hasLimits: options.limits !== false,
  });
  const server = await startServer({
    name: 'quickbooks',
    clock,
    faults: options.faults ?? [],
    handle: door.handle,
    errors: door.errors,
    ownFaults: OWN_FAULTS,
  });
  return {
    ...server,
    ...createSteps(company),
    realmId,
    sentMails: company.sentMails,
    files: company.files,
    connect: grants.connect,
    expireAccessTokens: grants.expireAccessTokens,
    state: () => ({
      store: company.store.state(),
      grants: grants.state(),
      answered: new Map(door.answered),
      sentMails: [...company.sentMails],
      files: [...company.files],
      late: [...door.late],
    }),
    goBack(state) {
      company.store.goBack(state.store);
      grants.goBack(state.grants);
      door.answered.clear();
      for (const [id, reply] of state.answered) door.answered.set(id, reply);
      company.sentMails.splice(0, company.sentMails.length, ...state.sentMails);
      company.files.splice(0, company.files.length, ...state.files);
      door.late.splice(0, door.late.length, ...state.late);
    },
    settle: door.settle,
    answerConsent: (answer) => {
      isDenied = answer === 'deny';
    },
  };
}

function plainJson(value: Readonly<Record<string, unknown>>): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return isObject(copy) ? copy : {};
}
