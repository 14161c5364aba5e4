import { isObject, type JsonObject, listOf } from '../json.ts';

/** Gives the value for one property of an object, or undefined where it has nothing to say. */
export type Provide = (name: string, schema: JsonObject, path: readonly string[]) => unknown;

/**
 * A value that the schema allows: `provide` is asked for each property first, the rest is as small as may be. Required properties come
 * first, in the schema's order, then the optional ones that `provide` has a value for.
 */
export function fillSchema(
  schema: JsonObject,
  root: JsonObject,
  provide: Provide,
  path: readonly string[] = [],
): unknown {
  const node = resolve(schema, root);
  const choices = listOf(node['enum']);
  if (choices.length > 0) return choices[0];
  if ('const' in node) return node['const'];
  const [choice] = [...listOf(node['anyOf']), ...listOf(node['allOf'])].filter(isObject);
  if (choice !== undefined) return fillSchema(choice, root, provide, path);
  const type = Array.isArray(node['type']) ? node['type'][0] : node['type'];
  switch (type) {
    case 'object':
      return fillObject(node, root, provide, path);
    case 'array':
      return node['minItems'] === 1 && isObject(node['items']) ? [fillSchema(node['items'], root, provide, path)] : [];
    case 'string':
      return smallestText(String(node['format'] ?? ''));
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}

/** The schema behind an internal reference. */
export function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  return isObject(target) ? resolve(target, root) : {};
}

/** The names of an object's properties in the order in which they are written. */
export function orderedProperties(schema: JsonObject): readonly string[] {
  const names = Object.keys(isObject(schema['properties']) ? schema['properties'] : {});
  const required = listOf(schema['required']);
  return [...names.filter((name) => required.includes(name)), ...names.filter((name) => !required.includes(name))];
}

function fillObject(node: JsonObject, root: JsonObject, provide: Provide, path: readonly string[]): JsonObject {
  const properties = isObject(node['properties']) ? node['properties'] : {};
  const required = listOf(node['required']);
  const filled: Record<string, unknown> = {};
  for (const name of orderedProperties(node)) {
    const schema = properties[name];
    if (!isObject(schema)) continue;
    const given = provide(name, resolve(schema, root), path);
    if (given !== undefined) filled[name] = given;
    else if (required.includes(name)) filled[name] = fillSchema(schema, root, provide, [...path, name]);
  }
  return filled;
}

function smallestText(format: string): string {
  const samples: Readonly<Record<string, string>> = {
    date: '2026-01-01',
    'date-time': '2026-01-01T00:00:00Z',
    time: '00:00:00Z',
    duration: 'PT0S',
    email: 'nobody@example.com',
    hostname: 'example.com',
    uri: 'https://example.com',
    ipv4: '192.0.2.1',
    ipv6: '2001:db8::1',
    uuid: '00000000-0000-4000-8000-000000000000',
  };
  return samples[format] ?? '';
}
