import type { ClaudeRequestBody } from './claude-model.ts';

/** Requests side by side: well under the 1,000 a minute of the lowest published tier, and each answer comes well inside a fetch's minute. */
const WAVE = 25;

/** What one client has learnt from answers: the key works, and these beginnings are in the cache. */
export interface Warmth {
  proven: boolean;
  readonly beginnings: Set<string>;
}

/**
 * In which order to ask, as lists of indexes. Until an answer has come, the very first goes alone: it finds a wrong key or a spent budget for
 * the price of one. Then the first of every other cacheable beginning, and only then the rest: a cache entry can be read once the first
 * answer with it has begun.
 */
export function wavesOf(bodies: readonly ClaudeRequestBody[], warmth: Warmth): readonly (readonly number[])[] {
  const heads: number[] = [];
  const rest: number[] = [];
  const seen = new Set(warmth.beginnings);
  bodies.forEach((body, index) => {
    const beginning = cacheableBeginning(body);
    const known = beginning === null || seen.has(beginning);
    if (beginning !== null) seen.add(beginning);
    (known ? rest : heads).push(index);
  });
  const alone = warmth.proven ? undefined : (heads.shift() ?? rest.shift());
  return [...(alone === undefined ? [] : [[alone]]), ...pieces(heads), ...pieces(rest)];
}

/** Everything up to the first cache breakpoint, with what else must be equal for the cache to be hit; null without a breakpoint. */
export function cacheableBeginning(body: ClaudeRequestBody): string | null {
  const text = JSON.stringify([
    body.model,
    body['output_config'] ?? null,
    body['system'] ?? null,
    body['messages'] ?? null,
  ]);
  const end = text.indexOf('"cache_control"');
  return end < 0 ? null : text.slice(0, end);
}

function pieces(indexes: readonly number[]): readonly (readonly number[])[] {
  const all: (readonly number[])[] = [];
  for (let at = 0; at < indexes.length; at += WAVE) all.push(indexes.slice(at, at + WAVE));
  return all;
}
