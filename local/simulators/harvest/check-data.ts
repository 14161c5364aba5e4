import { idOf, isRecord } from './read-field.ts';
import { companyFields, type ListName, listNames, nested, shapes, type WireRecord } from './shapes.ts';

/** What Harvest holds at the start: wire records; a nested reference may be `{ "id": 7 }` alone. */
export type HarvestData = { readonly company?: WireRecord | undefined } & {
  readonly [name in ListName]?: readonly WireRecord[] | undefined;
};

/** What is wrong with the records of a scenario file; `findings` has one sentence with its place for each mistake. */
export class HarvestDataError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(findings.join('\n'));
    this.name = 'HarvestDataError';
    this.findings = findings;
  }
}

/**
 * Checks the records of a scenario file and returns one sentence per mistake, e.g.
 * `harvest.time_entries[3].project.id: no project has the id 99`.
 * A reference that is left out or null stays so; one with an unknown id is a mistake, unless the whole list is left out
 * and the reference brings its own name.
 */
export function checkData(data: HarvestData, known?: (list: ListName, id: number) => boolean): readonly string[] {
  const ids = new Map(listNames.map((list) => [list, new Set((data[list] ?? []).map((record) => idOf(record)))]));
  const exists = (list: ListName, id: number): boolean => ids.get(list)?.has(id) === true || known?.(list, id) === true;
  const isGiven = (list: ListName): boolean => data[list] !== undefined || known !== undefined;
  const company = Object.keys(data.company ?? {})
    .filter((field) => !companyFields.includes(field))
    .map((field) => `harvest.company.${field}: Harvest has no such field`);
  return [
    ...company,
    ...listNames.flatMap((list) => {
      const seen = new Set<number>();
      return (data[list] ?? []).flatMap((record, index) => {
        const at = `harvest.${list}[${index}]`;
        return [
          ...identity(record, seen, at),
          ...fields(list, record, at),
          ...nestedFields(record, at),
          ...references(list, record, at),
        ];
      });
    }),
  ];

  function references(list: ListName, record: WireRecord, at: string): string[] {
    return Object.entries(shapes[list].references).flatMap(([field, target]) => {
      const value = record[field];
      if (value === undefined || value === null) return [];
      const id = idOf(value);
      if (id === null) return [`${at}.${field}.id: expected a whole number`];
      if (exists(target, id)) return [];
      if (!isGiven(target) && isRecord(value) && typeof value['name'] === 'string') return [];
      return [`${at}.${field}.id: no ${singular(target)} has the id ${id}`];
    });
  }
}

function identity(record: WireRecord, seen: Set<number>, at: string): string[] {
  const id = idOf(record);
  if (id === null) return [`${at}.id: expected a whole number`];
  if (seen.has(id)) return [`${at}.id: ${id} is used twice`];
  seen.add(id);
  return [];
}

function fields(list: ListName, record: WireRecord, at: string): string[] {
  const shape = shapes[list];
  const unknown = Object.keys(record)
    .filter((field) => !shape.fields.includes(field))
    .map((field) => `${at}.${field}: Harvest has no such field`);
  const wrong = Object.entries(shape.required).flatMap(([field, kind]) =>
    fits(record[field], kind) ? [] : [`${at}.${field}: expected ${expected[kind]}`],
  );
  return [...unknown, ...wrong];
}

/** A nested record holds fields that Harvest gives it, no matter how many of them. */
function nestedFields(record: WireRecord, at: string): string[] {
  return Object.entries(record).flatMap(([field, value]) => {
    const known = nested[field];
    if (known === undefined || !isRecord(value)) return [];
    return Object.keys(value)
      .filter((inner) => !known.includes(inner))
      .map((inner) => `${at}.${field}.${inner}: Harvest has no such field`);
  });
}

const expected = { text: 'a text', number: 'a number', day: 'a day like 2026-10-31' } as const;

function fits(value: unknown, kind: keyof typeof expected): boolean {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (kind === 'text') return typeof value === 'string';
  return typeof value === 'string' && isDay(value);
}

/** Is this text a day of the calendar, like `2026-10-31`? */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

function singular(list: ListName): string {
  return list === 'expense_categories' ? 'expense category' : list.replace(/s$/, '').replace(/_/g, ' ');
}
