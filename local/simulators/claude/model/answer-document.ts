import { blocksOf } from '../check-content.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { fillSchema, resolve } from './fill-schema.ts';
import { type Reading, readSow } from './read-sow.ts';

type PagesOf = (pdfBase64: string) => readonly string[];

/**
 * The answer to a request about a document, in the shape of its schema: the text of a PDF's pages, or the rows of a statement of work.
 * Null where the request is not about one.
 * @param pagesOf the text of each page of a PDF
 */
export function answerAboutDocument(body: JsonObject, schema: JsonObject, pagesOf: PagesOf): unknown | null {
  const blocks = blocksOf({ messages: body['messages'] });
  const pdf = blocks.map((block) => (isObject(block['source']) ? block['source']['data'] : undefined)).find(isText);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  if (isObject(properties['pages']) && pdf !== undefined) return pagesAnswer(schema, pagesOf(pdf), askedPages(blocks));
  const rows = rowSchema(properties['lines'], schema);
  if (rows === null || !isObject(rows['properties']) || !('quotes' in rows['properties'])) return null;
  const text = blocks
    .map((block) => parseJson(String(block['text'] ?? '')))
    .find((data) => isObject(data) && isText(data['text']));
  const reading = readSow(isObject(text) ? String(text['text']) : '');
  return fillSchema(schema, schema, (name) => {
    const list =
      name === 'sows' ? reading.sows : name === 'lines' ? reading.lines : name === 'rates' ? reading.rates : null;
    const item = rowSchema(properties[name], schema);
    return list === null || item === null ? undefined : list.map((row) => inSchema(row, item, schema));
  });
}

function inSchema(row: Reading, item: JsonObject, root: JsonObject): unknown {
  // What the reading does not say is an empty text, also where the schema lists words.
  return fillSchema(item, root, (name, node) => row[name] ?? (node['type'] === 'string' ? '' : undefined));
}

function pagesAnswer(schema: JsonObject, pages: readonly string[], [from, to]: readonly [number, number]): unknown {
  const texts = pages
    .map((text, index) => ({ page: index + 1, text }))
    .filter(({ page }) => page >= from && page <= to);
  return fillSchema(schema, schema, (name, node) => {
    if (name === 'pages') return texts;
    return node['type'] === 'integer' ? pages.length : undefined;
  });
}

function askedPages(blocks: readonly JsonObject[]): readonly [number, number] {
  const words = blocks
    .map((block) => /pages? (\d+)(?: to |-)(\d+)/i.exec(String(block['text'] ?? '')))
    .find((found) => found !== null);
  return [Number(words?.[1] ?? 1), Number(words?.[2] ?? 10_000)];
}

function rowSchema(list: unknown, root: JsonObject): JsonObject | null {
  const node = isObject(list) ? resolve(list, root) : {};
  return isObject(node['items']) ? resolve(node['items'], root) : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
