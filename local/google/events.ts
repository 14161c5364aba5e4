import { AuthMode } from './script-app.ts';
import type { Area } from './spreadsheet/range.ts';
import { Spreadsheet } from './spreadsheet/spreadsheet.ts';
import { rangeOf } from './spreadsheet-app.ts';

/** What the host says about the event that starts an execution. */
export interface EventSpec {
  readonly authMode: 'NONE' | 'LIMITED' | 'FULL';
  readonly email?: string;
  readonly range?: Area;
  /** Plain fields of the event object. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The event object that Google hands to a trigger function. */
export function eventObject(spec: EventSpec): object {
  const email = spec.email;
  return {
    authMode: AuthMode[spec.authMode],
    ...(email === undefined
      ? {}
      : { user: { getEmail: () => email, toString: () => email }, source: new Spreadsheet() }),
    ...(spec.range === undefined ? {} : { range: rangeOf(spec.range) }),
    ...spec.fields,
  };
}
