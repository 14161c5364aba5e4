import { isObject, type JsonObject, listOf } from '../json.ts';
import { fillSchema, orderedProperties, resolve } from './fill-schema.ts';
import type { Judgement } from './judge.ts';

/** One answer about one entry. */
export interface RefAnswer extends Judgement {
  readonly ref: string;
}

/** How answers go wrong on purpose; the words after `answer: ` of a fault. */
export type AnswerFault = 'missing ref' | 'duplicate ref' | 'unasked ref' | 'unknown line' | 'case drift';

/** The roles that properties of an answer can have, by their names. */
const roles = [
  ['ref', /^(entry|item|row)?_?(ref|id)$|^entry$|^item$/i],
  ['line', /line|choice|assigned|answer/i],
  ['confidence', /confiden|certain|probab/i],
  ['reason', /reason|why|because|explan|rationale/i],
] as const;

/**
 * The answers in the shape of the request's schema: in its first list of objects that has a property for the ref and one for the line,
 * with the properties in the schema's order. Null where the schema has no such list.
 */
export function writeAnswers(
  schema: JsonObject,
  answers: readonly RefAnswer[],
  faults: readonly AnswerFault[],
): unknown | null {
  const list = findList(schema, schema);
  if (list === null) return null;
  const items = spoilt(answers, faults).map((answer) => writeOne(list.item, schema, answer, faults));
  return fillSchema(schema, schema, (name, _node, path) =>
    [...path, name].join('.') === list.path.join('.') ? items : undefined,
  );
}

function findList(
  node: JsonObject,
  root: JsonObject,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly item: JsonObject } | null {
  const properties = isObject(node['properties']) ? node['properties'] : {};
  for (const [name, part] of Object.entries(properties)) {
    if (!isObject(part)) continue;
    const target = resolve(part, root);
    const items = isObject(target['items']) ? resolve(target['items'], root) : null;
    if (items !== null && roleNames(items).has('ref') && roleNames(items).has('line'))
      return { path: [...path, name], item: items };
    const inner = target['type'] === 'object' && path.length < 5 ? findList(target, root, [...path, name]) : null;
    if (inner !== null) return inner;
  }
  return null;
}

function roleNames(item: JsonObject): ReadonlyMap<string, string> {
  const names = orderedProperties(item);
  const taken = new Map<string, string>();
  for (const [role, pattern] of roles) {
    const name = names.find((candidate) => pattern.test(candidate) && ![...taken.values()].includes(candidate));
    if (name !== undefined) taken.set(role, name);
  }
  return taken;
}

function writeOne(item: JsonObject, root: JsonObject, answer: RefAnswer, faults: readonly AnswerFault[]): unknown {
  const names = roleNames(item);
  return fillSchema(item, root, (name, schema) => {
    if (name === names.get('ref')) return inEnum(answer.ref, schema, faults);
    if (name === names.get('line')) return inEnum(answer.line, schema, faults);
    if (name === names.get('reason')) return answer.reason;
    return name === names.get('confidence') ? confidenceIn(schema, answer.confidence) : undefined;
  });
}

/** The value as the enum spells it; with `case drift` in the other letter case, as the API sometimes gives it. */
function inEnum(value: string, schema: JsonObject, faults: readonly AnswerFault[]): string {
  const spelt = listOf(schema['enum']).find((choice) => String(choice).toLowerCase() === value.toLowerCase());
  const text = String(spelt ?? value);
  if (!faults.includes('case drift')) return text;
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

/** From 0 to 1 as a number; from 0 to 100 as an integer; in words where the schema lists words. */
function confidenceIn(schema: JsonObject, confidence: number): unknown {
  const choices = listOf(schema['enum']);
  if (choices.length > 0) {
    const known: readonly string[] = ['very_low', 'very low', 'low', 'medium', 'high', 'very_high', 'very high'];
    const ranked = [...choices].sort(
      (a, b) => known.indexOf(String(a).toLowerCase()) - known.indexOf(String(b).toLowerCase()),
    );
    const place = confidence >= 0.85 ? 1 : confidence >= 0.6 ? 0.5 : 0;
    return ranked[Math.round(place * (ranked.length - 1))];
  }
  if (schema['type'] === 'integer') return Math.round(confidence * 100);
  return schema['type'] === 'string' ? String(confidence) : confidence;
}

function spoilt(answers: readonly RefAnswer[], faults: readonly AnswerFault[]): readonly RefAnswer[] {
  let changed = [...answers];
  const [first] = changed;
  if (first === undefined) return changed;
  if (faults.includes('missing ref')) changed = changed.slice(1);
  if (faults.includes('duplicate ref')) changed.push(changed[0] ?? first);
  if (faults.includes('unasked ref')) changed.push({ ...first, ref: `${first.ref}9` });
  if (faults.includes('unknown line')) changed[0] = { ...(changed[0] ?? first), line: 'L999' };
  return changed;
}
