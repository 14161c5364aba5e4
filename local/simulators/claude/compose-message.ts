import type { CheckedBody } from './check-body.ts';
import { contentBlocks } from './check-content.ts';
import { isObject, listOf } from './json.ts';
import type { Effort } from './models.ts';
import type { InputUsage } from './prompt-cache.ts';
import { tokensOf } from './tokens.ts';

/** What goes into a reply besides the text. */
export interface Composition {
  readonly id: string;
  readonly checked: CheckedBody;
  readonly usage: InputUsage;
  /** What the model would say, and about how many items. */
  readonly text: string;
  readonly items: number;
  readonly tier: 'standard' | 'batch';
  readonly faults: readonly string[];
}

/** A message as the API returns it, with the tokens of the answer (thinking included). */
export interface ComposedMessage {
  readonly message: unknown;
  readonly outputTokens: number;
}

/** Assumption: thinking costs this many tokens, and so many more for each item that is asked about. */
const thinkingCost: Readonly<Record<Effort, readonly [number, number]>> = {
  low: [40, 4],
  medium: [120, 15],
  high: [300, 40],
  xhigh: [600, 80],
  max: [1200, 150],
};

/**
 * Puts a reply together: a thinking block first where the model thinks, then the text. Thinking counts against `max_tokens`; what does
 * not fit is cut, with stop_reason `max_tokens`. A refusal comes with stop_reason `refusal` and no more text.
 */
export function composeMessage(composition: Composition): ComposedMessage {
  const { checked, faults } = composition;
  const thinks = checked.thinks || faults.includes('answer: thinking first');
  const [base, each] = thinkingCost[checked.effort];
  const wanted = thinks ? base + each * composition.items : 0;
  const thinking = Math.min(wanted, checked.maxTokens);
  const thoughts = thinks ? [thinkingBlock(checked)] : [];
  if (faults.includes('answer: refusal')) {
    return finish(composition, thoughts, thinking + 12, thinking, 'refusal');
  }
  if (checked.maxTokens === 0) return finish(composition, [], 0, 0, 'max_tokens');
  if (faults.includes('answer: empty')) return finish(composition, thoughts, thinking + 1, thinking, 'end_turn');
  if (checked.forcedTool !== null) {
    const call = {
      type: 'tool_use',
      id: composition.id.replace('msg_', 'toolu_'),
      name: checked.forcedTool['name'],
      input: JSON.parse(composition.text),
      caller: { type: 'direct' },
    };
    return finish(composition, [call], tokensOf(composition.text) + 20, 0, 'tool_use');
  }
  const text = faults.includes('answer: invalid JSON') ? composition.text.slice(0, -2) : composition.text;
  const half = faults.includes('answer: cut') ? Math.floor(tokensOf(text) / 2) : Number.POSITIVE_INFINITY;
  const room = Math.min(checked.maxTokens - thinking, half);
  if (tokensOf(text) <= room) {
    return finish(composition, [...thoughts, textBlock(text)], thinking + tokensOf(text), thinking, 'end_turn');
  }
  const cut = text.slice(0, Math.floor(room * 3.5));
  const blocks = cut === '' ? thoughts : [...thoughts, textBlock(cut)];
  return finish(composition, blocks, thinking + room, thinking, 'max_tokens');
}

function finish(
  composition: Composition,
  content: readonly unknown[],
  outputTokens: number,
  thinkingTokens: number,
  stopReason: string,
): ComposedMessage {
  const { checked, usage } = composition;
  const details =
    stopReason === 'refusal'
      ? { type: 'refusal', category: 'general_harms', explanation: 'This request was declined.' }
      : null;
  const message = {
    id: composition.id,
    type: 'message',
    role: 'assistant',
    model: checked.model.id,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: details,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: usage.input,
      cache_creation_input_tokens: usage.written5m + usage.written1h,
      cache_read_input_tokens: usage.read,
      cache_creation: {
        ephemeral_5m_input_tokens: usage.written5m,
        ephemeral_1h_input_tokens: usage.written1h,
      },
      output_tokens: outputTokens,
      output_tokens_details: { thinking_tokens: thinkingTokens },
      server_tool_use: null,
      service_tier: composition.tier,
      inference_geo: null,
      speed: null,
    },
  };
  return { message, outputTokens };
}

function thinkingBlock(checked: CheckedBody): unknown {
  const thinking = checked.body['thinking'];
  const isShown = isObject(thinking) && thinking['display'] === 'summarized';
  const turns = listOf(checked.body['messages'])
    .filter(isObject)
    .flatMap((turn) => contentBlocks(turn['content'])).length;
  return {
    type: 'thinking',
    thinking: isShown ? `There are ${turns} blocks to read; each item is compared with what is offered.` : '',
    signature: Buffer.from(`simulated ${checked.model.id}`).toString('base64'),
  };
}

function textBlock(text: string): unknown {
  return { type: 'text', text, citations: null };
}
