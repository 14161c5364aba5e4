import { costUsd, type TokenUsage } from '../prices.ts';
import type { Usage } from './model.ts';
import type { ServiceName } from './service-error.ts';

/** Counts what a job uses, over all of its executions. */
export interface UsageCounter {
  request(service: ServiceName): void;
  tokens(model: string, usage: TokenUsage): void;
  snapshot(): Usage;
}

/** A counter that goes on from `start`. */
export function createUsageCounter(start: Usage): UsageCounter {
  let usage = start;
  return {
    request: (service) => {
      usage = { ...usage, ...oneMore(usage, service) };
    },
    tokens: (model, used) => {
      usage = {
        ...usage,
        inputTokens: usage.inputTokens + used.input + used.cacheWrite,
        cachedTokens: usage.cachedTokens + used.cacheRead,
        outputTokens: usage.outputTokens + used.output,
        costUsd: usage.costUsd + costUsd(model, used),
      };
    },
    snapshot: () => usage,
  };
}

function oneMore(usage: Usage, service: ServiceName): Partial<Usage> {
  switch (service) {
    case 'Harvest':
      return { harvestRequests: usage.harvestRequests + 1 };
    case 'Claude':
      return { claudeRequests: usage.claudeRequests + 1 };
    case 'QuickBooks':
      return { quickbooksRequests: usage.quickbooksRequests + 1 };
  }
}
