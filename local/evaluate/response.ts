/** Recorded responses: which of them can be used, and what they are worth. */
import { isRecord, shown } from './fields.ts';
import { parsed, whyNotJson } from './text-file.ts';

export type RecordedResponse =
  | {
      readonly usable: true;
      /** The body as the product can read it. */
      readonly text: string;
      /** Why it answers nothing although it is a message; empty: it answers. */
      readonly weakness: string;
    }
  | { readonly usable: false; readonly why: string };

/**
 * Reads the body of a Messages answer. What an answer written by hand often lacks (type, model, usage, stop_reason) is filled in.
 * @param request the body of the request that it answers
 */
export function readResponse(text: string, request: string): RecordedResponse {
  const body = parsed(text);
  if (body === undefined) return { usable: false, why: whyNotJson(text) };
  if (!isRecord(body)) return { usable: false, why: `found ${shown(body)}, not the body of a Messages answer` };
  if (body['type'] === 'error' || (body['error'] !== undefined && body['content'] === undefined))
    return { usable: false, why: `an error, not an answer (${errorWords(body['error'])})` };
  const { content } = body;
  if (!(body['type'] === undefined || body['type'] === 'message') || !Array.isArray(content) || !content.every(isBlock))
    return {
      usable: false,
      why: 'not the body of a Messages answer (expected "type": "message" with a list of content blocks)',
    };
  const usage = isRecord(body['usage']) ? body['usage'] : {};
  const complete = {
    ...body,
    type: 'message',
    model: typeof body['model'] === 'string' ? body['model'] : modelOf(request),
    stop_reason: typeof body['stop_reason'] === 'string' ? body['stop_reason'] : 'end_turn',
    usage: Object.fromEntries(Object.entries(usage).filter(([name, value]) => !/tokens$/.test(name) || isCount(value))),
  };
  return { usable: true, text: JSON.stringify(complete), weakness: weaknessOf(complete.stop_reason, content) };
}

function weaknessOf(stopReason: string, content: readonly Block[]): string {
  if (stopReason === 'refusal') return 'the model refused';
  if (stopReason !== 'end_turn' && stopReason !== 'stop_sequence') return `the answer was cut (${stopReason})`;
  const answer = parsed(content.flatMap((block) => (block.type === 'text' ? [block.text ?? ''] : [])).join(''));
  return isRecord(answer) && Array.isArray(answer['answers']) ? '' : 'its text is not the JSON that was asked for';
}

interface Block {
  readonly type: string;
  readonly text?: string;
}

function isBlock(value: unknown): value is Block {
  return isRecord(value) && typeof value['type'] === 'string' && ['string', 'undefined'].includes(typeof value['text']);
}

function isCount(value: unknown): boolean {
  return value === null || (typeof value === 'number' && value >= 0);
}

/** Type and message of an error as the API words them. */
function errorWords(error: unknown): string {
  if (typeof error === 'string' && error !== '') return error;
  const words = isRecord(error) ? [error['type'], error['message']].filter((one) => typeof one === 'string') : [];
  return words.length === 0 ? 'no reason given' : words.join(': ');
}

function modelOf(request: string): string {
  const body = parsed(request);
  return isRecord(body) && typeof body['model'] === 'string' ? body['model'] : '';
}
