import * as z from 'zod/mini';

/** What a person typed into Time entries or Expenses, on its way to become a decision. */
export interface TypedEdit {
  readonly table: 'time' | 'expense';
  readonly edited: 'SOW line' | 'Status' | 'both';
  /** What stood in the cell before; null where Google does not say (pasted ranges). */
  readonly before: string | null;
  /** Email of the person; empty where Google does not say. */
  readonly who: string;
  readonly atMs: number;
  readonly rows: readonly TypedRow[];
}

/** By key and not by place: people sort while they wait. */
export interface TypedRow {
  readonly key: string;
  /** The cells as they stood after the edit. */
  readonly line: string;
  readonly status: string;
}

/** Edits that nobody has taken up yet; they last until somebody has. */
export interface TypedNotes {
  /** Notes one, in one call. Two that come at once do not touch each other. */
  add(edit: TypedEdit): void;
  /** All, the earliest first. */
  left(): readonly { readonly edit: TypedEdit; readonly keys: readonly string[] }[];
  drop(keys: readonly string[]): void;
}

/** A value holds 9 KB, and a character may take three bytes of it. */
const MOST_CHARACTERS = 2_900;

/** A line's name is shorter, and a longer text is none. */
const LONGEST_CELL = 200;

const PREFIX = 'typed.';

const stored = z.object({
  table: z.enum(['time', 'expense']),
  edited: z.enum(['SOW line', 'Status', 'both']),
  before: z.nullable(z.string()),
  who: z.string(),
  atMs: z.number(),
  rows: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

/** The notes of this spreadsheet, in the properties that its people share: a simple trigger may use them, and they need no lock. */
export function typedNotes(): TypedNotes {
  const properties: GoogleAppsScript.Properties.Properties | null = PropertiesService.getDocumentProperties();
  const store = properties ?? PropertiesService.getScriptProperties();
  return {
    add: (edit) => {
      // The time first, so that notes are in order by name.
      const name = `${PREFIX}${String(edit.atMs).padStart(15, '0')}.${Utilities.getUuid().slice(0, 8)}`;
      const parts = partsOf(edit).map((text, index): [string, string] => [
        `${name}.${String(index).padStart(4, '0')}`,
        text,
      ]);
      store.setProperties(Object.fromEntries(parts), false);
    },
    left: () => {
      const all = store.getProperties();
      const edits = new Map<string, { edit: TypedEdit; keys: string[] }>();
      for (const key of Object.keys(all)
        .filter((one) => one.startsWith(PREFIX))
        .sort()) {
        const name = key.slice(0, key.lastIndexOf('.'));
        const part = partOf(all[key] ?? '');
        const known = edits.get(name);
        const edit = part ?? UNREADABLE;
        edits.set(name, {
          edit: known === undefined ? edit : { ...known.edit, rows: [...known.edit.rows, ...edit.rows] },
          keys: [...(known?.keys ?? []), key],
        });
      }
      return [...edits.values()];
    },
    drop: (keys) => {
      for (const key of keys) store.deleteProperty(key);
    },
  };
}

const UNREADABLE: TypedEdit = { table: 'time', edited: 'both', before: null, who: '', atMs: 0, rows: [] };

/** As many rows to a value as it holds. */
function partsOf({ rows, ...edit }: TypedEdit): readonly string[] {
  const before = edit.before === null ? null : edit.before.slice(0, LONGEST_CELL);
  const parts: [string, string, string][][] = [[]];
  let characters = 0;
  for (const row of rows) {
    const cells: [string, string, string] = [row.key, row.line.slice(0, LONGEST_CELL), row.status.slice(0, 50)];
    characters += JSON.stringify(cells).length + 1;
    if (characters > MOST_CHARACTERS - 500) {
      parts.push([]);
      characters = JSON.stringify(cells).length;
    }
    parts.at(-1)?.push(cells);
  }
  return parts.map((part) => JSON.stringify({ ...edit, before, rows: part }));
}

function partOf(text: string): TypedEdit | null {
  try {
    const read = z.safeParse(stored, JSON.parse(text));
    if (!read.success) return null;
    const rows = read.data.rows.map(([key, line, status]) => ({ key, line, status }));
    return { ...read.data, rows };
  } catch {
    return null;
  }
}
