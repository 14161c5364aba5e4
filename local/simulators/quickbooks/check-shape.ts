import { type FaultItem, item, missing, tooLong } from './faults.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { isDay } from './zone-time.ts';

/** What a property may hold. */
export type Check =
  | { readonly kind: 'text'; readonly max?: number }
  | { readonly kind: 'number' }
  | { readonly kind: 'amount' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'day' }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'ref' }
  | { readonly kind: 'object'; readonly shape: Shape }
  | { readonly kind: 'list'; readonly shape: Shape }
  | { readonly kind: 'anything' };

/** Every property that an entity knows; any other one is refused. */
export type Shape = { readonly [property: string]: Check };

/**
 * Compares a body with the properties, lengths, enumerations, dates and decimals that QuickBooks knows.
 * @returns all that is wrong, in the order of the body; `element` names the property as QuickBooks does.
 */
export function checkShape(body: JsonObject, shape: Shape, path = ''): FaultItem[] {
  return Object.entries(body).flatMap(([property, value]) => {
    const check = Object.hasOwn(shape, property) ? shape[property] : undefined;
    if (check === undefined) return [unknownProperty(property)];
    if (value === null) return [];
    return checkValue(value, check, path === '' ? property : `${path}.${property}`);
  });
}

function checkValue(value: Json, check: Check, path: string): FaultItem[] {
  switch (check.kind) {
    case 'text':
      if (typeof value !== 'string') return [wrongType(path)];
      return check.max !== undefined && value.length > check.max ? [tooLong(path, check.max, value.length)] : [];
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? [] : [wrongDecimal(path, value)];
    case 'amount':
      return typeof value === 'number' && fitsAmount(value) ? [] : [wrongDecimal(path, value)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType(path)];
    case 'day':
      return typeof value === 'string' && isDay(value)
        ? []
        : [item('2060', `Invalid date format: ${show(value)}`, path)];
    case 'oneOf':
      if (typeof value === 'string' && check.values.includes(value)) return [];
      return [item('2170', `Invalid Enumeration : ${show(value)}`, path)];
    case 'ref':
      return checkRef(value, path);
    case 'object':
      return isObject(value) ? checkShape(value, check.shape, path) : [wrongType(path)];
    case 'list':
      if (!Array.isArray(value)) return [wrongType(path)];
      return value.flatMap((member) => (isObject(member) ? checkShape(member, check.shape, path) : [wrongType(path)]));
    case 'anything':
      return [];
  }
}

function checkRef(value: Json, path: string): FaultItem[] {
  if (!isObject(value)) return [wrongType(path)];
  const unknown = Object.keys(value).filter((key) => !['value', 'name', 'type'].includes(key));
  if (unknown[0] !== undefined) return [unknownProperty(unknown[0])];
  const id = value['value'];
  if (id === undefined || id === null || id === '') return [missing(`${path}.value`)];
  return typeof id === 'string' || typeof id === 'number' ? [] : [wrongType(path)];
}

/** "max 15 digits in 10.5 format": ten before the point, five behind it. */
function fitsAmount(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) < 1e10 && decimalsOf(value) <= 5;
}

/** Digits behind the point, as a person would write the number. */
export function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const behind = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, behind - Number(exponent));
}

function unknownProperty(name: string): FaultItem {
  return item('2010', `Property Name:${name} specified is unsupported or invalid`, name);
}

function wrongType(path: string): FaultItem {
  return item('2010', `Property Name:${path} specified is unsupported or invalid`, path);
}

function wrongDecimal(path: string, value: Json): FaultItem {
  return item('2110', `Invalid Number : ${show(value)}`, path);
}

function show(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
