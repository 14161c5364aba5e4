import type { Version } from './check-headers.ts';
import { isObject, type JsonObject, listOf } from './json.ts';
import type { ModelFacts } from './models.ts';

const userBlocks = ['text', 'image', 'document', 'tool_result', 'search_result'];
const assistantBlocks = ['text', 'thinking', 'redacted_thinking', 'tool_use', 'document'];

/** Most cache breakpoints in one request. */
const mostBreakpoints = 4;

/** Checks turns, blocks, cache breakpoints and citations; the first problem as a sentence, or null. */
export function checkContent(body: JsonObject, model: ModelFacts, version: Version): string | null {
  const messages = listOf(body['messages']);
  if (messages.length === 0) return 'messages: at least one message is required';
  for (const [index, message] of messages.entries()) {
    const problem = checkMessage(message, `messages.${index}`, index, version);
    if (problem !== null) return problem;
  }
  const system = checkSystem(body['system']);
  if (system !== null) return system;
  const last = messages.at(-1);
  if (isObject(last) && last['role'] === 'assistant' && !model.prefill) {
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  }
  return checkBreakpoints(body) ?? checkCitations(body);
}

/** Every block of the request that can carry a cache breakpoint, in the order of the prefix: tools, system, messages. */
export function blocksOf(body: JsonObject): readonly JsonObject[] {
  const messages = listOf(body['messages']).filter(isObject);
  return [
    ...listOf(body['tools']).filter(isObject),
    ...contentBlocks(body['system']),
    ...messages.flatMap((message) => contentBlocks(message['content'])),
  ];
}

/** Content as blocks; a plain text is one block. */
export function contentBlocks(content: unknown): readonly JsonObject[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content).filter(isObject);
}

function checkMessage(message: unknown, at: string, index: number, version: Version): string | null {
  if (!isObject(message)) return `${at}: Input should be a valid dictionary`;
  const role = message['role'];
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    return `${at}.role: Input should be 'user', 'assistant' or 'system'`;
  }
  if (index === 0 && role !== 'user') return `${at}: the first message must use the "user" role`;
  const content = message['content'];
  if (typeof content !== 'string' && !Array.isArray(content)) return `${at}.content: Field required`;
  const allowed = role === 'assistant' ? assistantBlocks : userBlocks;
  for (const [place, block] of listOf(content).entries()) {
    const problem = checkBlock(block, `${at}.content.${place}`, role, allowed, version);
    if (problem !== null) return problem;
  }
  return content === '' || (Array.isArray(content) && content.length === 0 && role !== 'assistant')
    ? `${at}: user messages must have non-empty content`
    : null;
}

function checkBlock(
  block: unknown,
  at: string,
  role: string,
  allowed: readonly string[],
  version: Version,
): string | null {
  if (!isObject(block)) return `${at}: Input should be a valid dictionary`;
  const type = String(block['type']);
  if (!allowed.includes(type)) return `${at}: Input tag '${type}' does not match any of the expected tags`;
  if (type === 'text' && (typeof block['text'] !== 'string' || block['text'].trim() === '')) {
    return `${at}.text: text content blocks must contain non-whitespace text`;
  }
  if (version === '2026-10-21') {
    if (type === 'document' && role === 'assistant')
      return `${at}: document blocks are not permitted in assistant messages`;
    if (type === 'text' && role === 'user' && listOf(block['citations']).length > 0) {
      return `${at}.citations: citations are not permitted on text blocks in user messages`;
    }
  }
  return type === 'document' && !isObject(block['source']) ? `${at}.source: Field required` : null;
}

function checkSystem(system: unknown): string | null {
  if (system === undefined || typeof system === 'string') return null;
  if (!Array.isArray(system)) return 'system: Input should be a valid string or list';
  const wrong = system.findIndex((block) => !isObject(block) || block['type'] !== 'text' || block['text'] === '');
  return wrong === -1 ? null : `system.${wrong}: Input should be a text block with text`;
}

function checkBreakpoints(body: JsonObject): string | null {
  const marks = [...blocksOf(body), body]
    .map((block) => block['cache_control'])
    .filter((mark) => mark !== undefined && mark !== null);
  if (marks.length > mostBreakpoints) {
    return `A maximum of ${mostBreakpoints} blocks with cache_control may be provided. Found ${marks.length}.`;
  }
  const wrong = marks.find(
    (mark) =>
      !isObject(mark) || mark['type'] !== 'ephemeral' || ![undefined, '5m', '1h'].includes(mark['ttl'] as string),
  );
  return wrong === undefined ? null : "cache_control: Input should be of type 'ephemeral' with ttl '5m' or '1h'";
}

function checkCitations(body: JsonObject): string | null {
  const config = body['output_config'];
  if (!isObject(config) || !isObject(config['format'])) return null;
  const cites = blocksOf(body).some((block) => isObject(block['citations']) && block['citations']['enabled'] === true);
  return cites ? 'citations are not supported together with output_config.format' : null;
}
