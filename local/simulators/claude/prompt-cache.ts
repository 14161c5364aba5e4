import { createHash } from 'node:crypto';
import type { SimulatorClock } from '../http/types.ts';
import type { CheckedBody } from './check-body.ts';
import { blocksOf } from './check-content.ts';
import { isObject, type JsonObject } from './json.ts';
import { blockTokens, overhead } from './tokens.ts';

/** How the input of one request splits up. */
export interface InputUsage {
  readonly input: number;
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
}

/** Remembers prefixes of prompts, as the service does for one workspace. */
export type PromptCache = (checked: CheckedBody) => InputUsage;

/** From a breakpoint, earlier prefixes are looked for at most this many blocks back. */
const lookback = 20;
const lifetimeMs = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;

interface Prefix {
  readonly hash: string;
  readonly tokens: number;
  readonly ttl: '5m' | '1h' | null;
}

/**
 * A prefix is kept at each breakpoint that reaches the model's minimum; a read refreshes it. It can be read only after the answer
 * that wrote it has begun: requests sent at the same instant do not see each other's.
 */
export function createPromptCache(clock: SimulatorClock): PromptCache {
  const kept = new Map<
    string,
    { readonly readableAfter: number; readonly expires: number; readonly ttl: '5m' | '1h' }
  >();
  return (checked) => {
    const now = clock.now();
    const prefixes = prefixesOf(checked);
    const total = prefixes.at(-1)?.tokens ?? 0;
    const marked = prefixes.flatMap((prefix, place) =>
      prefix.ttl !== null && prefix.tokens >= checked.model.cacheMinimum ? [{ ...prefix, ttl: prefix.ttl, place }] : [],
    );
    const readable = (prefix: Prefix): boolean => {
      const entry = kept.get(prefix.hash);
      return entry !== undefined && entry.readableAfter < now && entry.expires > now;
    };
    let hit: Prefix | undefined;
    for (const mark of [...marked].reverse()) {
      hit ??= prefixes
        .slice(Math.max(0, mark.place - lookback), mark.place + 1)
        .reverse()
        .find(readable);
    }
    const read = hit?.tokens ?? 0;
    const entry = hit === undefined ? undefined : kept.get(hit.hash);
    if (hit !== undefined && entry !== undefined) {
      kept.set(hit.hash, { ...entry, expires: now + lifetimeMs[entry.ttl] });
    }
    const written = { '5m': 0, '1h': 0 };
    let upTo = read;
    for (const mark of marked) {
      if (mark.tokens <= upTo) continue;
      written[mark.ttl] += mark.tokens - upTo;
      upTo = mark.tokens;
      kept.set(mark.hash, { readableAfter: now, expires: now + lifetimeMs[mark.ttl], ttl: mark.ttl });
    }
    return { input: total - upTo, read, written5m: written['5m'], written1h: written['1h'] };
  };
}

/** Every beginning of the prompt that ends with a block; a changed model, tool or schema changes them all. */
function prefixesOf(checked: CheckedBody): readonly Prefix[] {
  const { body } = checked;
  const hash = createHash('sha256').update(checked.model.id).update(JSON.stringify(checked.schema));
  let tokens = overhead(body);
  const blocks = blocksOf(body);
  return blocks.map((block, index) => {
    const { cache_control: mark, ...content } = block;
    hash.update(JSON.stringify(content));
    tokens += blockTokens(block);
    const automatic = index === blocks.length - 1 ? body['cache_control'] : undefined;
    return { hash: hash.copy().digest('base64'), tokens, ttl: ttlOf(mark ?? automatic) };
  });
}

function ttlOf(mark: unknown): '5m' | '1h' | null {
  if (!isObject(mark)) return null;
  return (mark as JsonObject)['ttl'] === '1h' ? '1h' : '5m';
}
