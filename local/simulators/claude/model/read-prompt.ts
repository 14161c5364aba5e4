import { blocksOf } from '../check-content.ts';
import { isObject, type JsonObject, listOf, parseJson } from '../json.ts';

/** A line that can be chosen. */
export interface OfferedLine {
  readonly ref: string;
  /** The line's key, such as `ACME-1/2`. */
  readonly key: string;
  readonly sow: string;
  readonly title: string;
  readonly description: string;
}

/** An entry that is asked about. */
export interface AskedEntry {
  readonly ref: string;
  readonly note: string;
  readonly task: string;
  readonly project: string;
  /** Refs of its possible lines; null where the request does not narrow them. */
  readonly lines: readonly string[] | null;
  readonly isExpense: boolean;
}

/** A decision of the past that serves as an example. */
export interface Example {
  readonly note: string;
  readonly project: string;
  readonly line: string;
}

/** What the model makes out in the request, wherever in its text blocks it stands. */
export interface Prompt {
  readonly lines: readonly OfferedLine[];
  readonly entries: readonly AskedEntry[];
  readonly examples: readonly Example[];
  readonly sows: readonly { readonly sow: string; readonly title: string; readonly text: string }[];
}

/**
 * Looks through the texts for JSON lists of objects: lines (`ref`, `line`, `title` or `description`), entries (`ref`, `note`), SOW texts
 * (`sow`, `text`) and examples (`note`, `line`, no `ref`). Where the same ref comes twice, the later one counts.
 */
export function readPrompt(body: JsonObject): Prompt {
  const lines = new Map<string, OfferedLine>();
  const entries = new Map<string, AskedEntry>();
  const examples: Example[] = [];
  const sows: Prompt['sows'][number][] = [];
  const texts = blocksOf({ messages: body['messages'] }).flatMap((block) =>
    block['type'] === 'text' ? [String(block['text'])] : [],
  );
  for (const item of texts.flatMap(jsonValuesIn).flatMap(objectsIn)) {
    const ref = textOf(item, 'ref');
    const note = textOf(item, 'note') ?? textOf(item, 'notes');
    const key = textOf(item, 'line');
    const text = textOf(item, 'text');
    if (ref !== null && (note !== null || 'note' in item || 'notes' in item)) {
      entries.set(ref, entryOf(ref, note ?? '', item));
    } else if (ref !== null && key !== null) {
      const title = textOf(item, 'title') ?? '';
      lines.set(ref, {
        ref,
        key,
        title,
        sow: textOf(item, 'sow') ?? '',
        description: textOf(item, 'description') ?? '',
      });
    } else if (note !== null && key !== null) {
      examples.push({ note, line: key, project: textOf(item, 'project') ?? '' });
    } else if (text !== null && textOf(item, 'sow') !== null) {
      sows.push({ sow: textOf(item, 'sow') ?? '', title: textOf(item, 'title') ?? '', text });
    }
  }
  return { lines: [...lines.values()], entries: [...entries.values()], examples, sows };
}

function entryOf(ref: string, note: string, item: JsonObject): AskedEntry {
  const possible = item['lines'] ?? item['candidates'];
  return {
    ref,
    note,
    task: textOf(item, 'task') ?? textOf(item, 'category') ?? '',
    project: textOf(item, 'project') ?? '',
    lines: Array.isArray(possible) ? possible.filter((line): line is string => typeof line === 'string') : null,
    isExpense: 'category' in item || 'cost' in item,
  };
}

/** Every JSON object or list that stands in the text: the whole text, or pieces of it such as inside tags. */
function jsonValuesIn(text: string): unknown[] {
  const whole = parseJson(text);
  if (whole !== undefined) return [whole];
  const values: unknown[] = [];
  let from = 0;
  while (from < text.length) {
    const start = text.slice(from).search(/[[{]/);
    if (start === -1) break;
    const end = endOfJson(text, from + start);
    const value = end === null ? undefined : parseJson(text.slice(from + start, end));
    if (value !== undefined && end !== null) {
      values.push(value);
      from = end;
    } else from += start + 1;
  }
  return values;
}

/** The place after the bracket that closes the one at `start`, brackets in strings apart; null when it is never closed. */
function endOfJson(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let place = start; place < text.length; place += 1) {
    const character = text[place];
    if (inString) {
      if (character === '\\') place += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return place + 1;
    }
  }
  return null;
}

function objectsIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return [
    value,
    ...Object.values(value).flatMap((part) => (isObject(part) ? objectsIn(part) : listOf(part).flatMap(objectsIn))),
  ];
}

function textOf(item: JsonObject, field: string): string | null {
  const value = item[field];
  return typeof value === 'string' ? value : null;
}
