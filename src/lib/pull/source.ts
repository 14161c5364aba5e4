import * as z from 'zod/mini';
import { fingerprint } from '../matching/fingerprint.ts';

/**
 * What the time source said last about one row, as kept in column Source of Entry records. Days `YYYY-MM-DD`, hours decimal
 * hours, money in the client's currency. A part of a split entry has its own: `hours` are then those of the part.
 */
export interface TimeSource {
  readonly date: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly client: string;
  readonly project: string;
  readonly projectCode: string;
  readonly task: string;
  readonly notes: string;
  /** As tracked. */
  readonly hours: number;
  /** As Harvest rounds them; null on parts of split entries and where the source has none. */
  readonly roundedHours: number | null;
  /** The billable rate in the source. */
  readonly rate: number | null;
  readonly billable: boolean;
  readonly updatedAt: string;
  /** It is no longer there. */
  readonly gone: boolean;
}

/** The same of an expense. */
export interface ExpenseSource {
  readonly date: string;
  readonly person: string;
  readonly client: string;
  readonly project: string;
  readonly projectCode: string;
  readonly category: string;
  readonly notes: string;
  readonly cost: number;
  readonly billable: boolean;
  readonly updatedAt: string;
  readonly gone: boolean;
}

const numberOrNull = z._default(z.nullable(z.number()), null);
const textOrEmpty = z._default(z.string(), '');

const timeSource = z.object({
  date: z.string(),
  person: textOrEmpty,
  roles: z._default(z.array(z.string()), []),
  client: textOrEmpty,
  project: textOrEmpty,
  projectCode: textOrEmpty,
  task: textOrEmpty,
  notes: textOrEmpty,
  hours: z.number(),
  roundedHours: numberOrNull,
  rate: numberOrNull,
  billable: z._default(z.boolean(), true),
  updatedAt: textOrEmpty,
  gone: z._default(z.boolean(), false),
});

const expenseSource = z.object({
  date: z.string(),
  person: textOrEmpty,
  client: textOrEmpty,
  project: textOrEmpty,
  projectCode: textOrEmpty,
  category: textOrEmpty,
  notes: textOrEmpty,
  cost: z.number(),
  billable: z._default(z.boolean(), true),
  updatedAt: textOrEmpty,
  gone: z._default(z.boolean(), false),
});

const line = z.object({ line: z._default(z.nullable(z.string()), null) });

/** Reads a Source cell; null where it is empty or was tampered with. */
export function readTimeSource(text: string): TimeSource | null {
  return read(timeSource, text);
}

/** Reads a Source cell of an expense; null where it is empty or was tampered with. */
export function readExpenseSource(text: string): ExpenseSource | null {
  return read(expenseSource, text);
}

/** A note as Entry records keep it: a long one by its beginning and a mark of the whole, so that a change is still seen. */
export function shortNote(notes: string): string {
  return notes.length <= LONG_NOTE ? notes : `${notes.slice(0, LONG_NOTE - 100)}… #${fingerprint(notes)}`;
}

/** The text of column Source; `more` is added for column Billed as. */
export function sourceText(source: TimeSource | ExpenseSource, more: { readonly line?: string | null } = {}): string {
  return JSON.stringify({ ...source, notes: shortNote(source.notes), ...more });
}

/** Longer notes are shortened in Entry records; the tabs hold them in full. */
const LONG_NOTE = 1000;

/** The SOW line in a Billed as cell; null where it names none. */
export function readBilledLine(text: string): string | null {
  return read(line, text)?.line ?? null;
}

function read<S extends z.ZodMiniType>(schema: S, text: string): z.output<S> | null {
  if (text === '') return null;
  try {
    const result = z.safeParse(schema, JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
