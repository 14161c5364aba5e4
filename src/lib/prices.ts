/** Tokens of one Claude answer: the three sorts of input do not overlap, their sum is all that went in. */
export interface TokenUsage {
  readonly input: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** Anthropic's list prices as of this day; the record of runs shows costs by them. */
export const PRICES_AS_OF = '2026-11-24';

interface Price {
  /** US dollars per million tokens. */
  readonly input: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly output: number;
  /** A dearer price for the whole request when all of its input tokens together are more than this. */
  readonly above?: { readonly tokens: number; readonly price: Price };
}

/** Looked up by the longest prefix of the model's id, so that `claude-haiku-4-5-20251001` finds its family. */
const PRICES: Readonly<Record<string, Price>> = {
  'claude-haiku-5-5': {
    input: 0.1,
    cacheWrite: 0.125,
    cacheRead: 0.01,
    output: 0.5,
    above: { tokens: 100_000, price: { input: 0.5, cacheWrite: 0.625, cacheRead: 0.05, output: 2.5 } },
  },
  'claude-haiku-4-5': { input: 1, cacheWrite: 1.25, cacheRead: 0.1, output: 5 },
  'claude-sonnet-5-5': { input: 2, cacheWrite: 2.5, cacheRead: 0.1, output: 10 },
  'claude-sonnet': { input: 3, cacheWrite: 3.75, cacheRead: 0.3, output: 15 },
  'claude-opus-5-5': { input: 4, cacheWrite: 5, cacheRead: 0.2, output: 20 },
  'claude-opus': { input: 5, cacheWrite: 6.25, cacheRead: 0.5, output: 25 },
  'claude-fable': { input: 10, cacheWrite: 12.5, cacheRead: 0.25, output: 50 },
};

/** For a model that the table does not know: the dearest known, so that a cost is never shown too low. */
const UNKNOWN: Price = { input: 10, cacheWrite: 12.5, cacheRead: 1, output: 50 };

/** What one request cost at list price, in US dollars (not rounded). */
export function costUsd(model: string, usage: TokenUsage): number {
  const known = Object.keys(PRICES)
    .filter((prefix) => model.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
  const base = (known === undefined ? undefined : PRICES[known]) ?? UNKNOWN;
  const all = usage.input + usage.cacheWrite + usage.cacheRead;
  const price = base.above !== undefined && all > base.above.tokens ? base.above.price : base;
  const sum =
    usage.input * price.input +
    usage.cacheWrite * price.cacheWrite +
    usage.cacheRead * price.cacheRead +
    usage.output * price.output;
  return sum / 1_000_000;
}
