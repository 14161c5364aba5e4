import type { WireRecord } from './shapes.ts';

/** Is this an object with fields (not null, not a list)? */
export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The id of a record or of a reference `{ id }`, or null where there is none. */
export function idOf(value: unknown): number | null {
  if (!isRecord(value)) return null;
  const id = value['id'];
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** A field as text, or null. */
export function text(record: WireRecord | undefined, field: string): string | null {
  const value = record?.[field];
  return typeof value === 'string' ? value : null;
}

/** A field as a number, or null. */
export function number(record: WireRecord | undefined, field: string): number | null {
  const value = record?.[field];
  return typeof value === 'number' ? value : null;
}

/** A field as yes or no, `otherwise` where it is left out. */
export function flag(record: WireRecord | undefined, field: string, otherwise: boolean): boolean {
  const value = record?.[field];
  return typeof value === 'boolean' ? value : otherwise;
}

/** A field as it stands; `otherwise` where it is left out. A written null stays null. */
export function given(record: WireRecord, field: string, otherwise: unknown): unknown {
  const value = record[field];
  return value === undefined ? otherwise : value;
}

/** A list of texts, or null. */
export function texts(record: WireRecord | undefined, field: string): readonly string[] | null {
  const value = record?.[field];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;
}
