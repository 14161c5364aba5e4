import * as z from 'zod/mini';
import type { ServiceKey } from '../../lib/calls.ts';
import type { PropertyBag } from '../properties.ts';

/**
 * What is kept of the connections, in the user properties of the person who connected. Nothing of it is ever shown, logged or
 * put in an error; `about` is the sentence that the last test gave.
 */
const harvest = z.object({ accountId: z.string(), token: z.string(), about: z.string() });
const claude = z.object({ key: z.string(), about: z.string() });
const app = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  environment: z.enum(['sandbox', 'production']),
});
const quickbooks = z.extend(app, {
  realmId: z.string(),
  accessToken: z.string(),
  accessExpiresAtMs: z.number(),
  refreshToken: z.string(),
  refreshExpiresAtMs: z.number(),
  hardExpiresAtMs: z._default(z.nullish(z.number()), null),
  about: z.string(),
});

export type HarvestSecret = z.output<typeof harvest>;
export type ClaudeSecret = z.output<typeof claude>;
/** The firm's own Intuit app, kept between pressing Connect and coming back with consent. */
export type IntuitApp = z.output<typeof app>;
export type QuickBooksSecret = z.output<typeof quickbooks>;

export interface Slot<T> {
  load(): T | null;
  save(value: T): void;
  remove(): void;
}

export interface Secrets {
  readonly harvest: Slot<HarvestSecret>;
  readonly claude: Slot<ClaudeSecret>;
  readonly quickbooks: Slot<QuickBooksSecret>;
  readonly pendingQuickBooks: Slot<IntuitApp>;
  /** Why a service refused what is kept, as a sentence, from then until it is let in again. */
  readonly refusals: Readonly<Record<ServiceKey, Slot<string>>>;
}

export function createSecrets(properties: PropertyBag): Secrets {
  return {
    harvest: slot(properties, 'connection.harvest', harvest),
    claude: slot(properties, 'connection.claude', claude),
    quickbooks: slot(properties, 'connection.quickbooks', quickbooks),
    pendingQuickBooks: slot(properties, 'connection.quickbooks.pending', app),
    refusals: {
      harvest: slot(properties, 'connection.harvest.refusal', z.string()),
      claude: slot(properties, 'connection.claude.refusal', z.string()),
      quickbooks: slot(properties, 'connection.quickbooks.refusal', z.string()),
    },
  };
}

/** The QuickBooks company of this spreadsheet's invoices, in the properties that its people share. No secret. */
export function companySlot(properties: PropertyBag): Slot<string> {
  return slot(properties, 'quickbooks.company', z.string());
}

/** Ids in QuickBooks say something in their own company only, and the sandbox is another one. */
export function companyOf({ environment, realmId }: Pick<QuickBooksSecret, 'environment' | 'realmId'>): string {
  return `${environment} ${realmId}`;
}

function slot<S extends z.ZodMiniType>(properties: PropertyBag, key: string, schema: S): Slot<z.output<S>> {
  return {
    load: () => {
      const text = properties.get(key);
      if (text === null) return null;
      try {
        const read = z.safeParse(schema, JSON.parse(text));
        return read.success ? read.data : null;
      } catch {
        return null;
      }
    },
    save: (value) => properties.set(key, JSON.stringify(value)),
    remove: () => properties.remove(key),
  };
}
