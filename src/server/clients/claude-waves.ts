import type { ClaudeRequestBody } from './claude-model.ts';

/** Requests side by side: well under the 1,000 a minute of the lowest published tier, and few enough that one slow answer holds up little. */
const WAVE = 10;

/**
 * In which order to ask, as lists of indexes. The very first goes alone: it finds a wrong key or a spent budget for the price of one.
 * Then the first of every other cacheable beginning, and only then the rest: a cache entry can be read once the
 * first answer with it has begun.
 */
export function wavesOf(bodies: readonly ClaudeRequestBody[]): readonly (readonly number[])[] {
  const heads: number[] = [];
  const rest: number[] = [];
  const seen = new Set<string>();
  bodies.forEach((body, index) => {
    const beginning = cacheableBeginning(body);
    const known = beginning === null ? index > 0 : seen.has(beginning);
    if (beginning !== null) seen.add(beginning);
    (known ? rest : heads).push(index);
  });
  const [first, ...others] = heads;
  return first === undefined ? [] : [[first], ...pieces(others), ...pieces(rest)];
}

/** Everything up to the first cache breakpoint, with what else must be equal for the cache to be hit; null without a breakpoint. */
function cacheableBeginning(body: ClaudeRequestBody): string | null {
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
