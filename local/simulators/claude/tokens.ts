import { blocksOf } from './check-content.ts';
import { isObject, type JsonObject } from './json.ts';

/** Assumption: a token is about three and a half characters of English or JSON. */
const charactersPerToken = 3.5;
/** Assumption: one page of a PDF costs about 2,000 tokens of text and 1,500 of image. */
const tokensPerPage = 3500;

/** An estimate of the tokens of a text. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** An estimate of the tokens of one block, tool or text. */
export function blockTokens(block: JsonObject): number {
  if (block['type'] === 'text') return tokensOf(String(block['text']));
  const source = block['source'];
  if (block['type'] === 'document' && isObject(source) && source['media_type'] === 'application/pdf') {
    return pagesOf(String(source['data'] ?? '')) * tokensPerPage;
  }
  return tokensOf(JSON.stringify(block));
}

/** An estimate of all input tokens of a request; a schema adds a few that explain it. */
export function inputTokens(body: JsonObject): number {
  return blocksOf(body).reduce((sum, block) => sum + blockTokens(block), overhead(body));
}

/** Tokens that stand in no block: roles, and what a schema adds to the system prompt. */
export function overhead(body: JsonObject): number {
  const config = body['output_config'];
  const format = isObject(config) ? config['format'] : undefined;
  return 8 + (isObject(format) ? tokensOf(JSON.stringify(format)) : 0);
}

function pagesOf(base64: string): number {
  const pages = Buffer.from(base64, 'base64')
    .toString('latin1')
    .match(/\/Type\s*\/Page(?![a-zA-Z])/g);
  return Math.max(1, pages?.length ?? 1);
}
