import type { Check, Shape } from './check-shape.ts';

/** Parts that the shapes of entities are made of. */

export const text: Check = { kind: 'text' };
export const upTo = (max: number): Check => ({ kind: 'text', max });
export const number: Check = { kind: 'number' };
export const amount: Check = { kind: 'amount' };
export const bool: Check = { kind: 'boolean' };
export const day: Check = { kind: 'day' };
export const ref: Check = { kind: 'ref' };
export const anything: Check = { kind: 'anything' };
export const oneOf = (...values: readonly string[]): Check => ({ kind: 'oneOf', values });
export const object = (shape: Shape): Check => ({ kind: 'object', shape });
export const list = (shape: Shape): Check => ({ kind: 'list', shape });

/** What every entity carries; read-only parts are accepted and overwritten. */
export const common: Shape = {
  Id: { kind: 'anything' },
  SyncToken: anything,
  MetaData: anything,
  domain: text,
  sparse: bool,
  status: text,
};

export const email = object({ Address: upTo(100) });
export const address = object({
  Id: text,
  Line1: upTo(500),
  Line2: upTo(500),
  Line3: upTo(500),
  Line4: upTo(500),
  Line5: upTo(500),
  City: upTo(255),
  Country: upTo(255),
  CountryCode: text,
  CountrySubDivisionCode: upTo(255),
  PostalCode: upTo(30),
  Note: text,
  Lat: text,
  Long: text,
});
export const phone = object({ FreeFormNumber: upTo(30) });
