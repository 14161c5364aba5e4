import type { SimulatorClock } from '../http/types.ts';
import { type Refusal, refusal } from './errors.ts';
import type { ModelFacts } from './models.ts';

/** Per minute and model class. */
export interface Limits {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The Start tier's row, as read in 2026 for other models; Haiku 5.5's own row is not published. */
export const startTier: Limits = { requests: 1000, inputTokens: 2_000_000, outputTokens: 400_000 };

/** Token buckets of one organisation, one set per model class, on the simulated clock. */
export interface RateLimits {
  /** Takes one request with its input tokens (cache reads do not count), or refuses it with the seconds to wait. */
  take(model: ModelFacts, inputTokens: number): Refusal | null;
  /** Takes the tokens of an answer. */
  spend(model: ModelFacts, outputTokens: number): void;
  /** The headers that every reply carries. */
  headers(model: ModelFacts): Readonly<Record<string, string>>;
}

interface Bucket {
  level: number;
  at: number;
}

/** Buckets start full and fill up evenly. */
export function createRateLimits(clock: SimulatorClock, limits: Limits = startTier): RateLimits {
  const buckets = new Map<string, Bucket>();
  const bucket = (model: ModelFacts, kind: keyof Limits): Bucket => {
    const key = `${model.line} ${kind}`;
    const now = clock.now();
    const found = buckets.get(key) ?? { level: limits[kind], at: now };
    found.level = Math.min(limits[kind], found.level + ((now - found.at) / 60_000) * limits[kind]);
    found.at = now;
    buckets.set(key, found);
    return found;
  };
  const secondsUntil = (model: ModelFacts, kind: keyof Limits, wanted: number): number => {
    const lacking = Math.min(wanted, limits[kind]) - bucket(model, kind).level;
    return Math.max(0, (lacking / limits[kind]) * 60);
  };
  const describe = (model: ModelFacts, kind: keyof Limits, name: string, step: number): Record<string, string> => {
    const level = Math.max(0, Math.round(bucket(model, kind).level / step) * step);
    const full = clock.now() + secondsUntil(model, kind, limits[kind]) * 1000;
    return {
      [`anthropic-ratelimit-${name}-limit`]: String(limits[kind]),
      [`anthropic-ratelimit-${name}-remaining`]: String(level),
      [`anthropic-ratelimit-${name}-reset`]: `${new Date(full).toISOString().slice(0, 19)}Z`,
    };
  };
  return {
    take(model, inputTokens) {
      const wait = Math.max(
        secondsUntil(model, 'requests', 1),
        secondsUntil(model, 'inputTokens', inputTokens),
        secondsUntil(model, 'outputTokens', 1),
      );
      if (wait > 0) {
        const message = `This request would exceed your organization's rate limit of ${limits.inputTokens} input tokens per minute (model: ${model.id}).`;
        return { ...refusal(429, message), retryAfter: Math.ceil(wait) };
      }
      bucket(model, 'requests').level -= 1;
      bucket(model, 'inputTokens').level -= inputTokens;
      return null;
    },
    spend(model, outputTokens) {
      bucket(model, 'outputTokens').level -= outputTokens;
    },
    headers: (model) => ({
      ...describe(model, 'requests', 'requests', 1),
      ...describe(model, 'inputTokens', 'input-tokens', 1000),
      ...describe(model, 'outputTokens', 'output-tokens', 1000),
      ...describe(model, 'inputTokens', 'tokens', 1000),
    }),
  };
}
