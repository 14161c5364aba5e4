/** What JSON text can hold. Entities are kept in this form, under the names that the wire uses. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key, or undefined. */
export function objectAt(holder: JsonObject, key: string): JsonObject | undefined {
  const value = holder[key];
  return isObject(value) ? value : undefined;
}

/** The objects of the list under a key; other members are left out. */
export function objectsAt(holder: JsonObject, key: string): JsonObject[] {
  const value = holder[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The text under a key; a number counts as its digits, for identifiers that are written bare. */
export function textAt(holder: JsonObject | undefined, key: string): string | undefined {
  const value = holder?.[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

export function numberAt(holder: JsonObject | undefined, key: string): number | undefined {
  const value = holder?.[key];
  return typeof value === 'number' ? value : undefined;
}

/** The `value` of the reference under a key, or undefined. */
export function refValue(holder: JsonObject | undefined, key: string): string | undefined {
  return holder === undefined ? undefined : textAt(objectAt(holder, key), 'value');
}

export function copyOf<T>(value: T): T {
  return structuredClone(value);
}
