/** Fields of labelled data, read as leniently as their meaning allows. */

/** How a field is read: its value, or undefined where it is none of what is allowed. */
export interface Field<T> {
  readonly allowed: string;
  read(value: unknown): T | undefined;
}

/** What became of a record: its values, or what is wrong with it. */
export type ReadRecord<T> = { readonly values: T } | { readonly findings: readonly string[] };

/** Reads the named fields of a record; others are passed over. Each finding says the field, what was found and what is allowed. */
export function readRecord<T extends object>(
  value: unknown,
  fields: { readonly [K in keyof T]: Field<T[K]> },
): ReadRecord<T> {
  if (!isRecord(value)) return { findings: [`found ${shown(value)}; allowed: an object in { }`] };
  const findings: string[] = [];
  const read = Object.entries<Field<unknown>>(fields).map(([name, field]) => {
    const found = field.read(value[name]);
    if (found === undefined) findings.push(`${name}: found ${shown(value[name])}; allowed: ${field.allowed}`);
    return [name, found] as const;
  });
  // Every field was read by the reader of its own type.
  return findings.length > 0 ? { findings } : { values: Object.fromEntries(read) as T };
}

/** A name or an id: text or a number, without outer blanks. */
export const filled: Field<string> = {
  allowed: 'a text that is not empty',
  read: (value) => plain(value)?.trim() || undefined,
};

/** Text that may be missing. */
export const maybeText: Field<string> = {
  allowed: 'a text, or nothing',
  read: (value) => (isNothing(value) ? '' : plain(value)),
};

/** The same without outer blanks, for names. */
export const maybeName: Field<string> = {
  allowed: maybeText.allowed,
  read: (value) => maybeText.read(value)?.trim(),
};

/** What is only shown or counted, so that anything will do. */
export function anything(otherwise: string): Field<string> {
  return {
    allowed: 'anything',
    read: (value) => {
      const text = isNothing(value) ? '' : (plain(value) ?? JSON.stringify(value)).trim();
      return text === '' ? otherwise : text;
    },
  };
}

/** Hours as a number, or as text with a decimal point. */
export const hours: Field<number> = {
  allowed: 'a number of hours such as 1.5',
  read: (value) => {
    const number = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
};

/** A day on which somebody worked. */
export const day: Field<string> = {
  allowed: 'a day of the calendar from 1990 to 2099, such as 2026-10-31',
  read: (value) => {
    const found = calendarDay(value);
    return found !== undefined && found >= '1990' && found < '2100' ? found : undefined;
  },
};

/** The first or last day of a line; empty: open. */
export const maybeDay: Field<string> = {
  allowed: 'a day of the calendar such as 2026-10-31, or nothing',
  read: (value) => (isNothing(value) || value === '' ? '' : calendarDay(value)),
};

/** Yes or no; nothing is no. */
export const yesNo: Field<boolean> = {
  allowed: 'true or false, or nothing',
  read: (value) => {
    const word = isNothing(value) ? '' : plain(value)?.trim().toLowerCase();
    if (word === undefined) return undefined;
    return ['true', 'yes', '1'].includes(word) || (['', 'false', 'no', '0'].includes(word) ? false : undefined);
  },
};

/** Several texts; one alone and none are lists too. */
export const texts: Field<readonly string[]> = {
  allowed: 'a list of texts, or nothing',
  read: (value) => {
    const list = isNothing(value) ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const read = list.map((one) => (one === null ? '' : plain(one)?.trim()));
    return read.some((one) => one === undefined) ? undefined : read.flatMap((one) => (one ? [one] : []));
  },
};

/** What stands in a file, for a message; shortened. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function plain(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** The day of a date, or of a moment such as 2026-10-31T09:00:00Z, if the calendar has it. */
function calendarDay(value: unknown): string | undefined {
  const text = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(value.trim())?.[1] : undefined;
  if (text === undefined) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : text;
}
