import type { Usage } from '../../lib/jobs/model.ts';

/** What a call cost, for Activity: "3 requests to Claude, 12345 tokens in, 678 out, $0.0312 at list price". */
export function usedWords({ claudeRequests, inputTokens, cachedTokens, outputTokens, costUsd }: Usage): string {
  const requests = `${claudeRequests} request${claudeRequests === 1 ? '' : 's'} to Claude`;
  return `${requests}, ${inputTokens + cachedTokens} tokens in, ${outputTokens} out, $${costUsd.toFixed(4)} at list price`;
}
