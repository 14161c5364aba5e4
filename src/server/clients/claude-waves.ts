import type { ClaudeRequestBody } from './claude-model.ts';

/** Requests side by side: well under the 1,000 a minute of the lowest published tier. */
const WAVE = 40;

/**
 * In which order to ask, as lists of indexes. The first request of every cacheable beginning goes ahead of the others, since a cache entry
 * can be read once the first answer with it has begun. A wrong key or a spent budget is found by these few.
 * @param cached beginnings that an earlier answer has put into the cache
 */
export function wavesOf(
  bodies: readonly ClaudeRequestBody[],
  cached: ReadonlySet<string>,
): readonly (readonly number[])[] {
  const heads: number[] = [];
  const rest: number[] = [];
  const seen = new Set(cached);
  bodies.forEach((body, index) => {
    const beginning = cacheableBeginning(body);
    (beginning === null || seen.has(beginning) ? rest : heads).push(index);
    if (beginning !== null) seen.add(beginning);
  });
  return [...pieces(heads), ...pieces(rest)];
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
