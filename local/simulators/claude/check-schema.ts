import { isObject, type JsonObject, listOf } from './json.ts';

/** Keywords that structured outputs refuse. */
const refused = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'dependentSchemas',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
];

const types = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'];
const formats = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];

/** Limits per request; the enum ceiling is one project's measurement, not a published figure. */
export const schemaLimits = { optionalProperties: 24, unions: 16, strictTools: 20, enumValues: 179 } as const;

/** What the schemas of one request come to, all together. */
export interface SchemaCounts {
  optional: number;
  unions: number;
}

/** The first thing in the schema that structured outputs refuse, as a sentence; null when there is none. */
export function checkSchema(
  schema: unknown,
  at: string,
  counts: SchemaCounts = { optional: 0, unions: 0 },
): string | null {
  if (!isObject(schema)) return `${at}: Input should be a valid dictionary`;
  const problem = checkNode(schema, { root: schema, at, counts, path: [] });
  if (problem !== null) return problem;
  if (counts.optional > schemaLimits.optionalProperties) {
    return `${at}: Schemas contain too many optional parameters (${counts.optional}), the limit is ${schemaLimits.optionalProperties}`;
  }
  if (counts.unions > schemaLimits.unions) {
    return `${at}: Schemas contain too many parameters with union types (${counts.unions}), the limit is ${schemaLimits.unions}`;
  }
  return null;
}

interface Place {
  readonly root: JsonObject;
  readonly at: string;
  readonly counts: SchemaCounts;
  /** References on the way here, to find recursion. */
  readonly path: readonly string[];
}

function checkNode(node: unknown, place: Place): string | null {
  if (!isObject(node)) return `${place.at}: Input should be a valid dictionary`;
  const bad = refused.find((keyword) => keyword in node);
  if (bad !== undefined)
    return `${place.at}: For '${String(node['type'] ?? 'schema')}' type, property '${bad}' is not supported`;
  if ('$ref' in node) return checkReference(node, place);
  return (
    checkType(node, place) ??
    checkScalars(node, place) ??
    checkText(node, place) ??
    checkObject(node, place) ??
    checkArray(node, place) ??
    checkChoices(node, place)
  );
}

function checkReference(node: JsonObject, place: Place): string | null {
  const reference = String(node['$ref']);
  if (!reference.startsWith('#')) return `${place.at}: External $ref '${reference}' is not supported`;
  if (reference === '#' || place.path.includes(reference)) return `${place.at}: Recursive schemas are not supported`;
  const target = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), place.root);
  if (target === undefined) return `${place.at}: $ref '${reference}' cannot be resolved`;
  return checkNode(target, { ...place, path: [...place.path, reference] });
}

function checkType(node: JsonObject, place: Place): string | null {
  const named = Array.isArray(node['type']) ? node['type'] : node['type'] === undefined ? [] : [node['type']];
  if (named.length > 1) place.counts.unions += 1;
  const unknown = named.find((type) => typeof type !== 'string' || !types.includes(type));
  if (unknown !== undefined) return `${place.at}: type '${String(unknown)}' is not supported`;
  const shaped = ['enum', 'const', 'anyOf', 'allOf'].some((keyword) => keyword in node);
  return named.length === 0 && !shaped ? `${place.at}: a schema must have a type` : null;
}

function checkScalars(node: JsonObject, place: Place): string | null {
  if (!('enum' in node)) return null;
  const values = listOf(node['enum']);
  if (values.length === 0) return `${place.at}: enum must be a list with at least one value`;
  if (values.some((value) => typeof value === 'object' && value !== null)) {
    return `${place.at}: enum values must be strings, numbers, booleans or null`;
  }
  return values.length > schemaLimits.enumValues ? 'Schema is too complex for compilation' : null;
}

function checkText(node: JsonObject, place: Place): string | null {
  const format = node['format'];
  if (format !== undefined && !formats.includes(String(format))) {
    return `${place.at}: format '${String(format)}' is not supported`;
  }
  const pattern = node['pattern'];
  if (typeof pattern === 'string' && /\(\?[=!<]|\\[1-9]|\\[bB]/.test(pattern)) {
    return `${place.at}: pattern '${pattern}' uses look-around, back-references or word boundaries, which are not supported`;
  }
  return null;
}

function checkObject(node: JsonObject, place: Place): string | null {
  if (node['type'] !== 'object' && !isObject(node['properties'])) return null;
  if (node['additionalProperties'] !== false) {
    return `${place.at}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  }
  const properties = isObject(node['properties']) ? node['properties'] : {};
  const required = listOf(node['required']);
  const stranger = required.find((name) => typeof name !== 'string' || !Object.hasOwn(properties, name));
  if (stranger !== undefined) return `${place.at}: required property '${String(stranger)}' is not among the properties`;
  place.counts.optional += Object.keys(properties).filter((name) => !required.includes(name)).length;
  return firstProblem(Object.entries(properties), place, 'properties');
}

function checkArray(node: JsonObject, place: Place): string | null {
  const least = node['minItems'];
  if (least !== undefined && least !== 0 && least !== 1) {
    return `${place.at}: For 'array' type, 'minItems' values other than 0 or 1 are not supported`;
  }
  return node['items'] === undefined ? null : checkNode(node['items'], { ...place, at: `${place.at}.items` });
}

function checkChoices(node: JsonObject, place: Place): string | null {
  if ('anyOf' in node) place.counts.unions += 1;
  const all = listOf(node['allOf']);
  if (all.some((part) => isObject(part) && '$ref' in part)) return `${place.at}: allOf with $ref is not supported`;
  const entries = [...listOf(node['anyOf']), ...all].map((part, index): [string, unknown] => [String(index), part]);
  return firstProblem(entries, place, 'anyOf');
}

function firstProblem(entries: readonly [string, unknown][], place: Place, word: string): string | null {
  for (const [name, part] of entries) {
    const problem = checkNode(part, { ...place, at: `${place.at}.${word}.${name}` });
    if (problem !== null) return problem;
  }
  return null;
}
